import net from 'node:net'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { OperationRequest } from '../../src/http/operation-execution.ts'
import type { OperationNotes } from '../../src/schema/operation-notes.ts'
import { sendRequest, startServer } from './harness.ts'

let cacheUse: OperationNotes['call']
const server = await startServer({
  createContext: (request: OperationRequest) => {
    request.notes.call = cacheUse
    return request
  },
  limits: { responseBytes: 1_000 },
})
afterAll(() => server.http.drain())
beforeEach(() => (cacheUse = undefined))

const lastMaxAge = () => server.contexts.at(-1)!.maxAgeMs

describe('the request header Cache-Control', () => {
  test.each([
    [{}, Infinity],
    [{ 'cache-control': 'no-cache' }, 0],
    [{ 'cache-control': 'max-age=30' }, 30_000],
    [{ 'cache-control': 'private, max-age=soon' }, Infinity],
  ])('limits the age of what a query uses: %j', async (headers, maxAgeMs) => {
    const { status, json } = await server.post({ query: '{ hello }' }, headers)
    expect({ status, json }).toEqual({ status: 200, json: { data: { hello: 'hello fixture' } } })
    expect(lastMaxAge()).toBe(maxAgeMs)
    await sendRequest(`${server.url}/graphql?query={hello}`, { headers: { 'x-parley-csrf': '1', ...headers } })
    expect(lastMaxAge()).toBe(maxAgeMs)
  })

  test.each([{}, { 'cache-control': 'max-age=30' }])('lets a mutation use no earlier response: %j', async (headers) => {
    const { json } = await server.post({ query: 'mutation { rename(input: { id: "1" }) }' }, headers)
    expect(json).toEqual({ data: { rename: 'renamed' } })
    expect(lastMaxAge()).toBeNull()
  })

  test('can be repeated: the strictest directive applies', async () => {
    const body = '{"query":"{ hello }"}'
    const lines = [
      'POST /graphql HTTP/1.1',
      'Host: localhost',
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      'Cache-Control: max-age=60',
      'cache-control: max-age=5, foo="',
      'Connection: close',
    ]
    const socket = net.connect(server.port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`))
    let text = ''
    for await (const chunk of socket) text += String(chunk)
    expect(text).toContain('HTTP/1.1 200')
    expect(lastMaxAge()).toBe(5_000)
  })
})

describe('extensions.cache', () => {
  test('is omitted if no cached response was used', async () => {
    cacheUse = { cachedAsOf: null, staleAccounts: new Set() }
    const { json, headers } = await server.post({ query: '{ hello }' })
    expect(json).toEqual({ data: { hello: 'hello fixture' } })
    expect(headers.get('cache-control')).toBe('private, no-store')
  })

  test('reports the age in whole seconds, and the accounts that could not be read', async () => {
    cacheUse = { cachedAsOf: Date.now() - 7_999, staleAccounts: new Set(['zoom', 'berlin']) }
    const { json, headers } = await server.post({ query: '{ hello rejected }' })
    const { age, ...rest } = (json as { extensions: { cache: { age: number } } }).extensions.cache
    expect(Number.isInteger(age)).toBe(true)
    expect(age).toBeGreaterThanOrEqual(7)
    expect(rest).toEqual({ stale: ['berlin', 'zoom'] })
    expect(json.data).toEqual({ hello: 'hello fixture', rejected: null })
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(server.logs.at(-1)).toMatchObject({ fields: { stale: ['berlin', 'zoom'] }, message: 'operation' })
  })

  test('is never negative, if the clock was set back', async () => {
    cacheUse = { cachedAsOf: Date.now() + 60_000, staleAccounts: new Set() }
    const { json } = await server.post({ query: '{ hello }' })
    expect(json).toEqual({ data: { hello: 'hello fixture' }, extensions: { cache: { age: 0, stale: [] } } })
    expect(server.logs.at(-1)!.fields).not.toHaveProperty('stale')
  })

  test('is omitted if the operation was rejected', async () => {
    cacheUse = { cachedAsOf: 0, staleAccounts: new Set() }
    const { json } = await server.post({ query: '{ nothing }' })
    expect(json).not.toHaveProperty('extensions')
  })

  test('counts toward the size of the response', async () => {
    cacheUse = { cachedAsOf: 0, staleAccounts: new Set(Array.from({ length: 99 }, (_, index) => `account-${index}`)) }
    const { json } = await server.post({ query: '{ hello }' })
    expect(json).toMatchObject({ data: null, errors: [{ extensions: { code: 'OPERATION_TOO_EXPENSIVE' } }] })
  })
})
