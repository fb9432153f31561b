import type { MonotonicClock } from '../../src/upstream/clock.ts'

/** A clock whose time passes only when the test advances it. */
export class ManualClock implements MonotonicClock {
  #now: number
  #jumped = 0
  #sleepers = new Set<{ until: number; wake(): void }>()

  constructor(now = Date.now()) {
    this.#now = now
  }

  now = (): number => this.#now
  monotonic = (): number => this.#now - this.#jumped

  sleep = (ms: number, signal: AbortSignal): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    if (ms <= 0) return Promise.resolve()
    const sleeper = { until: this.#now + ms, wake: resolve }
    this.#sleepers.add(sleeper)
    const onAbort = (): void => {
      this.#sleepers.delete(sleeper)
      reject(signal.reason as Error)
    }
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
    return promise.finally(() => signal.removeEventListener('abort', onAbort))
  }

  /** Changes the system time. The waits in progress do not change. */
  jump(ms: number): void {
    this.#now += ms
    this.#jumped += ms
    for (const sleeper of this.#sleepers) sleeper.until += ms
  }

  /** Lets time pass, and ends the waits that end meanwhile. */
  advance(ms: number): void {
    this.#now += ms
    for (const sleeper of this.#sleepers) {
      if (sleeper.until > this.#now) continue
      this.#sleepers.delete(sleeper)
      sleeper.wake()
    }
  }
}
