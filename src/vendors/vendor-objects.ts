/** The objects of vendors, in the terms of Parley. Each vendor's folder creates them from the vendor's JSON. */
import type { Problem } from '../core/errors.ts'

export type UserStatus = 'ACTIVE' | 'INACTIVE' | 'PENDING' | 'UNKNOWN'
export type Presence = 'OFFLINE' | 'ONLINE' | 'BUSY' | 'IN_CONFERENCE' | 'UNKNOWN'
export type ConferenceKind = 'MEETING' | 'ROOM' | 'WORKSPACE' | 'UNKNOWN'
export type ConferenceMode = 'ALL_ON_SCREEN' | 'VIDEO_LECTURE' | 'MODERATED' | 'SMART_MEETING'
export type ConferenceState = 'SCHEDULED' | 'RUNNING' | 'IDLE' | 'ENDED' | 'UNKNOWN'
export type ParticipantRole = 'OWNER' | 'MODERATOR' | 'ATTENDEE' | 'UNKNOWN'
export type ParticipantStatus = 'INVITED' | 'REGISTERED' | 'WAITING' | 'JOINED' | 'LEFT' | 'UNKNOWN'
export type FileState = 'ATTACHED' | 'DEFERRED'
export type RecordingKind = 'VIDEO' | 'AUDIO' | 'TRANSCRIPT' | 'CAPTIONS' | 'CHAT' | 'OTHER'
export type RecordingState = 'READY' | 'PROCESSING' | 'UNAVAILABLE'

/** A user of a vendor account. Null means that the vendor does not report the value. The schema adds the account. */
export interface User {
  vendorId: string
  email: string | null
  displayName: string | null
  givenName: string | null
  familyName: string | null
  status: UserStatus
  presence: Presence | null
  avatarUrl: string | null
  phoneNumbers: string[]
  company: string | null
  department: string | null
  /** IANA name of the time zone. */
  timeZone: string | null
  createdAt: Date | null
  lastSeenAt: Date | null
  /** Fields that the list reports only in part or not at all. `getUser` reports them in full. Omitted: none. */
  unlisted?: ReadonlySet<keyof User> | undefined
  /** The vendor's JSON object without credentials. A getter is best, because few queries request it. */
  readonly raw: unknown
}

export type Schedule =
  | { kind: 'once'; startsAt: Date; durationMinutes: number | null; timeZone: string | null }
  /** `rrule` has the format of RFC 5545, without the prefix `RRULE:`. */
  | {
      kind: 'recurring'
      rrule: string
      /** Start of the next occurrence that is not canceled. Null if there is none. */
      nextStartsAt: Date | null
      durationMinutes: number | null
      timeZone: string | null
    }
  | { kind: 'permanent'; since: Date | null }

/** A conference of a vendor account. Null means that the vendor does not report the value. */
export interface Conference {
  vendorId: string
  kind: ConferenceKind
  title: string
  description: string | null
  mode: ConferenceMode | null
  state: ConferenceState
  schedule: Schedule | null
  /** The owner's `vendorId`, which `getUser` accepts. */
  ownerId: string | null
  maxParticipants: number | null
  allowGuests: boolean | null
  tags: string[]
  joinUrl: string | null
  createdAt: Date | null
  /** Fields that the list reports only in part or not at all. `getConference` reports them in full. Omitted: none. */
  unlisted?: ReadonlySet<keyof Conference> | undefined
  raw: unknown
  /**
   * Returns the occurrences that start in a period, earliest first, including canceled ones. Null if the vendor has not reported
   * them with this object: `listOccurrences` fetches them. Omitted in copies of an object.
   */
  findOccurrences?(period: OccurrencePeriod): Iterable<Occurrence> | null
}

/** Period in which an occurrence starts. Can be without an end. */
export interface OccurrencePeriod {
  startsFrom: Date
  /** Exclusive. */
  startsBefore?: Date | undefined
}

/** One planned occurrence of a conference. */
export interface Occurrence {
  /** Unique within its conference, until the schedule of the conference changes. */
  vendorId: string
  conferenceId: string
  startsAt: Date
  durationMinutes: number | null
  /** Whether the occurrence was canceled while the others are unchanged. */
  cancelled: boolean
}

/** A participant of a conference. Null means that the vendor does not report the value. */
export interface Participant {
  /** Unique within its conference. */
  vendorId: string
  conferenceId: string
  /** The user's `vendorId`. Null for a guest. */
  userId: string | null
  displayName: string | null
  email: string | null
  role: ParticipantRole
  status: ParticipantStatus
  joinedAt: Date | null
  leftAt: Date | null
  joinUrl: string | null
  raw: unknown
}

/** One file that was recorded in a session. Null means that the vendor does not report the value. */
export interface Recording {
  /** Unique within its parent. */
  vendorId: string
  /** ID under which the vendor keeps the file: of a session or of a conference. */
  parentId: string
  /** The session's `vendorId`, which `getSession` accepts. */
  sessionId: string | null
  /** The conference's `vendorId`, which `getConference` accepts. */
  conferenceId: string | null
  /** Title of the conference at the time of the session. Can be empty. */
  title: string
  kind: RecordingKind
  state: RecordingState
  /** File name with an extension, without a path, control characters, or quotes. */
  name: string
  /** Media type of Parley's own choice, never the vendor's. */
  contentType: string
  /** In bytes. Null while the state is `PROCESSING`. */
  size: number | null
  startedAt: Date | null
  durationSeconds: number | null
  /** URL of the vendor's player, without a passcode. */
  playUrl: string | null
  /** The vendor's JSON object without credentials and links. */
  readonly raw: unknown
}

/** One time that a conference was held. Null means that the vendor does not report the value. */
export interface Session {
  /** Unique within the account. */
  vendorId: string
  /** Null if the session never belonged to a conference. */
  conferenceId: string | null
  /** Empty if the vendor does not report it. */
  title: string
  startedAt: Date | null
  /** Null while the session is running. */
  endedAt: Date | null
  durationSeconds: number | null
  participantCount: number | null
  owner: UserReference | null
  /** Fields that the list does not report. `getSession` reports them. Omitted: none. */
  unlisted?: ReadonlySet<keyof Session> | undefined
  readonly raw: unknown
}

/** One row of a vendor's report: one join of one person. Null means that the vendor does not report the value. */
export interface AttendanceRow {
  /** The user's ID at the vendor, possibly of another account. */
  userId: string | null
  email: string | null
  registrationId: string | null
  displayName: string | null
  role: ParticipantRole
  joinedAt: Date | null
  leftAt: Date | null
  /** Whether the person was in the waiting room. */
  isWaiting: boolean
  /** Whether the person is still in the session. */
  isPresent: boolean
  readonly raw: unknown
}

/** Everything that a vendor reports on the attendance of one session. */
export interface AttendanceReport {
  /** In the vendor's order. */
  rows: readonly AttendanceRow[]
  /** Why the report is incomplete. `UNSUPPORTED_BY_VENDOR`: the vendor reports nothing on this session. Omitted if it is complete. */
  problem?: Problem
}

/** Reference to a user. Exactly one member is not null. */
export interface UserReference {
  vendorId: string | null
  email: string | null
}
