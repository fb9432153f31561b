interface WaitingRead {
  start(): void
}

/**
 * The reads of one operation that count into one rate limit of an account. Some are in flight, and one at most waits for a
 * place at the account, so that operations with many reads do not fill the queue that all of them share.
 */
export class ReadSlots {
  readonly #maxInFlight: number
  #inFlight = 0
  #isQueued = false
  readonly #waiting: WaitingRead[] = []

  constructor(maxInFlight: number) {
    this.#maxInFlight = maxInFlight
  }

  /**
   * Lets a read queue for a place: at once, or when it has its turn.
   *
   * @throws The signal's reason if it aborts during the wait.
   */
  enter(signal: AbortSignal): Promise<void> | undefined {
    if (!this.#isQueued && this.#inFlight < this.#maxInFlight) {
      this.#isQueued = true
      return undefined
    }
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(read), 1)
        reject(signal.reason)
      }
      const read: WaitingRead = {
        start: () => {
          signal.removeEventListener('abort', onAbort)
          resolve()
        },
      }
      signal.addEventListener('abort', onAbort, { once: true })
      this.#waiting.push(read)
    })
  }

  /** The read that queued has its place. */
  start(): void {
    this.#isQueued = false
    this.#inFlight++
    this.#startNext()
  }

  /** A read has ended. `hasStarted`: whether it had a place. */
  leave(hasStarted: boolean): void {
    if (hasStarted) this.#inFlight--
    else this.#isQueued = false
    this.#startNext()
  }

  #startNext(): void {
    if (this.#isQueued || this.#inFlight >= this.#maxInFlight) return
    const next = this.#waiting.shift()
    if (!next) return
    this.#isQueued = true
    next.start()
  }
}
