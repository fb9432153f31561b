import { setImmediate } from 'node:timers/promises'

/** Maximum time for which a loop can block the event loop, in milliseconds. */
const maxBusyMs = 10

/** Divides a long loop into parts, so that the event loop can do other work between them. */
export class Pacer {
  #startedAt = performance.now()

  /** Whether the loop must pause now. */
  get isDue(): boolean {
    return performance.now() - this.#startedAt >= maxBusyMs
  }

  /** Lets the event loop do other work. */
  async pause(): Promise<void> {
    await setImmediate()
    this.#startedAt = performance.now()
  }
}
