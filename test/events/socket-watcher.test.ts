import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { watchSocket, type WatchedSocket } from './watched-socket.ts'

const envelope = (id: number, event = 'meeting.started', more: object = {}) => ({
  event,
  event_ts: 1_796_000_000_000 + id,
  payload: { object: { id: 123_456_789, uuid: 'AAAA==', ...more } },
})
const frame = (content: unknown) => JSON.stringify({ module: 'message', content })

const countTokenRequests = ({ sandbox }: WatchedSocket) =>
  sandbox.ledger.filter(({ path }) => path === '/oauth/token').length

const listKinds = ({ reports }: WatchedSocket) => reports.map(({ kind }) => kind)
const findProblems = ({ reports }: WatchedSocket) =>
  reports.flatMap((report) => (report.kind === 'interrupted' ? [report.problem] : []))
const findGaps = ({ reports }: WatchedSocket) =>
  reports.flatMap((report) => (report.kind === 'gap' ? [report.gap] : []))
const findEventTimes = ({ reports }: WatchedSocket) =>
  reports.flatMap((report) => (report.kind === 'event' ? [report.message.occurredAt] : []))

/** Lets the wait before the next connection pass, once the watcher has reported this number of interruptions. */
async function passWait(watched: WatchedSocket, interruptions: number): Promise<number> {
  await watched.waitForReports('interrupted', interruptions)
  await vi.waitFor(() => expect(watched.clock.waits).toHaveLength(1))
  const [waitMs = 0] = watched.clock.waits
  watched.clock.advance(waitMs)
  return waitMs
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

describe('an event connection', () => {
  test('is live as soon as the vendor accepts it, and delivers events', async () => {
    const watched = await watchSocket()
    const { sandbox, clock, reports } = watched
    await watched.waitForReports('live', 1)
    expect(reports).toEqual([{ kind: 'live', heardAt: clock.now() }])
    sandbox.eventSocket.send(frame(JSON.stringify(envelope(1))))
    sandbox.eventSocket.send(frame(envelope(2)))
    await watched.waitForReports('event', 2)
    expect(findEventTimes(watched)).toEqual([1_796_000_000_001, 1_796_000_000_002])
    expect(sandbox.eventSocket.connections).toMatchObject([{ isAccepted: true, closedAt: null }])
    expect(sandbox.ledger.filter(({ path }) => path === '/ws')).toMatchObject([{ method: 'GET', status: 101 }])
  })

  test('closes when the watcher is stopped', async () => {
    const watched = await watchSocket()
    await watched.waitForReports('live', 1)
    await watched.stop()
    await vi.waitFor(() => expect(watched.sandbox.eventSocket.connections[0]?.closedAt).not.toBeNull())
    expect(listKinds(watched)).toEqual(['live'])
    expect(watched.clock.waits).toEqual([])
  })

  test('reports a gap from the time when an earlier watcher was last live', async () => {
    const watched = await watchSocket({ observedUntil: 1_000 })
    await watched.waitForReports('gap', 1)
    expect(findGaps(watched)).toEqual([{ since: 1_000, until: watched.clock.now() }])
  })

  test('reports a gap from its start if the first connection failed', async () => {
    const watched = await watchSocket({ beforeStart: ({ eventSocket }) => (eventSocket.rejection = 'Invalid Token') })
    const startedAt = watched.clock.now()
    await watched.waitForReports('interrupted', 1)
    watched.sandbox.eventSocket.rejection = null
    await passWait(watched, 1)
    await watched.waitForReports('live', 1)
    expect(listKinds(watched)).toEqual(['interrupted', 'gap', 'live'])
    expect(findGaps(watched)).toEqual([{ since: startedAt, until: watched.clock.now() }])
  })

  test('is interrupted at once when it is cut, renews a rejected token once, and reports the gap', async () => {
    const watched = await watchSocket()
    const { sandbox, clock } = watched
    await watched.waitForReports('live', 1)
    clock.advance(5_000)
    sandbox.eventSocket.send(frame(envelope(1)))
    await watched.waitForReports('event', 1)
    const heardAt = clock.now()
    clock.advance(5_000)
    sandbox.revokeTokens()
    sandbox.eventSocket.cut()
    expect(await passWait(watched, 1)).toBe(1_000)
    await watched.waitForReports('gap', 1)
    expect(findProblems(watched)).toMatchObject([{ code: 'VENDOR_UNAVAILABLE', account: 'zoom', retryable: true }])
    expect(findGaps(watched)).toEqual([{ since: heardAt, until: clock.now() }])
    expect(listKinds(watched).at(-1)).toBe('live')
    expect(countTokenRequests(watched)).toBe(2)
    expect(sandbox.eventSocket.connections.map(({ isAccepted }) => isAccepted)).toEqual([true, false, true])
  })

  test('sends a heartbeat every 30 s, and is lost after 75 s without a response', async () => {
    const watched = await watchSocket()
    const { sandbox, clock } = watched
    await watched.waitForReports('live', 1)
    const [connection] = sandbox.eventSocket.connections
    const beat = async (count: number): Promise<void> => {
      await vi.waitFor(() => expect(clock.waits).toHaveLength(2))
      clock.advance(30_000)
      await vi.waitFor(() => expect(connection!.heartbeats).toHaveLength(count))
    }
    await beat(1)
    await watched.waitForReports('live', 2)
    const acknowledgedAt = clock.now()
    sandbox.eventSocket.silence()
    await beat(2)
    await beat(3)
    expect(listKinds(watched)).not.toContain('interrupted')
    await vi.waitFor(() => expect(clock.waits).toHaveLength(2))
    clock.advance(15_000)
    await watched.waitForReports('interrupted', 1)
    expect(findProblems(watched)).toMatchObject([{ code: 'VENDOR_TIMEOUT' }])
    await passWait(watched, 1)
    await watched.waitForReports('gap', 1)
    expect(findGaps(watched)).toEqual([{ since: acknowledgedAt, until: clock.now() }])
    expect(clock.now() - acknowledgedAt).toBeLessThanOrEqual(80_000)
  })

  test('skips and counts frames that cannot be read, and stays open', async () => {
    const watched = await watchSocket()
    const { sandbox } = watched
    await watched.waitForReports('live', 1)
    const unreadable = [
      '',
      '{"module":"mess',
      'null',
      '{"module":"unknown"}',
      Buffer.alloc(0),
      Buffer.from([0, 255]),
      'x'.repeat(2 * 1024 ** 2),
      frame('{"event":"meeting.sta'),
      frame({ event: 7 }),
      `${'['.repeat(200_000)}`,
    ]
    for (const bad of unreadable) sandbox.eventSocket.send(bad)
    sandbox.eventSocket.send(frame(envelope(1)))
    await watched.waitForReports('event', 1)
    expect(sandbox.eventSocket.connections).toMatchObject([{ closedAt: null }])
    expect(watched.events.filter(({ kind }) => kind === 'skipped-frame')).toHaveLength(unreadable.length)
    expect(listKinds(watched)).not.toContain('interrupted')
  })

  test('ignores events of other accounts', async () => {
    const watched = await watchSocket()
    await watched.waitForReports('live', 1)
    const other = envelope(1)
    watched.sandbox.eventSocket.send(frame({ ...other, payload: { ...other.payload, account_id: 'other' } }))
    watched.sandbox.eventSocket.send(frame(envelope(2)))
    await watched.waitForReports('event', 1)
    expect(findEventTimes(watched)).toEqual([1_796_000_000_002])
  })
})

describe('the waits before connections', () => {
  const doubled = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]

  async function collectWaits(watched: WatchedSocket): Promise<number[]> {
    const waits = []
    for (const index of doubled.keys()) waits.push(await passWait(watched, index + 1))
    return waits
  }

  test('double up to 60 s if the vendor always rejects the token, with one renewal a minute', async () => {
    const watched = await watchSocket()
    await watched.waitForReports('live', 1)
    watched.sandbox.eventSocket.rejection = 'Invalid Token'
    watched.sandbox.eventSocket.cut()
    expect(await collectWaits(watched)).toEqual(doubled)
    await watched.waitForReports('interrupted', doubled.length + 1)
    const problems = findProblems(watched).slice(1)
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['VENDOR_AUTH_FAILED']))
    expect(problems[0]).toMatchObject({ vendorMessage: 'Invalid Token' })
    // At the start, at the first rejection, and after 63, 123, and 183 s.
    expect(countTokenRequests(watched)).toBe(5)
  })

  test.each([
    [500, 'VENDOR_UNAVAILABLE'],
    [503, 'VENDOR_UNAVAILABLE'],
    [403, 'VENDOR_FORBIDDEN'],
    [302, 'VENDOR_BAD_RESPONSE'],
    [200, 'VENDOR_BAD_RESPONSE'],
  ])('double up to 60 s if the handshake gets the status %d', async (status, code) => {
    const watched = await watchSocket()
    await watched.waitForReports('live', 1)
    const { sandbox } = watched
    sandbox.fault({ match: { path: /^\/ws/ }, kind: 'status', status, headers: { location: '/elsewhere' } })
    sandbox.eventSocket.cut()
    expect(await collectWaits(watched)).toEqual(doubled)
    expect(findProblems(watched).slice(1)[0]).toMatchObject({ code, vendorStatus: status })
    expect(countTokenRequests(watched)).toBe(1)
    expect(sandbox.eventSocket.connections).toHaveLength(1)
  })

  test('begin after one renewal if the handshake gets the status 401', async () => {
    const watched = await watchSocket()
    await watched.waitForReports('live', 1)
    watched.sandbox.fault({ match: { path: /^\/ws/ }, kind: 'status', status: 401, times: 2 })
    watched.sandbox.eventSocket.cut()
    await passWait(watched, 1)
    await passWait(watched, 2)
    await watched.waitForReports('gap', 1)
    expect(findProblems(watched)[1]).toMatchObject({ code: 'VENDOR_AUTH_FAILED', vendorStatus: 401 })
    expect(countTokenRequests(watched)).toBe(2)
    const handshakes = watched.sandbox.ledger.filter(({ path }) => path === '/ws')
    expect(handshakes.map(({ status }) => status)).toEqual([101, 401, 401, 101])
  })

  test('double if the vendor closes every connection that it has accepted', async () => {
    const watched = await watchSocket()
    for (const index of doubled.keys()) {
      await watched.waitForReports('live', index + 1)
      watched.sandbox.eventSocket.cut()
      expect(await passWait(watched, index + 1)).toBe(doubled[index])
    }
  })

  test('begin again after a connection of 10 s', async () => {
    const watched = await watchSocket()
    for (const index of [0, 1]) {
      await watched.waitForReports('live', index + 1)
      watched.sandbox.eventSocket.cut()
      await passWait(watched, index + 1)
    }
    await watched.waitForReports('live', 3)
    watched.clock.advance(10_000)
    watched.sandbox.eventSocket.cut()
    expect(await passWait(watched, 3)).toBe(1_000)
  })

  test.each([
    ['a name that does not exist', async () => 'wss://vendor.invalid/ws'],
    ['a port that refuses connections', async () => `ws://127.0.0.1:${await findFreePort()}/ws`],
  ])('double up to 60 s for %s', async (_, getUrl) => {
    const eventUrl = await getUrl()
    const watched = await watchSocket({ settings: () => ({ eventUrl }) })
    expect(await collectWaits(watched)).toEqual(doubled)
    expect(findProblems(watched)[0]).toMatchObject({ code: 'VENDOR_UNAVAILABLE', account: 'zoom' })
  })

  test('double up to 60 s for a server without TLS', async () => {
    const watched = await watchSocket({
      settings: ({ eventSettings }) => ({ eventUrl: eventSettings.eventUrl.replace('ws:', 'wss:') }),
    })
    expect(await collectWaits(watched)).toEqual(doubled)
    expect(findProblems(watched)[0]).toMatchObject({ code: 'VENDOR_TLS_ERROR' })
  })

  test('double up to 60 s if no token is available', async () => {
    const watched = await watchSocket({ settings: () => ({ clientSecret: 'wrong' }) })
    expect(await collectWaits(watched)).toEqual(doubled)
    expect(findProblems(watched)[0]).toMatchObject({ code: 'VENDOR_AUTH_FAILED', account: 'zoom' })
    expect(watched.sandbox.eventSocket.connections).toEqual([])
  })

  test.each([
    ['token requests', /^\/oauth/],
    ['connections', /^\/ws/],
  ])('last until the vendor accepts %s again', async (_, path) => {
    const watched = await watchSocket()
    await watched.waitForReports('live', 1)
    watched.sandbox.fault({
      match: { path },
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '30' },
    })
    watched.sandbox.revokeTokens()
    watched.sandbox.eventSocket.cut()
    await passWait(watched, 1)
    expect(await passWait(watched, 2)).toBe(30_000)
    expect(findProblems(watched)[1]).toMatchObject({ code: 'VENDOR_RATE_LIMITED' })
  })
})

test('cancels a handshake to which the vendor does not respond', async () => {
  const server = createServer((socket) => socket.on('error', () => {}).resume()).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const accepted = once(server, 'connection')
  const watched = await watchSocket({ settings: () => ({ eventUrl: `ws://127.0.0.1:${port}/ws` }) })
  const [socket] = await accepted
  await vi.waitFor(() => expect(watched.clock.waits).toHaveLength(1))
  watched.clock.advance(12_000)
  await watched.waitForReports('interrupted', 1)
  expect(findProblems(watched)).toMatchObject([{ code: 'VENDOR_TIMEOUT' }])
  await vi.waitFor(() => expect(socket.destroyed).toBe(true))
})
