import { ZoomError } from './errors.ts'
import type { MeetingInput } from './meeting-input.ts'
import { computeOccurrenceStarts } from './recurrence.ts'
import { formatTime, parseStartTime } from './time.ts'
import {
  fresh,
  freshMeetingId,
  createId,
  createUuid,
  type Meeting,
  type Occurrence,
  type User,
  type World,
} from './world.ts'

export const defaultSettings: Record<string, unknown> = {
  host_video: false,
  participant_video: false,
  cn_meeting: false,
  in_meeting: false,
  join_before_host: false,
  jbh_time: 0,
  mute_upon_entry: false,
  waiting_room: false,
  watermark: false,
  use_pmi: false,
  approval_type: 2,
  audio: 'both',
  auto_recording: 'none',
  alternative_hosts: '',
  alternative_hosts_email_notification: true,
  close_registration: false,
  registrants_confirmation_email: true,
  registrants_email_notification: true,
  show_share_button: false,
  allow_multiple_devices: false,
  email_notification: true,
  meeting_authentication: false,
  enforce_login: false,
  enforce_login_domains: '',
  encryption_type: 'enhanced_encryption',
  focus_mode: false,
  private_meeting: false,
  internal_meeting: false,
  meeting_invitees: [],
}

export function newMeeting(world: World, host: User, input: MeetingInput, now: number): Meeting {
  const timezone = input.timezone ?? (host.fields.timezone as string | undefined) ?? 'UTC'
  const type = input.type ?? 2
  const seed = fresh(world, 'meeting')
  const timed = type === 2 || type === 8
  const meeting: Meeting = {
    id: freshMeetingId(world),
    uuid: createUuid(seed),
    host_id: host.id,
    type,
    topic: input.topic ?? 'Zoom Meeting',
    agenda: input.agenda ?? '',
    created: now,
    start: timed ? startOf(input, timezone, now) : null,
    duration: input.duration ?? 60,
    timezone,
    password: input.password ?? createId(seed).slice(0, 6),
    occurrenceEdits: {},
    tracking_fields: input.tracking_fields ?? [],
    settings: { ...defaultSettings },
    deleted: false,
    live: null,
    past: [],
    registrants: [],
  }
  applySettings(meeting, input.settings, host)
  if (input.recurrence && (type === 8 || type === 3)) meeting.recurrence = input.recurrence
  if (type === 8) {
    meeting.recurrence ??= { type: 1 }
    plan(meeting)
  }
  return meeting
}

const startOf = (input: MeetingInput, timezone: string, now: number) =>
  (input.start_time === undefined ? null : parseStartTime(input.start_time, timezone)) ?? now

/** Changes the fields in the input and merges the settings. Ignores a start in the past. */
export function changeMeeting(meeting: Meeting, input: MeetingInput, host: User, now: number): void {
  const { settings, start_time, recurrence, type, schedule_for: _host, ...plain } = input
  Object.assign(meeting, plain)
  if (type !== undefined) meeting.type = type
  if (start_time !== undefined) {
    const start = parseStartTime(start_time, meeting.timezone)!
    if (start > now) meeting.start = start
  }
  applySettings(meeting, settings, host)
  if (meeting.type === 2 || meeting.type === 8) meeting.start ??= now
  if (recurrence) meeting.recurrence = recurrence
  const replanned = recurrence ?? start_time ?? input.duration ?? input.timezone
  if (meeting.type === 8 && replanned !== undefined) {
    meeting.recurrence ??= { type: 1 }
    plan(meeting)
  }
}

export function changeOccurrence(meeting: Meeting, id: string, input: MeetingInput, now: number): void {
  const occurrence = findOccurrence(meeting, id)
  const { agenda, start_time, duration, settings = {} } = input
  const start = start_time === undefined ? 0 : parseStartTime(start_time, meeting.timezone)!
  if (start > now) occurrence.start_time = formatTime(start)
  if (duration !== undefined) occurrence.duration = duration
  const allowed = new Set([
    'host_video',
    'participant_video',
    'join_before_host',
    'mute_upon_entry',
    'waiting_room',
    'watermark',
    'auto_recording',
  ])
  const kept = Object.entries(settings).filter(([name]) => allowed.has(name))
  const before = meeting.occurrenceEdits[id] ?? {}
  meeting.occurrenceEdits[id] = {
    ...before,
    ...(agenda === undefined ? {} : { agenda }),
    settings: { ...(before.settings as object | undefined), ...Object.fromEntries(kept) },
  }
}

export function findOccurrence(meeting: Meeting, id: string): Occurrence {
  const occurrence = meeting.occurrences?.find(
    ({ occurrence_id, status }) => occurrence_id === id && status === 'available',
  )
  if (!occurrence) throw new ZoomError(400, 300, 'Invalid occurrence_id.')
  return occurrence
}

function plan(meeting: Meeting): void {
  const starts = computeOccurrenceStarts(meeting.start!, meeting.timezone, meeting.recurrence!)
  meeting.occurrences = starts.map((start) => createOccurrence(start, meeting.duration))
  meeting.occurrenceEdits = {}
}

export const createOccurrence = (start: number, duration: number): Occurrence => ({
  occurrence_id: String(start),
  start_time: formatTime(start),
  duration,
  status: 'available',
})

function applySettings(meeting: Meeting, settings: MeetingInput['settings'], host: User): void {
  if (!settings) return
  Object.assign(meeting.settings, settings)
  if (meeting.settings.waiting_room) meeting.settings.join_before_host = false
  if (settings.use_pmi) meeting.pmi = String(host.pmi)
  const chat = settings.continuous_meeting_chat
  if (chat) meeting.settings.continuous_meeting_chat = chat.enable ? { ...chat, channel_id: channelOf(meeting) } : chat
}

export const channelOf = (meeting: Meeting): string => createId(`channel:${meeting.id}`)
