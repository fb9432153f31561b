import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { sendRequest, raw, startServer } from './harness.ts'

const server = await startServer({
  allowedSites: { hosts: ['parley.test'], origins: ['https://app.example'] },
  cors: { origins: ['https://app.example'] },
})
afterAll(() => server.http.drain())
beforeEach(() => void (server.calls.length = 0))

const body = '{"query":"{ hello }"}'
const lines = (...all: (string | null)[]) => [...all.filter((line) => line !== null), '', ''].join('\r\n')
const post = (host: string | null, more: readonly string[] = [], target = '/graphql') =>
  lines(
    `POST ${target} HTTP/1.1`,
    host === null ? null : `Host: ${host}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    ...more,
  ) + body
const get = (target: string, host: string, more: readonly string[] = [], method = 'GET') =>
  lines(`${method} ${target} HTTP/1.1`, `Host: ${host}`, 'Connection: close', ...more)
const query = '/graphql?query=%7Bhello%7D'
const ok = /^HTTP\/1\.1 200 /
const forbidden = /^HTTP\/1\.1 403 [^]*"code":"FORBIDDEN"/

const local = [
  'localhost',
  'LOCALHOST:4000',
  'localhost.:4000',
  'localhost:',
  'parley.localhost',
  '127.0.0.1:4000',
  '127.1.2.3',
  '[::1]:4000',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]:4000',
  '[::ffff:7f00:1]',
  'Parley.test:4000',
]
const foreign = [
  '',
  'evil.example',
  'evil.example:4000',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'evil-localhost',
  'localhost@evil.example',
  'evil@localhost',
  'evil.example@localhost:4000',
  'localhost, evil.example',
  'localhost:4000:4000',
  'localhost:x',
  'localhost/',
  'localhost#',
  '.localhost',
  'localhost..',
  '0.0.0.0:4000',
  '10.0.0.1',
  '128.0.0.1',
  '127.1',
  '2130706433',
  '[::]',
  '[::ffff:10.0.0.1]',
  '[::1',
  '::1',
  '[localhost]',
  'sub.parley.test',
]

describe('a server without authentication', () => {
  test.each(local)('accepts the Host %s', async (host) => {
    expect(await raw(server.port, post(host))).toMatch(ok)
  })

  test.each(foreign)('rejects the Host "%s"', async (host) => {
    expect(await raw(server.port, post(host))).toMatch(/[@,/#]/.test(host) ? /^HTTP\/1\.1 400 / : forbidden)
    expect(server.calls).toEqual([])
  })

  test('rejects a request without Host, and with two', async () => {
    expect(await raw(server.port, post(null).replace('HTTP/1.1', 'HTTP/1.0'))).toMatch(forbidden)
    for (const two of [
      ['localhost', 'evil.example'],
      ['evil.example', 'localhost'],
    ])
      expect(await raw(server.port, post(two[0]!, [`Host: ${two[1]!}`]))).toMatch(/^HTTP\/1\.1 40[03] /)
    expect(server.calls).toEqual([])
  })

  test.each([
    'http://evil.example/graphql',
    'HTTPS://evil.example:4000/graphql',
    'http://localhost@evil.example/graphql',
    'http:///graphql',
  ])('rejects the target %s, which overrides Host', async (target) => {
    expect(await raw(server.port, post('localhost', [], target))).toMatch(/^HTTP\/1\.1 40[03] /)
    expect(server.calls).toEqual([])
  })

  test('accepts an absolute target that names this machine, and rejects the same with a foreign Host', async () => {
    expect(await raw(server.port, post('localhost', [], 'http://127.0.0.1:4000/graphql'))).toMatch(ok)
    expect(await raw(server.port, post('evil.example', [], 'http://127.0.0.1:4000/graphql'))).toMatch(forbidden)
  })

  test.each([
    'http://localhost:3000',
    'https://localhost',
    'http://127.0.0.1:4000',
    'http://[::1]:5173',
    'http://parley.test',
    'https://app.example',
  ])('accepts the Origin %s', async (origin) => {
    const more = [`Origin: ${origin}`, 'Sec-Fetch-Site: cross-site']
    expect(await raw(server.port, post('localhost:4000', more))).toMatch(ok)
    expect(await raw(server.port, get(query, 'localhost:4000', more))).toMatch(ok)
  })

  test.each([
    'null',
    '',
    'https://evil.example',
    'http://localhost.evil.example',
    'http://localhost@evil.example',
    'http://localhost/ https://evil.example',
    'http://app.example',
    'https://app.example:8443',
    'https://app.example.evil.example',
    'chrome-extension://localhost',
    'file://',
  ])('rejects the Origin "%s" for a query and a mutation', async (origin) => {
    const more = [`Origin: ${origin}`]
    expect(await raw(server.port, post('localhost:4000', more))).toMatch(forbidden)
    expect(await raw(server.port, get(query, 'localhost:4000', more))).toMatch(forbidden)
    const preflight = get('/graphql', 'localhost:4000', [...more, 'Access-Control-Request-Method: POST'], 'OPTIONS')
    const response = await raw(server.port, preflight)
    expect(response).toMatch(forbidden)
    expect(response).not.toMatch(/access-control-allow/i)
    expect(server.calls).toEqual([])
  })

  test('rejects what a foreign page requests without an Origin, such as a picture', async () => {
    const picture = ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: image']
    const frame = ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe']
    const form = ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document']
    for (const more of [picture, frame, ['Sec-Fetch-Site: anything']])
      expect(await raw(server.port, get(query, 'localhost:4000', more))).toMatch(forbidden)
    expect(await raw(server.port, post('localhost:4000', form))).toMatch(forbidden)
    expect(server.calls).toEqual([])
  })

  test('shows GraphiQL to a person who opens a link, and runs nothing', async () => {
    const link = ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document']
    const response = await raw(server.port, get(query, 'localhost:4000', ['Accept: text/html', ...link]))
    expect(response).toMatch(/^HTTP\/1\.1 200 [^]*<html/)
    expect(server.calls).toEqual([])
  })

  test('rejects a foreign Host for every path but /healthz and /readyz', async () => {
    const page = await sendRequest(`${server.url}/graphql`, { headers: { accept: 'text/html' } })
    const [, script = ''] = /src="([^"]+)"/.exec(page.text) ?? []
    for (const path of ['/graphql', query, script, '/metrics', '/', '/nothing'])
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'DELETE']) {
        const response = await raw(server.port, get(path, 'evil.example', ['Accept: text/html'], method))
        expect(response, `${method} ${path}`).toMatch(/^HTTP\/1\.1 403 /)
      }
    for (const path of [script, '/metrics']) expect(await raw(server.port, get(path, 'localhost'))).toMatch(ok)
    for (const path of ['/healthz', '/readyz']) expect(await raw(server.port, get(path, '10.0.0.7:4000'))).toMatch(ok)
    expect(server.calls).toEqual([])
  })

  test('explains how to accept the request, without repeating its headers', async () => {
    const response = await raw(server.port, post('evil.example', ['Origin: https://evil.example']))
    expect(response).toMatch(/"clients" or \\?"jwt|clients[^]*jwt[^]*allowedHosts/)
    expect(response).not.toContain('evil')
    expect(JSON.stringify(server.logs)).not.toContain('evil')
  })

  test('sends no 100 Continue to a foreign client', async () => {
    const response = await raw(server.port, post('evil.example', ['Expect: 100-continue']))
    expect(response).toMatch(forbidden)
  })
})

describe('a server with authentication', () => {
  test('accepts every Host and Origin, because browsers do not send credentials automatically', async () => {
    const guarded = await startServer({
      clients: [{ name: 'one', apiKeySha256: '0'.repeat(64), scopes: ['read'], accounts: null }],
    })
    expect(await raw(guarded.port, post('evil.example', ['Origin: https://evil.example']))).toMatch(/^HTTP\/1\.1 401 /)
    await guarded.http.drain()
  })
})
