import { setImmediate } from 'node:timers/promises'

/** How long a loop may hold the event loop, in milliseconds. */
const maxHoldMs = 10

/** Divides a long loop into parts, between which other work runs. */
export class Pacer {
  #heldSince = performance.now()

  /** Whether the loop must pause now. */
  get isDue(): boolean {
    return performance.now() - this.#heldSince >= maxHoldMs
  }

  /** Lets other work run. */
  async pause(): Promise<void> {
    await setImmediate()
    this.#heldSince = performance.now()
  }
}
