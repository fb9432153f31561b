/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query Users($first: Int, $after: String, $last: Int, $before: String) {\n  users(first: $first, after: $after, last: $last, before: $before) {\n    edges {\n      cursor\n      node {\n        ...UserRow\n      }\n    }\n    pageInfo {\n      startCursor\n      endCursor\n      hasPreviousPage\n      hasNextPage\n    }\n    sources {\n      account {\n        id\n        key\n        label\n      }\n      problem {\n        message\n        retryable\n      }\n    }\n  }\n}\n\nquery User($id: ID!) {\n  node(id: $id) {\n    id\n    ...UserRow\n  }\n}\n\nfragment UserRow on User {\n  id\n  displayName\n  email\n  phoneNumbers\n  account {\n    id\n    label\n  }\n}\n\nmutation CreateConference($input: CreateConferenceInput!) {\n  createConference(input: $input) {\n    outcome\n    problems {\n      message\n    }\n    conference {\n      ...ConferenceState\n    }\n  }\n}\n\nmutation InviteParticipant($input: InviteParticipantInput!) {\n  inviteParticipant(input: $input) {\n    outcome\n    problems {\n      message\n    }\n  }\n}\n\nmutation RunConference($input: RunConferenceInput!) {\n  runConference(input: $input) {\n    outcome\n    problems {\n      message\n    }\n    conference {\n      ...ConferenceState\n    }\n  }\n}\n\nmutation UploadFile($input: UploadFileInput!) {\n  uploadFile(input: $input) {\n    outcome\n    problems {\n      message\n    }\n    file {\n      id\n      name\n      sha256\n    }\n  }\n}\n\nfragment ConferenceState on Conference {\n  id\n  title\n  state\n}": typeof types.UsersDocument,
};
const documents: Documents = {
    "query Users($first: Int, $after: String, $last: Int, $before: String) {\n  users(first: $first, after: $after, last: $last, before: $before) {\n    edges {\n      cursor\n      node {\n        ...UserRow\n      }\n    }\n    pageInfo {\n      startCursor\n      endCursor\n      hasPreviousPage\n      hasNextPage\n    }\n    sources {\n      account {\n        id\n        key\n        label\n      }\n      problem {\n        message\n        retryable\n      }\n    }\n  }\n}\n\nquery User($id: ID!) {\n  node(id: $id) {\n    id\n    ...UserRow\n  }\n}\n\nfragment UserRow on User {\n  id\n  displayName\n  email\n  phoneNumbers\n  account {\n    id\n    label\n  }\n}\n\nmutation CreateConference($input: CreateConferenceInput!) {\n  createConference(input: $input) {\n    outcome\n    problems {\n      message\n    }\n    conference {\n      ...ConferenceState\n    }\n  }\n}\n\nmutation InviteParticipant($input: InviteParticipantInput!) {\n  inviteParticipant(input: $input) {\n    outcome\n    problems {\n      message\n    }\n  }\n}\n\nmutation RunConference($input: RunConferenceInput!) {\n  runConference(input: $input) {\n    outcome\n    problems {\n      message\n    }\n    conference {\n      ...ConferenceState\n    }\n  }\n}\n\nmutation UploadFile($input: UploadFileInput!) {\n  uploadFile(input: $input) {\n    outcome\n    problems {\n      message\n    }\n    file {\n      id\n      name\n      sha256\n    }\n  }\n}\n\nfragment ConferenceState on Conference {\n  id\n  title\n  state\n}": types.UsersDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Users($first: Int, $after: String, $last: Int, $before: String) {\n  users(first: $first, after: $after, last: $last, before: $before) {\n    edges {\n      cursor\n      node {\n        ...UserRow\n      }\n    }\n    pageInfo {\n      startCursor\n      endCursor\n      hasPreviousPage\n      hasNextPage\n    }\n    sources {\n      account {\n        id\n        key\n        label\n      }\n      problem {\n        message\n        retryable\n      }\n    }\n  }\n}\n\nquery User($id: ID!) {\n  node(id: $id) {\n    id\n    ...UserRow\n  }\n}\n\nfragment UserRow on User {\n  id\n  displayName\n  email\n  phoneNumbers\n  account {\n    id\n    label\n  }\n}\n\nmutation CreateConference($input: CreateConferenceInput!) {\n  createConference(input: $input) {\n    outcome\n    problems {\n      message\n    }\n    conference {\n      ...ConferenceState\n    }\n  }\n}\n\nmutation InviteParticipant($input: InviteParticipantInput!) {\n  inviteParticipant(input: $input) {\n    outcome\n    problems {\n      message\n    }\n  }\n}\n\nmutation RunConference($input: RunConferenceInput!) {\n  runConference(input: $input) {\n    outcome\n    problems {\n      message\n    }\n    conference {\n      ...ConferenceState\n    }\n  }\n}\n\nmutation UploadFile($input: UploadFileInput!) {\n  uploadFile(input: $input) {\n    outcome\n    problems {\n      message\n    }\n    file {\n      id\n      name\n      sha256\n    }\n  }\n}\n\nfragment ConferenceState on Conference {\n  id\n  title\n  state\n}"): (typeof documents)["query Users($first: Int, $after: String, $last: Int, $before: String) {\n  users(first: $first, after: $after, last: $last, before: $before) {\n    edges {\n      cursor\n      node {\n        ...UserRow\n      }\n    }\n    pageInfo {\n      startCursor\n      endCursor\n      hasPreviousPage\n      hasNextPage\n    }\n    sources {\n      account {\n        id\n        key\n        label\n      }\n      problem {\n        message\n        retryable\n      }\n    }\n  }\n}\n\nquery User($id: ID!) {\n  node(id: $id) {\n    id\n    ...UserRow\n  }\n}\n\nfragment UserRow on User {\n  id\n  displayName\n  email\n  phoneNumbers\n  account {\n    id\n    label\n  }\n}\n\nmutation CreateConference($input: CreateConferenceInput!) {\n  createConference(input: $input) {\n    outcome\n    problems {\n      message\n    }\n    conference {\n      ...ConferenceState\n    }\n  }\n}\n\nmutation InviteParticipant($input: InviteParticipantInput!) {\n  inviteParticipant(input: $input) {\n    outcome\n    problems {\n      message\n    }\n  }\n}\n\nmutation RunConference($input: RunConferenceInput!) {\n  runConference(input: $input) {\n    outcome\n    problems {\n      message\n    }\n    conference {\n      ...ConferenceState\n    }\n  }\n}\n\nmutation UploadFile($input: UploadFileInput!) {\n  uploadFile(input: $input) {\n    outcome\n    problems {\n      message\n    }\n    file {\n      id\n      name\n      sha256\n    }\n  }\n}\n\nfragment ConferenceState on Conference {\n  id\n  title\n  state\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;