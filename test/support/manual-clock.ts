import type { Clock } from '../../src/upstream/clock.ts'

interface Wait {
  ms: number
  endsAt: number
  resolve(): void
}

/** A clock whose time passes only when the test advances it. */
export class ManualClock implements Clock {
  #now = Date.parse('2026-11-30T10:00:00Z')
  readonly #waits = new Set<Wait>()

  readonly now = (): number => this.#now

  readonly sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted()
      const wait = { ms, endsAt: this.#now + ms, resolve }
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
    for (const wait of this.#waits) {
      if (wait.endsAt > this.#now) continue
      this.#waits.delete(wait)
      wait.resolve()
    }
  }
}
