import type { Account } from '../../vendors/accounts.ts'
import type { ConferenceEventType } from '../../vendors/vendor-events.ts'
import type { EventEntry } from '../log/log-entry.ts'

/** The events that a stream includes. Null: no restriction. */
export interface EventSelection {
  /** Keys of accounts. */
  accounts: ReadonlySet<string> | null
  types: ReadonlySet<ConferenceEventType> | null
  /** Vendor IDs of conferences, by account key. */
  conferences: ReadonlyMap<string, ReadonlySet<string>> | null
}

/** The interest of streams in one account: what polling must read for them. */
export interface EventInterest {
  /** Vendor IDs of the conferences whose participants are selected, `all`, or `none`. */
  participantsOf: 'all' | 'none' | ReadonlySet<string>
}

/** Whether a selection includes events of an account. */
export const selectsAccount = ({ accounts, conferences }: EventSelection, key: string): boolean =>
  (accounts?.has(key) ?? true) && (conferences?.has(key) ?? true)

/** Whether a selection includes an event. */
export function selectsEvent(
  { accounts, types, conferences }: EventSelection,
  { account, event }: EventEntry,
): boolean {
  return (
    (types?.has(event.type) ?? true) &&
    (accounts?.has(account) ?? true) &&
    (conferences === null || conferences.get(account)?.has(event.conferenceId) === true)
  )
}

/** Returns the kinds of events that an account can report, in the order of the schema. */
export function listEventTypes({ vendor: { pushedEvents, polledEvents } }: Account): readonly ConferenceEventType[] {
  if (polledEvents) return polledEvents.types
  return pushedEvents && (pushedEvents.readHook ?? pushedEvents.socket) ? pushedEvents.types : []
}

/** Returns the interest of a selection in an account that is polled. */
export function toInterest({ types, conferences }: EventSelection, account: string): EventInterest {
  const wantsParticipants = types === null || types.has('PARTICIPANT_JOINED') || types.has('PARTICIPANT_LEFT')
  if (!wantsParticipants) return { participantsOf: 'none' }
  return { participantsOf: conferences?.get(account) ?? 'all' }
}

/** Returns the interest of all streams together in an account. */
export function mergeInterests(interests: Iterable<EventInterest>): EventInterest {
  const conferences = new Set<string>()
  for (const { participantsOf } of interests) {
    if (participantsOf === 'all') return { participantsOf }
    if (participantsOf !== 'none') for (const id of participantsOf) conferences.add(id)
  }
  return { participantsOf: conferences.size === 0 ? 'none' : conferences }
}

/** Whether one interest includes everything that another one includes. */
export function includesInterest({ participantsOf: all }: EventInterest, { participantsOf }: EventInterest): boolean {
  if (all === 'all' || participantsOf === 'none') return true
  return all !== 'none' && participantsOf !== 'all' && [...participantsOf].every((id) => all.has(id))
}
