/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** How a person was recognized, most reliable first. */
export type AttendanceIdentity =
  /** By email address, ignoring case. */
  | 'EMAIL'
  /** Not recognized: one join of a person whom the vendor does not identify. If the same guest joins again, that is another entry. */
  | 'NONE'
  /** By the registration with which the person joined. */
  | 'REGISTRATION'
  /** By the vendor's user ID. */
  | 'USER';

/** Kind of a conference event. */
export type ConferenceEventType =
  /** The title, description, schedule, or another property changed, or one occurrence of a series was deleted. Starting, ending, and the passage of time are not changes. */
  | 'CHANGED'
  /** Was created, or was restored from the vendor's trash. */
  | 'CREATED'
  /** Was deleted. */
  | 'DELETED'
  /** Ended. The conference can start again later. Not reported by iMeet Central. */
  | 'ENDED'
  /** A participant joined. Not reported by iMeet Central. */
  | 'PARTICIPANT_JOINED'
  /** A participant left. Not reported by iMeet Central. */
  | 'PARTICIPANT_LEFT'
  /** A recording of the conference is available. Not reported by TrueConf Server and iMeet Central. */
  | 'RECORDING_READY'
  /** Started and is running. Not reported by iMeet Central. */
  | 'STARTED';

/** Filter for conferences. If several fields are set, all of them must match. */
export type ConferenceFilter = {
  /** Keys of the accounts to list. If omitted or empty, all accounts. Fails with `BAD_USER_INPUT` if you do not have access to one of them. */
  accounts?: Array<string> | null | undefined;
  /** ID of the user who owns the conferences. */
  ownerId?: string | null | undefined;
  /** Text at the beginning of any word of the title, ignoring case. 1 to 200 characters. */
  search?: string | null | undefined;
  /** Includes only conferences that start before this time. With `startsFrom`, one occurrence must start between the two times. */
  startsBefore?: string | null | undefined;
  /** Includes only conferences that start at or after this time. A series matches with any occurrence that is not canceled. */
  startsFrom?: string | null | undefined;
  /** States to include. If omitted or empty, all states. */
  state?: Array<ConferenceState> | null | undefined;
  /** Tag that the conferences have. The case must match. At most 200 characters. */
  tag?: string | null | undefined;
};

/** How participants are shown and heard in a conference. */
export type ConferenceMode =
  /** All participants see and hear each other. */
  | 'ALL_ON_SCREEN'
  /** A moderator chooses who can be seen and heard by all participants. */
  | 'MODERATED'
  /** Participants who speak are shown to all automatically. */
  | 'SMART_MEETING'
  /** Participants see and hear only the presenter, who sees and hears all of them. */
  | 'VIDEO_LECTURE';

/** Whether a conference is running. Zoom: reported only for single meetings; in lists, derived from the scheduled times. */
export type ConferenceState =
  /** Ended. */
  | 'ENDED'
  /** Not running, and without a scheduled start. */
  | 'IDLE'
  /** In progress. */
  | 'RUNNING'
  /** Scheduled to start. */
  | 'SCHEDULED'
  /** Not reported by the vendor. */
  | 'UNKNOWN';

/** Input for `createConference`. An input that the vendor does not support is rejected with `UNSUPPORTED_BY_VENDOR`, with its path, before any vendor call. */
export type CreateConferenceInput = {
  /** Key of the account in which to create the conference. */
  account: string;
  /** Whether people without a vendor account can join. If omitted, the vendor's default applies. Not supported by iMeet Central. */
  allowGuests?: boolean | null | undefined;
  /** Whether the invitees are called when the conference starts. If omitted, the vendor's default applies. Not supported by Zoom and iMeet Central. */
  autoInvite?: boolean | null | undefined;
  /** Any string of at most 1,000 characters. Returned unchanged in the payload. */
  clientMutationId?: string | null | undefined;
  /** Description for participants, at most 10,000 characters. Zoom: at most 2,000 characters. */
  description?: string | null | undefined;
  /** Makes the mutation safe to retry. 1 to 255 visible ASCII characters, valid for 24 hours. The same key with the same input returns the stored result; with a different input it fails with `IDEMPOTENCY_KEY_REUSED`. */
  idempotencyKey?: string | null | undefined;
  /** Users to invite, at most 250 by default. `problems` has one entry for each user who cannot be invited. The outcome is then still `SUCCEEDED`. */
  invite?: Array<UserRef> | null | undefined;
  /** Maximum number of simultaneous participants. If omitted, the vendor's default applies. Not supported by Zoom and iMeet Central. TrueConf Server: 1 to the maximum of the server's license. */
  maxParticipants?: number | null | undefined;
  /** How participants are shown and heard. Default: `ALL_ON_SCREEN`. Not supported by Zoom and iMeet Central. */
  mode?: ConferenceMode | null | undefined;
  /** Owner of the conference, a user of the same account. Not supported by iMeet Central. Zoom: required. TrueConf Server: required. */
  owner?: UserRef | null | undefined;
  /** Passcode. If omitted, the vendor's default applies. Not stored by Parley and not part of `raw`. Not supported by TrueConf Server and iMeet Central. Zoom: 1 to 10 characters from `a-z A-Z 0-9 @ - _ *`. */
  passcode?: string | null | undefined;
  /** When the conference takes place. If omitted, the conference has no fixed time. Not supported by iMeet Central. Zoom: creates a recurring meeting without a fixed time if omitted. TrueConf Server: creates a virtual room if omitted. */
  schedule?: ScheduleInput | null | undefined;
  /** Tags of the conference, at most 100 characters each. Not supported by Zoom and iMeet Central. */
  tags?: Array<string> | null | undefined;
  /** Title, 1 to 200 characters, at least one of them visible. Control characters are not allowed. */
  title: string;
  /** Vendor-specific settings that this schema has no field for, as an object of at most 16 KiB. Sent to the vendor unchanged. */
  vendorOptions?: unknown;
};

/** Reason why events may have been missed. */
export type EventGapReason =
  /** The server could not receive events from the vendor, could not poll the vendor, or received an event too late. */
  | 'INTERRUPTED'
  /** The events after the cursor in `after` are no longer kept, or this server never kept them. */
  | 'NOT_KEPT'
  /** The client read the stream too slowly. */
  | 'TOO_SLOW';

/** Whether events of an account are available now. */
export type EventSourceStatus =
  /** The server is connecting to the vendor or polling it for the first time. Events before `LIVE` can be missed. */
  | 'CONNECTING'
  /** Events cannot be received now. A gap is reported when the account is `LIVE` again. */
  | 'INTERRUPTED'
  /** Events are delivered. */
  | 'LIVE'
  /** Events are not available. `problem` explains the reason. */
  | 'UNSUPPORTED';

/** Input for `inviteParticipant`. */
export type InviteParticipantInput = {
  /** Any string of at most 1,000 characters. Returned unchanged in the payload. */
  clientMutationId?: string | null | undefined;
  /** ID of the conference. Fails with `NOT_FOUND` if the conference does not exist or you do not have access to it. */
  conferenceId: string;
  /** Makes the mutation safe to retry. 1 to 255 visible ASCII characters, valid for 24 hours. The same key with the same input returns the stored result; with a different input it fails with `IDEMPOTENCY_KEY_REUSED`. */
  idempotencyKey?: string | null | undefined;
  /** Person to invite. */
  invitee: InviteeInput;
};

/** Person to invite. */
export type InviteeInput = {
  /** Display name in the conference. If omitted, the name of the user. Not supported by iMeet Central. TrueConf Server: not supported while the conference is running. */
  displayName?: string | null | undefined;
  /** Role in the conference. Default: `ATTENDEE`. `UNKNOWN` is rejected. Zoom: `ATTENDEE` only. TrueConf Server: `ATTENDEE` only. iMeet Central: selects the workspace role by its title. */
  role?: ParticipantRole | null | undefined;
  /** User to invite. Zoom: the email address of someone outside the account requires a `displayName`. */
  user: UserRef;
};

/** Schedule of a conference that takes place once. */
export type OneTimeScheduleInput = {
  /** Planned duration in minutes, 1 to 1,440. TrueConf Server: at most 1,439. */
  durationMinutes: number;
  /** When the conference starts: between now and the end of the year 2100. Zoom: at most 10 years from now. TrueConf Server: before 2038-01-19. */
  startsAt: string;
  /** Time zone of the schedule. Default: `UTC`. */
  timeZone?: string | null | undefined;
};

/** What is known of a mutation's effect. */
export type Outcome =
  /** The request did not reach the vendor, or was later found to have had no effect. Nothing was changed. You can send the mutation again, with the same idempotency key. */
  | 'NOT_SENT'
  /** The mutation is still in progress. Query `operation` for its result. */
  | 'PENDING'
  /** Parley or the vendor rejected the mutation. Nothing was changed. Correct the input, and send it with a new idempotency key. */
  | 'REJECTED'
  /** The vendor made the change. If a part of it was not completed, `problems` has the reason. */
  | 'SUCCEEDED'
  /** The request was sent, but its result is not known. Before you send the mutation again without its idempotency key, query `operation`. */
  | 'UNKNOWN';

/** A role in a conference. */
export type ParticipantRole =
  /** Participant without special rights. */
  | 'ATTENDEE'
  /** Moderates the conference together with the owner. iMeet Central: a workspace role whose title contains `admin`, `manager`, `moderator`, `owner`, or `lead`. */
  | 'MODERATOR'
  /** Owner or host of the conference. */
  | 'OWNER'
  /** Not reported by the vendor. */
  | 'UNKNOWN';

/** Schedule of a conference that takes place repeatedly. */
export type RecurringScheduleInput = {
  /** Planned duration of each occurrence in minutes, 1 to 1,440. TrueConf Server: at most 1,439. */
  durationMinutes: number;
  /** Recurrence rule in RFC 5545 format, as calendar programs write it. `UNTIL` is in `timeZone` if it is a date or has no `Z`. Zoom: daily, on days of the week, or on one day of the month, such as `BYMONTHDAY=15` or `BYDAY=2TU`. TrueConf Server: daily or on days of the week, and without an end. */
  rrule: string;
  /** When the first occurrence starts: between now and the end of the year 2100. Zoom: at most 10 years from now. TrueConf Server: before 2038-01-19. */
  startsAt: string;
  /** Time zone of the schedule. Days in the rule are days in this time zone. TrueConf Server: keeps the UTC offset of the first start, so that the local time changes with daylight saving time. */
  timeZone: string;
};

/** Input for `runConference`. */
export type RunConferenceInput = {
  /** Any string of at most 1,000 characters. Returned unchanged in the payload. */
  clientMutationId?: string | null | undefined;
  /** ID of the conference. Fails with `NOT_FOUND` if the conference does not exist or you do not have access to it. */
  conferenceId: string;
  /** Makes the mutation safe to retry. 1 to 255 visible ASCII characters, valid for 24 hours. The same key with the same input returns the stored result; with a different input it fails with `IDEMPOTENCY_KEY_REUSED`. */
  idempotencyKey?: string | null | undefined;
};

/** Schedule of a conference. Set exactly one field. */
export type ScheduleInput =
  {   /** Schedule of a conference that takes place once. */
  oneTime: OneTimeScheduleInput; permanent?: never; recurring?: never; }
  |  { oneTime?: never;   /** Whether the conference is always available, without times. Must be true. */
  permanent: boolean; recurring?: never; }
  |  { oneTime?: never; permanent?: never;   /** Schedule of a conference that takes place repeatedly. */
  recurring: RecurringScheduleInput; };

/** Whether an account contributed everything that a page needed from it. */
export type SourceStatus =
  /** The account failed; see `problem`. The next page resumes the account from the same position. */
  | 'FAILED'
  /** The page ended before it reached this account. A later page includes this account. */
  | 'NOT_REACHED'
  /** The account contributed everything that this page needed from it. */
  | 'OK'
  /** The account contributed only a part: the scan limit was reached, or items were omitted (see `problem`). */
  | 'PARTIAL'
  /** The vendor's rate limit, or your limit of vendor calls, was reached. Retry after `problem.retryAt`, if it is set. */
  | 'RATE_LIMITED'
  /** The vendor could not be read (see `problem`). The account contributed data from an earlier response: see `asOf`. */
  | 'STALE'
  /** The vendor does not support this list. */
  | 'UNSUPPORTED';

/** Input for `uploadFile`. */
export type UploadFileInput = {
  /** Any string of at most 1,000 characters. Returned unchanged in the payload. */
  clientMutationId?: string | null | undefined;
  /** Media type, such as `application/pdf`. Default: the media type of the part. */
  contentType?: string | null | undefined;
  /** File part of the multipart request. Null in `variables`; `map` assigns the part to this field. */
  file: File;
  /** Makes the mutation safe to retry. 1 to 255 visible ASCII characters, valid for 24 hours. The same key with the same input returns the stored result; with a different input it fails with `IDEMPOTENCY_KEY_REUSED`. */
  idempotencyKey?: string | null | undefined;
  /** File name. Folders and control characters are removed. Default: the file name of the part. */
  name?: string | null | undefined;
  /** Destination of the file. */
  target: UploadTargetInput;
};

/** Destination of an uploaded file. Set exactly one field. */
export type UploadTargetInput =
  {   /** Key of the account whose library stores the file, not attached to a conference. Requires the capability `UPLOAD_LIBRARY_FILE`. */
  account: string; conferenceId?: never; userId?: never; }
  |  { account?: never;   /** ID of the conference to attach the file to. Requires the capability `UPLOAD_CONFERENCE_FILE`. Zoom: the file is sent to the meeting's chat. iMeet Central: the file is attached to a milestone of the workspace. */
  conferenceId: string; userId?: never; }
  |  { account?: never; conferenceId?: never;   /** ID of a user. The file becomes the avatar of this user. Requires the capability `UPLOAD_AVATAR`. Zoom: PNG or JPEG, at most 2 MiB. */
  userId: string; };

/** Reference to a user of the same account. Set exactly one field. */
export type UserRef =
  {   /** Email address of the user. TrueConf Server: only users of this server. */
  email: string; id?: never; vendorId?: never; }
  |  { email?: never;   /** ID of the user. The user must belong to the same account. */
  id: string; vendorId?: never; }
  |  { email?: never; id?: never;   /** The vendor's ID of the user, 1 to 1,000 characters. TrueConf Server: the login, such as `helen`, or the ID of a user on another server. */
  vendorId: string; };

export type UsersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type UsersQuery = { __typename: 'Query', users: { __typename: 'UserConnection', edges: Array<{ __typename: 'UserEdge', cursor: string, node: { __typename: 'User', id: string, displayName: string | null, email: string | null, phoneNumbers: Array<string>, account: { __typename: 'Account', id: string, label: string } } }>, pageInfo: { __typename: 'PageInfo', startCursor: string | null, endCursor: string | null, hasPreviousPage: boolean, hasNextPage: boolean }, sources: Array<{ __typename: 'ConnectionSource', account: { __typename: 'Account', id: string, key: string, label: string }, problem: { __typename: 'Problem', message: string, retryable: boolean } | null }> } | null };

export type CalendarQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter: ConferenceFilter;
}>;


export type CalendarQuery = { __typename: 'Query', conferences: { __typename: 'ConferenceConnection', edges: Array<{ __typename: 'ConferenceEdge', cursor: string, node: { __typename: 'Conference', id: string, title: string, account: { __typename: 'Account', id: string, label: string }, owner: { __typename: 'User', id: string, displayName: string | null } | null, schedule:
          | { __typename: 'OneTimeSchedule', startsAt: string }
          | { __typename: 'PermanentSchedule' }
          | { __typename: 'RecurringSchedule', nextStartsAt: string | null }
         | null } }>, pageInfo: { __typename: 'PageInfo', endCursor: string | null, hasNextPage: boolean }, sources: Array<{ __typename: 'ConnectionSource', status: SourceStatus, account: { __typename: 'Account', id: string, key: string, label: string }, problem: { __typename: 'Problem', message: string, retryable: boolean } | null }> } | null };

export type UserQueryVariables = Exact<{
  id: string;
}>;


export type UserQuery = { __typename: 'Query', node:
    | { __typename: 'Account', id: string }
    | { __typename: 'Conference', id: string }
    | { __typename: 'Occurrence', id: string }
    | { __typename: 'Operation', id: string }
    | { __typename: 'Participant', id: string }
    | { __typename: 'Recording', id: string }
    | { __typename: 'Session', id: string }
    | { __typename: 'UploadedFile', id: string }
    | { __typename: 'User', id: string, displayName: string | null, email: string | null, phoneNumbers: Array<string>, account: { __typename: 'Account', id: string, label: string } }
   | null };

export type UserRowFragment = { __typename: 'User', id: string, displayName: string | null, email: string | null, phoneNumbers: Array<string>, account: { __typename: 'Account', id: string, label: string } };

export type CalendarRowFragment = { __typename: 'Conference', id: string, title: string, account: { __typename: 'Account', id: string, label: string }, owner: { __typename: 'User', id: string, displayName: string | null } | null, schedule:
    | { __typename: 'OneTimeSchedule', startsAt: string }
    | { __typename: 'PermanentSchedule' }
    | { __typename: 'RecurringSchedule', nextStartsAt: string | null }
   | null };

export type RunningConferencesQueryVariables = Exact<{ [key: string]: never; }>;


export type RunningConferencesQuery = { __typename: 'Query', conferences: { __typename: 'ConferenceConnection', nodes: Array<{ __typename: 'Conference', id: string, title: string, state: ConferenceState, account: { __typename: 'Account', id: string, label: string } }> } | null };

export type LiveSubscriptionVariables = Exact<{
  after?: string | null | undefined;
}>;


export type LiveSubscription = { conferenceEvents: { __typename: 'ConferenceEventMessage', cursor: string, event: { __typename: 'ConferenceEvent', type: ConferenceEventType, conferenceId: string, conference: { __typename: 'Conference', id: string, title: string, state: ConferenceState, account: { __typename: 'Account', id: string, label: string } } | null } | null, gaps: Array<{ __typename: 'EventGap', reason: EventGapReason }>, sources: Array<{ __typename: 'EventSource', status: EventSourceStatus, account: { __typename: 'Account', id: string, label: string }, problem: { __typename: 'Problem', message: string } | null }> } };

export type CreateConferenceMutationVariables = Exact<{
  input: CreateConferenceInput;
}>;


export type CreateConferenceMutation = { __typename: 'Mutation', createConference: { __typename: 'CreateConferencePayload', outcome: Outcome, problems: Array<{ __typename: 'Problem', message: string }>, conference: { __typename: 'Conference', id: string, title: string, state: ConferenceState } | null } };

export type InviteParticipantMutationVariables = Exact<{
  input: InviteParticipantInput;
}>;


export type InviteParticipantMutation = { __typename: 'Mutation', inviteParticipant: { __typename: 'InviteParticipantPayload', outcome: Outcome, problems: Array<{ __typename: 'Problem', message: string }> } };

export type RunConferenceMutationVariables = Exact<{
  input: RunConferenceInput;
}>;


export type RunConferenceMutation = { __typename: 'Mutation', runConference: { __typename: 'RunConferencePayload', outcome: Outcome, problems: Array<{ __typename: 'Problem', message: string }>, conference: { __typename: 'Conference', id: string, title: string, state: ConferenceState } | null } };

export type UploadFileMutationVariables = Exact<{
  input: UploadFileInput;
}>;


export type UploadFileMutation = { __typename: 'Mutation', uploadFile: { __typename: 'UploadFilePayload', outcome: Outcome, problems: Array<{ __typename: 'Problem', message: string }>, file: { __typename: 'UploadedFile', id: string, name: string, sha256: string } | null } };

export type ConferenceStateFragment = { __typename: 'Conference', id: string, title: string, state: ConferenceState };

export type LiveConferenceFragment = { __typename: 'Conference', id: string, title: string, state: ConferenceState, account: { __typename: 'Account', id: string, label: string } };

export type WeekQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  startsFrom: string;
  startsBefore: string;
}>;


export type WeekQuery = { __typename: 'Query', conferences: { __typename: 'ConferenceConnection', edges: Array<{ __typename: 'ConferenceEdge', node: { __typename: 'Conference', id: string, title: string, account: { __typename: 'Account', id: string, label: string }, occurrences: Array<{ __typename: 'Occurrence', id: string, startsAt: string, durationMinutes: number | null, cancelled: boolean }> | null } }>, pageInfo: { __typename: 'PageInfo', endCursor: string | null, hasNextPage: boolean }, sources: Array<{ __typename: 'ConnectionSource', account: { __typename: 'Account', id: string, key: string, label: string }, problem: { __typename: 'Problem', message: string, retryable: boolean } | null }> } | null };

export type SessionsQueryVariables = Exact<{
  conferenceId: string;
  after?: string | null | undefined;
}>;


export type SessionsQuery = { __typename: 'Query', conference: { __typename: 'Conference', id: string, title: string, sessions: { __typename: 'SessionConnection', edges: Array<{ __typename: 'SessionEdge', node: { __typename: 'Session', id: string, startedAt: string | null, durationSeconds: number | null, participantCount: number | null } }>, pageInfo: { __typename: 'PageInfo', endCursor: string | null, hasNextPage: boolean } } | null } | null };

export type AttendanceQueryVariables = Exact<{
  sessionId: string;
  after?: string | null | undefined;
}>;


export type AttendanceQuery = { __typename: 'Query', node:
    | { __typename: 'Account', id: string }
    | { __typename: 'Conference', id: string }
    | { __typename: 'Occurrence', id: string }
    | { __typename: 'Operation', id: string }
    | { __typename: 'Participant', id: string }
    | { __typename: 'Recording', id: string }
    | { __typename: 'Session', id: string, attendance: { __typename: 'AttendanceConnection', totalCount: number | null, edges: Array<{ __typename: 'AttendanceEdge', cursor: string, node: { __typename: 'Attendance', displayName: string | null, email: string | null, role: ParticipantRole, identifiedBy: AttendanceIdentity, firstJoinedAt: string | null, lastLeftAt: string | null, seconds: number | null, joins: Array<{ __typename: 'Join', joinedAt: string | null }> } }>, pageInfo: { __typename: 'PageInfo', endCursor: string | null, hasNextPage: boolean }, sources: Array<{ __typename: 'ConnectionSource', account: { __typename: 'Account', id: string, key: string, label: string }, problem: { __typename: 'Problem', message: string, retryable: boolean } | null }> } | null }
    | { __typename: 'UploadedFile', id: string }
    | { __typename: 'User', id: string }
   | null };

export const UserRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumbers"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}}]}}]} as unknown as DocumentNode<UserRowFragment, unknown>;
export const CalendarRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CalendarRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"schedule"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OneTimeSchedule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecurringSchedule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nextStartsAt"}}]}}]}}]}}]} as unknown as DocumentNode<CalendarRowFragment, unknown>;
export const ConferenceStateFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConferenceState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]} as unknown as DocumentNode<ConferenceStateFragment, unknown>;
export const LiveConferenceFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LiveConference"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}}]}}]} as unknown as DocumentNode<LiveConferenceFragment, unknown>;
export const UsersDocument = {"__meta__":{"hash":"sha256:6c58812e969464f350dd69adee344642ce0ea8e32aa620e99ec6873c1b26d69f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Users"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserRow"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumbers"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}}]}}]} as unknown as DocumentNode<UsersQuery, UsersQueryVariables>;
export const CalendarDocument = {"__meta__":{"hash":"sha256:aea9dc9561fcac1fd1d0e43a7c7839698bf0a8f053923f55ab19221526778ae7"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Calendar"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConferenceFilter"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"conferences"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"STARTS_AT"}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CalendarRow"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CalendarRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"schedule"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OneTimeSchedule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecurringSchedule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nextStartsAt"}}]}}]}}]}}]} as unknown as DocumentNode<CalendarQuery, CalendarQueryVariables>;
export const UserDocument = {"__meta__":{"hash":"sha256:c9d55630e70e62a3b9356f83aaa1464ee0a85243964e918e568fcd80930b7981"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"User"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserRow"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumbers"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}}]}}]} as unknown as DocumentNode<UserQuery, UserQueryVariables>;
export const RunningConferencesDocument = {"__meta__":{"hash":"sha256:40388111a6e27dae40b1fe394125e96b46e16d2ba3ed609ec202dc32dd8c63d8"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"RunningConferences"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"conferences"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"state"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"RUNNING"}]}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"LiveConference"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LiveConference"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}}]}}]} as unknown as DocumentNode<RunningConferencesQuery, RunningConferencesQueryVariables>;
export const LiveDocument = {"__meta__":{"hash":"sha256:fc64b18473b692e203f9edea44b52efc9deebe3c84436cfce556cb0166a3d4bf"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"Live"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conferenceEvents"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"event"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"conferenceId"}},{"kind":"Field","name":{"kind":"Name","value":"conference"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"LiveConference"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"gaps"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"reason"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LiveConference"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}}]}}]} as unknown as DocumentNode<LiveSubscription, LiveSubscriptionVariables>;
export const CreateConferenceDocument = {"__meta__":{"hash":"sha256:d5696de0e08792a525677bd15bfa112dadfa916eacbb6757d9cbfbc4a571f6a8"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateConference"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateConferenceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"createConference"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"conference"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConferenceState"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConferenceState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]} as unknown as DocumentNode<CreateConferenceMutation, CreateConferenceMutationVariables>;
export const InviteParticipantDocument = {"__meta__":{"hash":"sha256:0e0d3ff8e6e3f3db701ee2eab139d5fda0d48cf6ee45f259b79b7de0fbd1f045"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"InviteParticipant"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"InviteParticipantInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"inviteParticipant"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<InviteParticipantMutation, InviteParticipantMutationVariables>;
export const RunConferenceDocument = {"__meta__":{"hash":"sha256:ad6bfe0bc6813106bb42a626c8df84b62da019d2c77e47d108c76ae62b81000d"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RunConference"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RunConferenceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"runConference"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"conference"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConferenceState"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConferenceState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]} as unknown as DocumentNode<RunConferenceMutation, RunConferenceMutationVariables>;
export const UploadFileDocument = {"__meta__":{"hash":"sha256:012200598fd78081f29836d76d3d2ee93be2ce16c8e9caf77141f201675505f4"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UploadFile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UploadFileInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"uploadFile"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"file"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}}]}}]}}]}}]} as unknown as DocumentNode<UploadFileMutation, UploadFileMutationVariables>;
export const WeekDocument = {"__meta__":{"hash":"sha256:73140da99a726482f4e1731eddcf82b87c6e47b49cf47bc277e5b327cf14d0f1"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Week"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"startsFrom"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"startsBefore"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DateTime"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"conferences"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"startsFrom"},"value":{"kind":"Variable","name":{"kind":"Name","value":"startsFrom"}}},{"kind":"ObjectField","name":{"kind":"Name","value":"startsBefore"},"value":{"kind":"Variable","name":{"kind":"Name","value":"startsBefore"}}}]}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"STARTS_AT"}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"occurrences"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}},{"kind":"Argument","name":{"kind":"Name","value":"startsFrom"},"value":{"kind":"Variable","name":{"kind":"Name","value":"startsFrom"}}},{"kind":"Argument","name":{"kind":"Name","value":"startsBefore"},"value":{"kind":"Variable","name":{"kind":"Name","value":"startsBefore"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}},{"kind":"Field","name":{"kind":"Name","value":"cancelled"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]}}]}}]} as unknown as DocumentNode<WeekQuery, WeekQueryVariables>;
export const SessionsDocument = {"__meta__":{"hash":"sha256:680c02e4743c3995003eb4540b5bb736c8b99310b9fa1a10e568b8d5113ac1b9"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Sessions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"conferenceId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"conference"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"conferenceId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"sessions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"10"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"durationSeconds"}},{"kind":"Field","name":{"kind":"Name","value":"participantCount"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}}]}}]}}]}}]} as unknown as DocumentNode<SessionsQuery, SessionsQueryVariables>;
export const AttendanceDocument = {"__meta__":{"hash":"sha256:b0a86443fdfc2a377d48b1e3f6d2bed45b166ecb6d32279fb56240c9642790c8"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Attendance"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sessionId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sessionId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"attendance"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"100"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"identifiedBy"}},{"kind":"Field","name":{"kind":"Name","value":"firstJoinedAt"}},{"kind":"Field","name":{"kind":"Name","value":"lastLeftAt"}},{"kind":"Field","name":{"kind":"Name","value":"seconds"}},{"kind":"Field","name":{"kind":"Name","value":"joins"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"joinedAt"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<AttendanceQuery, AttendanceQueryVariables>;