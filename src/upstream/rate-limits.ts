import type { Clock } from './clock.ts'

/** Rate limits that are remembered at one time. A vendor has few of its own, but some count per user or meeting. */
const maxRemembered = 10_000

/** The vendor's rate limits that hold calls back, by name. Times in ms since the epoch. */
export class RateLimits {
  readonly #clock: Clock
  readonly #ends = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Holds calls back until then; an earlier end than the known one is ignored. */
  hold(limit: string, until: number): void {
    const now = this.#clock.now()
    for (const [name, end] of this.#ends) if (end <= now || this.#ends.size > maxRemembered) this.#ends.delete(name)
    this.#ends.set(limit, Math.max(until, this.#ends.get(limit) ?? 0))
  }

  /** When the limit lets calls through again; null if it does so now. */
  findEnd(limit: string): number | null {
    const until = this.#ends.get(limit) ?? 0
    return until > this.#clock.now() ? until : null
  }

  /** When the last of the limits lets calls through again; null if all do so now. */
  get heldUntil(): number | null {
    let until = 0
    for (const end of this.#ends.values()) until = Math.max(until, end)
    return until > this.#clock.now() ? until : null
  }
}
