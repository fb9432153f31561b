/** Time over which the rate is averaged. */
const averagingMs = 1_000

/** Measures how many operations end per second, as an average in which recent operations weigh more. */
export class CompletionRate {
  readonly #now: () => number
  #perMs = 0
  #countedAt: number

  /** @param now Returns the time in milliseconds. */
  constructor(now: () => number) {
    this.#now = now
    this.#countedAt = now()
  }

  /** Counts one operation that has ended. */
  count(): void {
    this.#decay()
    this.#perMs += 1 / averagingMs
  }

  /** Returns how many operations end within `ms` milliseconds at the present rate. */
  predict(ms: number): number {
    this.#decay()
    return this.#perMs * ms
  }

  #decay(): void {
    const now = this.#now()
    this.#perMs *= Math.exp((this.#countedAt - now) / averagingMs)
    this.#countedAt = now
  }
}
