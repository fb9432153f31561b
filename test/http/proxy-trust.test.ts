import { createHash } from 'node:crypto'
import net from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startServer, type Harness } from './harness.ts'

type Options = NonNullable<Parameters<typeof startServer>[0]>

async function start(options: Options): Promise<Harness> {
  const server = await startServer(options)
  onTestFinished(() => server.http.drain())
  return server
}

/** Sends a request with unchanged header lines from an address of this machine. Returns the response. */
function send(port: number, head: string, lines: readonly string[], peer = '127.0.0.1', host = '127.0.0.1') {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let response = ''
  const socket = net.connect({ port, host, localAddress: peer }, () =>
    socket.write([`${head} HTTP/1.1`, 'Connection: close', ...lines, '', ''].join('\r\n')),
  )
  socket.on('data', (chunk) => (response += chunk.toString('latin1')))
  socket.on('error', reject)
  socket.on('close', () => resolve(response))
  return promise
}

const query = 'GET /graphql?query={hello}'
const local = 'Host: localhost'

/** Sends a query with unchanged header lines. Returns the fields of its log line. */
async function logQuery(server: Harness, lines: readonly string[], peer?: string) {
  server.logs.length = 0
  await send(server.port, query, [local, ...lines], peer)
  expect(server.logs).toMatchObject([{ message: 'operation' }])
  return server.logs[0]!.fields
}

const forward = (...values: string[]) => values.map((value) => `X-Forwarded-For: ${value}`)
const proxies = ['127.0.0.1', '10.0.0.0/8', 'fd00::/8']

describe('clientAddress', () => {
  test('is the peer if trustProxy is not set, whatever the headers are', async () => {
    const server = await start({})
    const lines = [...forward('203.0.113.9'), 'X-Request-Id: spoofed', 'Forwarded: for=203.0.113.9']
    const { clientAddress, requestId } = await logQuery(server, lines, '127.0.0.7')
    expect(clientAddress).toBe('127.0.0.7')
    expect(requestId).not.toBe('spoofed')
  })

  test('is the last forwarded address if trustProxy is true', async () => {
    const server = await start({ trustProxy: true })
    const { clientAddress } = await logQuery(server, forward('198.51.100.1, 203.0.113.9'), '127.0.0.7')
    expect(clientAddress).toBe('203.0.113.9')
  })

  test('is the peer if the peer is not in the list of trusted proxies', async () => {
    const server = await start({ trustProxy: proxies })
    const lines = [...forward('203.0.113.9'), 'X-Request-Id: spoofed']
    const { clientAddress, requestId } = await logQuery(server, lines, '127.0.0.2')
    expect(clientAddress).toBe('127.0.0.2')
    expect(requestId).not.toBe('spoofed')
    const trusted = await logQuery(server, lines)
    expect(trusted).toMatchObject({ clientAddress: '203.0.113.9', requestId: 'spoofed' })
  })

  test.each<[name: string, values: string[], address: string]>([
    ['the only address', ['203.0.113.9'], '203.0.113.9'],
    ['the last address that is no trusted proxy', ['198.51.100.1, 203.0.113.9, 10.1.2.3, fd00::1'], '203.0.113.9'],
    ['an address in several lines', ['198.51.100.1', '203.0.113.9', '10.1.2.3'], '203.0.113.9'],
    ['the first of trusted proxies only', ['10.9.9.9, 10.1.2.3'], '10.9.9.9'],
    ['an IPv4 address with a port', ['203.0.113.9:5432'], '203.0.113.9'],
    ['an IPv6 address', ['2001:DB8:0:0::9'], '2001:db8::9'],
    ['an IPv6 address in brackets', ['[2001:db8::9]'], '2001:db8::9'],
    ['an IPv6 address in brackets with a port', ['[2001:db8::9]:5432'], '2001:db8::9'],
    ['an IPv6 address with a zone', ['fe80::9%eth0'], 'fe80::9'],
    ['an IPv6 address with the zone of a bridge', ['fe80::9%br-3f2a'], 'fe80::9'],
    ['an IPv6 address in brackets with the zone of a VLAN', ['[fe80::9%eth0.100]:5432'], 'fe80::9'],
    ['an IPv4 address as IPv6', ['::ffff:203.0.113.9'], '203.0.113.9'],
    ['a trusted IPv4 proxy as IPv6', ['203.0.113.9, ::ffff:10.1.2.3'], '203.0.113.9'],
    ['an address between blanks and tabs', ['  203.0.113.9 \t,\t10.1.2.3 '], '203.0.113.9'],
  ])('is %s', async (_name, values, address) => {
    const server = await start({ trustProxy: proxies })
    expect((await logQuery(server, forward(...values)))['clientAddress']).toBe(address)
  })

  test.each([
    '',
    ',',
    'unknown',
    '_hidden',
    'evil.example',
    '203.0.113.999',
    '203.0.113',
    '0x7f.1',
    '010.0.0.1',
    '203.0.113.9:port',
    '[203.0.113.9]',
    '[2001:db8::9',
    '2001:db8::9::1',
    '{"level":60}',
    '203.0.113.9, ',
    '203.0.113.9;10.1.2.3',
    '\u00ff\u00fe',
  ])('is the proxy if the forwarded address is malformed: %j', async (malformed) => {
    const server = await start({ trustProxy: proxies })
    expect((await logQuery(server, forward(`198.51.100.1, ${malformed}`)))['clientAddress']).toBe('127.0.0.1')
    expect((await logQuery(server, forward(`${malformed}, 10.1.2.3`)))['clientAddress']).toMatch(
      /^(10\.1\.2\.3|203\.0\.113\.9)$/,
    )
  })

  test('is computed in a limited number of steps', async () => {
    const server = await start({ trustProxy: proxies })
    const chain = (count: number) => Array.from({ length: count }, (_, index) => `10.0.0.${index}`).join(', ')
    expect((await logQuery(server, forward(`203.0.113.9, ${chain(19)}`)))['clientAddress']).toBe('203.0.113.9')
    expect((await logQuery(server, forward(`203.0.113.9, ${chain(100)}`)))['clientAddress']).toBe('10.0.0.80')
    expect((await logQuery(server, forward(','.repeat(15_000))))['clientAddress']).toBe('127.0.0.1')
  })

  test('is an IPv4 address if the socket is dual-stack', async () => {
    const server = await start({ trustProxy: proxies })
    const { url } = await server.http.listenForMetrics(0, '::')
    await send(Number(new URL(url).port), 'GET /metrics', ['X A: 1'], '127.0.0.7')
    expect(server.logs).toMatchObject([{ message: 'connection cut', fields: { clientAddress: '127.0.0.7' } }])
  })
})

describe('rejected requests', () => {
  const apiKey = 'parley-key'
  const apiKeySha256 = createHash('sha256').update(apiKey).digest('hex')
  const clients = [{ name: 'one', apiKeySha256, scopes: ['read'] as const, accounts: null }]
  const key = `Authorization: Bearer ${apiKey}`
  const json = 'Content-Type: application/json'

  test.each<[status: number, options: Options, head: string, lines: string[]]>([
    [400, {}, query, ['Host: a, b']],
    [401, { clients }, query, [local]],
    [403, { allowedSites: { hosts: [], origins: [] } }, query, ['Host: evil.example']],
    [403, {}, 'POST /graphql', [local, 'Content-Type: multipart/form-data; boundary=b', 'Content-Length: 0']],
    [405, {}, 'PUT /graphql', [local]],
    [413, { clients }, 'POST /graphql', [local, key, json, 'Content-Length: 99999999999']],
    [415, { clients }, 'POST /graphql', [local, key, 'Content-Type: text/plain', 'Content-Length: 0']],
    [429, { clients, limits: { operationsPerCaller: 0 } }, query, [local, key]],
    [503, { clients, limits: { bufferBytes: 0 } }, query, [local, key]],
  ])('are logged with the address of the client and the status %i', async (status, options, head, lines) => {
    const server = await start({ ...options, trustProxy: proxies })
    const response = await send(server.port, head, [...forward('203.0.113.9'), ...lines])
    expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(server.logs).toMatchObject([
      { message: 'request rejected', fields: { status, clientAddress: '203.0.113.9' } },
    ])
  })

  test('are logged with the address of the connection if it is closed', async () => {
    const server = await start({ trustProxy: proxies })
    await send(server.port, 'GET /', ['X A: 1'], '127.0.0.7')
    const malformed = { reason: 'malformed', clientAddress: '127.0.0.7' }
    expect(server.logs).toMatchObject([{ message: 'connection cut', fields: malformed }])
  })
})

describe('X-Forwarded-Host and X-Forwarded-Proto', () => {
  const site = ['X-Forwarded-Proto: https', 'X-Forwarded-Host: meet.example.com']

  test('are used for the URL of the API behind a trusted proxy', async () => {
    const server = await start({ trustProxy: proxies, basePath: '/meetings' })
    const behindProxy = 'The API is at https://meet.example.com/meetings/graphql.'
    expect(await send(server.port, 'GET /', [local, ...site])).toContain(behindProxy)
    expect(await send(server.port, 'GET /', [local, ...site], '127.0.0.2')).toContain(
      'The API is at /meetings/graphql.',
    )
  })

  test('are read from the entry of the first trusted proxy', async () => {
    const server = await start({ trustProxy: proxies })
    const lines = ['X-Forwarded-Proto: gopher, https, http', 'X-Forwarded-Host: evil.example, meet.example.com, inner']
    const direct = await send(server.port, 'GET /', [local, ...forward('203.0.113.9'), ...lines])
    expect(direct).toContain('The API is at http://inner/graphql.')
    const chained = await send(server.port, 'GET /', [local, ...forward('203.0.113.9, 10.1.2.3'), ...lines])
    expect(chained).toContain('The API is at https://meet.example.com/graphql.')
  })

  test.each(['javascript', 'https, ', ''])('are not used if the scheme is %j', async (scheme) => {
    const server = await start({ trustProxy: true })
    const lines = [local, `X-Forwarded-Proto: ${scheme}`, 'X-Forwarded-Host: meet.example.com']
    expect(await send(server.port, 'GET /', lines)).toContain('The API is at /graphql.')
  })

  test.each(['<script>', 'a b', '', 'meet.example.com/path'])('are not used if the host is %j', async (host) => {
    const server = await start({ trustProxy: true })
    const lines = [local, 'X-Forwarded-Proto: https', `X-Forwarded-Host: ${host}`]
    expect(await send(server.port, 'GET /', lines)).toContain('The API is at /graphql.')
  })

  test('must name this machine, besides Host, if no callers are configured', async () => {
    const allowedSites = { hosts: ['meet.example.com'], origins: [] }
    const server = await start({ trustProxy: ['127.0.0.1'], allowedSites })
    const sendQuery = (host: string, forwarded: string, peer?: string) =>
      send(server.port, query, [`Host: ${host}`, `X-Forwarded-Host: ${forwarded}`], peer)
    expect(await sendQuery('localhost', 'meet.example.com')).toMatch(/^HTTP\/1.1 200 /)
    expect(await sendQuery('localhost', 'evil.example')).toMatch(/^HTTP\/1.1 403 /)
    // A page whose host name resolves to this machine can send any header.
    expect(await sendQuery('evil.example', 'localhost')).toMatch(/^HTTP\/1.1 403 /)
    expect(await sendQuery('localhost', 'evil.example', '127.0.0.2')).toMatch(/^HTTP\/1.1 200 /)
    expect(await sendQuery('evil.example', 'localhost', '127.0.0.2')).toMatch(/^HTTP\/1.1 403 /)
  })
})
