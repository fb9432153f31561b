import type { Log } from '../response/outgoing-response.ts'
import type { RequestLabels } from '../request-labels.ts'

/** Reasons for which the server closes a connection that is in use. */
export const cutReasons = [
  'slow_body',
  'slow_reader',
  'no_memory',
  'too_many_connections',
  'pipelining',
  'malformed',
] as const
export type CutReason = (typeof cutReasons)[number]

/** Minimum time between two log lines with the same reason, in milliseconds. */
const minLogIntervalMs = 10_000

export interface CutConnectionsOptions {
  log: Log
  /** Called for every connection. */
  onCut?: ((reason: CutReason) => void) | undefined
  /** Returns the time, in milliseconds. Default: `Date.now`. */
  now?: () => number
}

/**
 * Counts and logs connections that the server closed while they were in use. Limits the log lines, so that a client
 * cannot fill the log.
 */
export class CutConnections {
  readonly #options: CutConnectionsOptions
  readonly #now: () => number
  readonly #unlogged = new Map<CutReason, { since: number; count: number }>()

  constructor(options: CutConnectionsOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
  }

  /** @param labels Labels of the request in progress, or of the connection if there is none. */
  record(reason: CutReason, labels: Partial<RequestLabels>): void {
    this.#options.onCut?.(reason)
    const now = this.#now()
    const unlogged = this.#unlogged.get(reason) ?? { since: -Infinity, count: 0 }
    unlogged.count++
    if (now - unlogged.since >= minLogIntervalMs) {
      this.#options.log.warn({ reason, ...labels, count: unlogged.count }, 'connection cut')
      unlogged.since = now
      unlogged.count = 0
    }
    this.#unlogged.set(reason, unlogged)
  }
}
