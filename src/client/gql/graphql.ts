/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** What a vendor can do for us; what is missing is answered with UNSUPPORTED_BY_VENDOR before any call. */
export type Capability =
  /** Makes conferences. */
  | 'CREATE_CONFERENCE'
  /** Deletes conferences. */
  | 'DELETE_CONFERENCE'
  /** Ends conferences that run. */
  | 'END_CONFERENCE'
  /** Gives one conference by id. */
  | 'GET_CONFERENCE'
  /** Gives one user by id. */
  | 'GET_USER'
  /** Invites people. */
  | 'INVITE_PARTICIPANT'
  /** Issues tokens with which a program acts as a user. */
  | 'ISSUE_USER_TOKEN'
  /** Lists its conferences. */
  | 'LIST_CONFERENCES'
  /** Tells who is invited to a conference, in it or gone. */
  | 'LIST_PARTICIPANTS'
  /** Lists its users. */
  | 'LIST_USERS'
  /** Takes invitations back. */
  | 'REMOVE_PARTICIPANT'
  /** Starts conferences, or returns a link with which the host does. */
  | 'RUN_CONFERENCE'
  /** Tells how many objects at least one of its lists has. */
  | 'TOTAL_COUNT'
  /** Changes conferences. */
  | 'UPDATE_CONFERENCE'
  /** Takes a picture of a user. */
  | 'UPLOAD_AVATAR'
  /** Takes files for a conference. */
  | 'UPLOAD_CONFERENCE_FILE'
  /** Takes files that hang on nothing yet. */
  | 'UPLOAD_LIBRARY_FILE'
  /** Tells of changes by itself; no vendor is connected so yet. */
  | 'WEBHOOKS';

/** All that is given must hold. */
export type ConferenceFilter = {
  /** Keys of accounts; empty or absent means all. */
  accounts?: Array<string> | null | undefined;
  /** Those that this user owns. */
  ownerId?: string | null | undefined;
  /** The start of any word of the title, letter case ignored. */
  search?: string | null | undefined;
  /** End of the window, exclusive. A series matches if any of its occurrences does. */
  startsBefore?: string | null | undefined;
  /** Earliest start. A series matches if any of its occurrences does. */
  startsFrom?: string | null | undefined;
  /** Any of these; empty or absent means all. */
  state?: Array<ConferenceState> | null | undefined;
  /** Those with this tag, exactly so. */
  tag?: string | null | undefined;
};

/** What kind of place it is. */
export type ConferenceKind =
  /** It has a time. */
  | 'MEETING'
  /** A room that is always open. Zoom: a recurring meeting without a fixed time. TrueConf Server: a virtual room. */
  | 'ROOM'
  /** The vendor says something new. */
  | 'UNKNOWN'
  /** A workspace, in which people share files. iMeet Central: a workspace. */
  | 'WORKSPACE';

/** Who is seen and heard in a conference. */
export type ConferenceMode =
  /** Everybody sees everybody. */
  | 'ALL_ON_SCREEN'
  /** Roles, given by a moderator. */
  | 'MODERATED'
  /** Roles, given to who speaks. */
  | 'SMART_MEETING'
  /** Everybody sees the presenter, who sees all. */
  | 'VIDEO_LECTURE';

/** State of a conference. Zoom: in lists, computed from the times of the meeting. */
export type ConferenceState =
  /** It is over. */
  | 'ENDED'
  /** A room in which nobody is. */
  | 'IDLE'
  /** It is on now. */
  | 'RUNNING'
  /** It is to come. */
  | 'SCHEDULED'
  /** The vendor does not say. */
  | 'UNKNOWN';

/** The new conference. */
export type CreateConferenceInput = {
  /** The key of the account to make it in. */
  account: string;
  /** Whether people without a vendor account can join. Not supported by iMeet Central. */
  allowGuests?: boolean | null | undefined;
  /** Whether invitees are called when the conference starts. Not supported by Zoom and iMeet Central. */
  autoInvite?: boolean | null | undefined;
  /** Any text of yours; it comes back in the answer. */
  clientMutationId?: string | null | undefined;
  /** Description. Zoom: at most 2,000 characters. */
  description?: string | null | undefined;
  /** 1 to 255 visible ASCII characters, kept for 24 hours. The same key and input give the stored answer, and nothing is done twice; another input is IDEMPOTENCY_KEY_REUSED. */
  idempotencyKey?: string | null | undefined;
  /** Who cannot be invited is told as a problem each. */
  invite?: Array<UserRef> | null | undefined;
  /** Number of people who can be in it at the same time. Not supported by Zoom and iMeet Central. TrueConf Server: the license sets the maximum. */
  maxParticipants?: number | null | undefined;
  /** Conference mode. Default: ALL_ON_SCREEN, if the vendor has modes. Not supported by Zoom and iMeet Central. */
  mode?: ConferenceMode | null | undefined;
  /** Owner, who must be a user of the same account. Required by most vendors. Not supported by iMeet Central. */
  owner?: UserRef | null | undefined;
  /** Passcode. Never returned. Not supported by TrueConf Server and iMeet Central. Zoom: 1 to 10 of a-z, A-Z, 0-9, @, -, _, and *. */
  passcode?: string | null | undefined;
  /** Absent: a permanent room where the vendor has them, else a plain workspace. Not supported by iMeet Central. */
  schedule?: ScheduleInput | null | undefined;
  /** Tags. Not supported by Zoom and iMeet Central. */
  tags?: Array<string> | null | undefined;
  /** 1 to 200 characters, no control characters. */
  title: string;
  /** Settings of the vendor's own that the schema has no field for, sent as they are. */
  vendorOptions?: unknown;
};

/** The input of `deleteConference`. */
export type DeleteConferenceInput = {
  /** Any text of yours; it comes back in the answer. */
  clientMutationId?: string | null | undefined;
  /** The `id` of a conference. NOT_FOUND where it is gone, or not yours to see. */
  conferenceId: string;
  /** 1 to 255 visible ASCII characters, kept for 24 hours. The same key and input give the stored answer, and nothing is done twice; another input is IDEMPOTENCY_KEY_REUSED. */
  idempotencyKey?: string | null | undefined;
};

/** The input of `endConference`. */
export type EndConferenceInput = {
  /** Any text of yours; it comes back in the answer. */
  clientMutationId?: string | null | undefined;
  /** The `id` of a conference. NOT_FOUND where it is gone, or not yours to see. */
  conferenceId: string;
  /** 1 to 255 visible ASCII characters, kept for 24 hours. The same key and input give the stored answer, and nothing is done twice; another input is IDEMPOTENCY_KEY_REUSED. */
  idempotencyKey?: string | null | undefined;
};

/** Whether a file hangs on something yet. */
export type FileState =
  /** It is where it was meant to go. */
  | 'ATTACHED'
  /** It lies in the account's library, unattached. */
  | 'DEFERRED';

/** The input of `inviteParticipant`. */
export type InviteParticipantInput = {
  /** Any text of yours; it comes back in the answer. */
  clientMutationId?: string | null | undefined;
  /** The `id` of a conference. NOT_FOUND where it is gone, or not yours to see. */
  conferenceId: string;
  /** 1 to 255 visible ASCII characters, kept for 24 hours. The same key and input give the stored answer, and nothing is done twice; another input is IDEMPOTENCY_KEY_REUSED. */
  idempotencyKey?: string | null | undefined;
  /** Whom to invite. */
  invitee: InviteeInput;
};

/** Whom to invite. */
export type InviteeInput = {
  /** Name to show. If omitted, the name of the user. Not supported by iMeet Central. TrueConf Server: not supported while the conference is running. */
  displayName?: string | null | undefined;
  /** Role. Default: ATTENDEE. UNKNOWN is rejected. Zoom: ATTENDEE only. TrueConf Server: ATTENDEE only. iMeet Central: OWNER, MODERATOR, or ATTENDEE, found by the titles of the workspace roles. */
  role?: ParticipantRole | null | undefined;
  /** Whom to invite. Zoom: the email address of someone outside the account requires a `displayName`. */
  user: UserRef;
};

/** The input of `issueUserToken`. */
export type IssueUserTokenInput = {
  /** Any text of yours; it comes back in the answer. */
  clientMutationId?: string | null | undefined;
  /** How long the token is valid, in seconds, 1 to 2,147,483,647. If omitted, the vendor's default. The vendor can issue a token that expires earlier. Zoom: 2 hours by default, and a year at most. */
  ttlSeconds?: number | null | undefined;
  /** What kind of token. */
  type?: UserTokenType;
  /** The `id` of a user. */
  userId: string;
};

/** Once, at a set time. */
export type OneTimeScheduleInput = {
  /** Duration in minutes, 1 to 1,440. TrueConf Server: at most 1,439. */
  durationMinutes: number;
  /** When it starts (the first time), between now and the end of the year 2100. */
  startsAt: string;
  /** Whose clock it goes by; UTC where it is absent. */
  timeZone?: string | null | undefined;
};

/** What became of a mutation. */
export type Outcome =
  /** It never left us, or was proven since not to have arrived: nothing was done, and it is safe to send again, with the same key too. */
  | 'NOT_SENT'
  /** Accepted, not yet answered. */
  | 'PENDING'
  /** The vendor, or our own checks, refused it: nothing was done. */
  | 'REJECTED'
  /** The vendor did it. */
  | 'SUCCEEDED'
  /** It left us and the answer was lost: look the operation up before sending it again. */
  | 'UNKNOWN';

/** All that is given must hold. */
export type ParticipantFilter = {
  /** Any of these; empty or absent means all. */
  status?: Array<ParticipantStatus> | null | undefined;
};

/** What someone is in a conference. */
export type ParticipantRole =
  /** Takes part. */
  | 'ATTENDEE'
  /** Leads the conference together with the owner. iMeet Central: a role whose title says so. */
  | 'MODERATOR'
  /** The host. */
  | 'OWNER'
  /** The vendor does not say. */
  | 'UNKNOWN';

/** How far someone has come. */
export type ParticipantStatus =
  /** Invited, and has not been there. */
  | 'INVITED'
  /** Is in it now. */
  | 'JOINED'
  /** Was in it. */
  | 'LEFT'
  /** Has a place (a registration; a role in a workspace). */
  | 'REGISTERED'
  /** The vendor does not say. */
  | 'UNKNOWN'
  /** Waits to be let in, or for a registration to be approved. */
  | 'WAITING';

/** Again and again. */
export type RecurringScheduleInput = {
  /** Duration in minutes, 1 to 1,440. TrueConf Server: at most 1,439. */
  durationMinutes: number;
  /** Recurrence rule (RFC 5545), such as `FREQ=WEEKLY;BYDAY=MO,WE`. Zoom: daily, on days of the week, or on one day of the month. TrueConf Server: daily, or on days of the week, without an end. */
  rrule: string;
  /** When it starts (the first time), between now and the end of the year 2100. */
  startsAt: string;
  /** Whose clock the rule goes by. */
  timeZone: string;
};

/** The input of `removeParticipant`. */
export type RemoveParticipantInput = {
  /** Any text of yours; it comes back in the answer. */
  clientMutationId?: string | null | undefined;
  /** 1 to 255 visible ASCII characters, kept for 24 hours. The same key and input give the stored answer, and nothing is done twice; another input is IDEMPOTENCY_KEY_REUSED. */
  idempotencyKey?: string | null | undefined;
  /** The `id` of a participant. */
  participantId: string;
};

/** The input of `runConference`. */
export type RunConferenceInput = {
  /** Any text of yours; it comes back in the answer. */
  clientMutationId?: string | null | undefined;
  /** The `id` of a conference. NOT_FOUND where it is gone, or not yours to see. */
  conferenceId: string;
  /** 1 to 255 visible ASCII characters, kept for 24 hours. The same key and input give the stored answer, and nothing is done twice; another input is IDEMPOTENCY_KEY_REUSED. */
  idempotencyKey?: string | null | undefined;
};

/** Schedule of a conference. Exactly one of these is required. */
export type ScheduleInput =
  {   /** Once. */
  oneTime: OneTimeScheduleInput; permanent?: never; recurring?: never; }
  |  { oneTime?: never;   /** Only true: a room that is always there. */
  permanent: boolean; recurring?: never; }
  |  { oneTime?: never; permanent?: never;   /** Again and again. */
  recurring: RecurringScheduleInput; };

/** How far an account has answered for a page. */
export type SourceStatus =
  /** It could not be asked, or did not answer rightly: problem says why. The next page takes it up where it stood. */
  | 'FAILED'
  /** The page was full before its turn. */
  | 'NOT_REACHED'
  /** It gave all that this page needed of it. */
  | 'OK'
  /** It has more for this place in the list: the scan limit was met, or an object could not be read (problem says which). */
  | 'PARTIAL'
  /** Its vendor asks for patience until `problem.retryAt`. */
  | 'RATE_LIMITED'
  /** Its vendor has no such list. */
  | 'UNSUPPORTED';

/** What is absent, or null, stays as it is. */
export type UpdateConferenceInput = {
  /** Whether people without a vendor account can join. Omitted: unchanged. Not supported by iMeet Central. */
  allowGuests?: boolean | null | undefined;
  /** Any text of yours; it comes back in the answer. */
  clientMutationId?: string | null | undefined;
  /** The `id` of a conference. NOT_FOUND where it is gone, or not yours to see. */
  conferenceId: string;
  /** Description. Omitted: unchanged. Not supported by iMeet Central. Zoom: at most 2,000 characters. */
  description?: string | null | undefined;
  /** 1 to 255 visible ASCII characters, kept for 24 hours. The same key and input give the stored answer, and nothing is done twice; another input is IDEMPOTENCY_KEY_REUSED. */
  idempotencyKey?: string | null | undefined;
  /** Number of people who can be in it at the same time. Omitted: unchanged. Not supported by Zoom and iMeet Central. TrueConf Server: the license sets the maximum. */
  maxParticipants?: number | null | undefined;
  /** Conference mode. Omitted: unchanged. Not supported by Zoom and iMeet Central. */
  mode?: ConferenceMode | null | undefined;
  /** New schedule. Omitted: unchanged. Not supported by iMeet Central. */
  schedule?: ScheduleInput | null | undefined;
  /** Tags, which replace all tags of the conference. Omitted: unchanged. Not supported by Zoom and iMeet Central. */
  tags?: Array<string> | null | undefined;
  /** 1 to 200 characters, no control characters. */
  title?: string | null | undefined;
  /** Settings of the vendor's own that the schema has no field for, sent as they are. */
  vendorOptions?: unknown;
};

/** The input of `uploadFile`. */
export type UploadFileInput = {
  /** Any text of yours; it comes back in the answer. */
  clientMutationId?: string | null | undefined;
  /** Default: the part's own type. */
  contentType?: string | null | undefined;
  /** The file part; null in `variables`, named in the `map` of the request. */
  file: null;
  /** 1 to 255 visible ASCII characters, kept for 24 hours. The same key and input give the stored answer, and nothing is done twice; another input is IDEMPOTENCY_KEY_REUSED. */
  idempotencyKey?: string | null | undefined;
  /** Default: the part's own file name. */
  name?: string | null | undefined;
  /** Where it goes. */
  target: UploadTargetInput;
};

/** conferenceId: into that conference. userId: that user's avatar. account: the account's own library, unattached. */
export type UploadTargetInput =
  {   /** Key of the account in whose library the file is stored, unattached. Requires the capability `UPLOAD_LIBRARY_FILE` of the account. */
  account: string; conferenceId?: never; userId?: never; }
  |  { account?: never;   /** ID of the conference to attach the file to. Requires the capability `UPLOAD_CONFERENCE_FILE` of the account. Zoom: the file goes to the meeting's chat. iMeet Central: the file goes to a milestone of the workspace. */
  conferenceId: string; userId?: never; }
  |  { account?: never; conferenceId?: never;   /** ID of the user whose avatar the file becomes. Requires the capability `UPLOAD_AVATAR` of the account. Zoom: PNG or JPEG, at most 2 MiB. */
  userId: string; };

/** All that is given must hold. */
export type UserFilter = {
  /** Keys of accounts; empty or absent means all. */
  accounts?: Array<string> | null | undefined;
  /** The whole address, letter case ignored. */
  email?: string | null | undefined;
  /** The start of any word of name or e-mail, letter case ignored. */
  search?: string | null | undefined;
  /** Any of these; empty or absent means all. */
  status?: Array<UserStatus> | null | undefined;
};

/** A user of the same account, by id or by the vendor's own id or e-mail. */
export type UserRef =
  {   /** Email address. TrueConf Server: of users of the server only. */
  email: string; id?: never; vendorId?: never; }
  |  { email?: never;   /** The `id` of a user of the same account. */
  id: string; vendorId?: never; }
  |  { email?: never; id?: never;   /** The `vendorId` of a user. TrueConf Server: the login, such as `helen`. Users of other servers are accepted. */
  vendorId: string; };

/** Whether a user can sign in at the vendor. */
export type UserStatus =
  /** Can sign in. */
  | 'ACTIVE'
  /** Switched off. */
  | 'INACTIVE'
  /** Invited, not yet there. */
  | 'PENDING'
  /** The vendor does not report it, or reports a status that Parley does not know. iMeet Central: every user. */
  | 'UNKNOWN';

/** What kind of token. */
export type UserTokenType =
  /** A token with which a program starts meetings as the user. Zoom: the Zoom access key. */
  | 'ZAK';

/** Whose server an account is on. */
export type Vendor =
  /** iMeet Central. */
  | 'IMEET_CENTRAL'
  /** TrueConf Server. */
  | 'TRUECONF'
  /** Zoom. */
  | 'ZOOM';

export type AccountsQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountsQuery = { accounts: Array<{ id: string, key: string, vendor: Vendor, label: string, capabilities: Array<Capability> }> };

export type UsersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: UserFilter | null | undefined;
}>;


export type UsersQuery = { users: { nodes: Array<{ id: string, vendorId: string, email: string | null, displayName: string | null, status: UserStatus, account: { key: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, sources: Array<{ status: SourceStatus, account: { key: string }, problem: { code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null } | null }> } | null };

export type ConferencesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: ConferenceFilter | null | undefined;
}>;


export type ConferencesQuery = { conferences: { nodes: Array<{ id: string, vendorId: string, kind: ConferenceKind, title: string, state: ConferenceState, joinUrl: string | null, account: { key: string } }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, sources: Array<{ status: SourceStatus, account: { key: string }, problem: { code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null } | null }> } | null };

export type ConferenceQueryVariables = Exact<{
  id: string;
}>;


export type ConferenceQuery = { conference: { id: string, vendorId: string, kind: ConferenceKind, title: string, state: ConferenceState, joinUrl: string | null, account: { key: string } } | null };

export type ParticipantsQueryVariables = Exact<{
  conferenceId: string;
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: ParticipantFilter | null | undefined;
}>;


export type ParticipantsQuery = { conference: { id: string, participants: { nodes: Array<{ id: string, vendorId: string, displayName: string | null, email: string | null, role: ParticipantRole, status: ParticipantStatus, joinUrl: string | null }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, sources: Array<{ status: SourceStatus, account: { key: string }, problem: { code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null } | null }> } | null } | null };

export type OperationQueryVariables = Exact<{
  id: string;
}>;


export type OperationQuery = { operation: { id: string, mutation: string, idempotencyKey: string | null, outcome: Outcome, startedAt: string, finishedAt: string | null, result:
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
      | { id: string }
     | null, problem: { code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null } | null } | null };

export type CreateConferenceMutationVariables = Exact<{
  input: CreateConferenceInput;
}>;


export type CreateConferenceMutation = { createConference: { outcome: Outcome, replayed: boolean, conference: { id: string, vendorId: string, kind: ConferenceKind, title: string, state: ConferenceState, joinUrl: string | null, account: { key: string } } | null, problems: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null }>, operation: { id: string } | null } };

export type UpdateConferenceMutationVariables = Exact<{
  input: UpdateConferenceInput;
}>;


export type UpdateConferenceMutation = { updateConference: { outcome: Outcome, replayed: boolean, conference: { id: string, vendorId: string, kind: ConferenceKind, title: string, state: ConferenceState, joinUrl: string | null, account: { key: string } } | null, problems: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null }>, operation: { id: string } | null } };

export type DeleteConferenceMutationVariables = Exact<{
  input: DeleteConferenceInput;
}>;


export type DeleteConferenceMutation = { deleteConference: { deletedConferenceId: string | null, outcome: Outcome, replayed: boolean, problems: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null }>, operation: { id: string } | null } };

export type RunConferenceMutationVariables = Exact<{
  input: RunConferenceInput;
}>;


export type RunConferenceMutation = { runConference: { startUrl: string | null, startUrlExpiresAt: string | null, outcome: Outcome, replayed: boolean, conference: { id: string, vendorId: string, kind: ConferenceKind, title: string, state: ConferenceState, joinUrl: string | null, account: { key: string } } | null, problems: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null }>, operation: { id: string } | null } };

export type EndConferenceMutationVariables = Exact<{
  input: EndConferenceInput;
}>;


export type EndConferenceMutation = { endConference: { outcome: Outcome, replayed: boolean, conference: { id: string, vendorId: string, kind: ConferenceKind, title: string, state: ConferenceState, joinUrl: string | null, account: { key: string } } | null, problems: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null }>, operation: { id: string } | null } };

export type InviteParticipantMutationVariables = Exact<{
  input: InviteParticipantInput;
}>;


export type InviteParticipantMutation = { inviteParticipant: { outcome: Outcome, replayed: boolean, participant: { id: string, vendorId: string, displayName: string | null, email: string | null, role: ParticipantRole, status: ParticipantStatus, joinUrl: string | null } | null, problems: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null }>, operation: { id: string } | null } };

export type RemoveParticipantMutationVariables = Exact<{
  input: RemoveParticipantInput;
}>;


export type RemoveParticipantMutation = { removeParticipant: { removedParticipantId: string | null, outcome: Outcome, replayed: boolean, problems: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null }>, operation: { id: string } | null } };

export type UploadFileMutationVariables = Exact<{
  input: UploadFileInput;
}>;


export type UploadFileMutation = { uploadFile: { outcome: Outcome, replayed: boolean, file: { id: string, name: string, contentType: string, size: number, sha256: string, state: FileState, url: string | null } | null, problems: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null }>, operation: { id: string } | null } };

export type IssueUserTokenMutationVariables = Exact<{
  input: IssueUserTokenInput;
}>;


export type IssueUserTokenMutation = { issueUserToken: { token: string | null, expiresAt: string | null, outcome: Outcome, replayed: boolean, problems: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null }>, operation: { id: string } | null } };

export type UserFieldsFragment = { id: string, vendorId: string, email: string | null, displayName: string | null, status: UserStatus, account: { key: string } };

export type ConferenceFieldsFragment = { id: string, vendorId: string, kind: ConferenceKind, title: string, state: ConferenceState, joinUrl: string | null, account: { key: string } };

export type ParticipantFieldsFragment = { id: string, vendorId: string, displayName: string | null, email: string | null, role: ParticipantRole, status: ParticipantStatus, joinUrl: string | null };

export type SourceFieldsFragment = { status: SourceStatus, account: { key: string }, problem: { code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null } | null };

export type ProblemFieldsFragment = { code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null };

type PayloadFields_CreateConferencePayload_Fragment = { outcome: Outcome, replayed: boolean, problems: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null }>, operation: { id: string } | null };

type PayloadFields_DeleteConferencePayload_Fragment = { outcome: Outcome, replayed: boolean, problems: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null }>, operation: { id: string } | null };

type PayloadFields_EndConferencePayload_Fragment = { outcome: Outcome, replayed: boolean, problems: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null }>, operation: { id: string } | null };

type PayloadFields_InviteParticipantPayload_Fragment = { outcome: Outcome, replayed: boolean, problems: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null }>, operation: { id: string } | null };

type PayloadFields_IssueUserTokenPayload_Fragment = { outcome: Outcome, replayed: boolean, problems: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null }>, operation: { id: string } | null };

type PayloadFields_RemoveParticipantPayload_Fragment = { outcome: Outcome, replayed: boolean, problems: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null }>, operation: { id: string } | null };

type PayloadFields_RunConferencePayload_Fragment = { outcome: Outcome, replayed: boolean, problems: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null }>, operation: { id: string } | null };

type PayloadFields_UpdateConferencePayload_Fragment = { outcome: Outcome, replayed: boolean, problems: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null }>, operation: { id: string } | null };

type PayloadFields_UploadFilePayload_Fragment = { outcome: Outcome, replayed: boolean, problems: Array<{ code: string, message: string, path: Array<string> | null, retryable: boolean, retryAt: string | null }>, operation: { id: string } | null };

export type PayloadFieldsFragment =
  | PayloadFields_CreateConferencePayload_Fragment
  | PayloadFields_DeleteConferencePayload_Fragment
  | PayloadFields_EndConferencePayload_Fragment
  | PayloadFields_InviteParticipantPayload_Fragment
  | PayloadFields_IssueUserTokenPayload_Fragment
  | PayloadFields_RemoveParticipantPayload_Fragment
  | PayloadFields_RunConferencePayload_Fragment
  | PayloadFields_UpdateConferencePayload_Fragment
  | PayloadFields_UploadFilePayload_Fragment
;

export const UserFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}}]} as unknown as DocumentNode<UserFieldsFragment, unknown>;
export const ConferenceFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConferenceFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"joinUrl"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}}]} as unknown as DocumentNode<ConferenceFieldsFragment, unknown>;
export const ParticipantFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ParticipantFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Participant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"joinUrl"}}]}}]} as unknown as DocumentNode<ParticipantFieldsFragment, unknown>;
export const ProblemFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]} as unknown as DocumentNode<ProblemFieldsFragment, unknown>;
export const SourceFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SourceFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectionSource"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProblemFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]} as unknown as DocumentNode<SourceFieldsFragment, unknown>;
export const PayloadFieldsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PayloadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MutationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProblemFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]} as unknown as DocumentNode<PayloadFieldsFragment, unknown>;
export const AccountsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Accounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"}}]}}]}}]} as unknown as DocumentNode<AccountsQuery, AccountsQueryVariables>;
export const UsersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Users"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"UserFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SourceFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SourceFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectionSource"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProblemFields"}}]}}]}}]} as unknown as DocumentNode<UsersQuery, UsersQueryVariables>;
export const ConferencesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Conferences"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ConferenceFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conferences"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConferenceFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SourceFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConferenceFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"joinUrl"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SourceFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectionSource"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProblemFields"}}]}}]}}]} as unknown as DocumentNode<ConferencesQuery, ConferencesQueryVariables>;
export const ConferenceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Conference"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conference"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConferenceFields"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConferenceFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"joinUrl"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}}]} as unknown as DocumentNode<ConferenceQuery, ConferenceQueryVariables>;
export const ParticipantsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Participants"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"conferenceId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ParticipantFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conference"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"conferenceId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"participants"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ParticipantFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SourceFields"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ParticipantFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Participant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"joinUrl"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SourceFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectionSource"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProblemFields"}}]}}]}}]} as unknown as DocumentNode<ParticipantsQuery, ParticipantsQueryVariables>;
export const OperationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Operation"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"operation"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"mutation"}},{"kind":"Field","name":{"kind":"Name","value":"idempotencyKey"}},{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"startedAt"}},{"kind":"Field","name":{"kind":"Name","value":"finishedAt"}},{"kind":"Field","name":{"kind":"Name","value":"result"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProblemFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]} as unknown as DocumentNode<OperationQuery, OperationQueryVariables>;
export const CreateConferenceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateConference"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateConferenceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createConference"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PayloadFields"}},{"kind":"Field","name":{"kind":"Name","value":"conference"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConferenceFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PayloadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MutationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProblemFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConferenceFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"joinUrl"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}}]} as unknown as DocumentNode<CreateConferenceMutation, CreateConferenceMutationVariables>;
export const UpdateConferenceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateConference"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateConferenceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateConference"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PayloadFields"}},{"kind":"Field","name":{"kind":"Name","value":"conference"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConferenceFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PayloadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MutationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProblemFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConferenceFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"joinUrl"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}}]} as unknown as DocumentNode<UpdateConferenceMutation, UpdateConferenceMutationVariables>;
export const DeleteConferenceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteConference"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteConferenceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteConference"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PayloadFields"}},{"kind":"Field","name":{"kind":"Name","value":"deletedConferenceId"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PayloadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MutationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProblemFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]} as unknown as DocumentNode<DeleteConferenceMutation, DeleteConferenceMutationVariables>;
export const RunConferenceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RunConference"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RunConferenceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runConference"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PayloadFields"}},{"kind":"Field","name":{"kind":"Name","value":"startUrl"}},{"kind":"Field","name":{"kind":"Name","value":"startUrlExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"conference"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConferenceFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PayloadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MutationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProblemFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConferenceFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"joinUrl"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}}]} as unknown as DocumentNode<RunConferenceMutation, RunConferenceMutationVariables>;
export const EndConferenceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"EndConference"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"EndConferenceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endConference"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PayloadFields"}},{"kind":"Field","name":{"kind":"Name","value":"conference"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConferenceFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PayloadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MutationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProblemFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConferenceFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"joinUrl"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}}]} as unknown as DocumentNode<EndConferenceMutation, EndConferenceMutationVariables>;
export const InviteParticipantDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"InviteParticipant"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"InviteParticipantInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"inviteParticipant"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PayloadFields"}},{"kind":"Field","name":{"kind":"Name","value":"participant"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ParticipantFields"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PayloadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MutationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProblemFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ParticipantFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Participant"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"role"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"joinUrl"}}]}}]} as unknown as DocumentNode<InviteParticipantMutation, InviteParticipantMutationVariables>;
export const RemoveParticipantDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RemoveParticipant"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RemoveParticipantInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"removeParticipant"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PayloadFields"}},{"kind":"Field","name":{"kind":"Name","value":"removedParticipantId"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PayloadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MutationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProblemFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]} as unknown as DocumentNode<RemoveParticipantMutation, RemoveParticipantMutationVariables>;
export const UploadFileDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UploadFile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UploadFileInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uploadFile"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PayloadFields"}},{"kind":"Field","name":{"kind":"Name","value":"file"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"contentType"}},{"kind":"Field","name":{"kind":"Name","value":"size"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"url"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PayloadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MutationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProblemFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]} as unknown as DocumentNode<UploadFileMutation, UploadFileMutationVariables>;
export const IssueUserTokenDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"IssueUserToken"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"IssueUserTokenInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"issueUserToken"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PayloadFields"}},{"kind":"Field","name":{"kind":"Name","value":"token"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ProblemFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Problem"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PayloadFields"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MutationPayload"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"replayed"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ProblemFields"}}]}},{"kind":"Field","name":{"kind":"Name","value":"operation"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]} as unknown as DocumentNode<IssueUserTokenMutation, IssueUserTokenMutationVariables>;