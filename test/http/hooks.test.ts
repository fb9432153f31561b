import { createHash } from 'node:crypto'
import net from 'node:net'
import { afterAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { HookReply } from '../../src/http/hook-endpoint.ts'
import { sendRequest, raw, startServer } from './harness.ts'

const received: { account: string; body: Buffer }[] = []
const results: [account: string, result: string][] = []
let reply: HookReply = { status: 204, result: 'accepted' }
beforeEach(() => {
  received.length = results.length = 0
  reply = { status: 204, result: 'accepted' }
})

const hooks = {
  findReceiver: (account: string) =>
    account === 'zoom'
      ? async (_: object, body: Buffer) => {
          received.push({ account, body })
          return reply
        }
      : null,
  onReceived: (account: string, result: string) => void results.push([account, result]),
}
const server = await startServer({
  hooks,
  basePath: '/base',
  cors: { origins: ['https://app.example'] },
  allowedSites: { hosts: [], origins: ['https://app.example'] },
  limits: { requestBytes: 2_000 },
})
afterAll(() => server.http.drain())

const post = (path = '/hooks/zoom', init: RequestInit = {}) =>
  sendRequest(server.url + path, { method: 'POST', body: '{}', ...init })
const head = (target: string, ...lines: string[]) =>
  ['POST ' + target + ' HTTP/1.1', 'Host: localhost', 'Connection: close', ...lines, '', ''].join('\r\n')

describe('POST /hooks/{accountKey}', () => {
  test('passes the bytes as they were received', async () => {
    const body = Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0xff, 0x0d, 0x0a, 0x7d])
    expect(await post('/hooks/zoom?x=1', { body })).toMatchObject({ status: 204, text: '' })
    expect(await post('/base/hooks/zoom', { body: 'other' })).toMatchObject({ status: 204 })
    expect(received.map((hook) => hook.body)).toEqual([body, Buffer.from('other')])
    expect(results).toEqual([
      ['zoom', 'accepted'],
      ['zoom', 'accepted'],
    ])
  })

  test.each([
    [{ status: 200, result: 'validated', body: { plainToken: 'a' } }, '{"plainToken":"a"}'],
    [{ status: 400, result: 'unreadable' }, 'The webhook cannot be read.\n'],
    [{ status: 401, result: 'unverified' }, 'The signature is missing, invalid, or too old.\n'],
    [{ status: 401, result: 'late', ageMs: 400_000 }, 'The signature is missing, invalid, or too old.\n'],
    [{ status: 503, result: 'unavailable' }, 'The event cannot be recorded. Send the webhook again later.\n'],
  ] as [HookReply, string][])('sends %j and logs it', async (next, text) => {
    reply = next
    const response = await post('/hooks/zoom', { body: 'echo-me', headers: { 'x-zm-signature': 'echo-me' } })
    expect(response).toMatchObject({ status: next.status, text })
    expect(JSON.stringify([...response.headers])).not.toContain('echo-me')
    expect(results).toEqual([['zoom', next.result]])
    const { fields, message } = server.logs.at(-1)!
    expect(fields).toMatchObject({ account: 'zoom', result: next.result, status: next.status })
    expect(fields['age']).toBe(next.ageMs === undefined ? undefined : 400)
    expect(message).toBe(next.ageMs === undefined ? 'webhook received' : 'webhook received too late')
  })

  test('accepts any host and any origin, and lets no page read the response', async () => {
    const lines = ['Origin: https://app.example', 'Sec-Fetch-Site: cross-site', 'Content-Length: 2']
    const response = await raw(server.port, head('/hooks/zoom', ...lines).replace('localhost', 'tunnel.example') + '{}')
    expect(response).toMatch(/^HTTP\/1\.1 204 /)
    expect(response.toLowerCase()).not.toMatch(/content-length|transfer-encoding/)
    expect(response.toLowerCase()).not.toContain('access-control')
    expect(response.toLowerCase()).not.toContain('vary')
  })

  test.each(['GET', 'PUT', 'HEAD', 'OPTIONS', 'DELETE'])('rejects %s with 405', async (method) => {
    const response = await sendRequest(`${server.url}/hooks/zoom`, { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
    expect(received).toEqual([])
  })

  const otherPaths = [
    '/hooks/trueconf',
    '/hooks/constructor',
    '/hooks/__proto__',
    '/hooks/ZOOM',
    '/hooks/z%6fom',
    '/hooks/..%2fzoom',
    '/hooks/zoom/',
    '/hooks/zoom/x',
    '/hooks/',
    '/hooks',
    '/hooks/zoom\u00e4',
    '/x/hooks/zoom',
  ]
  test.each([
    ...otherPaths.map((path) => [path, path] as const),
    ['an account key of 300 characters', `/hooks/${'a'.repeat(300)}`] as const,
  ])('responds to %s like to any unknown path', async (_, path) => {
    const normalize = (response: string) => response.replace(/(?<=request-?id\W+)[\w-]{36}|Date: [^\r]*/gi, '')
    for (const method of ['POST', 'GET', 'PUT']) {
      const send = async (target: string, host = 'localhost') => {
        const lines = ['Origin: https://app.example', 'Content-Length: 2']
        const text = head(encodeURI(target).replaceAll('%25', '%'), ...lines).replace('localhost', host) + '{}'
        return normalize(await raw(server.port, text.replace('POST', method)))
      }
      expect(await send(path)).toBe(await send('/unknown'))
      expect(await send(path)).toMatch(/^HTTP\/1\.1 404 /)
      expect(await send(path, 'tunnel.example')).toBe(await send('/unknown', 'tunnel.example'))
    }
    expect(received).toEqual([])
  })

  const tooLarge = /^HTTP\/1\.1 413 /
  test('rejects a declared length over the limit before the body is sent', async () => {
    for (const expectation of [[], ['Expect: 100-continue']])
      expect(await raw(server.port, head('/hooks/zoom', 'Content-Length: 2001', ...expectation), tooLarge)).toMatch(
        tooLarge,
      )
    expect(results).toEqual([
      ['zoom', 'rejected'],
      ['zoom', 'rejected'],
    ])
  })

  test('rejects a chunked body over the limit', async () => {
    const chunk = `3e8\r\n${'x'.repeat(1_000)}\r\n`
    const response = await raw(
      server.port,
      head('/hooks/zoom', 'Transfer-Encoding: chunked') + chunk.repeat(3),
      tooLarge,
    )
    expect(response).toMatch(tooLarge)
    expect(received).toEqual([])
  })

  test('sends 100 Continue to a client that waits for it', async () => {
    const socket = net.connect(server.port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.write(head('/hooks/zoom', 'Content-Length: 2', 'Expect: 100-continue'))
    const [first] = await new Promise<[Buffer]>((resolve) => socket.once('data', (data: Buffer) => resolve([data])))
    expect(first.toString()).toBe('HTTP/1.1 100 Continue\r\n\r\n')
    socket.write('{}')
    await vi.waitFor(() => expect(received).toHaveLength(1))
  })

  test.each([
    ['400', 'Host: a\r\nHost: b'],
    ['400', 'Content-Length: 2\r\nTransfer-Encoding: chunked'],
    ['431', Array.from({ length: 101 }, (_, index) => `x-${index}: 1`).join('\r\n')],
  ])('rejects a malformed request with %s', async (status, lines) => {
    expect(await raw(server.port, head('/hooks/zoom', lines) + '{}')).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(received).toEqual([])
  })

  test('reports an error of the receiver as INTERNAL, without its text', async () => {
    const failing = await startServer({
      hooks: { ...hooks, findReceiver: () => () => Promise.reject(new Error('secret inside')) },
    })
    onTestFinished(() => failing.http.drain())
    const response = await sendRequest(`${failing.url}/hooks/zoom`, { method: 'POST', body: '{}' })
    expect(response).toMatchObject({ status: 500, code: 'INTERNAL' })
    expect(response.text).not.toContain('secret inside')
    expect(failing.http.budget.usedBytes).toBe(0)
  })
})

describe('many webhooks at a time', () => {
  const apiKey = 'parley-key-of-a-caller'
  const apiKeySha256 = createHash('sha256').update(apiKey).digest('hex')
  const clients = [{ name: 'caller', apiKeySha256, scopes: ['read'] as const, accounts: null }]

  function flood(port: number, count: number, bytes: string) {
    const sockets = Array.from({ length: count }, () => {
      const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes))
      return socket.on('error', () => {}).resume()
    })
    onTestFinished(() => sockets.forEach((socket) => socket.destroy()))
    return sockets
  }

  test('leave memory for callers, and are rejected with 503', async () => {
    const crowded = await startServer({ hooks, clients, limits: { bufferBytes: 4 * 1024 ** 2 } })
    onTestFinished(() => crowded.http.drain())
    const incomplete = head('/hooks/zoom', 'Content-Length: 100001').replace('close', 'keep-alive') + 'x'.repeat(1e5)
    const sockets = flood(crowded.port, 60, incomplete)
    await vi.waitFor(() => expect(crowded.logs.some(({ fields }) => fields['code'] === 'OVERLOADED')).toBe(true))
    expect(crowded.logs.some(({ fields }) => fields['code'] === 'TOO_MANY_REQUESTS')).toBe(false)
    const response = await crowded.post({ query: '{ hello }' }, { authorization: `Bearer ${apiKey}` })
    expect(response).toMatchObject({ status: 200, json: { data: { hello: 'hello fixture' } } })
    sockets.forEach((socket) => socket.destroy())
    await vi.waitFor(() => expect(crowded.http.budget.usedBytes).toBe(0))
    expect(await sendRequest(`${crowded.url}/hooks/zoom`, { method: 'POST', body: '{}' })).toMatchObject({
      status: 204,
    })
  })

  test('are disconnected if their bodies are sent too slowly', async () => {
    const slow = await startServer({ hooks, limits: { hookBodyTime: 100 } })
    onTestFinished(() => slow.http.drain())
    const sockets = flood(slow.port, 20, head('/hooks/zoom', 'Content-Length: 5') + '{')
    await Promise.all(sockets.map((socket) => new Promise((done) => socket.once('close', done))))
    expect(received).toEqual([])
    await vi.waitFor(() => expect(slow.http.budget.usedBytes).toBe(0))
  })

  test('are finished while the server stops', async () => {
    const { promise, resolve } = Promise.withResolvers<HookReply>()
    const stopping = await startServer({ hooks: { findReceiver: () => () => promise } })
    const response = sendRequest(`${stopping.url}/hooks/zoom`, { method: 'POST', body: '{}' })
    await vi.waitFor(() => expect(stopping.http.budget.usedBytes).toBeGreaterThan(0))
    const drained = stopping.http.drain()
    resolve({ status: 204, result: 'accepted' })
    expect((await response).status).toBe(204)
    await drained
  })
})
