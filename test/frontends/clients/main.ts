import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { GraphQLClient } from 'graphql-request'
import { Network } from 'relay-runtime'
import type { GraphQLResponse } from 'relay-runtime'
import { Client, fetchExchange } from 'urql'
import { createClient } from '../../../src/client/index.ts'

const text = 'query Accounts { accounts { key } }'
const headers = {
  authorization: 'Bearer none',
  'x-client': 'test',
  traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
}
const sha256 = async (query: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(query))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function queryWithApollo(
  uri: string,
  options: { useGETForQueries?: boolean; isPersisted?: boolean },
): Promise<unknown> {
  const http = new HttpLink({
    uri,
    useGETForQueries: options.useGETForQueries === true,
    headers: { ...headers, 'apollo-require-preflight': 'true', 'x-apollo-operation-name': 'Accounts' },
  })
  const link = options.isPersisted
    ? new PersistedQueryLink({ sha256, useGETForHashedQueries: true }).concat(http)
    : http
  const clientAwareness = { name: 'test', version: '1.0' }
  const client = new ApolloClient({ link, cache: new InMemoryCache(), clientAwareness })
  return client.query({ query: gql(text), fetchPolicy: 'no-cache' }).then(({ data }) => data)
}

function queryWithUrql(url: string, preferGetMethod: boolean): Promise<unknown> {
  const client = new Client({ url, exchanges: [fetchExchange], fetchOptions: { headers }, preferGetMethod })
  return client
    .query(text, {})
    .toPromise()
    .then(({ data, error }) => data ?? error?.message)
}

async function queryWithRelay(url: string): Promise<unknown> {
  const network = Network.create(async ({ text: query }, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
    return (await response.json()) as GraphQLResponse
  })
  return network
    .execute({ id: null, cacheID: 'a', name: 'Accounts', operationKind: 'query', text, metadata: {} }, {}, {})
    .toPromise()
    .then((response) => (response as { data: unknown }).data)
}

/** Returns what each client reads from the server at `url`. */
export async function queryWithAll(url: string): Promise<Record<string, unknown>> {
  const queries: Record<string, Promise<unknown>> = {
    apollo: queryWithApollo(url, {}),
    'apollo by GET': queryWithApollo(url, { useGETForQueries: true }),
    'apollo with persisted queries': queryWithApollo(url, { isPersisted: true }),
    urql: queryWithUrql(url, false),
    'urql by GET': queryWithUrql(url, true),
    'graphql-request': new GraphQLClient(url, { headers }).request(text),
    relay: queryWithRelay(url),
  }
  const results = await Promise.allSettled(Object.values(queries))
  return Object.fromEntries(
    Object.keys(queries).map((name, index) => {
      const result = results[index]!
      return [name, result.status === 'fulfilled' ? result.value : String(result.reason)]
    }),
  )
}

/** Uploads a file with Parley's own client. */
export function uploadFile(url: string): Promise<unknown> {
  const file = new File(['Ada: agreed.'], 'minutes.txt', { type: 'text/plain' })
  return createClient({ url }).upload(file, { account: 'imeetcentral' })
}

Object.assign(globalThis, { queryWithAll, uploadFile })
