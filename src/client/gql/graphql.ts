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
  /** Gives a token in the name of a user (Zoom: ZAK). */
  | 'ISSUE_USER_TOKEN'
  /** Lists its conferences. */
  | 'LIST_CONFERENCES'
  /** Tells who is invited to a conference, in it or gone. */
  | 'LIST_PARTICIPANTS'
  /** Lists its users. */
  | 'LIST_USERS'
  /** Takes invitations back. */
  | 'REMOVE_PARTICIPANT'
  /** Starts conferences, or gives the host a link that does (Zoom). */
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
  /** It is always there: a TrueConf virtual room, a Zoom meeting without a fixed time. */
  | 'ROOM'
  /** The vendor says something new. */
  | 'UNKNOWN'
  /** An iMeet Central workspace, where people meet over files. */
  | 'WORKSPACE';

/** Who is seen and heard, where the vendor has such modes (TrueConf). */
export type ConferenceMode =
  /** Everybody sees everybody. */
  | 'ALL_ON_SCREEN'
  /** Roles, given by a moderator. */
  | 'MODERATED'
  /** Roles, given to who speaks. */
  | 'SMART_MEETING'
  /** Everybody sees the presenter, who sees all. */
  | 'VIDEO_LECTURE';

/** Whether it runs. Zoom tells it of single meetings only; in lists it is taken from the times. */
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
  /** Whether people without an account may join. Not at iMeet Central. */
  allowGuests?: boolean | null | undefined;
  /** Whether the invited are called when it starts. TrueConf only. */
  autoInvite?: boolean | null | undefined;
  /** Any text of yours; it comes back in the answer. */
  clientMutationId?: string | null | undefined;
  /** For those who read about it. Zoom: at most 2,000 characters. */
  description?: string | null | undefined;
  /** 1 to 255 visible ASCII characters, kept for 24 hours. The same key and input give the stored answer, and nothing is done twice; another input is IDEMPOTENCY_KEY_REUSED. */
  idempotencyKey?: string | null | undefined;
  /** Who cannot be invited is told as a problem each. */
  invite?: Array<UserRef> | null | undefined;
  /** How many at once. TrueConf only, up to what its licence allows. */
  maxParticipants?: number | null | undefined;
  /** TrueConf only; everybody on screen where it is absent. */
  mode?: ConferenceMode | null | undefined;
  /** A user of the same account. Required where the vendor needs one: at TrueConf and Zoom; iMeet Central takes none. */
  owner?: UserRef | null | undefined;
  /** Zoom only: at most 10 of a-z A-Z 0-9 @ - _ *. Never given out again. */
  passcode?: string | null | undefined;
  /** Absent: a permanent room where the vendor has them, else a plain workspace. */
  schedule?: ScheduleInput | null | undefined;
  /** Words to find it by. TrueConf only. */
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
  /** The name to show. Not at iMeet Central, nor while a TrueConf conference runs. */
  displayName?: string | null | undefined;
  /** Zoom, TrueConf: ATTENDEE or nothing. iMeet Central: OWNER, MODERATOR or ATTENDEE, by the titles of its roles. */
  role?: ParticipantRole | null | undefined;
  /** Who it is. Zoom: an address of somebody outside too, with a `displayName`. */
  user: UserRef;
};

/** The input of `issueUserToken`. */
export type IssueUserTokenInput = {
  /** Any text of yours; it comes back in the answer. */
  clientMutationId?: string | null | undefined;
  /** How long the token is valid, in seconds, 1 to 2,147,483,647. If omitted, Zoom: 2 hours. Zoom can issue a token that expires earlier, after a year at most. */
  ttlSeconds?: number | null | undefined;
  /** What kind of token. */
  type?: UserTokenType;
  /** The `id` of a user. */
  userId: string;
};

/** Once, at a set time. */
export type OneTimeScheduleInput = {
  /** In minutes: 1 to 1440 (TrueConf: 1439). */
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
  /** Leads it with the host. iMeet Central: a role with such a title. */
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
  /** In minutes: 1 to 1440 (TrueConf: 1439). */
  durationMinutes: number;
  /** RFC 5545, e.g. FREQ=WEEKLY;BYDAY=MO,WE. TrueConf: daily, or on days of the week, without an end. Zoom: also on one day of the month. */
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

/** When a conference is: one of these. iMeet Central takes none. */
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
  /** Whether people without an account may join. Not at iMeet Central. */
  allowGuests?: boolean | null | undefined;
  /** Any text of yours; it comes back in the answer. */
  clientMutationId?: string | null | undefined;
  /** The `id` of a conference. NOT_FOUND where it is gone, or not yours to see. */
  conferenceId: string;
  /** Zoom: at most 2,000 characters. Not at iMeet Central. */
  description?: string | null | undefined;
  /** 1 to 255 visible ASCII characters, kept for 24 hours. The same key and input give the stored answer, and nothing is done twice; another input is IDEMPOTENCY_KEY_REUSED. */
  idempotencyKey?: string | null | undefined;
  /** How many at once. TrueConf only, up to what its licence allows. */
  maxParticipants?: number | null | undefined;
  /** TrueConf only. */
  mode?: ConferenceMode | null | undefined;
  /** The new time. Not at iMeet Central. */
  schedule?: ScheduleInput | null | undefined;
  /** All tags anew. TrueConf only. */
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
  {   /** The key of an account: into its library, unattached. iMeet Central only. */
  account: string; conferenceId?: never; userId?: never; }
  |  { account?: never;   /** Into that conference. Zoom: into its chat. iMeet Central: to a milestone of the workspace. Not at TrueConf. */
  conferenceId: string; userId?: never; }
  |  { account?: never; conferenceId?: never;   /** As that user's avatar. Zoom: PNG or JPEG, at most 2 MiB. Not at iMeet Central. */
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
  {   /** The address. TrueConf: of its own users only. */
  email: string; id?: never; vendorId?: never; }
  |  { email?: never;   /** The `id` of a user of the same account. */
  id: string; vendorId?: never; }
  |  { email?: never; id?: never;   /** The vendor's own id. TrueConf: the login, e.g. helen; also ids of other servers. */
  vendorId: string; };

/** Whether a user can sign in at the vendor. */
export type UserStatus =
  /** Can sign in. */
  | 'ACTIVE'
  /** Switched off. */
  | 'INACTIVE'
  /** Invited, not yet there. */
  | 'PENDING'
  /** The vendor does not say (iMeet Central), or says something new. */
  | 'UNKNOWN';

/** What kind of token. */
export type UserTokenType =
  /** Zoom: starts meetings in the name of the user. */
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