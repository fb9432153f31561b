/** Maximum time for which a turn can block the event loop, in milliseconds. */
const maxBusyMs = 4
/** Maximum number of tasks in a turn. Sending a message takes several times as long as its task. */
const maxTasks = 64

/**
 * Runs the messages of all streams in short turns. Between them, the event loop does other work, so that an event with many
 * subscribers does not delay queries.
 */
export class MessageTurns {
  readonly #tasks: (() => void)[] = []
  #current = 0
  #endAt = 0

  /** Number of the current turn. */
  get current(): number {
    return this.#current
  }

  /** Whether a turn is the current one and has time left. */
  hasTime(turn: number): boolean {
    return turn === this.#current && performance.now() < this.#endAt
  }

  /** Resolves with the result of `task`, which runs in a later turn of the event loop. */
  run<T>(task: () => T | Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const start = (): void => {
        try {
          resolve(task())
        } catch (error) {
          reject(error as Error)
        }
      }
      if (this.#tasks.push(start) === 1) setImmediate(this.#runTasks)
    })
  }

  readonly #runTasks = (): void => {
    this.#current++
    this.#endAt = performance.now() + maxBusyMs
    let count = 0
    do this.#tasks[count++]!()
    while (count < Math.min(this.#tasks.length, maxTasks) && performance.now() < this.#endAt)
    this.#tasks.splice(0, count)
    setImmediate(this.#tasks.length > 0 ? this.#runTasks : this.#endTurn)
  }

  /** Work that comes after the turn needs another turn. */
  readonly #endTurn = (): void => void this.#current++
}
