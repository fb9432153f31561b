import type { Clock } from './clock.ts'

/** Rate limits that are remembered at one time. A vendor has few of its own, but some count per user or meeting. */
const maxCooldowns = 10_000

/**
 * The longest time that calls are held back, in ms. Vendors have daily limits; a later end is a defect, an attack, or a
 * clock that was set back in the meantime, and must not lock an account out.
 */
export const maxCooldownMs = 25 * 60 * 60 * 1000

/** The vendor's rate limits that hold calls back, by name. Times in ms since the epoch. */
export class RateLimits {
  readonly #clock: Clock
  readonly #cooldownEnds = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Holds calls back until then, at most 25 hours; an earlier end than the known one is ignored.
   *
   * @returns When the limit lets calls through again.
   */
  startCooldown(limit: string, until: number): number {
    for (const [name, end] of this.#cooldownEnds) {
      if (!this.#isInEffect(end) || this.#cooldownEnds.size > maxCooldowns) this.#cooldownEnds.delete(name)
    }
    const latest = Math.min(until, this.#clock.now() + maxCooldownMs)
    const end = Math.max(Number.isNaN(latest) ? 0 : latest, this.#cooldownEnds.get(limit) ?? 0)
    this.#cooldownEnds.set(limit, end)
    return end
  }

  /** When the limit lets calls through again; null if it does so now. */
  findCooldownEnd(limit: string): number | null {
    const end = this.#cooldownEnds.get(limit) ?? 0
    return this.#isInEffect(end) ? end : null
  }

  /** When the last of the limits lets calls through again; null if all do so now. */
  get rateLimitedUntil(): number | null {
    let latest: number | null = null
    for (const end of this.#cooldownEnds.values()) if (this.#isInEffect(end)) latest = Math.max(latest ?? 0, end)
    return latest
  }

  #isInEffect(end: number): boolean {
    const now = this.#clock.now()
    return end > now && end <= now + maxCooldownMs
  }
}
