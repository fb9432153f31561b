import { isDeepStrictEqual } from 'node:util'
import { formatListedMeeting } from './meeting-view.ts'
import { formatTime } from './time.ts'
import type { Attendance, Instance, Meeting, World } from './world.ts'

/** Publishes an event to the app's webhooks and its event WebSocket. @param rest Members beside `payload`. */
export type Publish = (event: string, payload: Record<string, unknown>, rest?: Record<string, unknown>) => void

type Envelope = Record<string, unknown> & { event: string }

/** Creates a function that publishes events in Zoom's envelope. No two events have the same `event_ts`. */
export function createPublish(accountId: string, now: () => number, deliver: (envelope: Envelope) => void): Publish {
  let lastTime = 0
  return (event, payload, rest = {}) => {
    lastTime = Math.max(now(), lastTime + 1)
    deliver({ event, event_ts: lastTime, payload: { account_id: accountId, ...payload }, ...rest })
  }
}

/** Who made a change: the owner of the account, because an app has no user. */
export function createOperator(world: World): Record<string, unknown> {
  const owner = world.users.find(({ role_id }) => role_id === '0')
  return { operator: owner?.email ?? '', operator_id: owner?.id ?? '' }
}

/** The `object` of events about a meeting that was created, deleted, or restored. Its ID is a number. */
export function formatChangedMeeting(meeting: Meeting, origin: string): Record<string, unknown> {
  const { password, settings, recurrence, occurrences } = meeting
  return {
    ...formatListedMeeting(meeting, origin),
    password,
    ...(recurrence && { recurrence }),
    ...(occurrences && { occurrences }),
    settings,
  }
}

/** The `object` of events about a session. Its ID is a string. */
export function formatSession({ id, host_id, topic, type, duration, timezone }: Meeting, session: Instance) {
  const { uuid, start, end } = session
  return {
    id: String(id),
    uuid,
    host_id,
    topic,
    type,
    start_time: formatTime(start),
    duration,
    timezone,
    ...(end !== null && { end_time: formatTime(end) }),
  }
}

/** The `participant` of an event. Events about leaving do not have the time of the join. */
export function formatAttendance(attendance: Attendance): Record<string, unknown> {
  const { user_id, participant_uuid, id, name, user_email, registrant_id, join, leave } = attendance
  return {
    user_id,
    user_name: name,
    id,
    participant_uuid,
    participant_user_id: id,
    email: user_email,
    registrant_id,
    customer_key: '',
    ...(leave === null
      ? { join_time: formatTime(join) }
      : { leave_time: formatTime(leave), leave_reason: `${name} left the meeting.` }),
  }
}

/** The fields whose changes `meeting.updated` reports. A copy, because changes are made in place. */
export const copyFields = (meeting: Meeting, origin: string): Record<string, unknown> =>
  structuredClone({
    ...formatChangedMeeting(meeting, origin),
    agenda: meeting.agenda,
    tracking_fields: meeting.tracking_fields,
    occurrence_edits: meeting.occurrenceEdits,
  })

/** Returns `object` and `old_object` of `meeting.updated`: the fields that differ. Null if none does. */
export function findChanges(before: Record<string, unknown>, after: Record<string, unknown>) {
  const names = Object.keys({ ...before, ...after }).filter((name) => !isDeepStrictEqual(before[name], after[name]))
  if (names.length === 0) return null
  const pick = (from: Record<string, unknown>): Record<string, unknown> => ({
    id: after['id'],
    ...Object.fromEntries(names.map((name) => [name, from[name] ?? null])),
  })
  return { object: pick(after), old_object: pick(before) }
}
