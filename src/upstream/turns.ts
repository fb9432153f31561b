import { leaveOnAbort } from './abort.ts'

/** One at a time for each key, in the order of asking. */
export class Turns {
  readonly #last = new Map<string, Promise<void>>()

  /** Waits for its turn and keeps it until `work` is done; no key, no waiting. Throws the signal's reason. */
  async run<T>(key: string | undefined, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (key === undefined) return work()
    const before = this.#last.get(key)
    const { promise: done, resolve } = Promise.withResolvers<void>()
    // Whoever leaves the queue lets nobody past those who are still before him.
    const turn = before ? before.then(() => done) : done
    this.#last.set(key, turn)
    void turn.then(() => this.#last.get(key) === turn && this.#last.delete(key))
    try {
      if (before) await leaveOnAbort(before, signal)
      return await work()
    } finally {
      resolve()
    }
  }
}
