import net from 'node:net'
import { expect } from 'vitest'
import { sendBytes } from '../reply.ts'
import type { Row } from '../row.ts'
import type { ServerProcess } from '../../support/server.ts'
import { shortLimits, type Fixture } from '../fixture.ts'

const body = '{"query":"{ __typename }"}'
const head = (...lines: string[]) =>
  ['POST /graphql HTTP/1.1', 'Host: localhost', 'Content-Type: application/json', ...lines, '', ''].join('\r\n')

/** Requests whose end two servers could read differently, and a lone LF. */
const smuggled: Record<string, string> = {
  'Transfer-Encoding with Content-Length': `${head(`Content-Length: ${body.length}`, 'Transfer-Encoding: chunked')}0\r\n\r\n`,
  'two lengths': head(`Content-Length: ${body.length}`, 'Content-Length: 3') + body,
  'a list of lengths': head(`Content-Length: ${body.length}, ${body.length}`) + body,
  'bare LF': head(`Content-Length: ${body.length}`).replaceAll('\r\n', '\n') + body,
  'a folded header': head('X-A: 1\r\n  2', `Content-Length: ${body.length}`) + body,
  'length -1': head('Content-Length: -1') + body,
  'length 1e20': head('Content-Length: 1e20') + body,
  'length +26': head('Content-Length: +26') + body,
  'unknown transfer coding': `${head('Transfer-Encoding: xchunked')}0\r\n\r\n`,
  'an invalid chunk size': `${head('Transfer-Encoding: chunked')}zz\r\n\r\n`,
}

async function rejectSmuggling({ open }: Fixture): Promise<void> {
  for (const [name, bytes] of Object.entries(smuggled)) {
    // A second request, which must not be executed.
    const { status, text } = await sendBytes(
      open,
      `${bytes}GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Smuggled: 1\r\n\r\n`,
    )
    expect(status, name).toBe(400)
    expect(text, name).not.toContain('ok\n')
  }
}

const large: Record<string, string> = {
  '101 headers': head(...Array.from({ length: 99 }, (_, i) => `X-${i}: 1`)),
  'a header of 17 KiB': head(`X-A: ${'a'.repeat(17 * 1024)}`),
  'a URL of 17 KiB': `GET /graphql?query=${'a'.repeat(17 * 1024)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  'a name with a space': head('X A: 1'),
  'a name with a space after it': head('X-A : 1'),
  'a NUL in a value': head('X-A: \0'),
}

async function rejectLargeHeads({ open }: Fixture): Promise<void> {
  for (const [name, bytes] of Object.entries(large)) {
    const { status } = await sendBytes(open, bytes.replace('Host: localhost', 'Host: localhost\r\nConnection: close'))
    expect([400, 414, 431], `${name}: ${status}`).toContain(status)
  }
}

/** Opens sockets that send the same start and then one byte every 100 ms. Returns how long each was open, in ms. */
async function drip(server: ServerProcess, count: number, start: string): Promise<number[]> {
  const startedAt = performance.now()
  const sockets = Array.from({ length: count }, () => net.connect(server.port, '127.0.0.1'))
  const timer = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write('a')
  }, 100)
  const durations = sockets.map((socket) => {
    socket.on('connect', () => socket.write(start))
    socket.on('error', () => {})
    socket.resume()
    return new Promise<number>((resolve) => socket.on('close', () => resolve(performance.now() - startedAt)))
  })
  const result = await Promise.all(durations)
  clearInterval(timer)
  return result
}

async function closeSlowSockets(fixture: Fixture): Promise<void> {
  const { limited } = fixture
  const [headers, bodies, idle] = await Promise.all([
    drip(limited, 170, 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nX-A: '),
    drip(limited, 170, head('Content-Length: 100000')),
    drip(limited, 160, 'P'),
  ])
  // Node checks its timeouts every 500 ms, and an unread body is discarded for 1 s. The default timeouts are 10 and 30 s.
  for (const durationMs of [...headers, ...idle])
    expect(durationMs).toBeLessThan(shortLimits.socketHeadersTimeout + 8_000)
  for (const durationMs of bodies) expect(durationMs).toBeLessThan(shortLimits.socketRequestTimeout + 8_000)
  const slow = await Promise.all([
    sendBytes(limited, 'POST /graphql HTTP/1.1\r\nHost: localhost\r\n'),
    sendBytes(limited, `${head('Content-Length: 100000')}{`),
  ])
  expect(slow.map(({ status }) => status)).toEqual([408, 408])
}

const foreignHeads: Record<string, string> = {
  'DNS rebinding': 'Host: evil.example',
  'a name that begins with localhost': 'Host: localhost.evil.example:4000',
  'user information': 'Host: localhost@evil.example',
  'a foreign page': 'Host: localhost\r\nOrigin: https://evil.example',
  'a page without an origin': 'Host: localhost\r\nOrigin: null',
  'a picture in a foreign page': 'Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors',
}

/** Checks the server without callers and the sandbox of a vendor. */
async function rejectForeign({ open, zoom, query, countCalls, countEffects }: Fixture): Promise<void> {
  const { data } = await query('{ users(first: 1, filter: { accounts: ["zoom"] }) { nodes { id } } }')
  const issueZak = `mutation { issueUserToken(input: { userId: "${data!['users'].nodes[0].id}" }) { outcome token } }`
  const [callsBefore, effectsBefore] = [countCalls(), countEffects()]
  const sandbox = { ...open, port: Number(new URL(zoom.url).port) }
  const search = `?query=${encodeURIComponent('{ users { nodes { email } } }')}`
  for (const [name, lines] of Object.entries(foreignHeads)) {
    const post = (document: string): string => {
      const json = JSON.stringify({ query: document })
      const more = ['Content-Type: application/json', `Content-Length: ${json.length}`, 'Connection: close', '', json]
      return ['POST /graphql HTTP/1.1', lines, ...more].join('\r\n')
    }
    const get = (path: string): string => `GET ${path} HTTP/1.1\r\n${lines}\r\nConnection: close\r\n\r\n`
    for (const bytes of [
      post('{ users { nodes { email } } }'),
      post(issueZak),
      get(`/graphql${search}`),
      get('/metrics'),
    ]) {
      const { status, errors, text } = await sendBytes(open, bytes)
      expect(status, `${name}: ${bytes}`).toBe(name === 'user information' ? 400 : 403)
      expect(errors?.[0]?.extensions.code).toBe(status === 400 ? 'BAD_USER_INPUT' : 'FORBIDDEN')
      expect(text).not.toMatch(/evil|"data"/)
    }
    for (const path of ['/v2/users', '/__sandbox/ledger', '/oauth/token'])
      expect((await sendBytes(sandbox, get(path))).status, `${name}: ${path}`).toBe(403)
  }
  const absolute = 'GET http://evil.example/metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
  expect((await sendBytes(open, absolute)).status).toBe(403)
  const probe = 'GET /healthz HTTP/1.1\r\nHost: 10.0.0.7:4000\r\nConnection: close\r\n\r\n'
  expect((await sendBytes(open, probe)).status).toBe(200)
  expect([countCalls(), countEffects()]).toEqual([callsBefore, effectsBefore])
}

export const socketRows: Row[] = [
  { id: 'C81', title: 'rejects name a website sends to a server without callers', check: rejectForeign },
  { id: 'C66', title: 'rejects requests that two servers could read differently', check: rejectSmuggling },
  { id: 'C67', title: 'rejects large and malformed heads', check: rejectLargeHeads },
  { id: 'C69', title: 'closes 500 slow sockets in time', check: closeSlowSockets },
]
