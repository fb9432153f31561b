/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** What a vendor supports. Everything else is reported as `UNSUPPORTED_BY_VENDOR` without a vendor call. */
export type Capability =
  /** Cancels one occurrence of a series. */
  | 'CANCEL_OCCURRENCE'
  /** Creates conferences. */
  | 'CREATE_CONFERENCE'
  /** Deletes conferences. */
  | 'DELETE_CONFERENCE'
  /** Deletes a recording. */
  | 'DELETE_RECORDING'
  /** Ends running conferences. */
  | 'END_CONFERENCE'
  /** Returns a conference by ID. */
  | 'GET_CONFERENCE'
  /** Returns a user by ID. */
  | 'GET_USER'
  /** Invites people to conferences. */
  | 'INVITE_PARTICIPANT'
  /** Issues tokens with which a program acts as a user. */
  | 'ISSUE_USER_TOKEN'
  /** Lists conferences. */
  | 'LIST_CONFERENCES'
  /** Lists the participants of a conference. */
  | 'LIST_PARTICIPANTS'
  /** Lists recordings and makes them available for download. */
  | 'LIST_RECORDINGS'
  /** Lists the sessions of conferences and who attended them. */
  | 'LIST_SESSIONS'
  /** Lists users. */
  | 'LIST_USERS'
  /** Withdraws invitations or registrations. */
  | 'REMOVE_PARTICIPANT'
  /** Starts conferences, or returns a URL with which the host starts them. */
  | 'RUN_CONFERENCE'
  /** Reports the total (`totalCount`) of at least one of the lists. */
  | 'TOTAL_COUNT'
  /** Updates conferences. */
  | 'UPDATE_CONFERENCE'
  /** Moves or shortens one occurrence of a series. */
  | 'UPDATE_OCCURRENCE'
  /** Uploads the avatar of a user. */
  | 'UPLOAD_AVATAR'
  /** Uploads files to a conference. */
  | 'UPLOAD_CONFERENCE_FILE'
  /** Uploads files to the account's library, without attaching them to a conference. */
  | 'UPLOAD_LIBRARY_FILE'
  /** Provides events for the `conferenceEvents` subscription. */
  | 'WATCH_CONFERENCES'
  /** Reports changes without being polled, as configured: through webhooks or an event connection. */
  | 'WEBHOOKS';

/** Filter for conferences. If several fields are set, all of them must match. */
export type ConferenceFilter = {
  /** Keys of the accounts to list. If omitted or empty, all accounts. Fails with `BAD_USER_INPUT` if you do not have access to one of them. */
  accounts?: Array<string> | null | undefined;
  /** ID of the user who owns the conferences. */
  ownerId?: string | number | null | undefined;
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

/** A kind of conference. */
export type ConferenceKind =
  /** Takes place at set times, or whenever the host starts it. */
  | 'MEETING'
  /** Always available. Zoom: a personal meeting room. TrueConf Server: a virtual room. */
  | 'ROOM'
  /** A kind that Parley does not recognize. */
  | 'UNKNOWN'
  /** A workspace in which people share files. iMeet Central: every conference. */
  | 'WORKSPACE';

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

/** Sort order across all selected accounts. Parley reads all lists to their end before it returns the first item. Until then, pages are empty and `hasNextPage` is true: request the next page. Fails with `OPERATION_TOO_EXPENSIVE` if the list of an account is too long. */
export type ConferenceOrder = {
  /** Sort direction. */
  direction?: SortDirection;
  /** Field to sort by. Items without a value come last. */
  field: ConferenceOrderField;
};

/** A field by which conferences can be sorted. */
export type ConferenceOrderField =
  /** Time of creation. */
  | 'CREATED_AT'
  /** Start time. For a series: its first occurrence in the period of the filter, or its next occurrence if the filter has no period. */
  | 'STARTS_AT'
  /** Title. */
  | 'TITLE';

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

/** State of an account, derived from the results of its vendor calls. */
export type HealthState =
  /** The last vendor call failed, but not because of an outage or invalid credentials. */
  | 'DEGRADED'
  /** The vendor rejects the configured credentials, TLS to the vendor fails, or the proxy rejects the connection. An operator must fix the configuration. */
  | 'MISCONFIGURED'
  /** The last vendor call succeeded. */
  | 'OK'
  /** Calls are paused until `rateLimitedUntil`. */
  | 'RATE_LIMITED'
  /** The vendor cannot be reached, times out, or fails. The state recovers when a later call succeeds. */
  | 'UNAVAILABLE'
  /** No vendor call has ended since the process started. */
  | 'UNUSED';

/** Whether a participant is invited, present, or gone. */
export type ParticipantStatus =
  /** Invited but has not joined. */
  | 'INVITED'
  /** In the conference. */
  | 'JOINED'
  /** Joined and has left. */
  | 'LEFT'
  /** Registered, also if the registration is not approved yet. iMeet Central: has a role in the workspace. */
  | 'REGISTERED'
  /** Not reported by the vendor. */
  | 'UNKNOWN'
  /** In the waiting room. */
  | 'WAITING';

/** Whether a user is signed in and available. */
export type Presence =
  /** Signed in and busy. */
  | 'BUSY'
  /** In a conference that the user hosts. */
  | 'IN_CONFERENCE'
  /** Not signed in. */
  | 'OFFLINE'
  /** Signed in and available. */
  | 'ONLINE'
  /** Not recognized by Parley. */
  | 'UNKNOWN';

/** A sort direction. */
export type SortDirection =
  /** Earliest first, or in alphabetical order. */
  | 'ASC'
  /** Latest first, or in reverse alphabetical order. */
  | 'DESC';

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

/** Filter for users. If several fields are set, all of them must match. */
export type UserFilter = {
  /** Keys of the accounts to list. If omitted or empty, all accounts. Fails with `BAD_USER_INPUT` if you do not have access to one of them. */
  accounts?: Array<string> | null | undefined;
  /** Complete email address, ignoring case. */
  email?: string | null | undefined;
  /** Text at the beginning of any word of a name or the email address, ignoring case. 1 to 200 characters. */
  search?: string | null | undefined;
  /** Statuses to include. If omitted or empty, all statuses. */
  status?: Array<UserStatus> | null | undefined;
};

/** Sort order across all selected accounts. Parley reads all lists to their end before it returns the first item. Until then, pages are empty and `hasNextPage` is true: request the next page. Fails with `OPERATION_TOO_EXPENSIVE` if the list of an account is too long. */
export type UserOrder = {
  /** Sort direction. */
  direction?: SortDirection;
  /** Field to sort by. Items without a value come last. */
  field: UserOrderField;
};

/** A field by which users can be sorted. */
export type UserOrderField =
  /** Time of creation. */
  | 'CREATED_AT'
  /** Display name. */
  | 'DISPLAY_NAME'
  /** Email address. */
  | 'EMAIL';

/** Whether a user can sign in at the vendor. */
export type UserStatus =
  /** Can sign in. */
  | 'ACTIVE'
  /** Deactivated. */
  | 'INACTIVE'
  /** Invited, but has not activated the vendor account. */
  | 'PENDING'
  /** Not reported by the vendor, or not recognized by Parley. iMeet Central: every user. */
  | 'UNKNOWN';

/** A meeting provider whose API Parley calls. */
export type Vendor =
  /** iMeet Central. */
  | 'IMEET_CENTRAL'
  /** TrueConf Server. */
  | 'TRUECONF'
  /** Zoom. */
  | 'ZOOM';

export type UsersPageQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: UserFilter | null | undefined;
  orderBy?: UserOrder | null | undefined;
}>;


export type UsersPageQuery = { users: { totalCount: number | null, nodes: Array<{ id: string, vendorId: string, displayName: string | null, email: string | null, account: { key: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, sources: Array<{ status: SourceStatus, nodes: number, account: { key: string }, problem: { code: string, message: string, retryable: boolean, retryAt: string | null } | null }> } | null };

export type ConferencesPageQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: ConferenceFilter | null | undefined;
  orderBy?: ConferenceOrder | null | undefined;
}>;


export type ConferencesPageQuery = { conferences: { totalCount: number | null, nodes: Array<{ id: string, vendorId: string, title: string, state: ConferenceState, account: { key: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null }, sources: Array<{ status: SourceStatus, nodes: number, account: { key: string }, problem: { code: string, message: string } | null }> } | null };

export type ConferencesWithOwnersQueryVariables = Exact<{
  first: number;
  accounts?: Array<string> | string | null | undefined;
}>;


export type ConferencesWithOwnersQuery = { conferences: { nodes: Array<{ id: string, owner: { id: string, vendorId: string, displayName: string | null } | null }>, sources: Array<{ status: SourceStatus, nodes: number }> } | null };

export type NodesByIdQueryVariables = Exact<{
  ids: Array<string | number> | string | number;
}>;


export type NodesByIdQuery = { nodes: Array<
    | { __typename: 'Account', id: string }
    | { __typename: 'Conference', id: string }
    | { __typename: 'Occurrence', id: string }
    | { __typename: 'Operation', id: string }
    | { __typename: 'Participant', id: string }
    | { __typename: 'Recording', id: string }
    | { __typename: 'Session', id: string }
    | { __typename: 'UploadedFile', id: string }
    | { __typename: 'User', id: string }
   | null> };

export type UserByIdQueryVariables = Exact<{
  id: string | number;
}>;


export type UserByIdQuery = { user: { id: string, vendorId: string, email: string | null, account: { key: string }, sameAs: Array<{ id: string, email: string | null, account: { key: string } }> } | null };

export type AccountsNowQueryVariables = Exact<{ [key: string]: never; }>;


export type AccountsNowQuery = { accounts: Array<{ id: string, key: string, vendor: Vendor, label: string, capabilities: Array<Capability>, health: { state: HealthState, calls: number, tokenExpiresAt: string | null, rateLimitedUntil: string | null, lastProblem: { code: string, message: string, retryable: boolean } | null } }> };

export type ParticipantsPageQueryVariables = Exact<{
  id: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ParticipantsPageQuery = { conference: { participants: { nodes: Array<{ id: string, displayName: string | null, status: ParticipantStatus }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null } | null };

export type ConferenceFieldsQueryVariables = Exact<{
  filter?: ConferenceFilter | null | undefined;
}>;


export type ConferenceFieldsQuery = { conferences: { nodes: Array<{ id: string, vendorId: string, title: string, description: string | null, mode: ConferenceMode | null, state: ConferenceState, kind: ConferenceKind, maxParticipants: number | null, allowGuests: boolean | null, tags: Array<string>, createdAt: string | null, raw: unknown, schedule:
        | { __typename: 'OneTimeSchedule', startsAt: string, durationMinutes: number }
        | { __typename: 'PermanentSchedule', since: string | null }
        | { __typename: 'RecurringSchedule', rrule: string, nextStartsAt: string | null }
       | null }>, sources: Array<{ status: SourceStatus, nodes: number, problem: { code: string, message: string, account: { key: string } | null } | null }> } | null };

export type UserFieldsQueryVariables = Exact<{
  filter?: UserFilter | null | undefined;
}>;


export type UserFieldsQuery = { users: { nodes: Array<{ id: string, vendorId: string, displayName: string | null, email: string | null, status: UserStatus, presence: Presence | null, phoneNumbers: Array<string>, raw: unknown }>, sources: Array<{ status: SourceStatus, nodes: number, problem: { code: string } | null }> } | null };


export const UsersPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"UsersPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"UserFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"UserOrder"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]}}]}}]} as unknown as DocumentNode<UsersPageQuery, UsersPageQueryVariables>;
export const ConferencesPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConferencesPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ConferenceFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ConferenceOrder"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conferences"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ConferencesPageQuery, ConferencesPageQueryVariables>;
export const ConferencesWithOwnersDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConferencesWithOwners"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"accounts"}},"type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conferences"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"accounts"},"value":{"kind":"Variable","name":{"kind":"Name","value":"accounts"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"owner"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"}}]}}]}}]}}]} as unknown as DocumentNode<ConferencesWithOwnersQuery, ConferencesWithOwnersQueryVariables>;
export const NodesByIdDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"NodesById"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"ids"}},"type":{"kind":"NonNullType","type":{"kind":"ListType","type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"ids"},"value":{"kind":"Variable","name":{"kind":"Name","value":"ids"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]} as unknown as DocumentNode<NodesByIdQuery, NodesByIdQueryVariables>;
export const UserByIdDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"UserById"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"user"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sameAs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}}]}}]}}]} as unknown as DocumentNode<UserByIdQuery, UserByIdQueryVariables>;
export const AccountsNowDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"AccountsNow"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"accounts"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"}},{"kind":"Field","name":{"kind":"Name","value":"health"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"calls"}},{"kind":"Field","name":{"kind":"Name","value":"tokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"rateLimitedUntil"}},{"kind":"Field","name":{"kind":"Name","value":"lastProblem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"retryable"}}]}}]}}]}}]}}]} as unknown as DocumentNode<AccountsNowQuery, AccountsNowQueryVariables>;
export const ParticipantsPageDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ParticipantsPage"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"id"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"last"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"before"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conference"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"id"},"value":{"kind":"Variable","name":{"kind":"Name","value":"id"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"participants"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"last"},"value":{"kind":"Variable","name":{"kind":"Name","value":"last"}}},{"kind":"Argument","name":{"kind":"Name","value":"before"},"value":{"kind":"Variable","name":{"kind":"Name","value":"before"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}}]}}]} as unknown as DocumentNode<ParticipantsPageQuery, ParticipantsPageQueryVariables>;
export const ConferenceFieldsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConferenceFields"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ConferenceFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"conferences"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"title"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"mode"}},{"kind":"Field","name":{"kind":"Name","value":"state"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"schedule"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OneTimeSchedule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"startsAt"}},{"kind":"Field","name":{"kind":"Name","value":"durationMinutes"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"RecurringSchedule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"rrule"}},{"kind":"Field","name":{"kind":"Name","value":"nextStartsAt"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PermanentSchedule"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"since"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"maxParticipants"}},{"kind":"Field","name":{"kind":"Name","value":"allowGuests"}},{"kind":"Field","name":{"kind":"Name","value":"tags"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"raw"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"message"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"key"}}]}}]}}]}}]}}]}}]} as unknown as DocumentNode<ConferenceFieldsQuery, ConferenceFieldsQueryVariables>;
export const UserFieldsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"UserFields"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"UserFilter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"users"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"50"}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"vendorId"}},{"kind":"Field","name":{"kind":"Name","value":"displayName"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"presence"}},{"kind":"Field","name":{"kind":"Name","value":"phoneNumbers"}},{"kind":"Field","name":{"kind":"Name","value":"raw"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"}},{"kind":"Field","name":{"kind":"Name","value":"problem"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}}]}}]}}]}}]}}]} as unknown as DocumentNode<UserFieldsQuery, UserFieldsQueryVariables>;