import type { Clock } from './clock.ts'

/** Maximum number of cooldowns that are remembered. Some rate limits of vendors count per user or meeting. */
const maxCooldowns = 10_000

/**
 * Longest cooldown, in milliseconds. Vendors have daily limits. A later end is a vendor's error, an attack, or the effect
 * of a clock that was set back, and must not block an account.
 */
export const maxCooldownMs = 25 * 60 * 60 * 1000

/** Rate-limit cooldowns of one account, by name of the rate limit. Times are in milliseconds since the epoch. */
export class RateLimits {
  readonly #clock: Clock
  readonly #cooldownEnds = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Starts or extends a cooldown, to at most 25 hours from now. Never shortens one.
   *
   * @returns End of the cooldown.
   */
  startCooldown(rateLimit: string, until: number): number {
    for (const [name, end] of this.#cooldownEnds) {
      if (!this.#isInEffect(end) || this.#cooldownEnds.size > maxCooldowns) this.#cooldownEnds.delete(name)
    }
    const latest = Math.min(until, this.#clock.now() + maxCooldownMs)
    const end = Math.max(Number.isNaN(latest) ? 0 : latest, this.#cooldownEnds.get(rateLimit) ?? 0)
    this.#cooldownEnds.set(rateLimit, end)
    return end
  }

  /** Returns the end of a rate limit's cooldown. Null if none is in effect. */
  findCooldownEnd(rateLimit: string): number | null {
    const end = this.#cooldownEnds.get(rateLimit) ?? 0
    return this.#isInEffect(end) ? end : null
  }

  /** End of the last cooldown of any rate limit. Null if none is in effect. */
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
