import type { Account } from '../../vendors/accounts.ts'
import type { RecordedEntry } from '../log/event-log.ts'
import type { EventCursor } from '../log/log-position.ts'
import type { Gap } from '../log/log-entry.ts'

export type EventGapReason = 'INTERRUPTED' | 'NOT_KEPT' | 'TOO_SLOW'

export interface AccountGap extends Gap {
  account: Account
  reason: EventGapReason
}

/** A message of an event stream. */
export interface EventMessage {
  cursor: EventCursor
  /** Null if the message only reports gaps or sources. */
  entry: RecordedEntry | null
  gaps: readonly AccountGap[]
  /** Accounts that the message covers. */
  accounts: readonly Account[]
}
