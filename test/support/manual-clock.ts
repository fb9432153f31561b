import type { MonotonicClock } from '../../src/upstream/clock.ts'

interface Wait {
  ms: number
  endsAt: number
  resolve(): void
}

/** A clock whose time passes only when the test advances it. */
export class ManualClock implements MonotonicClock {
  #now = Date.parse('2026-11-30T10:00:00Z')
  #elapsed = 0
  readonly #waits = new Set<Wait>()

  readonly now = (): number => this.#now

  readonly monotonic = (): number => this.#elapsed

  readonly sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted()
      const wait = { ms, endsAt: this.#elapsed + ms, resolve }
      this.#waits.add(wait)
      const onAbort = (): void => {
        this.#waits.delete(wait)
        reject(signal.reason as Error)
      }
      signal.addEventListener('abort', onAbort, { once: true })
    })

  /** Durations of the waits in progress, in milliseconds. */
  get waits(): number[] {
    return [...this.#waits].map(({ ms }) => ms)
  }

  /** Lets time pass, and ends the waits that end meanwhile. */
  advance(ms: number): void {
    this.#now += ms
    this.#elapsed += ms
    for (const wait of this.#waits) {
      if (wait.endsAt > this.#elapsed) continue
      this.#waits.delete(wait)
      wait.resolve()
    }
  }

  /** Changes the system time. The waits in progress do not change. */
  set(now: number): void {
    this.#now = now
  }
}
