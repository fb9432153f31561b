import type { HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import type { GeneratedFile } from '../generated-file.ts'
import type { SandboxKit } from '../kit.ts'

export interface Avatar {
  filename: string
  contentType: string
  bytes: number
  sha256: string
}

/** A user as the server stores it, with the keys of the API. */
export interface User {
  /** Login in lower case, which is also the ID. */
  id: string
  email: string
  password: string
  display_name: string
  first_name: string
  last_name: string
  company: string
  mobile_phone: string
  work_phone: string
  home_phone: string
  is_active: 0 | 1
  /** -1 invalid, 0 offline, 1 online, 2 busy. `computePresence` derives the status of an inactive user or a participant. */
  status: number
  groupIds: string[]
  avatar: Avatar | null
}

export interface Group {
  id: string
  display_name: string
}

type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday'

interface Offsets {
  /** Time zone in minutes east of UTC. */
  time_offset?: number | undefined
  special_time_offset?: number | undefined
}

/** Times are in seconds since the epoch, durations in seconds. */
export type Schedule =
  | { type: -1 }
  | ({ type: 1; start_time: number; duration: number } & Offsets)
  | ({ type: 0; start_time?: number | undefined; duration: number; time: string; days: Weekday[] } & Offsets)

/** An invitation of a user if `id` is a login, otherwise of a guest with an address, which the API calls custom. */
export interface Invitation {
  id: string
  display_name: string | null
}

export type Rights = Record<string, boolean>

export interface Recording extends GeneratedFile {
  /** ID in the log of all recordings. The API of a conference identifies a recording by its name. */
  id: number
  name: string
  /** In seconds since the epoch. */
  created: number
}

export interface Conference {
  id: string
  type: 0 | 1 | 3
  vad_selector: 0 | 1
  topic: string
  /** ID of a user. */
  owner: string
  description: string
  max_podiums: number
  max_participants: number
  schedule: Schedule
  invitations: Invitation[]
  allow_guests: boolean
  auto_invite: number
  created_at: number
  tags: string[]
  recording: number
  rights: { guest: Rights; user: Rights }
  allow_only_planned_participants: boolean
  /** Running session. Null while the conference is stopped. */
  call: ConferenceSession | null
  /** Whether the conference was started without being planned, so that it disappears when it ends. */
  isUnplanned: boolean
  /** When the recording started, in seconds since the epoch. Null while nothing is recorded. */
  recordingSince: number | null
  records: Recording[]
}

export interface Attendance {
  id: string
  /** Name of a guest. Null for a user, who has a name. */
  display_name: string | null
  join_time: number
  leave_time: number | null
}

/** One session of a conference, or a call between two users. The session is running while `end_time` is null. */
export interface ConferenceSession {
  id: string
  /** Null for a call between two users. The conference can be deleted. */
  conferenceId: string | null
  /** Topic of the conference when the session started. Null for a call between two users. */
  topic: string | null
  /** 0, 1, or 3, as of a conference. */
  type: number
  /** ID of a user. */
  owner: string
  start_time: number
  end_time: number | null
  participants: Attendance[]
}

export interface ApiClient {
  id: string
  client_name: string
  redirect_uri: string
  /** Null for a public client, with which users sign in. */
  client_secret: string | null
  grants: string[]
  scopes: string[]
}

/** Permissions of a token. */
export interface Grant {
  clientId: string
  /** `'all'` for the secret key of the server. */
  scopes: string[] | 'all'
  /** User who signed in with a password. Null if the token is for the whole server. */
  userId: string | null
  /** Milliseconds since the epoch. */
  expiresAt: number
}

export interface Settings {
  /** Domain in the user IDs of the server. Not the host in its URL. */
  serverName: string
  /** Time zone of the times in the call log: an IANA name, or an offset such as `+05:30`. */
  timeZone: string
  /** Whether `GET /logs/calls/{id}` returns a running session. */
  logsRunningCalls: boolean
  /** TTL of tokens for client credentials, in seconds. */
  tokenLifetime: number
  /** Status of the response to a rejected token. */
  deadTokenStatus: 401 | 403
  /** Whether the license allows client-assigned conference IDs. */
  customIds: boolean
  /** Whether the license allows guests. */
  guests: boolean
  /** Maximum number of participants of a conference, which the license sets. */
  maxParticipants: number
  maxPageSize: number
  /** Whether a part of a recording can be requested. */
  acceptsRanges: boolean
  /** Status of the response to the deletion of a conference. Null: 204 (without a body) from v3.11 on, 200 before. */
  deleteStatus: 200 | 204 | null
}

/** All data of the server. Tests can read and change it. */
export interface Data {
  users: Map<string, User>
  groups: Map<string, Group>
  conferences: Map<string, Conference>
  calls: ConferenceSession[]
  clients: Map<string, ApiClient>
  tokens: Map<string, Grant>
  refreshTokens: Map<string, Grant>
}

export interface Server {
  settings: Settings
  data: Data
  secretKey: string
  /** Number of conference IDs that the server has created. */
  idsGiven: number
  recordingsMade: number
  /** Milliseconds since the epoch. */
  now: SandboxKit['now']
  effect: SandboxKit['effect']
}

export interface Env {
  Bindings: HttpBindings
  Variables: { grant: Grant }
}

export type Routes = Hono<Env>

export const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000)
