/** Maximum time for which messages can block the event loop, in milliseconds. */
const maxBusyMs = 2

/**
 * Runs the messages of all streams one after the other. Between short parts, the event loop does other work, so that an
 * event with many subscribers does not delay queries.
 */
export class MessageTurns {
  readonly #tasks: (() => void)[] = []

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
    const endAt = performance.now() + maxBusyMs
    let count = 0
    do this.#tasks[count++]!()
    while (count < this.#tasks.length && performance.now() < endAt)
    this.#tasks.splice(0, count)
    if (this.#tasks.length > 0) setImmediate(this.#runTasks)
  }
}
