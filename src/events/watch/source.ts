import type { Problem } from '../../core/errors.ts'
import type { VendorMessage } from '../../vendors/vendor-events.ts'
import type { EventOrigin, Gap, ObservedEvent } from '../log/log-entry.ts'

/** Whether events of an account are available now. The schema describes each status. */
export type EventSourceStatus = 'CONNECTING' | 'INTERRUPTED' | 'LIVE' | 'UNSUPPORTED'

/** How an account is watched now. */
export interface SourceState {
  status: EventSourceStatus
  /** When the vendor last sent a message or a poll was last completed, in milliseconds since the epoch. Null if never. */
  heardAt: number | null
  /** Seconds within which polling detects a change. Null if the account is not polled. */
  interval: number | null
  /** Every event until this time was recorded, in milliseconds since the epoch. Null if the account was never watched. */
  observedUntil: number | null
  /**
   * Since then, the account has been watched, and interruptions are gaps in the event log, in milliseconds since the epoch.
   * Null if the account is not watched.
   */
  observedSince: number | null
  /** Reason of `INTERRUPTED` and `UNSUPPORTED`. Otherwise null. */
  problem: Problem | null
}

/** Where the watcher of one account reports what it observes. */
export interface SourceSink {
  /** Events can be received now. The parameters are those of `SourceState`. */
  reportLive(heardAt: number, interval: number | null, observedUntil: number): void
  /** The account is polled at another rate. See `SourceState`. */
  reportInterval(interval: number): void
  /** Events cannot be received now. */
  reportInterrupted(problem: Problem): void
  /** Records a gap, unless it is null, and then the events. @throws STORE_UNAVAILABLE */
  record(gap: Gap | null, events: readonly ObservedEvent[]): Promise<void>
  /** Records the event of a message, if it has one, and invalidates what the message makes outdated. @throws STORE_UNAVAILABLE */
  recordMessage(message: VendorMessage, origin: EventOrigin): Promise<void>
}

/** Watches one account: polls it, or holds its event connection. */
export interface Watcher {
  /** Watches until the signal aborts. Never rejects. */
  run(signal: AbortSignal): Promise<void>
  /** Polls at once instead of at the next interval. Omitted if the account is not polled. */
  pollSoon?(): void
}
