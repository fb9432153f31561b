import { createHash } from 'node:crypto'
import { formatTime } from './time.ts'
import type { Meeting, User } from './world.ts'

const passwordHash = (meeting: Meeting) =>
  createHash('sha256').update(meeting.password).digest('base64url').slice(0, 32)

export const joinUrl = (meeting: Meeting, origin: string): string =>
  `${origin}/j/${meeting.id}?pwd=${passwordHash(meeting)}`

const startTime = (meeting: Meeting) => (meeting.start === null ? {} : { start_time: formatTime(meeting.start) })

/** Formats a meeting for lists: without status, start URL, password, and settings, and with a truncated agenda. */
export function formatListedMeeting(meeting: Meeting, origin: string): Record<string, unknown> {
  const { uuid, id, host_id, topic, type, duration, timezone, agenda, pmi } = meeting
  return {
    uuid,
    id,
    host_id,
    topic,
    type,
    ...startTime(meeting),
    duration,
    timezone,
    ...(agenda ? { agenda: agenda.slice(0, 250) } : {}),
    created_at: formatTime(meeting.created),
    join_url: joinUrl(meeting, origin),
    ...(pmi ? { pmi } : {}),
  }
}

/** Formats a meeting for "Get a meeting". `zak` is part of the start URL. */
export function formatMeeting(meeting: Meeting, host: User, origin: string, zak: string): Record<string, unknown> {
  const { password, occurrences, recurrence, settings, tracking_fields } = meeting
  const registration = settings.approval_type === 0 || settings.approval_type === 1
  return {
    ...formatListedMeeting(meeting, origin),
    assistant_id: '',
    host_email: host.email,
    status: meeting.live ? 'started' : 'waiting',
    agenda: meeting.agenda,
    start_url: `${origin}/s/${meeting.id}?zak=${zak}`,
    ...(registration ? { registration_url: `${origin}/meeting/register/${passwordHash(meeting)}` } : {}),
    password,
    h323_password: '123456',
    pstn_password: '123456',
    encrypted_password: passwordHash(meeting),
    pre_schedule: false,
    creation_source: 'open_api',
    tracking_fields,
    ...(recurrence ? { recurrence } : {}),
    ...(occurrences ? { occurrences } : {}),
    settings,
  }
}
