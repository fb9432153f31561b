import type { MonotonicClock } from '../upstream/clock.ts'

/** Time after the start in which nothing expires, in milliseconds. The system clock might not have been set yet. */
const startupGraceMs = 60 * 60 * 1000
/** How long the system clock must stay ahead before the age clock follows it, in milliseconds. */
const jumpDelayMs = 24 * 60 * 60 * 1000

/**
 * Clock for the age of operations. Follows the system clock, but follows a jump ahead only after a day. If the system clock is
 * wrong for a shorter time, no operation is deleted and no idempotency key is released too early.
 */
export class AgeClock {
  readonly #clock: MonotonicClock
  readonly #startedAt: number
  /** Smallest difference between the system clock and the monotonic clock on the previous day and on the current day. */
  #previous = Infinity
  #current = Infinity
  #dayStartedAt: number

  constructor(clock: MonotonicClock) {
    this.#clock = clock
    this.#startedAt = this.#dayStartedAt = clock.monotonic()
    this.now()
  }

  /** Returns the time in milliseconds since the epoch. Never later than the system clock. */
  now(): number {
    const elapsed = this.#clock.monotonic()
    if (elapsed >= this.#dayStartedAt + jumpDelayMs) {
      this.#previous = this.#current
      this.#current = Infinity
      this.#dayStartedAt = elapsed
    }
    this.#current = Math.min(this.#current, this.#clock.now() - elapsed)
    return elapsed + Math.min(this.#previous, this.#current)
  }

  /** Returns the latest start time of operations that are older than `ttlMs`, in milliseconds since the epoch. 0 in the first hour, so that nothing expires. */
  computeCutoff(ttlMs: number): number {
    const isTrusted = this.#clock.monotonic() >= this.#startedAt + startupGraceMs
    return isTrusted ? this.now() - ttlMs : 0
  }
}
