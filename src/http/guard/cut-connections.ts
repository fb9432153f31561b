import type { Log } from '../response/outgoing-response.ts'
import type { RequestLabels } from '../request-labels.ts'

/** Why the server closes a connection that is in use. */
export const cutReasons = [
  'slow_body',
  'slow_reader',
  'no_memory',
  'too_many_connections',
  'pipelining',
  'malformed',
] as const
export type CutReason = (typeof cutReasons)[number]

/** At most one line for each reason in this time, in ms. */
const quietMs = 10_000

export interface CutConnectionsOptions {
  log: Log
  /** Is called for every connection. */
  onCut?: ((reason: CutReason) => void) | undefined
  /** In ms. */
  now?: () => number
}

/** Counts and logs closed connections. A client that provokes many of them does not fill the log. */
export class CutConnections {
  readonly #options: CutConnectionsOptions
  readonly #now: () => number
  readonly #unlogged = new Map<CutReason, { since: number; count: number }>()

  constructor(options: CutConnectionsOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
  }

  /** `labels`: of the request in progress, or of the connection alone. */
  note(reason: CutReason, labels: Partial<RequestLabels>): void {
    this.#options.onCut?.(reason)
    const now = this.#now()
    const unlogged = this.#unlogged.get(reason) ?? { since: -Infinity, count: 0 }
    unlogged.count++
    if (now - unlogged.since >= quietMs) {
      this.#options.log.warn({ reason, ...labels, count: unlogged.count }, 'connection cut')
      unlogged.since = now
      unlogged.count = 0
    }
    this.#unlogged.set(reason, unlogged)
  }
}
