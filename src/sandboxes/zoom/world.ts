import { createHash } from 'node:crypto'
import type { Recurrence } from './recurrence.ts'
import { day, minute } from './time.ts'

/** A user of the account. Fields in Zoom's words are answered as they stand; `detail` only by "get a user". */
export interface User {
  /** Kept for pending users too, though Zoom does not show it. */
  id: string
  email: string
  /** 1 Basic, 2 Licensed. */
  type: number
  status: 'active' | 'inactive' | 'pending'
  /** "0" is the account's owner. */
  role_id: string
  pmi: number
  /** 1 Google, 100 Zoom. Those who came by Google or Facebook get no user token. */
  login_types: number[]
  fields: Record<string, unknown>
  detail: Record<string, unknown>
  /** False: meetings answer 400/3161. */
  mayHost: boolean
  backgrounds: number
}

/** One join of one person; whoever comes back gets another. Times in milliseconds. */
export interface Attendance {
  user_id: string
  participant_uuid: string
  /** The user's id; "" for guests. */
  id: string
  name: string
  user_email: string
  registrant_id: string
  role: 'host' | 'attendee'
  status: 'in_meeting' | 'in_waiting_room'
  join: number
  leave: number | null
}

export interface Instance {
  uuid: string
  start: number
  end: number | null
  attendances: Attendance[]
}

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
  /** The start as first planned, in milliseconds. */
  occurrence_id: string
  start_time: string
  duration: number
  status: 'available' | 'deleted'
}

export interface Meeting {
  id: number
  /** Of the running instance, else of the next one. */
  uuid: string
  host_id: string
  /** 1 instant, 2 scheduled, 3 recurring without fixed time, 4 personal room, 8 recurring, 10 screen share. */
  type: number
  topic: string
  agenda: string
  created: number
  /** Milliseconds; null where the meeting has no fixed time. */
  start: number | null
  /** Minutes. */
  duration: number
  timezone: string
  password: string
  pmi?: string
  recurrence?: Recurrence
  occurrences?: Occurrence[]
  /** What PATCH with an occurrence id changed, by that id. */
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

/** Everything that the account holds; tests may look and change. */
export interface World {
  users: User[]
  meetings: Map<number, Meeting>
  files: Map<string, ChatFile>
  messages: ChatMessage[]
  /** What was made after the seed, for fresh ids. */
  made: number
}

const digest = (seed: string) => createHash('md5').update(seed).digest()

/** 22 characters, as Zoom's user and registrant ids. */
export const idOf = (seed: string): string => digest(seed).toString('base64url')
/** 24 characters of base64, `/`, `+` and `=` among them. */
export const uuidOf = (seed: string): string => digest(seed).toString('base64')
/** From `from` on, below `from + span`. */
export const numberOf = (seed: string, from: number, span: number): number =>
  from + (digest(seed).readUIntBE(0, 6) % span)

export const fresh = (world: World, kind: string): string => `${kind}:made:${++world.made}`

export function freshMeetingId(world: World): number {
  let id: number
  do id = numberOf(fresh(world, 'number'), 81_000_000_000, 9_000_000_000)
  while (world.meetings.has(id))
  return id
}

/** A meeting that was held or planned lives for 30 days on; an instant one ends with its end. */
export function isExpired(meeting: Meeting, now: number): boolean {
  if (meeting.live || meeting.type === 3 || meeting.type === 4) return false
  if (meeting.type === 1 && meeting.past.length > 0) return true
  const lastStart = meeting.occurrences?.at(-1)?.start_time
  const planned = (lastStart ? Date.parse(lastStart) : (meeting.start ?? meeting.created)) + meeting.duration * minute
  return Math.max(planned, meeting.past.at(-1)?.end ?? 0) + 30 * day < now
}
