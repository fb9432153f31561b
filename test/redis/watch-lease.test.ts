import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import type { PeerListener } from '../../src/events/watch/event-peers.ts'
import type { EventInterest } from '../../src/events/stream/selection.ts'
import type { SourceState } from '../../src/events/watch/source.ts'
import type { WatchLease } from '../../src/events/watch/watch-lease.ts'
import type { RedisConnection } from '../../src/redis/connection.ts'
import { openSharedState } from '../../src/redis/index.ts'
import { openInspector, startRedis, type RedisServer } from './redis-server.ts'

const patient = { timeout: 40_000, interval: 20 }
const all: EventInterest = { participantsOf: 'all' }
const none: EventInterest = { participantsOf: 'none' }
const live: SourceState = {
  status: 'LIVE',
  heardAt: 5,
  interval: 10,
  observedUntil: 4,
  observedSince: 3,
  problem: null,
}

let redis: RedisServer
let inspector: RedisConnection
beforeAll(async () => {
  redis = await startRedis()
  inspector = await openInspector(redis)
})
afterEach(async () => {
  await vi.waitFor(() => inspector.sendCommand('FLUSHALL'), patient)
})
afterAll(async () => {
  inspector.close()
  await redis.stop()
})

interface Process {
  lease: WatchLease
  /** What the lease and the other processes have reported. */
  calls: string[]
  states: (SourceState | null)[]
  heard: number[]
  shareHeard(heardAt: number): void
  shareOutdated(conference: string): void
  /** Ends the process without releasing anything. */
  kill(): void
}

/** Opens the lease of one account as another process does. */
async function openProcess(): Promise<Process> {
  const sharing = await openSharedState({ url: redis.url, cursorSecret: 'c'.repeat(32), onChange: () => {} })
  onTestFinished(() => sharing.close())
  const calls: string[] = []
  const states: (SourceState | null)[] = []
  const heard: number[] = []
  const listener: PeerListener = {
    onState: (_, state) => void states.push(state),
    onHeard: (_, heardAt) => void heard.push(heardAt),
    onOutdated: (account, { conference }) => void calls.push(`outdated ${account} ${conference}`),
  }
  sharing.eventPeers.setListener(listener)
  const lease = sharing.eventPeers.openLease('trueconf', {
    onAcquired: () => calls.push('acquired'),
    onLost: () => calls.push('lost'),
    onUnneeded: () => calls.push('unneeded'),
    onPollRequested: () => calls.push('poll'),
  })
  return {
    lease,
    calls,
    states,
    heard,
    shareHeard: (heardAt) => sharing.eventPeers.shareHeard('trueconf', heardAt),
    shareOutdated: (conference) =>
      sharing.eventPeers.shareOutdated('trueconf', { conference, areUsersOutdated: false }),
    kill: () => sharing.close(),
  }
}

/** Opens two processes, of which the first holds the lease. */
async function openHolder(): Promise<[holder: Process, other: Process]> {
  const [holder, other] = [await openProcess(), await openProcess()]
  holder.lease.request(none)
  await vi.waitFor(() => expect(holder.calls).toEqual(['acquired']), patient)
  return [holder, other]
}

test('lets one of the processes watch that need the account', async () => {
  const processes = await Promise.all([openProcess(), openProcess(), openProcess()])
  for (const { lease } of processes) lease.request(none)
  await vi.waitFor(() => expect(processes.filter(({ lease }) => lease.isHeld)).toHaveLength(1), patient)
  const one = processes.find(({ lease }) => lease.isHeld)
  expect(one!.calls).toEqual(['acquired'])
  expect(processes.flatMap(({ calls }) => calls)).toEqual(['acquired'])
})

test('reports to the process that watches which events the streams of all processes need', async () => {
  const [holder, other] = await openHolder()
  expect(holder.lease.getInterest()).toEqual(none)
  other.lease.request({ participantsOf: new Set(['1', '2']) })
  await vi.waitFor(() => expect(holder.lease.getInterest()).toEqual({ participantsOf: new Set(['1', '2']) }), patient)
  other.lease.request(all)
  await vi.waitFor(() => expect(holder.lease.getInterest()).toEqual(all), patient)
  other.lease.request(null)
  await vi.waitFor(() => expect(holder.lease.getInterest()).toEqual(none), patient)
  expect(other.calls).toEqual([])
})

test('watches as long as any process needs it, and ends when none does', async () => {
  const [holder, other] = await openHolder()
  holder.lease.shareState(live)
  other.lease.request(all)
  await vi.waitFor(() => expect(holder.lease.getInterest()).toEqual(all), patient)
  holder.lease.request(null)
  await vi.waitFor(() => expect(other.states.at(-1)).toEqual(live), patient)
  // The participants that the other process selects are polled for the first time.
  expect(holder.calls).toEqual(['acquired', 'poll'])
  other.lease.request(null)
  await vi.waitFor(() => expect(holder.calls).toEqual(['acquired', 'poll', 'unneeded']), patient)
  await vi.waitFor(() => expect(other.states.at(-1)).toBeNull(), patient)
  expect(other.calls).toEqual([])
})

test('lets another process watch at once when the process that watches stops', async () => {
  const [holder, other] = await openHolder()
  holder.lease.shareState(live)
  other.lease.request(none)
  await vi.waitFor(() => expect(other.states.at(-1)).toEqual(live), patient)
  await holder.lease.close()
  await vi.waitFor(() => expect(other.calls).toEqual(['acquired']), patient)
  // What it has observed is the beginning of the next holder's gap.
  expect(other.states.at(-1)).toEqual(live)
})

test('lets another process watch when the lease of a killed process expires, within 6 s', async () => {
  const [holder, other] = await openHolder()
  holder.lease.shareState(live)
  other.lease.request(none)
  await vi.waitFor(() => expect(other.states.at(-1)).toEqual(live), patient)
  expect(Number(await inspector.sendCommand('PTTL', 'parley:lease:trueconf'))).toBeLessThanOrEqual(6_000)
  holder.kill()
  await vi.waitFor(() => expect(other.calls).toEqual(['acquired']), patient)
  expect(other.states.at(-1)).toEqual(live)
  // The process that only lost its connection also stops.
  await vi.waitFor(() => expect(holder.calls).toEqual(['acquired', 'lost']), patient)
  expect(holder.lease.isHeld).toBe(false)
})

test('stops watching while Redis hangs, and continues later', async () => {
  const [holder] = await openHolder()
  redis.freeze()
  try {
    await vi.waitFor(() => expect(holder.calls).toEqual(['acquired', 'lost']), patient)
  } finally {
    redis.thaw()
  }
  await vi.waitFor(() => expect(holder.calls).toEqual(['acquired', 'lost', 'acquired']), patient)
})

test('watches in one process again after Redis has lost its data', async () => {
  const [holder, other] = await openHolder()
  other.lease.request(none)
  await inspector.sendCommand('FLUSHALL')
  await vi.waitFor(
    async () => expect(await inspector.sendCommand('GET', 'parley:lease:trueconf')).not.toBeNull(),
    patient,
  )
  await vi.waitFor(() => expect([holder, other].filter(({ lease }) => lease.isHeld)).toHaveLength(1), patient)
})

test('limits a lease of another program in time', async () => {
  await inspector.sendCommand('SET', 'parley:lease:trueconf', 'stranger')
  const one = await openProcess()
  one.lease.request(none)
  await vi.waitFor(() => expect(one.calls).toEqual(['acquired']), patient)
})

test('requests a poll of the process that watches', async () => {
  const [holder, other] = await openHolder()
  other.lease.pollSoon()
  await vi.waitFor(() => expect(holder.calls).toEqual(['acquired', 'poll']), patient)
  holder.lease.pollSoon()
  expect(holder.calls).toEqual(['acquired', 'poll', 'poll'])
  expect(other.calls).toEqual([])
})

test('shows the other processes the state, and a process that joins', async () => {
  const [holder, other] = await openHolder()
  const problem = new Problem('VENDOR_RATE_LIMITED', 'Later.', { account: 'trueconf', retryAt: 7, cause: 'secret' })
  const interrupted: SourceState = { ...live, status: 'INTERRUPTED', problem }
  holder.lease.shareState(interrupted)
  const shown = expect.objectContaining({
    status: 'INTERRUPTED',
    problem: expect.objectContaining({
      code: 'VENDOR_RATE_LIMITED',
      message: 'Later.',
      retryAt: 7,
      account: 'trueconf',
    }),
  })
  await vi.waitFor(() => expect(other.states.at(-1)).toEqual(shown), patient)
  const joined = await openProcess()
  await vi.waitFor(() => expect(joined.states.at(-1)).toEqual(shown), patient)
  expect(String(await inspector.sendCommand('GET', 'parley:source:trueconf'))).not.toContain('secret')
})

test('shows the other processes when a webhook was received, and what is outdated', async () => {
  const [one, other] = [await openProcess(), await openProcess()]
  one.shareHeard(70)
  one.shareHeard(90)
  one.shareOutdated('5')
  await vi.waitFor(() => expect(other.heard.at(-1)).toBe(90), patient)
  await vi.waitFor(() => expect(other.calls).toEqual(['outdated trueconf 5']), patient)
  expect(one.calls).toEqual([])
})

test('keeps nothing in Redis longer than 24 hours', async () => {
  const [holder] = await openHolder()
  holder.lease.shareState(live)
  holder.shareHeard(1)
  const keys = ['lease', 'interests', 'source', 'heard'].map((name) => `parley:${name}:trueconf`)
  for (const key of keys)
    await vi.waitFor(async () => {
      const ttl = Number(await inspector.sendCommand('PTTL', key))
      expect(ttl, key).toBeGreaterThan(0)
      expect(ttl, key).toBeLessThanOrEqual(86_400_000)
    }, patient)
})
