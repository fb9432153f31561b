import net from 'node:net'
import * as fc from 'fast-check'
import type { ServerProcess } from '../support/server.ts'

/** Bytes that a client sends over one connection. Then it ends the connection, or waits until the server closes it. */
interface RawRequests {
  bytes: Buffer
  ending: 'close' | 'reset' | 'wait'
}

const longText = 'a'.repeat(20_000)
const pieces = [
  '\0',
  '\r\n',
  '\t',
  ' ',
  '\u2028',
  '\\ud800',
  '\u{1d11e}',
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  ':',
  ',',
  '$',
  '@',
  '...',
  '!',
  '1e999',
  '-0',
  '12345678901234567890',
  'null',
  '__proto__',
  'constructor',
  '%00',
  '--b--',
  'query',
  'variables',
  longText,
]

const operations: readonly object[] = [
  { query: '{ accounts { key health { state } } users(first: 2) { nodes { id } pageInfo { endCursor } } }' },
  {
    query: 'query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id, "x"]) { id } }',
    variables: { id: 'VXNlcjp6b29tOng' },
  },
  { query: 'query Q($f: UserFilter) { users(filter: $f, after: "x") { nodes { id raw } } }', operationName: 'Q' },
  {
    query: 'mutation ($i: CreateConferenceInput!) { createConference(input: $i) { outcome problems { code path } } }',
    variables: { i: { account: 'zoom', title: 'x', vendorOptions: { a: [1] }, idempotencyKey: 'k' } },
  },
  { query: 'mutation { deleteConference(input: { conferenceId: "Q29uZmVyZW5jZTp6b29tOjE" }) { outcome } }' },
  { query: '{ __schema { types { name } } }' },
]

const upload = [
  '--b\r\nContent-Disposition: form-data; name="operations"\r\n\r\n',
  '{"query":"mutation ($file: File!) { uploadFile(input: { file: $file, target: { account: \\"central\\" } }) { outcome } }","variables":{"file":null}}',
  '\r\n--b\r\nContent-Disposition: form-data; name="map"\r\n\r\n{"0":["variables.file"]}',
  '\r\n--b\r\nContent-Disposition: form-data; name="0"; filename="a"\r\nContent-Type: text/plain\r\n\r\nbytes\r\n--b--\r\n',
].join('')

const body = fc.oneof(
  fc.constantFrom(...operations).map((operation) => JSON.stringify(operation)),
  fc.constant(upload),
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 50 }),
)
const change = fc.record({ at: fc.nat(600), length: fc.nat(20), piece: fc.constantFrom(...pieces) })
const changedBody = fc
  .tuple(body, fc.array(change, { maxLength: 4 }))
  .map(([text, changes]) =>
    changes.reduce((all, { at, length, piece }) => all.slice(0, at) + piece + all.slice(at + length), text),
  )

const target = fc.oneof(
  { weight: 6, arbitrary: fc.constant('/graphql') },
  fc.constantFrom(
    '/',
    '*',
    '//graphql',
    '/healthz',
    '/readyz',
    '/graphql/../metrics',
    '/graphql?query={accounts{key}}',
    '/graphql?query=%7Baccounts%7Bkey%7D%7D',
    '/graphql?query=%ff&query=',
    '/graphql?variables={&query=%7Bx%7D',
    `/graphql?query=${longText.slice(0, 9_000)}`,
    'http://evil.example/graphql',
    'http://localhost/graphql?query=%7Baccounts%7Bkey%7D%7D',
    '/graphql/assets/../../x',
  ),
)
const method = fc.oneof(
  { weight: 6, arbitrary: fc.constant('POST') },
  fc.constantFrom('GET', 'HEAD', 'PUT', 'OPTIONS', 'DELETE', 'TRACE', 'CONNECT', 'PRI', 'post'),
)
const version = fc.oneof({ weight: 8, arbitrary: fc.constant('1.1') }, fc.constantFrom('1.0', '0.9', '2.0', '1.2'))
const header = fc.constantFrom(
  'Accept: */*',
  'Accept: text/html',
  `Accept: ${','.repeat(5_000)}`,
  'Accept: application/json;q=0',
  'Accept-Encoding: gzip',
  'Connection: close',
  'Connection: upgrade\r\nUpgrade: h2c',
  'Connection: upgrade\r\nUpgrade: websocket',
  'Content-Encoding: gzip',
  'Content-Type: text/plain',
  'Content-Type: application/json; charset=utf-16',
  `Content-Type: application/json;${'\t'.repeat(5_000)}`,
  'Cookie: a=b',
  'Expect: 100-continue',
  'Expect: 200-ok',
  'Host: evil.example',
  'Origin: null',
  'Origin: https://evil.example',
  'Range: bytes=0-1',
  'TE: trailers',
  'Trailer: x',
  'Transfer-Encoding: gzip, chunked',
  'X-Request-Id: \u00e9\t"',
  'X-A: \0',
  ' X-B: 1',
  'X-C : 1',
  '__proto__: 1',
  'traceparent: 00-0-0-0',
)
const key = fc.constantFrom('key-of-all-5f0c9d2b7a61', 'key-of-reader-5f0c9d2b7a61', 'none', 'a.b.c', null)

const request = fc
  .record({
    method,
    target,
    version,
    key,
    headers: fc.array(header, { maxLength: 3 }),
    body: changedBody,
    framing: fc.oneof(
      { weight: 4, arbitrary: fc.constant('exact' as const) },
      fc.constantFrom('short', 'long', 'chunked', 'none'),
    ),
  })
  .map((parts) => {
    const bytes = Buffer.from(parts.body)
    const type = bytes.includes('form-data')
      ? 'multipart/form-data; boundary=b\r\nX-Parley-CSRF: 1'
      : 'application/json'
    const lines = [`${parts.method} ${parts.target} HTTP/${parts.version}`, 'Host: localhost', ...parts.headers]
    if (!lines.some((line) => line.startsWith('Content-Type'))) lines.push(`Content-Type: ${type}`)
    if (parts.key !== null) lines.push(`Authorization: Bearer ${parts.key}`)
    if (parts.framing === 'chunked') lines.push('Transfer-Encoding: chunked')
    const length = { exact: 0, short: -1, long: 1_000, chunked: null, none: null }[parts.framing]
    if (length !== null) lines.push(`Content-Length: ${Math.max(0, bytes.length + length)}`)
    const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
    // Node discards the bytes after an upgrade request that arrive in the same read.
    const isComplete = parts.framing !== 'long' && !lines.some((line) => /upgrade/i.test(line))
    if (parts.framing !== 'chunked') return { bytes: Buffer.concat([head, bytes]), isComplete }
    const chunked = [Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n0\r\n\r\n')]
    return { bytes: Buffer.concat([head, ...chunked]), isComplete }
  })

const lastRequest = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'

/** One to three requests on one connection. If they are truncated or incomplete, the client ends the connection; otherwise, a last request does. */
export const rawRequests: fc.Arbitrary<RawRequests> = fc
  .record({
    requests: fc.array(request, { minLength: 1, maxLength: 3 }),
    cut: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, fc.nat(2_000)),
    breakOff: fc.constantFrom('close' as const, 'reset' as const),
  })
  .map(({ requests, cut, breakOff }) => {
    const bytes = Buffer.concat(requests.map(({ bytes: part }) => part))
    if (cut !== null) return { bytes: bytes.subarray(0, cut), ending: breakOff }
    if (requests.some(({ isComplete }) => !isComplete)) return { bytes, ending: breakOff }
    return { bytes: Buffer.concat([bytes, Buffer.from(lastRequest)]), ending: 'wait' }
  })

/** Sends the bytes over a new connection. Returns everything that the server sends until the connection is closed. */
export async function sendRaw({ port }: ServerProcess, { bytes, ending }: RawRequests): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  let received = ''
  const socket = net.connect(port, '127.0.0.1', () => {
    socket.write(bytes, () => {
      if (ending === 'reset') socket.resetAndDestroy()
      if (ending === 'close') socket.end()
    })
  })
  socket.on('data', (chunk) => (received += chunk.toString('latin1')))
  socket.on('error', () => {})
  socket.on('close', () => resolve(received))
  return promise
}
