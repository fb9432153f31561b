import { createHash } from 'node:crypto'
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client'
import { createPersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { sendRequest, graphqlType, startServer } from './harness.ts'

const server = await startServer()
const uri = `${server.url}/graphql`
afterAll(() => server.http.drain())
beforeEach(() => void (server.calls.length = 0))

const hello = gql('query Hello($name: String) { hello(name: $name) }')
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const extensions = { persistedQuery: { version: 1, sha256Hash: sha256('{ hello }') } }

/** Records the method and the body of every request. */
function createClient(options: { isGet?: boolean; persisted?: { useGETForHashedQueries: boolean } }) {
  const requests: { method: string; query: unknown }[] = []
  const http = new HttpLink({
    uri,
    useGETForQueries: options.isGet === true,
    fetch: (input, init) => {
      const body = typeof init?.body === 'string' ? (JSON.parse(init.body) as { query?: string }) : null
      const query = body ? body.query : new URL(String(input)).searchParams.get('query')
      requests.push({ method: init?.method ?? 'GET', query: query != null })
      return fetch(input, init)
    },
  })
  const link = options.persisted ? createPersistedQueryLink({ sha256, ...options.persisted }).concat(http) : http
  return { client: new ApolloClient({ link, cache: new InMemoryCache() }), requests }
}

describe('Apollo Client', () => {
  test('can send queries with GET', async () => {
    const { client, requests } = createClient({ isGet: true })
    const { data } = await client.query({ query: hello, variables: { name: 'Ada' } })
    expect(data).toEqual({ hello: 'hello Ada' })
    expect(requests).toEqual([{ method: 'GET', query: true }])
  })

  test.each([
    [false, ['POST', 'POST', 'POST']],
    [true, ['GET', 'POST', 'POST']],
  ])(
    'falls back from persisted queries to whole ones, and remembers it (hashes by GET: %s)',
    async (useGETForHashedQueries, methods) => {
      const { client, requests } = createClient({ persisted: { useGETForHashedQueries } })
      for (const name of ['Ada', 'Grace']) {
        const { data } = await client.query({ query: hello, variables: { name } })
        expect(data).toEqual({ hello: `hello ${name}` })
      }
      expect(requests.map(({ query }) => query)).toEqual([false, true, true])
      expect(requests.map(({ method }) => method)).toEqual(methods)
      expect(server.calls).toEqual(['hello', 'hello'])
    },
  )
})

describe('a hash without a query', () => {
  test.each([
    ['application/json', 200],
    [graphqlType, 400],
    ['*/*', 200],
  ])('is rejected with the message that clients recognize, when %s is accepted', async (accept, status) => {
    const expected = {
      status,
      json: {
        errors: [
          {
            message: 'PersistedQueryNotSupported',
            extensions: {
              code: 'PERSISTED_QUERY_NOT_SUPPORTED',
              kind: 'INPUT',
              retryable: false,
              requestId: expect.any(String),
            },
          },
        ],
      },
    }
    for (const query of [undefined, null]) {
      const body = { query, operationName: 'Hello', variables: {}, extensions }
      expect(await server.post(body, { accept })).toMatchObject(expected)
    }
    const search = new URLSearchParams({ operationName: 'Hello', extensions: JSON.stringify(extensions) })
    expect(await sendRequest(`${uri}?${search}`, { headers: { accept } })).toMatchObject(expected)
    expect(server.calls).toEqual([])
  })

  test('is ignored if the request also has a query', async () => {
    expect(await server.post({ query: '{ hello }', extensions })).toMatchObject({ status: 200, json: { data: {} } })
  })

  test.each([{}, { persistedQuery: true }, { other: {} }])('is not recognized in extensions %j', async (other) => {
    expect(await server.post({ extensions: other })).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
  })
})
