import { createHash } from 'node:crypto'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { raw, startServer } from './harness.ts'

const [key, other] = ['parley-key-of-somebody', 'parley-key-of-somebody-else']
const clients = [key, other].map((each, index) => ({
  name: `client ${index}`,
  apiKeySha256: createHash('sha256').update(each).digest('hex'),
  scopes: ['read'] as const,
  accounts: null,
}))
const open = await startServer()
const guarded = await startServer({ clients })
afterAll(async () => void (await Promise.all([open.http.drain(), guarded.http.drain()])))
beforeEach(() => void (open.calls.length = guarded.calls.length = 0))

const body = '{"query":"{ hello }"}'
const post = (head: readonly string[], target = '/graphql', length = body.length) =>
  [
    `POST ${target} HTTP/1.1`,
    'Host: localhost',
    'Connection: close',
    `Content-Length: ${length}`,
    ...head,
    '',
    length === body.length ? body : '',
  ].join('\r\n')
const json = 'Content-Type: application/json'

test.each(['http://localhost/graphql', 'HTTPS://proxy.example:8443/graphql', '/graphql'])(
  'serves /graphql at the target %s',
  async (target) => {
    expect(await raw(open.port, post([json], target))).toMatch(/^HTTP\/1.1 200 [^]*hello fixture/)
  },
)

test('reads the path and query of an absolute URL, and responds to a URL without a path with 404', async () => {
  const get = (target: string) =>
    raw(open.port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
  expect(await get('http://localhost/graphql?query=%7Bhello%7D')).toMatch(/^HTTP\/1.1 200 [^]*hello fixture/)
  expect(await get('http://localhost/healthz')).toMatch(/^HTTP\/1.1 200 /)
  for (const target of ['http://localhost', 'http://localhost?/graphql', 'http://localhost//graphql', '//graphql'])
    expect(await get(target), target).toMatch(/^HTTP\/1.1 404 /)
})

const expecting = 'Expect: 100-continue'

test('sends 100 Continue when it is going to read the body', async () => {
  expect(await raw(open.port, post([json, expecting]))).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /)
})

test.each([
  ['too long a body', open, [json], 2_000_000, 413],
  ['no credentials', guarded, [json], 500, 401],
  ['an unsupported type', open, ['Content-Type: text/plain'], 500, 415],
  ['no preflight header', open, ['Content-Type: multipart/form-data; boundary=x'], 500, 403],
  ['too long an upload', open, ['Content-Type: multipart/form-data; boundary=x', 'x-parley-csrf: 1'], 1e13, 413],
] as const)('rejects %s without 100 Continue', async (_, server, head, length, status) => {
  const pattern = new RegExp(`^HTTP/1.1 ${status} `)
  expect(await raw(server.port, post([...head, expecting], '/graphql', length), pattern)).toMatch(pattern)
  expect(server.calls).toEqual([])
})

test('rejects two Authorization headers and two Content-Type headers', async () => {
  const bearer = (each: string) => `Authorization: Bearer ${each}`
  for (const two of [
    [key, other],
    [key, key],
    ['wrong', key],
  ])
    expect(await raw(guarded.port, post([json, ...two.map(bearer)]))).toMatch(/^HTTP\/1.1 401 /)
  expect(await raw(guarded.port, post([json, bearer(key)]))).toMatch(/^HTTP\/1.1 200 /)
  expect(await raw(open.port, post([json, 'Content-Type: text/plain']))).toMatch(/^HTTP\/1.1 415 /)
  expect(open.calls).toEqual([])
})

const chunk = '3\r\nabc\r\n0\r\n\r\n'
const coded = (coding: string, rest = chunk) => `POST /graphql HTTP/1.1\r\nHost: a\r\n${coding}\r\n\r\n${rest}`
const chunked = (rest: string) => coded('Transfer-Encoding: chunked', rest)
const ambiguous: Record<string, [bytes: string, status?: number]> = {
  'two hosts': [coded('Host: b\r\nContent-Length: 3', 'abc')],
  'the same host twice': [coded('Host: a\r\nContent-Length: 3', 'abc')],
  'a list of hosts': ['GET /healthz HTTP/1.1\r\nHost: a, b\r\n\r\n'],
  'a host with a path': ['GET /healthz HTTP/1.1\r\nHost: a/b\r\n\r\n'],
  'no host': ['GET /healthz HTTP/1.1\r\n\r\n'],
  'chunked, identity': [coded('Transfer-Encoding: chunked, identity')],
  'identity, chunked': [coded('Transfer-Encoding: identity, chunked')],
  'gzip, chunked': [coded('Transfer-Encoding: gzip, chunked')],
  ', chunked': [coded('Transfer-Encoding: ,chunked')],
  'two codings': [coded('Transfer-Encoding: identity\r\nTransfer-Encoding: chunked')],
  'chunked twice': [coded('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked')],
  'a folded coding': [coded('Transfer-Encoding:\r\n chunked')],
  'a coding with a parameter': [coded('Transfer-Encoding: chunked;a=b')],
  'a vertical tab before the coding': [coded('Transfer-Encoding: \x0bchunked')],
  'a space before the colon': [coded('Transfer-Encoding : chunked')],
  'a coding and a length': [coded('Transfer-Encoding: chunked\r\nContent-Length: 3')],
  'a length and a coding': [coded('Content-Length: 3\r\nTransfer-Encoding: chunked')],
  'a coding in HTTP/1.0': ['POST /graphql HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n' + chunk],
  'the same length twice': [coded('Content-Length: 3\r\nContent-Length: 3', 'abc')],
  'a line feed alone behind a chunk length': [chunked('3\nabc\r\n0\r\n\r\n')],
  'a line feed alone behind a chunk': [chunked('3\r\nabc\n0\r\n\r\n')],
  'a carriage return alone': [coded('X-A: b\rContent-Length: 3', 'abc')],
  'a chunk length past 2^64': [chunked('FFFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n')],
  'a signed chunk length': [chunked('+3\r\nabc\r\n0\r\n\r\n')],
  'a length among the trailers': [chunked('3\r\nabc\r\n0\r\nContent-Length: 3\r\n\r\n')],
  'long chunk extensions': [chunked(`3;a=${'b'.repeat(17_000)}\r\nabc\r\n0\r\n\r\n`), 413],
  'many trailers': [chunked(`3\r\nabc\r\n0\r\n${'A: b\r\n'.repeat(5_000)}\r\n`), 431],
  'another expectation': [coded('Expect: magic\r\nContent-Length: 3', 'abc'), 417],
  'HTTP/0.9': ['GET /healthz\r\n\r\n', 505],
}

test.each(Object.entries(ambiguous))(
  'rejects %s with an error body and closes the connection',
  async (_, [bytes, status = 400]) => {
    const response = await raw(open.port, `${bytes}GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n`)
    expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*Connection: close[^]*"code":"[A-Z_]+"`, 'i'))
    expect(response).not.toContain('ok\n')
    expect(open.calls).toEqual([])
  },
)

test.each(['/healthz', '/readyz', '/', '/unknown'])(
  'sends the response of %s before it closes the connection because of malformed bytes that follow',
  async (target) => {
    const get = (end: string) => raw(open.port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\n${end}`)
    const [statusLine] = (await get('Connection: close\r\n\r\n')).split('\r\n')
    const response = await get('\r\nmalformed\r\n\r\n')
    expect(response.startsWith(statusLine!)).toBe(true)
    expect(response.match(/HTTP\/1.1 \d/g)).toHaveLength(1)
  },
)
