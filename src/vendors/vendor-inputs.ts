/** What Parley passes to the operations of a vendor, and what they return besides the objects of vendors. */
import type { Problem } from '../core/errors.ts'
import type {
  Conference,
  ConferenceMode,
  ConferenceState,
  FileState,
  Occurrence,
  ParticipantRole,
  RecordingKind,
  Session,
  UserReference,
  UserStatus,
} from './vendor-objects.ts'

/** Filters are hints. Apply a filter only if the vendor's filter has exactly this meaning. Parley filters the result again. */
export interface UserFilter {
  email?: string
  search?: string
  status?: readonly UserStatus[]
}
export interface ConferenceFilter {
  /** The owner's `vendorId`. */
  ownerId?: string
  search?: string
  state?: readonly ConferenceState[]
  startsFrom?: Date
  startsBefore?: Date
  tag?: string
  /** True if the result is sorted by the next start, so that the list must report it for series, too. */
  needsStarts?: boolean
}
/** Unlike other filters, the period and the parent are not hints: the list contains only recordings that match them. */
export interface RecordingFilter {
  /** Lists only the recordings of this conference. */
  conference?: Conference
  /** Lists only the recordings of this session. */
  session?: Session
  /** Start of the session, inclusive. Set if both are omitted. */
  startedFrom?: Date
  /** Start of the session, exclusive. Omitted: now. */
  startedBefore?: Date
  /** A hint. */
  kind?: readonly RecordingKind[]
}

/** Sessions that began in a period. */
export interface SessionFilter {
  /** If omitted, all sessions of the account. */
  conferenceId?: string
  /** Inclusive. Always set if `conferenceId` is omitted. */
  startedFrom?: Date
  /** Exclusive. */
  startedBefore?: Date
}

/** Input of `createConference`. Null means omitted. */
export interface NewConference {
  title: string
  description: string | null
  owner: UserReference | null
  mode: ConferenceMode | null
  schedule: NewSchedule | null
  invite: readonly UserReference[]
  maxParticipants: number | null
  allowGuests: boolean | null
  autoInvite: boolean | null
  passcode: string | null
  tags: readonly string[] | null
  vendorOptions: Readonly<Record<string, unknown>> | null
  /**
   * 20 lower-case letters and digits, the same for every attempt of one operation. The vendor's code derives the ID or short
   * name of the new conference from it, if the vendor accepts one, so that the conference can be found later.
   */
  clientAssignedId: string
}
export type NewSchedule =
  | { kind: 'once'; startsAt: Date; durationMinutes: number; timeZone: string | null }
  | { kind: 'recurring'; rrule: string; startsAt: Date; durationMinutes: number; timeZone: string }
  | { kind: 'permanent' }
/** Reference to a conference by what is known outside of Parley. The link is never requested. */
export type ConferenceReference = { vendorId: string } | { joinUrl: URL }
/** Changes to a conference. Omitted fields are unchanged. */
export interface ConferenceChanges {
  title?: string
  description?: string
  mode?: ConferenceMode
  schedule?: NewSchedule
  maxParticipants?: number
  allowGuests?: boolean
  tags?: readonly string[]
  vendorOptions?: Readonly<Record<string, unknown>>
}
/** Changes to one occurrence of a series. Omitted fields are unchanged. */
export interface OccurrenceChanges {
  startsAt?: Date
  durationMinutes?: number
  description?: string
}
export interface Invitee {
  user: UserReference
  displayName: string | null
  role: ParticipantRole | null
}
/** A file that is being uploaded. Its bytes can be read once. */
export interface Upload {
  /** Sanitized: only the last path segment, without control characters, at most 255 characters. */
  name: string
  contentType: string
  /** In bytes. Null if the HTTP client did not declare it. */
  size: number | null
  bytes: AsyncIterable<Uint8Array>
}
export interface StoredFile {
  vendorId: string
  state: FileState
  url: string | null
  raw: unknown
}
export interface CreatedConference {
  conference: Conference
  /** One problem for each invitee who could not be invited, with the path `['input', 'invite', '<index>']`. */
  problems: Problem[]
}
export interface ChangedConference {
  conference: Conference
  /** One problem for each change that the vendor accepted but ignored, with its path in the input. */
  problems: Problem[]
}
export interface ChangedOccurrence {
  occurrence: Occurrence
  /** One problem for each change that the vendor accepted but ignored, with its path in the input. */
  problems: Problem[]
}
export interface StartedConference {
  conference: Conference
  /** URL that the host must open to start the conference. A credential. Null if the conference was started. */
  startUrl: string | null
  startUrlExpiresAt: Date | null
}
