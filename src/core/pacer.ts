import { setImmediate } from 'node:timers/promises'

/** Maximum time for which most loops can block the event loop, in milliseconds. */
const defaultMaxBusyMs = 10

/** Divides a long loop into parts, so that the event loop can do other work between them. */
export class Pacer {
  readonly #maxBusyMs: number
  #startedAt = performance.now()

  constructor(maxBusyMs = defaultMaxBusyMs) {
    this.#maxBusyMs = maxBusyMs
  }

  /** Whether the loop must pause now. */
  get isDue(): boolean {
    return performance.now() - this.#startedAt >= this.#maxBusyMs
  }

  /** Lets the event loop do other work. */
  async pause(): Promise<void> {
    await setImmediate()
    this.#startedAt = performance.now()
  }
}
