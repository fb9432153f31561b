import { ApolloClient, InMemoryCache } from '@apollo/client'
import { relayStylePagination } from '@apollo/client/utilities'
import UploadHttpLink from 'apollo-upload-client/UploadHttpLink.mjs'
// In a project of your own: from '@parley-graphql/server/schema'.
import { possibleTypes } from '../../../src/client/schema.ts'
import { headers, url } from '../shared/address.ts'
import { fetchWithProgress } from '../shared/fetch-with-progress.ts'
import type { OnProgress } from '../shared/file-upload.tsx'

/** What an operation's `context.fetchOptions` may hold beside `fetch`'s own. */
export interface FetchOptions extends RequestInit {
  onProgress?: OnProgress
}

export const client = new ApolloClient({
  cache: new InMemoryCache({
    possibleTypes,
    // A list with other filters or another order is another list.
    typePolicies: {
      Query: {
        fields: {
          users: relayStylePagination(['filter', 'orderBy']),
          conferences: relayStylePagination(['filter', 'orderBy']),
        },
      },
    },
  }),
  link: new UploadHttpLink({
    uri: url,
    headers,
    fetch: (input, { onProgress, ...options }: FetchOptions = {}) =>
      (onProgress ? fetchWithProgress(onProgress) : fetch)(input, options),
  }),
})
