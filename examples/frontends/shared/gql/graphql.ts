/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
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

/** The input of `uploadFile`. */
export type UploadFileInput = {
  /** Any text of yours; it comes back in the answer. */
  clientMutationId?: string | null | undefined;
  /** Default: the part's own type. */
  contentType?: string | null | undefined;
  /** The file part; null in `variables`, named in the `map` of the request. */
  file: File;
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

/** A user of the same account, by id or by the vendor's own id or e-mail. */
export type UserRef =
  {   /** Email address. TrueConf Server: of users of the server only. */
  email: string; id?: never; vendorId?: never; }
  |  { email?: never;   /** The `id` of a user of the same account. */
  id: string; vendorId?: never; }
  |  { email?: never; id?: never;   /** The `vendorId` of a user. TrueConf Server: the login, such as `helen`. Users of other servers are accepted. */
  vendorId: string; };

export type UsersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type UsersQuery = { users: { edges: Array<{ cursor: string, node: { id: string, displayName: string | null, email: string | null, phoneNumbers: Array<string>, account: { id: string, label: string } } }>, pageInfo: { startCursor: string | null, endCursor: string | null, hasPreviousPage: boolean, hasNextPage: boolean }, sources: Array<{ account: { id: string, key: string, label: string }, problem: { message: string, retryable: boolean } | null }> } | null };

export type CalendarQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter: ConferenceFilter;
}>;


export type CalendarQuery = { conferences: { edges: Array<{ cursor: string, node: { id: string, title: string, account: { id: string, label: string }, owner: { id: string, displayName: string | null } | null, schedule:
          | { startsAt: string }
          | { nextStartsAt: string | null }
          | Record<PropertyKey, never>
         | null } }>, pageInfo: { endCursor: string | null, hasNextPage: boolean }, sources: Array<{ status: SourceStatus, account: { id: string, key: string, label: string }, problem: { message: string, retryable: boolean } | null }> } | null };

export type UserQueryVariables = Exact<{
  id: string;
}>;


export type UserQuery = { node:
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string }
    | { id: string, displayName: string | null, email: string | null, phoneNumbers: Array<string>, account: { id: string, label: string } }
   | null };

export type UserRowFragment = { id: string, displayName: string | null, email: string | null, phoneNumbers: Array<string>, account: { id: string, label: string } };

export type CalendarRowFragment = { id: string, title: string, account: { id: string, label: string }, owner: { id: string, displayName: string | null } | null, schedule:
    | { startsAt: string }
    | { nextStartsAt: string | null }
    | Record<PropertyKey, never>
   | null };

export type CreateConferenceMutationVariables = Exact<{
  input: CreateConferenceInput;
}>;


export type CreateConferenceMutation = { createConference: { outcome: Outcome, problems: Array<{ message: string }>, conference: { id: string, title: string, state: ConferenceState } | null } };

export type InviteParticipantMutationVariables = Exact<{
  input: InviteParticipantInput;
}>;


export type InviteParticipantMutation = { inviteParticipant: { outcome: Outcome, problems: Array<{ message: string }> } };

export type RunConferenceMutationVariables = Exact<{
  input: RunConferenceInput;
}>;


export type RunConferenceMutation = { runConference: { outcome: Outcome, problems: Array<{ message: string }>, conference: { id: string, title: string, state: ConferenceState } | null } };

export type UploadFileMutationVariables = Exact<{
  input: UploadFileInput;
}>;


export type UploadFileMutation = { uploadFile: { outcome: Outcome, problems: Array<{ message: string }>, file: { id: string, name: string, sha256: string } | null } };

export type ConferenceStateFragment = { id: string, title: string, state: ConferenceState };

export const UserRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumbers"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}}]}}]} as unknown as DocumentNode<UserRowFragment, unknown>;
export const CalendarRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CalendarRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"schedule"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OneTimeSchedule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startsAt"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecurringSchedule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nextStartsAt"}}]}}]}}]}}]} as unknown as DocumentNode<CalendarRowFragment, unknown>;
export const ConferenceStateFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConferenceState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]} as unknown as DocumentNode<ConferenceStateFragment, unknown>;
export const UsersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Users"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserRow"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumbers"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}}]}}]} as unknown as DocumentNode<UsersQuery, UsersQueryVariables>;
export const CalendarDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Calendar"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ConferenceFilter"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conferences"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"field"},"value":{"kind":"EnumValue","value":"STARTS_AT"}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"CalendarRow"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"endCursor"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CalendarRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}},{"kind":"Field","name":{"kind":"Name","value":"schedule"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OneTimeSchedule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startsAt"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecurringSchedule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nextStartsAt"}}]}}]}}]}}]} as unknown as DocumentNode<CalendarQuery, CalendarQueryVariables>;
export const UserDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"User"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"node"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserRow"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumbers"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}}]}}]} as unknown as DocumentNode<UserQuery, UserQueryVariables>;
export const CreateConferenceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateConference"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateConferenceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createConference"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"conference"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConferenceState"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConferenceState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]} as unknown as DocumentNode<CreateConferenceMutation, CreateConferenceMutationVariables>;
export const InviteParticipantDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"InviteParticipant"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"InviteParticipantInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"inviteParticipant"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]} as unknown as DocumentNode<InviteParticipantMutation, InviteParticipantMutationVariables>;
export const RunConferenceDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"RunConference"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"RunConferenceInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"runConference"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"conference"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConferenceState"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConferenceState"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Conference"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"state"}}]}}]} as unknown as DocumentNode<RunConferenceMutation, RunConferenceMutationVariables>;
export const UploadFileDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UploadFile"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UploadFileInput"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"uploadFile"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"outcome"}},{"kind":"Field","name":{"kind":"Name","value":"problems"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}},{"kind":"Field","name":{"kind":"Name","value":"file"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"sha256"}}]}}]}}]}}]} as unknown as DocumentNode<UploadFileMutation, UploadFileMutationVariables>;