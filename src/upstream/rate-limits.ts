import type { Clock } from './clock.ts'

/** Rate limits that are remembered at one time. A vendor has few of its own, but some count per user or meeting. */
const maxRemembered = 10_000

/**
 * The longest time that calls are held back, in ms. Vendors have daily limits; a later end is a defect, an attack, or a
 * clock that was set back in the meantime, and must not lock an account out.
 */
export const maxHoldMs = 25 * 60 * 60 * 1000

/** The vendor's rate limits that hold calls back, by name. Times in ms since the epoch. */
export class RateLimits {
  readonly #clock: Clock
  readonly #ends = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Holds calls back until then, at most 25 hours; an earlier end than the known one is ignored.
   *
   * @returns When the limit lets calls through again.
   */
  hold(limit: string, until: number): number {
    for (const [name, end] of this.#ends) {
      if (!this.#isAhead(end) || this.#ends.size > maxRemembered) this.#ends.delete(name)
    }
    const latest = Math.min(until, this.#clock.now() + maxHoldMs)
    const end = Math.max(Number.isNaN(latest) ? 0 : latest, this.#ends.get(limit) ?? 0)
    this.#ends.set(limit, end)
    return end
  }

  /** When the limit lets calls through again; null if it does so now. */
  findEnd(limit: string): number | null {
    const end = this.#ends.get(limit) ?? 0
    return this.#isAhead(end) ? end : null
  }

  /** When the last of the limits lets calls through again; null if all do so now. */
  get heldUntil(): number | null {
    let latest: number | null = null
    for (const end of this.#ends.values()) if (this.#isAhead(end)) latest = Math.max(latest ?? 0, end)
    return latest
  }

  #isAhead(end: number): boolean {
    const now = this.#clock.now()
    return end > now && end <= now + maxHoldMs
  }
}
