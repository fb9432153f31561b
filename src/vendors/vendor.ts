/**
 * The boundary between Parley and a vendor. A vendor is one folder that makes a `Vendor`; what a vendor cannot do
 * it leaves out, and from what is there come `Capability` and UNSUPPORTED_BY_VENDOR.
 */
import type { Problem } from '../core/errors.ts'
import type { CallContext } from '../upstream/call-context.ts'

export type UserStatus = 'ACTIVE' | 'INACTIVE' | 'PENDING' | 'UNKNOWN'
export type Presence = 'OFFLINE' | 'ONLINE' | 'BUSY' | 'IN_CONFERENCE' | 'UNKNOWN'
export type ConferenceKind = 'MEETING' | 'ROOM' | 'WORKSPACE' | 'UNKNOWN'
export type ConferenceMode = 'ALL_ON_SCREEN' | 'VIDEO_LECTURE' | 'MODERATED' | 'SMART_MEETING'
export type ConferenceState = 'SCHEDULED' | 'RUNNING' | 'IDLE' | 'ENDED' | 'UNKNOWN'
export type ParticipantRole = 'OWNER' | 'MODERATOR' | 'ATTENDEE' | 'UNKNOWN'
export type ParticipantStatus = 'INVITED' | 'REGISTERED' | 'WAITING' | 'JOINED' | 'LEFT' | 'UNKNOWN'
export type FileState = 'ATTACHED' | 'DEFERRED'

/** `null` is "the vendor does not say". Objects do not know their account; the schema adds it. */
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
  /** IANA name. */
  timeZone: string | null
  createdAt: Date | null
  lastSeenAt: Date | null
  /** Fields that a list reports in part or not at all; `getUser` reports them in full. Absent: none. */
  unlisted?: ReadonlySet<keyof User> | undefined
  /** The vendor's object as it came, credentials taken out; best a getter, since most queries never ask for it. */
  readonly raw: unknown
}

export type Schedule =
  | { kind: 'once'; startsAt: Date; durationMinutes: number | null; timeZone: string | null }
  /** rrule: RFC 5545, without the `RRULE:` prefix. */
  | {
      kind: 'recurring'
      rrule: string
      nextStartsAt: Date | null
      /** Every start that the vendor lists, past ones included; absent if it lists none. */
      starts?: readonly Date[]
      durationMinutes: number | null
      timeZone: string | null
    }
  | { kind: 'permanent'; since: Date | null }

export interface Conference {
  vendorId: string
  kind: ConferenceKind
  title: string
  description: string | null
  mode: ConferenceMode | null
  state: ConferenceState
  schedule: Schedule | null
  /** The owner's `vendorId`, as `getUser` takes it. */
  ownerId: string | null
  maxParticipants: number | null
  allowGuests: boolean | null
  tags: string[]
  joinUrl: string | null
  createdAt: Date | null
  /** Fields that a list reports in part or not at all; `getConference` reports them in full. Absent: none. */
  unlisted?: ReadonlySet<keyof Conference> | undefined
  raw: unknown
}

export interface Participant {
  /** Unique within its conference. */
  vendorId: string
  conferenceId: string
  /** The user's `vendorId`; null for a guest. */
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

/** Filters are hints: a vendor narrows where it does exactly this; what it gives is filtered again. */
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
  /** The caller orders by the next start: the list must report it for series, too. */
  needsStarts?: boolean
}

/**
 * Where a page is asked for. `number` counts from 0 in pages of `size` and comes only to lists that are `numbered`.
 * `link` is what an earlier page gave as `next` or `previous`, null for the first page, or `'last'` where `hasLast`.
 */
export type PageRequest = { size: number; number: number } | { size: number; link: PageToken | null }
/** A vendor's own word for a page (a token, a link's query); nobody but its list reads it. */
export type PageToken = string

export interface VendorPage {
  /** As the vendor sent them; read one by one, only as many as are needed. */
  items: readonly unknown[]
  /** Null: this is the last page. */
  next: PageToken | null
  /** Nothing says that there is a next page: one that is empty or only repeats this one is none. */
  isNextAssumed?: boolean
  /** Absent: cannot say. Null: this is the first page. */
  previous?: PageToken | null
  /** How many items the whole list has; absent or null where the vendor does not say. */
  total?: number | null
  /** The size that the vendor worked with, where it says so. */
  size?: number
  /** Something that this page should have given and could not; shown in `sources` as PARTIAL. */
  problem?: Problem
}

/** One list of a vendor, in the vendor's own order. */
export interface FlatList<T> {
  /** Largest page worth asking for. */
  maxSize: number
  /** Pages can be asked for by number, in any size up to `maxSize`. */
  supportsPageNumbers?: true
  /** The link `'last'` gives the last page; where the vendor does not link to it, one that has a `next`. */
  linksToLastPage?: true
  /** Pages tell the total. */
  reportsTotal?: true
  /** Has exactly the objects that the filter asks for, so that the vendor's total counts them. */
  isExact?: true
  loadPage(request: PageRequest, call: CallContext): Promise<VendorPage>
  /** The item's id, from the raw item; null where it has none (it is left out, and said). */
  getId(item: unknown): string | null
  /**
   * Fetches what the list leaves out of an item and the filter or order needs, as an item for `read`. Null, without a call,
   * if nothing is missing.
   */
  complete?(item: unknown, call: CallContext): Promise<unknown> | null
  /** Null: the item is no longer there for the vendor (deleted) and is passed over. Throws Problem where unreadable. */
  parseItem(item: unknown): T | null
}

/** A list for each item of an outer one, one after another: statuses → users, hosts → meetings. */
export interface NestedList<T, Outer = unknown> {
  /** A vendor's list, or a few fixed words. */
  parent: FlatList<Outer> | readonly string[]
  /** Has exactly the objects that the filter asks for, so that the vendor's totals count them. */
  isExact?: true
  /** `outer`: the raw item, or the word. */
  getChildList(outer: unknown): FlatList<T>
}

export type VendorList<T> = FlatList<T> | NestedList<T>

// ---------------------------------------------------------------- mutations

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
  /** Made by Parley, the same at every try of one operation: 20 lower-case letters and digits, for vendors that let callers choose an id or short name. */
  naturalKey: string
}
export type NewSchedule =
  | { kind: 'once'; startsAt: Date; durationMinutes: number; timeZone: string | null }
  | { kind: 'recurring'; rrule: string; startsAt: Date; durationMinutes: number; timeZone: string }
  | { kind: 'permanent' }
/** Exactly one of the two is not null. */
export interface UserReference {
  vendorId: string | null
  email: string | null
}
/** Absent: leave as it is. */
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
export interface Invitee {
  user: UserReference
  displayName: string | null
  role: ParticipantRole | null
}
/** A file on its way: its bytes can be read once. */
export interface Upload {
  /** Already cleaned: last path segment, no control characters, at most 255 characters. */
  name: string
  contentType: string
  /** Bytes, where the client declared them. */
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
  /** One for each invitee that could not be invited, with `path` `['input', 'invite', '<index>']`. */
  problems: Problem[]
}
export interface ChangedConference {
  conference: Conference
  /** One for each change that the vendor took and did not do, with its `path` in the input. */
  problems: Problem[]
}
export interface StartedConference {
  conference: Conference
  /** Where the host must open a link to start it. A credential. */
  startUrl: string | null
  startUrlExpiresAt: Date | null
}

/**
 * What a vendor can do for us, each an optional member. Reads throw Problem; `get…` give null for what is gone.
 * Writes refuse an input that the vendor has no place for (UNSUPPORTED_BY_VENDOR with its path) before any call.
 */
export interface Vendor {
  users?(filter: UserFilter): VendorList<User>
  getUser?(id: string, call: CallContext): Promise<User | null>
  findUserByEmail?(email: string, call: CallContext): Promise<User | null>
  /** Where a chain leads there, its outer list is of users: the owners. */
  conferences?(filter: ConferenceFilter): FlatList<Conference> | NestedList<Conference, User>
  getConference?(id: string, call: CallContext): Promise<Conference | null>
  participants?(conferenceId: string): VendorList<Participant>

  createConference?(input: NewConference, call: CallContext): Promise<CreatedConference>
  /**
   * After a lost response: the conference that `createConference` made. The input has, of `vendorOptions`, only the
   * vendor's `idOption`; `sentAt` in ms since the epoch.
   */
  findCreated?(input: NewConference, sentAt: number, call: CallContext): Promise<Conference | null | 'ambiguous'>
  updateConference?(id: string, changes: ConferenceChanges, call: CallContext): Promise<ChangedConference>
  deleteConference?(id: string, call: CallContext): Promise<void>
  runConference?(id: string, call: CallContext): Promise<StartedConference>
  endConference?(id: string, call: CallContext): Promise<Conference>
  inviteParticipant?(conferenceId: string, invitee: Invitee, call: CallContext): Promise<Participant>
  /** After a lost answer: the participant that the invitation made. */
  findInvited?(conferenceId: string, invitee: Invitee, call: CallContext): Promise<Participant | null | 'ambiguous'>
  removeParticipant?(conferenceId: string, participantId: string, call: CallContext): Promise<void>
  uploadConferenceFile?(conferenceId: string, file: Upload, call: CallContext): Promise<StoredFile>
  uploadAvatar?(userId: string, file: Upload, call: CallContext): Promise<StoredFile>
  uploadLibraryFile?(file: Upload, call: CallContext): Promise<StoredFile>
  /** For `parley check`: throws Problem if the vendor does not serve the configured version of its API. */
  checkVersion?(call: CallContext): Promise<void>
  issueUserToken?(
    userId: string,
    ttlSeconds: number | null,
    call: CallContext,
  ): Promise<{ token: string; expiresAt: Date }>
}
