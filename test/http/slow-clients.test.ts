import { createHash } from 'node:crypto'
import net from 'node:net'
import { buildSchema, type GraphQLObjectType } from 'graphql'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Caller } from '../../src/auth/caller.ts'
import { raw, startServer, type Harness } from './harness.ts'

const callers = ['greedy', 'other'] as const
const keyOf = (caller: string): string => `parley-key-of-${caller}`
const clients = callers.map((name) => ({
  name,
  apiKeySha256: createHash('sha256').update(keyOf(name)).digest('hex'),
  scopes: ['read', 'write'] as const,
  accounts: null,
}))
const as = (caller: string) => ({ authorization: `Bearer ${keyOf(caller)}` })

async function start(options: Parameters<typeof startServer>[0] = {}): Promise<Harness & { cuts: string[] }> {
  const cuts: string[] = []
  const server = await startServer({ clients, onCut: (reason) => cuts.push(reason), ...options })
  onTestFinished(() => server.http.drain())
  return { ...server, cuts }
}

/** Returns the headers of a POST with a body of `length` bytes. */
const headOf = (length: number, key: string | null, type = 'application/json'): string =>
  [
    'POST /graphql HTTP/1.1',
    'Host: localhost',
    `Content-Type: ${type}`,
    'x-parley-csrf: 1',
    ...(key === null ? [] : [`Authorization: Bearer ${key}`]),
    `Content-Length: ${length}`,
    '',
    '',
  ].join('\r\n')

/** Opens connections that send the same bytes. They do not read responses unless `read` is true. */
function flood(server: Harness, count: number, bytes: string, read = true) {
  const sockets = Array.from({ length: count }, () => {
    const socket = net.connect(server.port, '127.0.0.1', () => socket.write(bytes))
    return read ? socket.on('error', () => {}).resume() : socket.on('error', () => {}).pause()
  })
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()))
  const leave = (): void => sockets.forEach((socket) => socket.destroy())
  return { sockets, leave, closed: Promise.all(sockets.map((each) => new Promise((done) => each.once('close', done)))) }
}

const codesOf = (server: Harness) =>
  server.logs.map(({ fields }) => fields['code']).filter((code) => code !== undefined)
const isFree = (server: Harness) => vi.waitFor(() => expect(server.http.budget.usedBytes).toBe(0), 5_000)
const hello = { query: '{ hello }' }
const short = (length: number): string => `{"query":"{ hello }"${' '.repeat(length - 21)}`

test('rejects a JSON body that is sent too slowly with 408, and counts it', async () => {
  const server = await start({ limits: { socketProgressTime: 100 } })
  const { closed } = flood(server, 20, headOf(1_000, keyOf('greedy')) + short(1_000))
  await closed
  expect(server.cuts).toEqual(Array(20).fill('slow_body'))
  expect(server.logs.filter(({ message }) => message === 'connection cut')).toHaveLength(1)
  expect(server.calls).toEqual([])
  await isFree(server)
})

test('serves other callers while one caller fills its share of memory with incomplete bodies', async () => {
  const server = await start({ limits: { bufferBytes: 4 * 1024 ** 2, operationsInFlight: 20 } })
  const { leave } = flood(server, 60, headOf(100_001, keyOf('greedy')) + short(100_001))
  await vi.waitFor(() => expect(codesOf(server)).toContain('TOO_MANY_REQUESTS'))
  for (let time = 0; time < 5; time++)
    expect(await server.post(hello, as('other'))).toMatchObject({
      status: 200,
      json: { data: { hello: 'hello fixture' } },
    })
  const rejected = await server.post(short(100_001) + '}', as('greedy'))
  expect(rejected).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' })
  expect(rejected.headers.get('retry-after')).toBe('1')
  expect(rejected.json.errors?.[0]?.extensions['retryable']).toBe(true)
  leave()
  await vi.waitFor(() => expect(server.http.budget.usedBytes).toBe(0))
  expect(await server.post(hello, as('greedy'))).toMatchObject({ status: 200 })
})

test.each([
  ['without a key', null],
  ['with an unknown key', 'parley-key-of-nobody'],
])('counts no operation and stores no byte for a body %s', async (_, key) => {
  const server = await start({ limits: { operationsInFlight: 1, bufferBytes: 256 * 1024 } })
  const { leave } = flood(server, 50, headOf(100_000, key) + short(100_000))
  await vi.waitFor(() => expect(codesOf(server)).toEqual(Array(50).fill('UNAUTHENTICATED')))
  expect(server.http.budget.usedBytes).toBe(0)
  expect(await server.post(hello, as('other'))).toMatchObject({ status: 200 })
  leave()
})

test('limits the memory of requests that wait for the keys of JWTs, and accepts other requests meanwhile', async () => {
  const keys = Promise.withResolvers<never>()
  keys.promise.catch(() => {})
  const other = { name: 'other', scopes: new Set(['read'] as const), accounts: null }
  const authenticate = (header: string | undefined) => (header === as('other').authorization ? other : keys.promise)
  const server = await start({ authenticate, limits: { operationsInFlight: 1, bufferBytes: 1024 ** 2 } })
  const { leave } = flood(server, 50, headOf(100_000, 'a.b.c') + short(100_000))
  await vi.waitFor(() => expect(codesOf(server).filter((code) => code === 'TOO_MANY_REQUESTS')).toHaveLength(42))
  expect(await server.post(hello, as('other'))).toMatchObject({ status: 200 })
  keys.reject(new Error('no key'))
  await vi.waitFor(() => expect(server.http.budget.usedBytes).toBe(0))
  leave()
})

test('rejects an operation at once if its client has disconnected during the wait for the keys of JWTs', async () => {
  const keys = Promise.withResolvers<Caller>()
  const authenticate = vi.fn(() => keys.promise)
  const server = await start({ authenticate })
  const body = '{"query":"{ hello }"}'
  const { leave } = flood(server, 1, headOf(body.length, 'a.b.c') + body)
  await vi.waitFor(() => expect(authenticate).toHaveBeenCalledOnce())
  leave()
  await vi.waitFor(() => expect(server.http.connections.size).toBe(0))
  keys.resolve({ name: 'other', scopes: new Set(['read']), accounts: null })
  await vi.waitFor(() => expect(server.logs).toMatchObject([{ message: 'request rejected', fields: { status: 400 } }]))
  expect(server.http.budget.usedBytes).toBe(0)
})

test('accepts an operation of another caller while one caller uses the whole limit', async () => {
  const server = await start({ limits: { operationsInFlight: 4, operationDeadline: 60_000 } })
  const greedyClients = flood(server, 4, headOf(18, keyOf('greedy')) + '{"query":"{wait}"}')
  await vi.waitFor(() => expect(server.calls).toHaveLength(4))
  expect(await server.post(hello, as('other'))).toMatchObject({ status: 200 })
  expect(await server.post(hello, as('greedy'))).toMatchObject({ status: 503, code: 'OVERLOADED' })
  greedyClients.leave()
  await isFree(server)
})

const uploadHead = [
  '--x',
  'Content-Disposition: form-data; name="operations"',
  '',
  '{"query":"mutation ($file: File!) { upload(file: $file) }","variables":{"file":null}}',
  '--x',
  'Content-Disposition: form-data; name="map"',
  '',
  '{"0":["variables.file"]}',
  '--x',
  'Content-Disposition: form-data; name="0"; filename="a"',
  '',
  '',
].join('\r\n')

test('reserves memory for the streams of an upload, and limits the uploads of one caller', async () => {
  const server = await start({ limits: { bufferBytes: 4 * 1024 ** 2 } })
  const head = headOf(1_000_000, keyOf('greedy'), 'multipart/form-data; boundary=x') + uploadHead
  const { leave } = flood(server, 10, head)
  await vi.waitFor(() => expect(codesOf(server)).toEqual(Array(7).fill('TOO_MANY_REQUESTS')), 10_000)
  expect(await server.post(hello, as('other'))).toMatchObject({ status: 200 })
  leave()
  await isFree(server)
})

const large = buildSchema('type Query { large(size: Int!): String } type Mutation { change(size: Int!): String }')
for (const [type, field] of [
  ['Query', 'large'],
  ['Mutation', 'change'],
] as const)
  (large.getType(type) as GraphQLObjectType).getFields()[field]!.resolve = (_, { size }) => 'x'.repeat(size as number)
const requestOf = (query: string, caller: string): string => {
  const body = JSON.stringify({ query })
  return headOf(body.length, keyOf(caller)) + body
}

test('disconnects clients that do not read their responses, and counts them', async () => {
  const server = await start({
    schema: large,
    limits: { responseBytes: 30_000_000, socketProgressTime: 200, bufferBytes: 100 * 1024 ** 2 },
  })
  flood(server, 3, requestOf('{ large(size: 10000000) }', 'greedy'), false)
  await vi.waitFor(() => expect(server.cuts).toEqual(Array(3).fill('slow_reader')), 10_000)
  await isFree(server)
})

test('serves other callers while one caller does not read its responses, and rejects responses without memory', async () => {
  const server = await start({ schema: large, limits: { responseBytes: 30_000_000, bufferBytes: 25 * 1024 ** 2 } })
  const { leave } = flood(server, 5, requestOf('{ large(size: 10000000) }', 'greedy'), false)
  await vi.waitFor(() => expect(codesOf(server)).toEqual(Array(4).fill('TOO_MANY_REQUESTS')), 10_000)
  const rejected = await server.post({ query: 'mutation { change(size: 10000000) }' }, as('greedy'))
  expect(rejected).toMatchObject({ status: 503, code: 'OUTCOME_UNKNOWN' })
  expect(rejected.json.errors?.[0]?.extensions['retryable']).toBe(false)
  const response = await server.post({ query: '{ large(size: 2500000) }' }, as('other'))
  expect(response.status).toBe(200)
  expect(response.text.length).toBeGreaterThan(2_500_000)
  leave()
  await isFree(server)
})

test('sends a large response completely to a client that reads it slowly but steadily', async () => {
  const server = await start({ schema: large, limits: { responseBytes: 30_000_000, socketProgressTime: 60_000 } })
  const size = 10_000_000
  const socket = net.connect(server.port, '127.0.0.1', () =>
    socket.write(requestOf(`{ large(size: ${size}) }`, 'other')),
  )
  let read = 0
  socket.on('data', (chunk) => {
    read += chunk.length
    socket.pause()
    setImmediate(() => socket.resume())
  })
  await vi.waitFor(() => expect(read).toBeGreaterThan(size), 20_000)
  expect(server.cuts).toEqual([])
  socket.destroy()
  await isFree(server)
})

describe('a body in chunks of one byte', () => {
  const inBytes = (text: string): string => [...text].map((byte) => `1\r\n${byte}\r\n`).join('')
  const chunkedHead = (type: string): string =>
    headOf(0, keyOf('greedy'), type).replace('Content-Length: 0', 'Connection: close\r\nTransfer-Encoding: chunked')
  const upload = (length: number): string => {
    const part = (name: string, text: string): string =>
      `--b\r\nContent-Disposition: form-data; ${name}\r\n\r\n${text}\r\n`
    const query = 'mutation ($file: File!) { upload(file: $file) }'
    const operations = JSON.stringify({ query, variables: { file: null } })
    const parts = [part('name="operations"', operations), part('name="map"', '{"0":["variables.file"]}')]
    return `${parts.join('')}${part('name="0"; filename="a"', 'x'.repeat(length))}--b--\r\n`
  }

  test.each([
    ['JSON', 'application/json', (length: number) => `${short(length)}}`],
    ['an upload', 'multipart/form-data; boundary=b', upload],
  ])('is accepted if it is short and rejected if it is long: %s', async (_, type, bodyOf) => {
    const server = await start()
    const send = (length: number): Promise<string> =>
      raw(server.port, `${chunkedHead(type)}${inBytes(bodyOf(length))}0\r\n\r\n`)
    expect(await send(3_000)).toContain('{"data"')
    expect(await send(10_000)).toMatch(/too many small chunks.*BAD_USER_INPUT/)
    await isFree(server)
  })
})

test('runs the requests of one connection one at a time', async () => {
  const server = await start()
  const requests = requestOf('{ wait }', 'greedy') + requestOf('{ hello }', 'greedy').repeat(60)
  const { leave } = flood(server, 1, requests)
  await vi.waitFor(() => expect(server.calls).toEqual(['wait']))
  expect(await server.post(hello, as('other'))).toMatchObject({ status: 200 })
  expect(server.calls).toEqual(['wait', 'hello'])
  leave()
  await isFree(server)
})

test('responds to all pipelined requests of a connection, and resets a connection with too many of them', async () => {
  const server = await start()
  const last = requestOf('{ hello }', 'greedy').replace('Content-Type', 'Connection: close\r\nContent-Type')
  const responses = await raw(server.port, requestOf('{ hello }', 'greedy').repeat(60) + last)
  expect(responses.match(/200 OK/g)).toHaveLength(61)
  expect(server.cuts).toEqual([])
  await raw(server.port, requestOf('{ hello }', 'greedy').repeat(200))
  expect(server.cuts).toEqual(['pipelining'])
  await isFree(server)
})

test.each(['GET /healthz', 'HEAD /graphql', 'OPTIONS /graphql', 'POST /'])(
  'creates no object for a pipelined %s over the limit',
  async (line) => {
    const server = await start()
    let requests = 0
    server.http.server.on('request', () => requests++)
    await raw(server.port, `${line} HTTP/1.1\r\nHost: localhost\r\n\r\n`.repeat(1_000))
    expect(server.cuts).toEqual(['pipelining'])
    expect(requests).toBeLessThan(70)
    expect(await server.post(hello, as('other'))).toMatchObject({ status: 200 })
    await isFree(server)
  },
)

test('releases all memory when a client with pipelined requests disconnects', async () => {
  const server = await start()
  const { leave } = flood(server, 1, requestOf('{ wait }', 'greedy').repeat(10))
  await vi.waitFor(() => expect(server.calls).toEqual(['wait']))
  leave()
  await vi.waitFor(() => expect(server.problems).toHaveLength(1))
  await isFree(server)
  expect(server.calls).toEqual(['wait'])
})

test('closes the oldest connections without credentials when there are too many connections', async () => {
  const server = await start({ limits: { connections: 10 } })
  const honest = net.connect(server.port, '127.0.0.1', () => honest.write(requestOf('{ hello }', 'other')))
  let responses = ''
  honest.on('data', (chunk) => (responses += String(chunk)))
  await vi.waitFor(() => expect(responses.match(/200 OK/g)).toHaveLength(1))
  const idle = flood(server, 30, '')
  await vi.waitFor(() => expect(server.cuts).toHaveLength(21))
  expect(new Set(server.cuts)).toEqual(new Set(['too_many_connections']))
  expect(server.http.connections.size).toBe(10)
  honest.write(requestOf('{ hello }', 'other'))
  await vi.waitFor(() => expect(responses.match(/200 OK/g)).toHaveLength(2))
  honest.destroy()
  idle.leave()
  await isFree(server)
})

test('responds to a malformed request with an error body and closes the connection', async () => {
  const server = await start()
  const [status, , ...rest] = (await raw(server.port, 'POST /graphql HTTP/1.1\r\nHost: a\r\nX A: 1\r\n\r\n')).split(
    '\r\n',
  )
  expect(status).toBe('HTTP/1.1 400 Bad Request')
  const body = JSON.parse(rest.at(-1)!) as { errors: { extensions: object }[] }
  expect(body.errors[0]!.extensions).toMatchObject({ code: 'BAD_USER_INPUT', requestId: expect.any(String) })
  expect(server.cuts).toEqual(['malformed'])
  await vi.waitFor(() => expect(server.http.connections.size).toBe(0))
})
