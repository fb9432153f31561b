import { randomUUID } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import type { ServerProcess } from '../support/server.ts'
import { LiveProcesses, type WatchedStream } from './live-processes.ts'

const patient = { timeout: 40_000, interval: 20 }
const trueconf = { accounts: ['trueconf'] }

/** Polls only once, unless something requests it. */
const slow = { limits: { eventPoll: 3_600_000 } }
const fast = { limits: { eventPoll: 100 } }

async function create({ graphqlUrl: url }: ServerProcess, title: string): Promise<void> {
  const query = `mutation ($input: CreateConferenceInput!) { createConference(input: $input) { outcome } }`
  const input = { account: 'trueconf', title, owner: { vendorId: 'helen' }, idempotencyKey: randomUUID() }
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables: { input } }) })
  expect(await response.json()).toMatchObject({ data: { createConference: { outcome: 'SUCCEEDED' } } })
}

const listTypes = (events: readonly string[]): string[] => events.map((text) => text.split(' ')[1]!)

describe('polling', () => {
  test('is done by one process for the streams of all, and continues in another one after kill -9', async () => {
    const live = await LiveProcesses.open()
    const [one, other] = await Promise.all([live.start(slow), live.start(slow)])
    const first = await live.watch(one, { filter: trueconf })
    await first.waitForStatus('trueconf', 'LIVE')
    const polls = live.countPolls()
    const second = await live.watch(other, { filter: trueconf })
    await second.waitForStatus('trueconf', 'LIVE')
    // The mutation of one process is observed by the poll of the other.
    await create(other, 'A')
    for (const stream of [first, second]) expect(listTypes(await stream.waitForEvents(1))).toEqual(['CREATED'])
    expect(live.countPolls()).toBe(polls + 1)
    first.leave()
    await create(other, 'B')
    expect(listTypes(await second.waitForEvents(2))).toEqual(['CREATED', 'CREATED'])
    expect(live.countPolls()).toBe(polls + 2)
    expect(second.gaps).toEqual([])
    const killedAt = Date.now()
    await one.stop('SIGKILL')
    await vi.waitFor(() => expect(second.gaps).toHaveLength(1), patient)
    expect(second.gaps).toMatchObject([{ reason: 'INTERRUPTED', account: { key: 'trueconf' } }])
    expect(Date.parse(second.gaps[0]!.since)).toBeLessThanOrEqual(killedAt)
    expect(Date.parse(second.gaps[0]!.until)).toBeGreaterThanOrEqual(killedAt)
    await second.waitForStatus('trueconf', 'LIVE')
    await create(other, 'C')
    expect(listTypes(await second.waitForEvents(3))).toHaveLength(3)
    expect(live.countPolls()).toBe(polls + 4)
  })

  test('reads the participants that a stream of another process selects', async () => {
    const live = await LiveProcesses.open()
    const [one, other] = await Promise.all([live.start(fast), live.start(fast)])
    const first = await live.watch(one, { filter: { ...trueconf, types: ['CREATED'] } })
    await first.waitForStatus('trueconf', 'LIVE')
    const countReads = () => live.trueconf.ledger.filter(({ path }) => path.endsWith('/participants')).length
    expect(countReads()).toBe(0)
    const second = await live.watch(other, { filter: trueconf })
    await vi.waitFor(() => expect(countReads()).toBeGreaterThan(0), patient)
    const id = live.trueconf.others.call('Standup', ['helen'])
    await vi.waitFor(() => expect(listTypes(second.events)).toContain('PARTICIPANT_JOINED'), patient)
    live.trueconf.others.leave(id, 'helen')
    await vi.waitFor(() => expect(listTypes(second.events)).toContain('DELETED'), patient)
    expect(listTypes(second.events).filter((type) => type.startsWith('PARTICIPANT'))).toHaveLength(2)
    expect(listTypes(first.events)).toEqual(['CREATED'])
  })

  test('ends after the last stream of any process has left', async () => {
    const live = await LiveProcesses.open()
    const limits = { eventPoll: 100, eventLinger: 0 }
    const [one, other] = await Promise.all([live.start({ limits }), live.start({ limits })])
    const first = await live.watch(one, { filter: trueconf })
    const second = await live.watch(other, { filter: trueconf })
    await second.waitForStatus('trueconf', 'LIVE')
    first.leave()
    await create(one, 'A')
    await second.waitForEvents(1)
    second.leave()
    await vi.waitFor(async () => {
      const before = live.countPolls()
      // Each of these requests a poll.
      for (const title of ['B', 'C', 'D']) await create(one, title)
      expect(live.countPolls()).toBe(before)
    }, patient)
  })

  test('leaves no gap for a client that continues at another process, unless nothing was polled meanwhile', async () => {
    const live = await LiveProcesses.open()
    const limits = { eventPoll: 100, eventLinger: 0 }
    const [one, other] = await Promise.all([live.start({ limits }), live.start({ limits })])
    const first = await live.watch(one, { filter: trueconf })
    await first.waitForStatus('trueconf', 'LIVE')
    live.trueconf.others.create('A')
    await first.waitForEvents(1)
    const { cursor } = first
    const joined = await live.start({ limits })
    for (const server of [other, joined]) {
      const resumed = await live.watch(server, { filter: trueconf, after: cursor })
      expect(resumed.gaps).toEqual([])
      resumed.leave()
    }
    first.leave()
    await vi.waitFor(async () => {
      const resumed = await live.watch(other, { filter: trueconf, after: cursor })
      resumed.leave()
      expect(resumed.messages[0]!.gaps).toMatchObject([{ reason: 'INTERRUPTED', account: { key: 'trueconf' } }])
    }, patient)
  })

  test('stops in a process that was paused, and delivers each event once', async () => {
    const live = await LiveProcesses.open()
    const [paused, other] = [await live.start(fast), await live.start(fast)]
    const streams: WatchedStream[] = []
    for (const server of [paused, other]) {
      const stream = await live.watch(server, { filter: trueconf })
      await stream.waitForStatus('trueconf', 'LIVE')
      streams.push(stream)
    }
    paused.kill('SIGSTOP')
    await vi.waitFor(() => expect(streams[1]!.gaps).toHaveLength(1), patient)
    live.trueconf.others.create('A')
    await streams[1]!.waitForEvents(1)
    paused.kill('SIGCONT')
    live.trueconf.others.create('B')
    for (const stream of streams) await stream.waitForEvents(2)
    live.trueconf.others.create('C')
    const [first, second] = await Promise.all(streams.map((stream) => stream.waitForEvents(3)))
    expect(first).toEqual(second)
    expect(new Set(first).size).toBe(3)
    for (const { gaps } of streams) expect(gaps).toHaveLength(1)
  })

  test('reports what happened while Redis was unavailable, or a gap', async () => {
    const live = await LiveProcesses.open()
    const one = await live.start(fast)
    const stream = await live.watch(one, { filter: trueconf })
    await stream.waitForStatus('trueconf', 'LIVE')
    await live.redis.kill()
    await stream.waitForStatus('trueconf', 'INTERRUPTED', 'STORE_UNAVAILABLE')
    const changedAt = Date.now()
    live.trueconf.others.create('A')
    await live.redis.start()
    await stream.waitForStatus('trueconf', 'LIVE')
    // If Redis was unavailable for longer than a lease, the next holder has nothing to compare with.
    await vi.waitFor(() => expect(stream.events.length + stream.gaps.length).toBeGreaterThan(0), patient)
    if (stream.events.length === 0) expect(Date.parse(stream.gaps[0]!.since)).toBeLessThanOrEqual(changedAt)
    live.trueconf.others.create('B')
    await vi.waitFor(() => expect(listTypes(stream.events).at(-1)).toBe('CREATED'), patient)
  })
})

describe('the event WebSocket', () => {
  const findOpen = ({ zoom }: LiveProcesses) =>
    zoom.eventSocket.connections.filter(({ closedAt, isAccepted }) => isAccepted && closedAt === null)
  const hasConnected = (server: ServerProcess): boolean =>
    server.lines().some(({ msg }) => msg === 'event connection opened')
  const sendOverSocket = ({ zoom }: LiveProcesses, meeting: number): void => {
    const object = { id: meeting, uuid: `uuid-${meeting}` }
    const payload = { account_id: zoom.accountId, object }
    const content = JSON.stringify({ event: 'meeting.started', event_ts: Date.now(), payload })
    zoom.eventSocket.send(JSON.stringify({ module: 'message', content }))
  }

  test.each(['SIGKILL', 'SIGTERM'] as const)(
    'is held by one process, and by another one after %s of the first',
    async (signal) => {
      const live = await LiveProcesses.open()
      const settings = { zoom: live.zoom.eventSettings }
      const servers = await Promise.all([live.start(settings), live.start(settings)])
      const streams = await Promise.all(servers.map((server) => live.watch(server, { filter: { accounts: ['zoom'] } })))
      for (const stream of streams) await stream.waitForStatus('zoom', 'LIVE')
      expect(live.zoom.eventSocket.connections).toHaveLength(1)
      sendOverSocket(live, 1)
      const [first, second] = await Promise.all(streams.map((stream) => stream.waitForEvents(1)))
      expect(first).toEqual(second)
      await vi.waitFor(() => expect(servers.filter(hasConnected)).toHaveLength(1), patient)
      const holder = servers.findIndex(hasConnected)
      const remaining = streams[1 - holder]!
      await servers[holder]!.stop(signal)
      await vi.waitFor(() => expect(remaining.gaps).toMatchObject([{ reason: 'INTERRUPTED' }]), patient)
      await remaining.waitForStatus('zoom', 'LIVE')
      expect(findOpen(live)).toHaveLength(1)
      expect(live.zoom.eventSocket.connections).toHaveLength(2)
      sendOverSocket(live, 2)
      expect(await remaining.waitForEvents(2)).toHaveLength(2)
    },
  )

  test('is closed in a process that was paused', async () => {
    const live = await LiveProcesses.open()
    const settings = { zoom: live.zoom.eventSettings }
    const paused = await live.start(settings)
    await vi.waitFor(() => expect(hasConnected(paused)).toBe(true), patient)
    const other = await live.start(settings)
    const stream = await live.watch(other, { filter: { accounts: ['zoom'] } })
    await stream.waitForStatus('zoom', 'LIVE')
    paused.kill('SIGSTOP')
    await vi.waitFor(() => expect(hasConnected(other)).toBe(true), patient)
    paused.kill('SIGCONT')
    await vi.waitFor(() => expect(findOpen(live)).toHaveLength(1), patient)
    sendOverSocket(live, 1)
    expect(await stream.waitForEvents(1)).toHaveLength(1)
    expect(live.zoom.eventSocket.connections).toHaveLength(2)
  })

  test('is opened again once after a reload, with a gap', async () => {
    const live = await LiveProcesses.open()
    const settings = { zoom: live.zoom.eventSettings }
    const servers = await Promise.all([live.start(settings), live.start(settings)])
    const streams = await Promise.all(servers.map((server) => live.watch(server, { filter: { accounts: ['zoom'] } })))
    for (const stream of streams) await stream.waitForStatus('zoom', 'LIVE')
    await vi.waitFor(() => expect(servers.filter(hasConnected)).toHaveLength(1), patient)
    for (const server of servers) {
      await server.configure(live.createConfiguration({ zoom: { ...live.zoom.eventSettings, webhookSecret: 'other' } }))
      server.kill('SIGHUP')
    }
    for (const stream of streams) await vi.waitFor(() => expect(stream.gaps).not.toEqual([]), patient)
    await vi.waitFor(() => expect(findOpen(live)).toHaveLength(1), patient)
    for (const stream of streams) await stream.waitForStatus('zoom', 'LIVE')
    sendOverSocket(live, 1)
    const [first, second] = await Promise.all(streams.map((stream) => stream.waitForEvents(1)))
    expect(first).toEqual(second)
  })
})
