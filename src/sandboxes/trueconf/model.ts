import type { HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import type { SandboxKit } from '../kit.ts'

export interface Avatar {
  filename: string
  contentType: string
  bytes: number
  sha256: string
}

/** A user as the server stores it; the keys are the API's. */
export interface User {
  /** The login, lower case; also the id. */
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
  /** -1 invalid, 0 offline, 1 online, 2 busy; that of an inactive or conferring user is worked out. */
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
  /** Minutes east of UTC. */
  time_offset?: number | undefined
  special_time_offset?: number | undefined
}

/** Times in seconds since the epoch, durations in seconds. */
export type Schedule =
  | { type: -1 }
  | ({ type: 1; start_time: number; duration: number } & Offsets)
  | ({ type: 0; start_time?: number | undefined; duration: number; time: string; days: Weekday[] } & Offsets)

/** Of a user where `id` is a login, else of a guest by address, whom the API calls custom. */
export interface Invitation {
  id: string
  display_name: string | null
}

export type Rights = Record<string, boolean>

export interface Recording {
  /** In the log of all recordings; in its conference it goes by its name. */
  id: number
  name: string
  bytes: Buffer
  /** Seconds since the epoch. */
  created: number
}

export interface Conference {
  id: string
  type: 0 | 1 | 3
  vad_selector: 0 | 1
  topic: string
  /** A user's id. */
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
  /** What goes on in it; null while it is stopped. */
  call: Call | null
  /** Since when it is recorded, in seconds; null while it is not. */
  recordingSince: number | null
  records: Recording[]
}

export interface Attendance {
  id: string
  /** Null for a user, whose name is known. */
  display_name: string | null
  join_time: number
  leave_time: number | null
}

/** One session of a conference: running while `end_time` is null. */
export interface Call {
  id: string
  conference: Conference
  start_time: number
  end_time: number | null
  participants: Attendance[]
}

export interface ApiClient {
  id: string
  client_name: string
  redirect_uri: string
  /** Null for a public client, which signs its users in. */
  client_secret: string | null
  grants: string[]
  scopes: string[]
}

/** What the bearer of a token may do. */
export interface Grant {
  clientId: string
  /** `'all'` for the server's secret key. */
  scopes: string[] | 'all'
  /** The user whom a password grant speaks for; null where it is the whole server. */
  userId: string | null
  /** Milliseconds since the epoch. */
  expiresAt: number
}

export interface Settings {
  /** Domain of the server's uids; not the host that it is reached at. */
  serverName: string
  /** Seconds; of client credentials. */
  tokenLifetime: number
  /** How a dead token is refused. */
  deadTokenStatus: 401 | 403
  /** Whether the licence lets callers choose conference ids. */
  customIds: boolean
  /** Whether the licence has guests. */
  guests: boolean
  /** The licence's limit for one conference. */
  maxParticipants: number
  maxPageSize: number
  /** What deleting a conference answers; 204 has no body. Null: that, from v3.11 on. */
  deleteStatus: 200 | 204 | null
}

/** Everything the server knows; tests look at it and change it. */
export interface Data {
  users: Map<string, User>
  groups: Map<string, Group>
  conferences: Map<string, Conference>
  calls: Call[]
  clients: Map<string, ApiClient>
  tokens: Map<string, Grant>
  refreshTokens: Map<string, Grant>
}

export interface Server {
  settings: Settings
  data: Data
  secretKey: string
  /** How many conference ids were made up so far. */
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
