import type { Code } from '../core/error-codes.ts'
import type { ReadKind } from './read-subject.ts'

/** An event of an account's vendor calls, for metrics and logs. Contains no IDs of objects and no URLs. */
export type UpstreamEvent =
  | CallEvent
  /** A read of a query ended. */
  | ReadEvent
  /** A token request ended. `code` is null if it succeeded. */
  | { kind: 'token'; code: Code | null }
  /** The circuit breaker opened, a probe failed, or the circuit breaker closed. */
  | { kind: 'breaker'; open: boolean }
  /** A rate-limit cooldown started. `until` is in milliseconds since the epoch. */
  | { kind: 'cooldown'; until: number }
  /** The vendor accepted an event connection (`code` is null), or a connection ended or could not be opened. */
  | { kind: 'socket'; code: Code | null }
  /** A frame of an event connection could not be read. */
  | { kind: 'skipped-frame' }

/**
 * A read of a query ended. `result` is what it used: a cached response (`hit`), the vendor call of another read (`shared`), an
 * expired response, because the vendor could not be read (`stale`), or its own vendor call, although such responses are cached
 * (`miss`).
 */
export interface ReadEvent {
  kind: 'read'
  of: ReadKind
  result: 'hit' | 'miss' | 'shared' | 'stale'
}

/** One attempt of a vendor request ended. */
export interface CallEvent {
  kind: 'call'
  method: string
  /** Null if no response arrived. */
  status: number | null
  /** Null if the attempt succeeded. */
  code: Code | null
  ms: number
  /** Counts from 1. */
  attempt: number
  requestId: string | null
}
