/**
 * The interface between Parley and a vendor. Each vendor has a folder that implements `Vendor`. Members that a vendor does
 * not support are omitted: its capabilities and `UNSUPPORTED_BY_VENDOR` are derived from that.
 */
import type { Problem } from '../core/errors.ts'
import type { CallContext } from '../upstream/call-context.ts'
import type { FileRequest, FileResponse } from '../upstream/file.ts'
import type { ConferenceEventType, PushedEvents } from './vendor-events.ts'

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

/**
 * Request for a page of a list. `number` counts pages of `size` items from 0, and is used only if `supportsPageNumbers` is
 * set. `link` is the `next` or `previous` of an earlier page, null for the first page, or `'last'` if `linksToLastPage`.
 */
export type PageRequest = { size: number; number: number } | { size: number; link: PageToken | null }
/** The vendor's opaque reference to a page: a token or the query of a link. */
export type PageToken = string

/** One page of a list. */
export interface VendorPage {
  /** Raw items, as the vendor sent them. Each is parsed only if it is needed. */
  items: readonly unknown[]
  /** Null if this is the last page. */
  next: PageToken | null
  /** True if the vendor did not announce the next page. If that page is empty or repeats this one, the list has ended. */
  isNextAssumed?: boolean
  /** Null if this is the first page. Omitted if unknown. */
  previous?: PageToken | null
  /** Number of items in the whole list. Omitted or null if the vendor does not report it. */
  total?: number | null
  /** Page size that the vendor used, if it reports it. */
  size?: number
  /** Why the page lacks items. Reported in `sources` with the status `PARTIAL`. */
  problem?: Problem
}

/** A list of a vendor, in the vendor's order. */
export interface FlatList<T> {
  /** Maximum page size. */
  maxSize: number
  /** Whether pages can be requested by number, in any size up to `maxSize`. */
  supportsPageNumbers?: true
  /** Whether the link `'last'` loads the last page. If the vendor does not link to that page, it loads one with a `next`. */
  linksToLastPage?: true
  /** Whether pages report the total. */
  reportsTotal?: true
  /** Whether the list contains exactly the objects that match the filter, so that the vendor's total is correct. */
  isExact?: true
  loadPage(request: PageRequest, call: CallContext): Promise<VendorPage>
  /** Returns the ID of a raw item. Null if it has none; the item is then omitted and reported. */
  getId(item: unknown): string | null
  /**
   * Returns a function that fetches fields that the list lacks and that the filter or sort order needs. Its result is a raw item
   * for `parseItem`. Null if nothing is missing. The function makes one vendor call.
   */
  complete?(item: unknown): ((call: CallContext) => Promise<unknown>) | null
  /** Parses a raw item. Null if it was deleted; the item is then skipped. @throws Problem if it cannot be parsed. */
  parseItem(item: unknown): T | null
}

/** A child list for each item of a parent list (hosts → meetings) or for each fixed partition (statuses → users). */
export interface NestedList<T, Parent = unknown> {
  /** A list of the vendor, or fixed partitions. */
  parent: FlatList<Parent> | readonly string[]
  /** Whether the child lists contain exactly the objects that match the filter, so that the vendor's totals are correct. */
  isExact?: true
  /**
   * Whether the whole list fails if one child list cannot be read, as with partitions. Default: an error that concerns only
   * this child list is reported, and the others are read.
   */
  failsWithChild?: true
  /** @param parentItem Raw item of the parent list, or the partition. */
  getChildList(parentItem: unknown): FlatList<T>
}

export type VendorList<T> = FlatList<T> | NestedList<T>

// ---------------------------------------------------------------- mutations

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
/** Reference to a user. Exactly one member is not null. */
export interface UserReference {
  vendorId: string | null
  email: string | null
}
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

/** How polling finds events of a vendor that sends none. */
export interface PolledEvents {
  /** Kinds of events that polling can find. */
  types: readonly ConferenceEventType[]
  /**
   * Fields whose changes are reported. `conferences({})` must be a flat list that reports them in full. Omit `state`, which is
   * always compared, and fields that never change.
   */
  comparedFields: readonly (keyof Conference)[]
  /**
   * Lists the participants who are in a running conference. An element is null if the vendor's data on a participant cannot be
   * read. Omitted if `types` contains no events of participants.
   */
  listJoined?(conference: Conference, call: CallContext): Promise<readonly (Participant | null)[]>
}

/**
 * Operations of a vendor. Members that the vendor does not support are omitted. All methods throw `Problem`. Methods that
 * begin with `get` or `find` return null if the object was not found. Writes reject unsupported inputs with
 * `UNSUPPORTED_BY_VENDOR` and their path, before any vendor call.
 */
export interface Vendor {
  /** Events that the vendor sends. Omitted if it sends none. */
  pushedEvents?: PushedEvents
  /** Events that are found by comparing the list of `conferences` with an earlier one. Omitted if the vendor is not polled. */
  polledEvents?: PolledEvents
  users?(filter: UserFilter): VendorList<User>
  getUser?(id: string, call: CallContext): Promise<User | null>
  findUserByEmail?(email: string, call: CallContext): Promise<User | null>
  /**
   * Lists the users that the vendor finds by an email address in any letter case. The list can contain other users, too. Omitted
   * if `users` with the filter `email` is not longer.
   */
  usersByEmail?(email: string): VendorList<User>
  /** The parent list of a nested list contains the owners. */
  conferences?(filter: ConferenceFilter): FlatList<Conference> | NestedList<Conference, User>
  getConference?(id: string, call: CallContext): Promise<Conference | null>
  /**
   * Finds a conference by a join link, or by its number or ID as people write it. Returns null, without a vendor call, if the
   * link cannot be one of this account.
   *
   * @throws `BAD_USER_INPUT` with a path in `ref`, without a vendor call, if no conference of the vendor can have the ID, or if
   * the vendor's link contains no ID.
   */
  findConference?(ref: ConferenceReference, call: CallContext): Promise<Conference | null>
  participants?(conferenceId: string): VendorList<Participant>
  /** Lists the recordings of the newest session first. */
  recordings?(filter: RecordingFilter): VendorList<Recording>
  /** @param parentId See `Recording`. */
  getRecording?(parentId: string, id: string, call: CallContext): Promise<Recording | null>
  /** Newest first. */
  sessions?(filter: SessionFilter): VendorList<Session>
  getSession?(id: string, call: CallContext): Promise<Session | null>
  /**
   * Reads the whole report on a session.
   *
   * @throws `NOT_READY` if the vendor has not created the report yet, `VENDOR_RESPONSE_TOO_LARGE` if it has more than `maxRows`
   * rows.
   */
  readAttendance?(session: Session, maxRows: number, call: CallContext): Promise<AttendanceReport>
  /**
   * Fetches a conference of a list again, with the fields that the list omits. Omitted if `getConference` does this at the same
   * cost.
   */
  completeConference?(conference: Conference, call: CallContext): Promise<Conference | null>
  /** Fetches the occurrences of a conference that start in a period, earliest first, including canceled ones. */
  listOccurrences?(conferenceId: string, period: OccurrencePeriod, call: CallContext): Promise<Iterable<Occurrence>>
  getOccurrence?(conferenceId: string, occurrenceId: string, call: CallContext): Promise<Occurrence | null>

  createConference?(input: NewConference, call: CallContext): Promise<CreatedConference>
  /**
   * Finds the conference that `createConference` created, after its response was lost. `'ambiguous'` if that is not certain.
   *
   * @param input Its `vendorOptions` contain only the vendor's `idOption`.
   * @param sentAt In milliseconds since the epoch.
   */
  findCreated?(input: NewConference, sentAt: number, call: CallContext): Promise<Conference | null | 'ambiguous'>
  updateConference?(id: string, changes: ConferenceChanges, call: CallContext): Promise<ChangedConference>
  deleteConference?(id: string, call: CallContext): Promise<void>
  runConference?(id: string, call: CallContext): Promise<StartedConference>
  endConference?(id: string, call: CallContext): Promise<Conference>
  /** Changes one occurrence of a series, and never the others. @throws `VENDOR_CONFLICT` if it is canceled. */
  updateOccurrence?(
    conferenceId: string,
    occurrenceId: string,
    changes: OccurrenceChanges,
    call: CallContext,
  ): Promise<ChangedOccurrence>
  /**
   * Finds an occurrence that `updateOccurrence` changed, after its response was lost. Null if it does not have the changes.
   * `'ambiguous'` if that is not certain.
   */
  findChangedOccurrence?(
    conferenceId: string,
    occurrenceId: string,
    changes: OccurrenceChanges,
    call: CallContext,
  ): Promise<Occurrence | null | 'ambiguous'>
  /** Cancels one occurrence of a series, and never the others. @throws `VENDOR_CONFLICT` if it is canceled already. */
  cancelOccurrence?(conferenceId: string, occurrenceId: string, call: CallContext): Promise<Occurrence>
  inviteParticipant?(conferenceId: string, invitee: Invitee, call: CallContext): Promise<Participant>
  /** Finds the participant that an invitation created, after its response was lost. `'ambiguous'` if that is not certain. */
  findInvited?(conferenceId: string, invitee: Invitee, call: CallContext): Promise<Participant | null | 'ambiguous'>
  /** Deletes one file. @param permanently False: into the vendor's trash. */
  deleteRecording?(parentId: string, id: string, permanently: boolean, call: CallContext): Promise<void>
  removeParticipant?(conferenceId: string, participantId: string, call: CallContext): Promise<void>
  uploadConferenceFile?(conferenceId: string, file: Upload, call: CallContext): Promise<StoredFile>
  uploadAvatar?(userId: string, file: Upload, call: CallContext): Promise<StoredFile>
  uploadLibraryFile?(file: Upload, call: CallContext): Promise<StoredFile>
  /**
   * Opens a recording for reading.
   *
   * @param parentId ID under which the vendor keeps the file, such as that of its conference or session.
   * @throws `NOT_FOUND` if the recording does not exist.
   */
  openRecording?(parentId: string, id: string, request: FileRequest, call: CallContext): Promise<FileResponse>
  /** For `parley check`. @throws Problem if the vendor does not serve the configured version of its API. */
  checkVersion?(call: CallContext): Promise<void>
  issueUserToken?(
    userId: string,
    ttlSeconds: number | null,
    call: CallContext,
  ): Promise<{ token: string; expiresAt: Date }>
}
