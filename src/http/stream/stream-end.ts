import type { Problem } from '../../core/errors.ts'

/**
 * Why a stream ended.
 *
 * - `completed`: its source ended.
 * - `failed`: its source failed, or could not be created.
 * - `disconnected`: the client closed the connection.
 * - `slow_reader`: the client read nothing for too long.
 * - `unauthenticated`: the credentials expired, or are no longer accepted.
 * - `shutdown`: the server is stopping.
 */
export type StreamEndReason = 'completed' | 'failed' | 'disconnected' | 'slow_reader' | 'unauthenticated' | 'shutdown'

/** The end of a stream, which has no deadline. */
export class StreamEnd {
  readonly deadline = Infinity
  #controller: AbortController | null = null
  #reason: Problem | null = null

  get isReached(): boolean {
    return this.#reason !== null
  }

  /** Aborts at the end. Created on access, because most sources do not use it. */
  get signal(): AbortSignal {
    if (this.#controller) return this.#controller.signal
    this.#controller = new AbortController()
    if (this.#reason) this.#controller.abort(this.#reason)
    return this.#controller.signal
  }

  reach(reason: Problem): void {
    this.#reason = reason
    this.#controller?.abort(reason)
  }
}
