import { afterAll, describe, expect, test } from 'vitest'
import { raw, startServer } from './harness.ts'

const server = await startServer()
afterAll(() => server.http.drain())

describe('headers', () => {
  test('forbid caching and do not reveal the software', async () => {
    const { headers } = await server.post({ query: '{ hello }' })
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('server')).toBeNull()
    expect(headers.get('x-powered-by')).toBeNull()
  })

  test('accept x-request-id only from a trusted proxy, and only if it is safe', async () => {
    const trusting = await startServer({ trustProxy: true })
    const sent = { 'x-request-id': 'abc-1', 'x-forwarded-for': '10.0.0.1', 'x-forwarded-host': 'evil.example' }
    expect((await server.post({ query: '{ hello }' }, sent)).headers.get('x-request-id')).not.toBe('abc-1')
    const { headers } = await trusting.post({ query: '{ hello }' }, sent)
    expect(headers.get('x-request-id')).toBe('abc-1')
    const unsafe = await trusting.post({ query: '{ hello }' }, { 'x-request-id': 'a b{' })
    expect(unsafe.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    await trusting.http.drain()
  })

  test('logs one line for each operation, without the document and the variables', async () => {
    server.logs.length = 0
    const operationName = 'a\n{"level":"error"}\u001b[31m'
    await server.post({ query: 'query named($name: String) { hello(name: $name) }', variables: { name: 'canary' } })
    await server.post({ query: '{ hello }', operationName })
    expect(server.logs).toHaveLength(2)
    expect(server.logs[0]?.fields).toMatchObject({
      operation: 'named',
      kind: 'query',
      status: 200,
      codes: [],
      caller: 'local',
      requestId: expect.any(String),
    })
    expect(JSON.stringify(server.logs)).not.toMatch(/canary|hello|\\u001b/)
  })

  test('are rejected with 431 if there are more than 100', async () => {
    const lines = (count: number) => Array.from({ length: count }, (_, i) => `X-${i}: 1\r\n`).join('')
    const request = (count: number) =>
      `GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${lines(count - 2)}\r\n`
    expect(await raw(server.port, request(100))).toMatch(/^HTTP\/1.1 200 /)
    expect(await raw(server.port, request(101))).toMatch(/^HTTP\/1.1 431 /)
    expect(await raw(server.port, request(500))).toMatch(/^HTTP\/1.1 431 /)
  })

  const malformed: [row: string, head: string][] = [
    [
      'both lengths',
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['two lengths', 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello'],
    ['length -1', 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n'],
    ['length 1e20', 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000000000000000\r\n\r\n'],
    ['bare LF', 'GET /healthz HTTP/1.1\nHost: x\n\n'],
    ['a folded header', 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: 1\r\n 2\r\n\r\n'],
    ['a header of 17 KiB', `GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(17 * 1024)}\r\n\r\n`],
    ['a URL of 17 KiB', `GET /${'a'.repeat(17 * 1024)} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['a header name with a space', 'GET /healthz HTTP/1.1\r\nHost: x\r\nX A: 1\r\n\r\n'],
    ['no host', 'GET /healthz HTTP/1.1\r\n\r\n'],
  ]
  for (const [row, head] of malformed) {
    test(`rejects ${row} and closes the connection`, async () => {
      const response = await raw(server.port, head)
      expect(response).toMatch(/^HTTP\/1.1 (400|414|431) [\s\S]*connection: close/i)
      expect(response).toContain('"extensions":{"code":"BAD_USER_INPUT","kind":"INPUT","retryable":false,"requestId":"')
    })
  }
})
