import { randomBytes } from 'node:crypto'
import http from 'node:http'
import net from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { serveBytes, type Serve } from './file-host.ts'
import { createPath, startDownloadFixture, type DownloadFixture } from './fixture.ts'

const MiB = 1024 ** 2
const bytes = randomBytes(3 * MiB)
let fixture: DownloadFixture

beforeAll(async () => {
  fixture = await startDownloadFixture(serveBytes(bytes), { limits: { downloads: 2 } })
})
beforeEach(() => {
  fixture.host.requests.length = 0
  fixture.lines.length = 0
})
afterAll(() => fixture.close())

/** Sends the head of a file of 400 MiB and its first bytes. */
const serveStart =
  (size: number, then: (response: http.ServerResponse) => void = () => {}): Serve =>
  (_, response) => {
    response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': 400 * MiB })
    response.write(Buffer.alloc(size), () => then(response))
  }

/** Sends a file of 400 MiB as fast as the server reads it. */
const serveEndless: Serve = (_, response) => {
  response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': 400 * MiB })
  const chunk = Buffer.alloc(MiB)
  let left = 400
  const write = (): void => {
    while (left-- > 0) if (!response.write(chunk)) return void response.once('drain', write)
    response.end()
  }
  write()
}

interface Received {
  status: number
  headers: http.IncomingHttpHeaders
  size: number
  /** Whether the connection broke before the promised length. */
  isBroken: boolean
}

function get(headers: Record<string, string> = {}, { url } = fixture): Promise<Received> {
  const { promise, resolve, reject } = Promise.withResolvers<Received>()
  const request = http.get(url + createPath(), { headers, agent: false }, (response) => {
    let size = 0
    response.on('data', (chunk: Buffer) => (size += chunk.length))
    response.on('error', () => {})
    response.on('close', () =>
      resolve({ status: response.statusCode!, headers: response.headers, size, isBroken: !response.complete }),
    )
  })
  request.on('error', reject)
  return promise
}

/** Requests a file and reads nothing of the response. */
function openIdle({ url } = fixture): net.Socket {
  const socket = net.connect(Number(new URL(url).port), '127.0.0.1', () =>
    socket.write(`GET ${createPath()} HTTP/1.1\r\nHost: localhost\r\n\r\n`),
  )
  socket.on('error', () => {}).pause()
  onTestFinished(() => void socket.destroy())
  return socket
}

const outcomes = ({ lines } = fixture): unknown[] =>
  lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => msg === 'download')
    .map(({ outcome }) => outcome)

describe('a file that breaks off', () => {
  test.each([
    ['the vendor closes the connection', (response: http.ServerResponse) => response.destroy()],
    ['the vendor resets the connection', (response: http.ServerResponse) => response.socket!.resetAndDestroy()],
  ])('breaks the connection of the client if %s', async (_, cut) => {
    fixture.host.serve = serveStart(MiB, (response) => setImmediate(() => cut(response)))
    const { status, size, isBroken } = await get()
    expect({ status, isBroken }).toEqual({ status: 200, isBroken: true })
    expect(size).toBeLessThanOrEqual(MiB)
    await vi.waitFor(() => expect(outcomes()).toEqual(['VENDOR_BAD_RESPONSE']))
  })

  test('breaks the connection of the client if its length was never promised', async () => {
    fixture.host.serve = (_, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4' })
      response.write(Buffer.alloc(1_000), () => setImmediate(() => response.destroy()))
    }
    expect(await get()).toMatchObject({ status: 200, isBroken: true })
  })

  test('resets the connection of a client of HTTP/1.0 if its length was never promised', async () => {
    fixture.host.serve = (_, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4' })
      response.write(Buffer.alloc(1_000), () => setImmediate(() => response.destroy()))
    }
    const { promise, resolve } = Promise.withResolvers<Error | null>()
    const socket = net.connect(Number(new URL(fixture.url).port), '127.0.0.1', () =>
      socket.write(`GET ${createPath()} HTTP/1.0\r\nHost: localhost\r\n\r\n`),
    )
    socket.resume().once('error', resolve)
    socket.once('end', () => resolve(null))
    expect(await promise).toMatchObject({ code: 'ECONNRESET' })
  })

  test('continues with the next range', async () => {
    const half = bytes.length / 2
    fixture.host.serve = (request, response) => {
      if (request.headers.range !== undefined) return serveBytes(bytes)(request, response)
      response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': bytes.length })
      response.write(bytes.subarray(0, half), () => setImmediate(() => response.destroy()))
    }
    const { size } = await get()
    const rest = await fetch(fixture.url + createPath(), { headers: { range: `bytes=${size}-` } })
    expect(rest.status).toBe(206)
    expect(Buffer.from(await rest.arrayBuffer()).equals(bytes.subarray(size))).toBe(true)
  })
})

describe('a slow side', () => {
  /** Starts a server whose timeouts are short, because in the tests nothing arrives anymore. */
  async function startImpatient(serve: Serve, limits: object): Promise<DownloadFixture> {
    const impatient = await startDownloadFixture(serve, { limits, drainAnnounce: 0 })
    onTestFinished(() => impatient.close())
    return impatient
  }

  test('aborts a download for which the vendor sends nothing more', async () => {
    const impatient = await startImpatient(serveStart(64 * 1024), { downloadProgressTime: 500 })
    const { size, isBroken } = await get({}, impatient)
    expect({ size, isBroken }).toEqual({ size: 64 * 1024, isBroken: true })
    await vi.waitFor(() => expect(outcomes(impatient)).toEqual(['VENDOR_TIMEOUT']))
    await vi.waitFor(() => expect(impatient.host.sending).toBe(0))
  })

  test('responds with 503 if the vendor does not respond', async () => {
    const impatient = await startImpatient(() => {}, { headersTimeout: 500 })
    const { status, headers } = await get({}, impatient)
    expect(status).toBe(503)
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    expect(outcomes(impatient)).toEqual(['VENDOR_TIMEOUT'])
  })

  test('disconnects a client that reads nothing, and ends the call of the vendor', async () => {
    const impatient = await startImpatient(serveEndless, { downloadProgressTime: 500 })
    openIdle(impatient)
    await vi.waitFor(() => expect(outcomes(impatient)).toEqual(['slow_reader']))
    await vi.waitFor(() => expect(impatient.host.sending).toBe(0))
    expect(impatient.lines.some((line) => line.includes('"connection cut"'))).toBe(true)
  })
})

test('responds with 503 if the vendor, and so its token endpoint, cannot be reached', async () => {
  const unreachable = await startDownloadFixture(serveBytes(bytes))
  onTestFinished(() => unreachable.close())
  unreachable.host.close()
  const { status, headers } = await get({}, unreachable)
  expect(status).toBe(503)
  expect(Number(headers['retry-after'])).toBeGreaterThan(0)
})

test('ends the call of the vendor when the client disconnects', async () => {
  fixture.host.serve = serveEndless
  const request = http.get(fixture.url + createPath(), { agent: false }, (response) => {
    let size = 0
    response.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > 2 * MiB) request.destroy()
    })
    response.on('error', () => {})
  })
  request.on('error', () => {})
  await vi.waitFor(() => expect(outcomes()).toEqual(['disconnected']))
  await vi.waitFor(() => expect(fixture.host.sending).toBe(0))
  expect(fixture.lines.join('')).not.toContain('connection failed')
})

test('ends the call of the vendor when the client disconnects before the response', async () => {
  fixture.host.serve = () => {}
  const socket = openIdle()
  await vi.waitFor(() => expect(fixture.host.requests).toHaveLength(1))
  socket.destroy()
  await vi.waitFor(() => expect(fixture.host.sending).toBe(0))
  await vi.waitFor(() => expect(outcomes()).toEqual(['disconnected']))
})

test('rejects a download over the limit with 503, and accepts one after another has ended', async () => {
  const patient = await startDownloadFixture(serveStart(1_000), { limits: { downloads: 2 } })
  onTestFinished(() => patient.close())
  const open = [openIdle(patient), openIdle(patient)]
  await vi.waitFor(() => expect(patient.host.sending).toBe(2))
  const { status, headers } = await get({}, patient)
  expect({ status, retryAfter: headers['retry-after'] }).toEqual({ status: 503, retryAfter: '1' })
  expect(patient.host.requests).toHaveLength(2)
  patient.host.serve = serveBytes(bytes)
  open[0]!.destroy()
  await vi.waitFor(async () => expect((await get({}, patient)).status).toBe(200))
  open[1]!.destroy()
})

test.each([
  ['a web page', { 'content-type': 'text/html; charset=utf-8' }, 200, '<h1>Sign in</h1>'],
  ['a web page as a part', { 'content-type': 'text/html', 'content-range': 'bytes 0-1/2' }, 206, '<h'],
  ['an error of the API with the status 200', { 'content-type': 'application/json' }, 200, '{"error":{"code":400}}'],
  ['a compressed file', { 'content-type': 'video/mp4', 'content-encoding': 'gzip' }, 200, 'compressed bytes'],
  ['a part that was not requested', { 'content-range': 'bytes 0-1/9' }, 206, 'xx'],
  ['no content', {}, 204, ''],
  ['a redirect', { location: 'https://video.example.com/' }, 302, ''],
  ['a rejection', { 'content-type': 'application/json' }, 400, '{}'],
])('responds with 502 if the vendor returns %s', async (_, headers, status, body) => {
  fixture.host.serve = (_request, response) => response.writeHead(status, headers).end(body)
  const response = await fetch(fixture.url + createPath())
  const text = await response.text()
  expect(response.status).toBe(502)
  if (body !== '') expect(text).not.toContain(body)
})

test.each([
  ['another part', 'bytes 5-9/10', 'bytes=0-4'],
  ['a part of another size', 'bytes 0-9/10', 'bytes=0-4'],
  ['a malformed part', 'bytes x', 'bytes=0-4'],
])('responds with 502 if the vendor returns %s', async (_, contentRange, range) => {
  fixture.host.serve = (_request, response) => response.writeHead(206, { 'content-range': contentRange }).end('12345')
  expect((await fetch(fixture.url + createPath(), { headers: { range } })).status).toBe(502)
})

test('renews a rejected access token once', async () => {
  const before = fixture.host.tokens
  fixture.host.serve = (request, response) =>
    request.headers.authorization === `Bearer token-${before}`
      ? response
          .writeHead(403, { 'content-type': 'application/json' })
          .end(JSON.stringify({ error: { code: 403, errors: [{ reason: 'accessTokenInvalid' }] } }))
      : serveBytes(bytes)(request, response)
  expect(await get()).toMatchObject({ status: 200, size: bytes.length })
  expect(fixture.host.tokens).toBe(before + 1)
})
