/**
 * The interface between Parley and a vendor. Each vendor has a folder that implements `Vendor`. Members that a vendor does
 * not support are omitted: its capabilities and `UNSUPPORTED_BY_VENDOR` are derived from that.
 */
import type { CallContext } from '../upstream/call-context.ts'
import type { FileRequest, FileResponse } from '../upstream/file.ts'
import type { ConferenceEventType, PushedEvents } from './vendor-events.ts'
import type {
  AttendanceReport,
  Conference,
  Occurrence,
  OccurrencePeriod,
  Participant,
  Recording,
  Session,
  User,
} from './vendor-objects.ts'
import type { FlatList, NestedList, VendorList } from './vendor-lists.ts'
import type {
  ChangedConference,
  ChangedOccurrence,
  ConferenceChanges,
  ConferenceFilter,
  ConferenceReference,
  CreatedConference,
  Invitee,
  NewConference,
  OccurrenceChanges,
  RecordingFilter,
  SessionFilter,
  StartedConference,
  StoredFile,
  Upload,
  UserFilter,
} from './vendor-inputs.ts'

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
