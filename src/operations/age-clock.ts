import type { MonotonicClock } from '../upstream/clock.ts'

/** In ms: for how long after the start nothing has expired, and how long the clock must stay ahead to be believed. */
const startMs = 60 * 60 * 1000
const trustMs = 24 * 60 * 60 * 1000

/**
 * The time by which operations age. It follows the system's clock, but not a jump ahead: that is believed once it has
 * lasted for a day, so that a clock that is set wrong for a while deletes no operation and releases no idempotency key.
 */
export class AgeClock {
  readonly #clock: MonotonicClock
  readonly #startedAt: number
  /** The smallest distance between both clocks in the day before this one, and so far in this one. */
  #previous = Infinity
  #current = Infinity
  #dayStartedAt: number

  constructor(clock: MonotonicClock) {
    this.#clock = clock
    this.#startedAt = this.#dayStartedAt = clock.monotonic()
    this.now()
  }

  /** In ms since the epoch; never later than the system's clock. */
  now(): number {
    const elapsed = this.#clock.monotonic()
    if (elapsed >= this.#dayStartedAt + trustMs) {
      this.#previous = this.#current
      this.#current = Infinity
      this.#dayStartedAt = elapsed
    }
    this.#current = Math.min(this.#current, this.#clock.now() - elapsed)
    return elapsed + Math.min(this.#previous, this.#current)
  }

  /** What began before this has lived for `ttlMs`. 0 in the first hour: the clock may not have been set yet. */
  expiredBefore(ttlMs: number): number {
    const isSettled = this.#clock.monotonic() >= this.#startedAt + startMs
    return isSettled ? this.now() - ttlMs : 0
  }
}
