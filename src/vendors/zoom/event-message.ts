import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { toObject, toText, type UnreadFields } from '../kit/lenient.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import type { ConferenceEventType, HookResult, VendorEvent } from '../vendor-events.ts'
import { readEventParticipant } from './event-participant.ts'
import { toEventRaw } from './event-raw.ts'

/** What was read from an envelope. */
export type EventMessageResult = Extract<HookResult, { kind: 'message' | 'ignored' | 'unreadable' }>

const eventTypes: ReadonlyMap<string, ConferenceEventType> = new Map([
  ['meeting.started', 'STARTED'],
  ['meeting.ended', 'ENDED'],
  ['meeting.created', 'CREATED'],
  ['meeting.recovered', 'CREATED'],
  ['meeting.updated', 'CHANGED'],
  ['meeting.deleted', 'DELETED'],
  ['meeting.participant_joined', 'PARTICIPANT_JOINED'],
  ['meeting.participant_left', 'PARTICIPANT_LEFT'],
  ['recording.completed', 'RECORDING_READY'],
])

/** Zoom's fields of a meeting, by the schema's field of `Conference` that shows them. */
const changedFields: Readonly<Record<string, readonly string[]>> = {
  title: ['topic'],
  description: ['agenda'],
  schedule: ['type', 'start_time', 'duration', 'timezone', 'recurrence', 'occurrences'],
  owner: ['host_id'],
  allowGuests: ['meeting_authentication'],
  joinUrl: ['join_url'],
}

type MeetingFields = UnreadFields<'id' | 'uuid' | 'host_id' | 'participant' | 'settings'>

/**
 * Reads a message that Zoom sent to a webhook or over an event connection.
 *
 * @param envelope JSON that is known to come from Zoom. Its integers beyond ±2^53 are strings.
 * @param accountId The account's ID at Zoom. Null if unknown: messages for every account are read.
 */
export function readEventMessage(envelope: unknown, accountId: string | null): EventMessageResult {
  const message = toObject<'event' | 'event_ts' | 'payload'>(envelope)
  if (typeof message?.event !== 'string') return { kind: 'unreadable' }
  const payload = toObject<'account_id' | 'object' | 'old_object' | 'operation'>(message.payload)
  if (isForOtherAccount(payload?.account_id, accountId)) return { kind: 'ignored' }

  const { event: name } = message
  const type = eventTypes.get(name)
  const isMeetingEvent = type !== undefined || name.startsWith('meeting.')
  const areUsersOutdated = name.startsWith('user.')
  if (!isMeetingEvent && !areUsersOutdated) return { kind: 'ignored' }

  const object = toObject<keyof MeetingFields>(payload?.object) ?? {}
  // Users who have not accepted their invitation have no ID.
  const id = areUsersOutdated ? (toText(object.id) ?? '') : readId(object.id)
  const occurredAt = readTime(message.event_ts)
  if (occurredAt === null || id === null) return { kind: type === undefined ? 'ignored' : 'unreadable' }
  const event = type === undefined ? null : toVendorEvent(type, id, occurredAt, object, payload, message)
  return {
    kind: 'message',
    message: {
      identity: computeIdentity(name, occurredAt, id, object),
      occurredAt,
      event,
      outdatedConference: isMeetingEvent ? id : null,
      areUsersOutdated,
    },
  }
}

const isForOtherAccount = (reported: unknown, accountId: string | null): boolean => {
  const id = toText(reported)
  return accountId !== null && id !== null && id !== accountId
}

/** Reads an ID: a number, or a string, as in a UUID. */
function readId(value: unknown): string | null {
  if (typeof value === 'number' && !(Number.isSafeInteger(value) && value >= 0)) return null
  const id = toText(value)
  return id !== null && /^[\w+/=-]{1,128}$/.test(id) ? id : null
}

const readTime = (value: unknown): number | null =>
  typeof value === 'number' || typeof value === 'string' ? (parseTimestamp(value)?.getTime() ?? null) : null

/** Repetitions can differ in their links, and in whether an ID is a string. */
function computeIdentity(name: string, occurredAt: number, id: string, { uuid, participant }: MeetingFields): string {
  const person = toObject<(typeof personFields)[number]>(participant)
  const facts = [name, occurredAt, id, toText(uuid), ...personFields.map((field) => toText(person?.[field]))]
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url')
}

const personFields = ['user_id', 'participant_uuid', 'id', 'participant_user_id', 'email', 'user_name'] as const

function toVendorEvent(
  type: ConferenceEventType,
  conferenceId: string,
  occurredAt: number,
  meeting: MeetingFields,
  payload: UnreadFields<'old_object' | 'operation'> | null,
  message: unknown,
): VendorEvent {
  const event: VendorEvent = {
    type,
    conferenceId,
    occurredAt,
    changed: type === 'CHANGED' ? listChangedFields(toObject(payload?.old_object) ?? {}, meeting) : [],
    participant: null,
    raw: toEventRaw(message),
  }
  if (type === 'PARTICIPANT_JOINED') event.participant = readEventParticipant(meeting, conferenceId, 'JOINED')
  if (type === 'PARTICIPANT_LEFT') event.participant = readEventParticipant(meeting, conferenceId, 'LEFT')
  // One occurrence of a series was deleted, not the meeting.
  if (type === 'DELETED' && payload?.operation === 'single') return { ...event, type: 'CHANGED', changed: ['schedule'] }
  return event
}

/** Returns the fields of `Conference` whose values are in `old_object` and not the same in the meeting. */
function listChangedFields(oldObject: MeetingFields, meeting: MeetingFields): string[] {
  const oldValues: UnreadFields = { ...oldObject, ...toObject(oldObject.settings) }
  const values: UnreadFields = { ...meeting, ...toObject(meeting.settings) }
  const hasChanged = (field: string): boolean =>
    Object.hasOwn(oldValues, field) && !isDeepStrictEqual(oldValues[field], values[field])
  const changed = Object.entries(changedFields).filter(([, fields]) => fields.some(hasChanged))
  return changed.map(([name]) => name)
}
