import { afterAll, describe, expect, test } from 'vitest'
import { sendRequest, startServer } from './harness.ts'

const server = await startServer({
  allowedSites: { hosts: [], origins: [] },
  cors: { origins: [], isLoopbackAllowed: true },
})
const url = `${server.url}/graphql`
afterAll(() => server.http.drain())

/** The headers that each client sets. */
const headersByClient: Record<string, string[]> = {
  'Apollo Client': [
    'accept',
    'content-type',
    'apollo-require-preflight',
    'apollographql-client-name',
    'apollographql-client-version',
    'x-apollo-operation-name',
    'authorization',
  ],
  'a page that reads the vendors again': ['cache-control', 'content-type', 'pragma'],
  'an upload': ['x-parley-csrf', 'x-graphql-yoga-csrf', 'apollo-require-preflight'],
  'urql, Relay, or graphql-request': ['accept', 'authorization', 'content-type', 'x-requested-with', 'x-client-name'],
  'a tracer': ['baggage', 'content-type', 'sentry-trace', 'traceparent', 'tracestate', 'x-b3-traceid'],
}
const loopback = ['http://localhost:5173', 'http://127.0.0.1:3000', 'https://localhost', 'http://[::1]:8080']
const foreign = ['https://studio.apollographql.com', 'http://localhost.evil.example', 'http://192.168.0.7:5173', 'null']

const preflight = (origin: string, headers: readonly string[], method = 'POST') =>
  fetch(url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': [...headers].sort().join(','),
    },
  })
const post = (origin: string) =>
  sendRequest(url, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: '{"query":"{ hello }"}',
  })

describe('a server that allows pages of this machine', () => {
  test.each(Object.entries(headersByClient))('allows the headers of %s', async (_client, headers) => {
    for (const origin of loopback)
      for (const method of ['POST', 'GET']) {
        const { status, headers: allowed } = await preflight(origin, headers, method)
        expect(status).toBe(204)
        expect(allowed.get('access-control-allow-origin')).toBe(origin)
        expect(allowed.get('access-control-allow-methods')!.split(', ')).toContain(method)
        expect(allowed.get('access-control-allow-headers')!.split(/, ?/)).toEqual(expect.arrayContaining(headers))
        expect(Number(allowed.get('access-control-max-age'))).toBeGreaterThanOrEqual(600)
        expect(allowed.get('vary')).toBe('origin, access-control-request-headers')
      }
  })

  test.each(loopback)('lets a page of %s read the response', async (origin) => {
    const { status, headers, json } = await post(origin)
    expect({ status, json }).toEqual({ status: 200, json: { data: { hello: 'hello fixture' } } })
    expect(headers.get('access-control-allow-origin')).toBe(origin)
    expect(headers.get('access-control-expose-headers')).toBe('x-request-id, retry-after')
    expect(headers.get('access-control-allow-credentials')).toBeNull()
    expect(headers.get('vary')).toBe('origin')
  })

  test.each(foreign)('rejects a page of %s', async (origin) => {
    server.calls.length = 0
    for (const { status, headers } of [await preflight(origin, ['content-type']), await post(origin)]) {
      expect(status).toBe(403)
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    }
    expect(server.calls).toEqual([])
  })
})
