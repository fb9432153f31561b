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
    "\n  query UsersPage($first: Int, $after: String, $last: Int, $before: String, $filter: UserFilter, $orderBy: UserOrder) {\n    users(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {\n      totalCount\n      nodes {\n        id\n        vendorId\n        displayName\n        email\n        account {\n          key\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n      sources {\n        account {\n          key\n        }\n        status\n        nodes\n        problem {\n          code\n          message\n          retryable\n          retryAt\n        }\n      }\n    }\n  }\n": typeof types.UsersPageDocument,
    "\n  query ConferencesPage(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $filter: ConferenceFilter\n    $orderBy: ConferenceOrder\n  ) {\n    conferences(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {\n      totalCount\n      nodes {\n        id\n        vendorId\n        title\n        state\n        account {\n          key\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n      sources {\n        account {\n          key\n        }\n        status\n        nodes\n        problem {\n          code\n          message\n        }\n      }\n    }\n  }\n": typeof types.ConferencesPageDocument,
    "\n  query ConferencesWithOwners($first: Int!, $accounts: [String!]) {\n    conferences(first: $first, filter: { accounts: $accounts }) {\n      nodes {\n        id\n        owner {\n          id\n          vendorId\n          displayName\n        }\n      }\n      sources {\n        status\n        nodes\n      }\n    }\n  }\n": typeof types.ConferencesWithOwnersDocument,
    "\n  query NodesById($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      id\n    }\n  }\n": typeof types.NodesByIdDocument,
    "\n  query UserById($id: ID!) {\n    user(id: $id) {\n      id\n      vendorId\n      email\n      account {\n        key\n      }\n      sameAs {\n        id\n        email\n        account {\n          key\n        }\n      }\n    }\n  }\n": typeof types.UserByIdDocument,
    "\n  query AccountsNow {\n    accounts {\n      id\n      key\n      vendor\n      label\n      capabilities\n      health {\n        state\n        calls\n        tokenExpiresAt\n        rateLimitedUntil\n        lastProblem {\n          code\n          message\n          retryable\n        }\n      }\n    }\n  }\n": typeof types.AccountsNowDocument,
    "\n  query ParticipantsPage($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    conference(id: $id) {\n      participants(first: $first, after: $after, last: $last, before: $before) {\n        nodes {\n          id\n          displayName\n          status\n        }\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.ParticipantsPageDocument,
};
const documents: Documents = {
    "\n  query UsersPage($first: Int, $after: String, $last: Int, $before: String, $filter: UserFilter, $orderBy: UserOrder) {\n    users(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {\n      totalCount\n      nodes {\n        id\n        vendorId\n        displayName\n        email\n        account {\n          key\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n      sources {\n        account {\n          key\n        }\n        status\n        nodes\n        problem {\n          code\n          message\n          retryable\n          retryAt\n        }\n      }\n    }\n  }\n": types.UsersPageDocument,
    "\n  query ConferencesPage(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $filter: ConferenceFilter\n    $orderBy: ConferenceOrder\n  ) {\n    conferences(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {\n      totalCount\n      nodes {\n        id\n        vendorId\n        title\n        state\n        account {\n          key\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n      sources {\n        account {\n          key\n        }\n        status\n        nodes\n        problem {\n          code\n          message\n        }\n      }\n    }\n  }\n": types.ConferencesPageDocument,
    "\n  query ConferencesWithOwners($first: Int!, $accounts: [String!]) {\n    conferences(first: $first, filter: { accounts: $accounts }) {\n      nodes {\n        id\n        owner {\n          id\n          vendorId\n          displayName\n        }\n      }\n      sources {\n        status\n        nodes\n      }\n    }\n  }\n": types.ConferencesWithOwnersDocument,
    "\n  query NodesById($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      id\n    }\n  }\n": types.NodesByIdDocument,
    "\n  query UserById($id: ID!) {\n    user(id: $id) {\n      id\n      vendorId\n      email\n      account {\n        key\n      }\n      sameAs {\n        id\n        email\n        account {\n          key\n        }\n      }\n    }\n  }\n": types.UserByIdDocument,
    "\n  query AccountsNow {\n    accounts {\n      id\n      key\n      vendor\n      label\n      capabilities\n      health {\n        state\n        calls\n        tokenExpiresAt\n        rateLimitedUntil\n        lastProblem {\n          code\n          message\n          retryable\n        }\n      }\n    }\n  }\n": types.AccountsNowDocument,
    "\n  query ParticipantsPage($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    conference(id: $id) {\n      participants(first: $first, after: $after, last: $last, before: $before) {\n        nodes {\n          id\n          displayName\n          status\n        }\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n      }\n    }\n  }\n": types.ParticipantsPageDocument,
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
export function graphql(source: "\n  query UsersPage($first: Int, $after: String, $last: Int, $before: String, $filter: UserFilter, $orderBy: UserOrder) {\n    users(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {\n      totalCount\n      nodes {\n        id\n        vendorId\n        displayName\n        email\n        account {\n          key\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n      sources {\n        account {\n          key\n        }\n        status\n        nodes\n        problem {\n          code\n          message\n          retryable\n          retryAt\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query UsersPage($first: Int, $after: String, $last: Int, $before: String, $filter: UserFilter, $orderBy: UserOrder) {\n    users(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {\n      totalCount\n      nodes {\n        id\n        vendorId\n        displayName\n        email\n        account {\n          key\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n      sources {\n        account {\n          key\n        }\n        status\n        nodes\n        problem {\n          code\n          message\n          retryable\n          retryAt\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConferencesPage(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $filter: ConferenceFilter\n    $orderBy: ConferenceOrder\n  ) {\n    conferences(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {\n      totalCount\n      nodes {\n        id\n        vendorId\n        title\n        state\n        account {\n          key\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n      sources {\n        account {\n          key\n        }\n        status\n        nodes\n        problem {\n          code\n          message\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ConferencesPage(\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $filter: ConferenceFilter\n    $orderBy: ConferenceOrder\n  ) {\n    conferences(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {\n      totalCount\n      nodes {\n        id\n        vendorId\n        title\n        state\n        account {\n          key\n        }\n      }\n      pageInfo {\n        hasNextPage\n        hasPreviousPage\n        startCursor\n        endCursor\n      }\n      sources {\n        account {\n          key\n        }\n        status\n        nodes\n        problem {\n          code\n          message\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConferencesWithOwners($first: Int!, $accounts: [String!]) {\n    conferences(first: $first, filter: { accounts: $accounts }) {\n      nodes {\n        id\n        owner {\n          id\n          vendorId\n          displayName\n        }\n      }\n      sources {\n        status\n        nodes\n      }\n    }\n  }\n"): (typeof documents)["\n  query ConferencesWithOwners($first: Int!, $accounts: [String!]) {\n    conferences(first: $first, filter: { accounts: $accounts }) {\n      nodes {\n        id\n        owner {\n          id\n          vendorId\n          displayName\n        }\n      }\n      sources {\n        status\n        nodes\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query NodesById($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      id\n    }\n  }\n"): (typeof documents)["\n  query NodesById($ids: [ID!]!) {\n    nodes(ids: $ids) {\n      __typename\n      id\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query UserById($id: ID!) {\n    user(id: $id) {\n      id\n      vendorId\n      email\n      account {\n        key\n      }\n      sameAs {\n        id\n        email\n        account {\n          key\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query UserById($id: ID!) {\n    user(id: $id) {\n      id\n      vendorId\n      email\n      account {\n        key\n      }\n      sameAs {\n        id\n        email\n        account {\n          key\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query AccountsNow {\n    accounts {\n      id\n      key\n      vendor\n      label\n      capabilities\n      health {\n        state\n        calls\n        tokenExpiresAt\n        rateLimitedUntil\n        lastProblem {\n          code\n          message\n          retryable\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query AccountsNow {\n    accounts {\n      id\n      key\n      vendor\n      label\n      capabilities\n      health {\n        state\n        calls\n        tokenExpiresAt\n        rateLimitedUntil\n        lastProblem {\n          code\n          message\n          retryable\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ParticipantsPage($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    conference(id: $id) {\n      participants(first: $first, after: $after, last: $last, before: $before) {\n        nodes {\n          id\n          displayName\n          status\n        }\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query ParticipantsPage($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    conference(id: $id) {\n      participants(first: $first, after: $after, last: $last, before: $before) {\n        nodes {\n          id\n          displayName\n          status\n        }\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;