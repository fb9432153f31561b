import type { VendorEvent } from '../../vendors/vendor-events.ts'

/** How the server observed an event: by polling, over an event connection, or in a webhook. */
export type EventOrigin = 'POLL' | 'SOCKET' | 'WEBHOOK'

/** An event as the server observed it. */
export interface ObservedEvent {
  event: VendorEvent
  origin: EventOrigin
  /** In milliseconds since the epoch. */
  observedAt: number
  /** Equal for repetitions of the same event in the same account, which are recorded once. Null: never a repetition. */
  identity: string | null
}

/** A period in which events may have been missed, in milliseconds since the epoch. */
export interface Gap {
  since: number
  until: number
}

export interface EventEntry extends Omit<ObservedEvent, 'identity'> {
  kind: 'event'
  /** Key of the account. */
  account: string
}

export interface GapEntry extends Gap {
  kind: 'gap'
  /** Key of the account. */
  account: string
}

/** An entry of the event log. Plain JSON. A gap is an entry, too, so that it comes before the events that follow it. */
export type LogEntry = EventEntry | GapEntry

/** An entry to record. Entries of one account with the same identity are recorded once within 24 hours. */
export interface NewEntry {
  entry: LogEntry
  identity: string | null
}

/** Time within which repetitions are recognized, in milliseconds. */
export const repetitionMs = 24 * 3_600_000
