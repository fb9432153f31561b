interface WaitingRead {
  start(): void
}

/**
 * Slots for the reads of one operation that count against one rate limit of an account. At most one read of the operation
 * waits in the account's queue, so that an operation with many reads cannot fill the queue that all operations share.
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
   * Resolves when a read can enter the account's queue. Returns undefined if it can do so at once.
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

  /** Records that the read in the account's queue has started. */
  start(): void {
    this.#isQueued = false
    this.#inFlight++
    this.#startNext()
  }

  /** Records that a read has ended. @param hasStarted Whether `start` was called for it. */
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
