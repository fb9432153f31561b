/**
 * Lets one transfer at a time pass its next bytes on, each in a turn of the event loop of its own, so that many fast downloads do
 * not delay operations.
 */
export class TransferTurns {
  readonly #waiting: (() => void)[] = []
  #isScheduled = false

  /** Calls `start` in a later turn of the event loop, after those that wait already. */
  wait(start: () => void): void {
    this.#waiting.push(start)
    this.#schedule()
  }

  #schedule(): void {
    if (this.#isScheduled || this.#waiting.length === 0) return
    this.#isScheduled = true
    setImmediate(() => {
      this.#isScheduled = false
      this.#waiting.shift()!()
      this.#schedule()
    })
  }
}
