import { hash } from 'node:crypto'
import type { Recurrence } from './recurrence.ts'
import { day, minute } from './time.ts'

/** A user of the account. Fields with Zoom's names are returned unchanged; `detail` only by "Get a user". */
export interface User {
  /** Pending users have an ID, too, but Zoom does not return it. */
  id: string
  email: string
  /** 1 Basic, 2 Licensed. */
  type: number
  status: 'active' | 'inactive' | 'pending'
  /** "0" is the owner of the account. */
  role_id: string
  pmi: number
  /** 1 Google, 100 Zoom. Zoom issues no user token for users who sign in with Google or Facebook. */
  login_types: number[]
  fields: Record<string, unknown>
  detail: Record<string, unknown>
  /** If false, calls for meetings of the user fail with 400/3161. */
  mayHost: boolean
  backgrounds: number
}

/** One join of a person. A person who joins again has another attendance. Times are in milliseconds since the epoch. */
export interface Attendance {
  user_id: string
  participant_uuid: string
  /** ID of the user. Empty for guests. */
  id: string
  name: string
  user_email: string
  registrant_id: string
  role: 'host' | 'attendee'
  status: 'in_meeting' | 'in_waiting_room'
  join: number
  leave: number | null
}

/** A file of a cloud recording. Times are in milliseconds since the epoch. */
export interface RecordingFile {
  id: string
  file_type: string
  file_extension: string
  recording_type: string
  start: number
  end: number
  /** In bytes. */
  size: number
  /** Size that lists report, which can differ slightly. */
  listedSize: number
  /** Null: bytes that are generated from the ID. */
  content: Buffer<ArrayBuffer> | null
  status: 'completed' | 'processing'
  /** When the file was moved to the trash. Null if it was not. */
  trashed: number | null
}

export interface Instance {
  uuid: string
  start: number
  end: number | null
  attendances: Attendance[]
  recordings: RecordingFile[]
  /** Default: the report is complete. */
  report?: UnfinishedReport
}

/**
 * Report of the participants of a session, as Zoom returns it before it is complete.
 *
 * - `missing`: the session is not found.
 * - `empty`: there are no rows.
 * - `unsettled`: rows have no duration.
 * - `blank`: rows have no times and no duration, and the session has no participants.
 */
export interface UnfinishedReport {
  state: 'missing' | 'empty' | 'unsettled' | 'blank'
  /** When the report is complete, in milliseconds since the epoch. */
  until: number
}

export const createInstance = (uuid: string, start: number): Instance => ({
  uuid,
  start,
  end: null,
  attendances: [],
  recordings: [],
})

export interface Registrant {
  id: string
  email: string
  status: 'approved' | 'pending' | 'denied'
  create_time: string
  participant_pin_code: number
  occurrence_ids: string[]
  fields: Record<string, unknown>
}

export interface Occurrence {
  /** Original start, in milliseconds since the epoch. */
  occurrence_id: string
  start_time: string
  duration: number
  status: 'available' | 'deleted'
}

export interface Meeting {
  id: number
  /** UUID of the running instance, otherwise of the next one. */
  uuid: string
  host_id: string
  /** 1 instant, 2 scheduled, 3 recurring without fixed time, 4 personal room, 8 recurring, 10 screen share. */
  type: number
  topic: string
  agenda: string
  created: number
  /** In milliseconds since the epoch. Null if the meeting has no fixed time. */
  start: number | null
  /** In minutes. */
  duration: number
  timezone: string
  password: string
  pmi?: string
  recurrence?: Recurrence
  occurrences?: Occurrence[]
  /** Changes of single occurrences, by occurrence ID. */
  occurrenceEdits: Record<string, Record<string, unknown>>
  tracking_fields: { field: string; value: string }[]
  settings: Record<string, unknown>
  deleted: boolean
  live: Instance | null
  past: Instance[]
  registrants: Registrant[]
}

export interface ChatFile {
  id: string
  owner: string
  name: string
  length: number
  sha256: string
  created: number
}

interface ChatMessage {
  id: string
  sender: string
  text: string
  toChannel: string | null
  toContact: string | null
  files: string[]
}

/** All data of the account. Tests can read and change it. */
export interface World {
  users: User[]
  meetings: Map<number, Meeting>
  files: Map<string, ChatFile>
  messages: ChatMessage[]
  /** Number of objects that were created after the start. New IDs are derived from it. */
  made: number
}

const digest = (seed: string) => hash('md5', seed, 'buffer')

/** Creates an ID of 22 characters, the format of Zoom's user and registrant IDs. */
export const createId = (seed: string): string => digest(seed).toString('base64url')
/** Creates a UUID of 24 base64 characters, which can include `/`, `+`, and `=`. */
export const createUuid = (seed: string): string => digest(seed).toString('base64')
/** Returns a number of at least `from` and less than `from + span`. */
export const createNumber = (seed: string, from: number, span: number): number =>
  from + (digest(seed).readUIntBE(0, 6) % span)

export const fresh = (world: World, kind: string): string => `${kind}:made:${++world.made}`

export function freshMeetingId(world: World): number {
  let id: number
  do id = createNumber(fresh(world, 'number'), 81_000_000_000, 9_000_000_000)
  while (world.meetings.has(id))
  return id
}

/** Whether a meeting has expired: 30 days after its last date, or an instant meeting at its end. */
export function isExpired(meeting: Meeting, now: number): boolean {
  if (meeting.live || meeting.type === 3 || meeting.type === 4) return false
  if (meeting.type === 1 && meeting.past.length > 0) return true
  const lastStart = meeting.occurrences?.at(-1)?.start_time
  const planned = (lastStart ? Date.parse(lastStart) : (meeting.start ?? meeting.created)) + meeting.duration * minute
  return Math.max(planned, meeting.past.at(-1)?.end ?? 0) + 30 * day < now
}
