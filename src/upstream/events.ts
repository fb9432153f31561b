import type { Code } from '../core/errors.ts'

/** What an account's calls tell of themselves, for metrics and logs. No ids, no addresses. */
export type UpstreamEvent =
  | CallEvent
  /** A token was fetched (null), or the code of why not. */
  | { kind: 'token'; code: Code | null }
  | { kind: 'breaker'; open: boolean }
  /** A rate limit of the vendor holds calls back until then, in ms since the epoch. */
  | { kind: 'cooldown'; until: number }

/** One attempt of one request; `attempt` counts from 1, `code` is null where it succeeded. */
export interface CallEvent {
  kind: 'call'
  method: string
  status: number | null
  code: Code | null
  ms: number
  attempt: number
  requestId: string | null
}
