import { ApolloClient, ApolloLink, InMemoryCache, Observable } from '@apollo/client'
import { OperationTypeNode } from 'graphql'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { relayStylePagination } from '@apollo/client/utilities'
import UploadHttpLink from 'apollo-upload-client/UploadHttpLink.mjs'
// In your own project, import from '@parley-graphql/server/schema'.
import { possibleTypes } from '../../../src/client/schema.ts'
import { getDocumentId } from '../shared/document-id.ts'
import { observe } from '../shared/live-client.ts'
import { headers, sendsIds, url } from '../shared/settings.ts'
import { fetchWithProgress } from '../shared/fetch-with-progress.ts'
import type { OnProgress } from '../shared/file-upload.tsx'

/** Options in `context.fetchOptions` of an operation: those of `fetch`, and a callback for the progress of an upload. */
export interface FetchOptions extends RequestInit {
  onProgress?: OnProgress
}

/** The HTTP links of Apollo Client cannot read event streams. */
const subscriptionLink = new ApolloLink(
  ({ query, variables }) =>
    new Observable<ApolloLink.Result>((observer) =>
      observe(query, variables, observer, sendsIds ? getDocumentId(query) : undefined),
    ),
)

const httpLink = new UploadHttpLink({
  uri: url,
  headers,
  fetch: (input, { onProgress, ...options }: FetchOptions = {}) =>
    (onProgress ? fetchWithProgress(onProgress) : fetch)(input, options),
})

/** Sends the ID as `extensions.persistedQuery.sha256Hash`. */
const idLink = new PersistedQueryLink({ generateHash: getDocumentId, retry: () => false })

export const client = new ApolloClient({
  cache: new InMemoryCache({
    possibleTypes,
    // Lists with different filters or sort orders are different lists in the cache.
    typePolicies: {
      Query: {
        fields: {
          users: relayStylePagination(['filter', 'orderBy']),
          conferences: relayStylePagination(['filter', 'orderBy']),
        },
      },
      Conference: { fields: { sessions: relayStylePagination() } },
      Session: { fields: { attendance: relayStylePagination() } },
    },
  }),
  link: ApolloLink.split(
    ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
    subscriptionLink,
    sendsIds ? idLink.concat(httpLink) : httpLink,
  ),
})
