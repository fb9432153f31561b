/** A number of things per minute, all of which can come at once. */
export class MinuteBudget {
  readonly #intervalMs: number
  readonly #now: () => number
  /** How long it took at `#at` until the budget was whole again. */
  #debtMs = 0
  /** In ms since the epoch. */
  #at = 0

  constructor(perMinute: number, now: () => number) {
    this.#intervalMs = 60_000 / perMinute
    this.#now = now
  }

  /** When one more is available, in ms since the epoch; null if it is now. */
  get availableAt(): number | null {
    const at = this.#at + Math.round(this.#debtMs + this.#intervalMs - 60_000)
    return at > this.#now() ? at : null
  }

  get isWhole(): boolean {
    return this.#at + this.#debtMs <= this.#now()
  }

  /** Takes one, even if none is available. */
  charge(): void {
    const now = this.#now()
    this.#debtMs = Math.max(0, this.#debtMs - (now - this.#at)) + this.#intervalMs
    this.#at = now
  }
}
