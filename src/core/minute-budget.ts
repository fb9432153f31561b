/** Counts events against a limit per minute. The events of a minute can come all at once. */
export class MinuteBudget {
  readonly #intervalMs: number
  readonly #now: () => number
  /** Time from `#at` until the budget is full again. */
  #debtMs = 0
  /** Time of the last charge, in milliseconds since the epoch. */
  #at = 0

  /** @param now Returns the time, in milliseconds since the epoch. */
  constructor(perMinute: number, now: () => number) {
    this.#intervalMs = 60_000 / perMinute
    this.#now = now
  }

  /** When another event is allowed, in milliseconds since the epoch. Null if one is allowed now. */
  get availableAt(): number | null {
    const at = this.#at + Math.round(this.#debtMs + this.#intervalMs - 60_000)
    return at > this.#now() ? at : null
  }

  /** Whether all events of a minute are allowed now. */
  get isFull(): boolean {
    return this.#at + this.#debtMs <= this.#now()
  }

  /** Counts one event, even if none is allowed. */
  charge(): void {
    const now = this.#now()
    this.#debtMs = Math.max(0, this.#debtMs - (now - this.#at)) + this.#intervalMs
    this.#at = now
  }
}
