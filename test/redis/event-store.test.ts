import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { EventLog } from '../../src/events/log/event-log.ts'
import type { EventStore } from '../../src/events/log/event-store.ts'
import type { NewEntry } from '../../src/events/log/log-entry.ts'
import { openSharedState } from '../../src/redis/index.ts'
import type { RedisConnection } from '../../src/redis/connection.ts'
import { openInspector, startRedis, type RedisServer } from './redis-server.ts'

const patient = { timeout: 40_000, interval: 20 }
const dayMs = 24 * 3_600_000

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

const createEvent = (conferenceId: string, identity: string | null = null, raw: unknown = null): NewEntry => ({
  entry: {
    kind: 'event',
    account: 'zoom',
    origin: 'WEBHOOK',
    observedAt: 2,
    event: { type: 'STARTED', conferenceId, occurredAt: 1, changed: [], participant: null, raw },
  },
  identity,
})

interface Process {
  store: EventStore
  log: EventLog
  /** Code of the reason why the log is unavailable. Null if it is available. */
  problem: () => string | null
}

/** Opens the event log of Redis as another process does. */
async function openProcess(
  limits: { eventLog?: number; eventLogTime?: number } = {},
  now = Date.now,
): Promise<Process> {
  const sharing = await openSharedState({ url: redis.url, cursorSecret: 'c'.repeat(32), onChange: () => {} })
  onTestFinished(() => sharing.close())
  let problem: string | null = 'none yet'
  const store = sharing.openEventStore({
    getLimits: () => ({ eventLog: 10_000, eventLogTime: 3_600_000, ...limits }),
    now,
    onChange: (changed) => (problem = changed?.code ?? null),
  })
  await sharing.loadEvents()
  return { store, log: store.log, problem: () => problem }
}

/** Returns the entries of a copy: positions and conferences. */
function list(log: EventLog): string[] {
  const found: string[] = []
  for (let next = log.findAfter(log.start); next; next = log.findAfter(next.position)) {
    const { entry, position } = next
    const name = entry.kind === 'gap' ? 'gap' : entry.event.conferenceId
    found.push(`${position.ms}-${position.index} ${name}`)
  }
  return found
}

const listNames = (log: EventLog): string[] => list(log).map((text) => text.split(' ')[1]!)
const countEntries = () => inspector.evalScript(`return redis.call('XLEN', 'parley:events')`, [], [])
const waitForNames = (log: EventLog, names: readonly string[]): Promise<void> =>
  vi.waitFor(() => expect(listNames(log)).toEqual(names), patient)

describe('RedisEventStore', () => {
  test('gives every process the same entries in the same order when several processes record at once', async () => {
    const processes = await Promise.all([openProcess(), openProcess(), openProcess()])
    const recorded = processes.flatMap(({ store }, number) =>
      Array.from({ length: 40 }, (_, index) => store.record([createEvent(`${number}-${index}`)])),
    )
    await Promise.all(recorded)
    for (const { log } of processes) await vi.waitFor(() => expect(list(log)).toHaveLength(120), patient)
    const [first, ...others] = processes.map(({ log }) => list(log))
    for (const other of others) expect(other).toEqual(first)
    for (const { log } of processes) expect(log.epoch).toBe(processes[0]!.log.epoch)
  })

  test('has appended an entry to the copy of its own process when it is recorded', async () => {
    const { store, log } = await openProcess()
    for (const [id, size] of Object.entries({ small: 10, large: 40_000 })) {
      await store.record([createEvent(id, null, 'x'.repeat(size))])
      if (id === 'small') expect(listNames(log)).toEqual(['small'])
    }
    await waitForNames(log, ['small', 'large'])
  })

  test('records entries with the same identity once, even if processes record them at the same time', async () => {
    const [one, other] = await Promise.all([openProcess(), openProcess()])
    const results = await Promise.all(
      [one, other, one, other].map(({ store }) => store.record([createEvent('same', 'id'), createEvent('same', 'id')])),
    )
    expect(results.flat()).toHaveLength(1)
    expect(await other.store.record([createEvent('same', 'id'), createEvent('next', 'id2')])).toMatchObject([
      { entry: { event: { conferenceId: 'next' } } },
    ])
    for (const { log } of [one, other]) await waitForNames(log, ['same', 'next'])
  })

  test('loads the whole log in a process that joins, in batches', async () => {
    const one = await openProcess()
    const names = Array.from({ length: 150 }, (_, index) => String(index))
    for (const name of names) await one.store.record([createEvent(name, null, 'x'.repeat(30_000))])
    const { log } = await openProcess()
    expect(listNames(log)).toEqual(names)
    await waitForNames(one.log, names)
    expect(list(log)).toEqual(list(one.log))
    expect(log.start).toEqual(one.log.start)
  })

  test('notices an entry whose publication was lost', async () => {
    const { store, log } = await openProcess()
    await store.record([createEvent('1')])
    // The state after a process whose publication was lost.
    const silent = `
      local log, entry = 'parley:event-log', redis.call('XRANGE', 'parley:events', '-', '+')[1][2][2]
      entry = string.gsub(entry, '"conferenceId":"1"', '"conferenceId":"2"')
      local ms = string.match(redis.call('HGET', log, 'last'), '%d+')
      local id = string.format('%d-0', ms + 1)
      redis.call('XADD', 'parley:events', id, 'entry', entry)
      redis.call('HSET', log, 'last', id, 'bytes', #entry * 2)`
    await inspector.evalScript(silent, [], [])
    await waitForNames(log, ['1', '2'])
    await inspector.evalScript(silent, [], [])
    await store.record([createEvent('3')])
    await waitForNames(log, ['1', '2', '2', '3'])
  })

  test('ignores publications that it cannot read', async () => {
    const { store, log } = await openProcess()
    for (const text of ['{"log":1}', '{"log":{"epoch":"x","after":"1-1","entries":[["a",1,{}]]}}', '{', 'null'])
      await inspector.sendCommand('PUBLISH', 'parley:0', text)
    const forged = { log: { epoch: log.epoch, after: '1-0', entries: [['5-0', 1, createEvent('forged').entry]] } }
    await inspector.sendCommand('PUBLISH', 'parley:0', JSON.stringify(forged))
    await store.record([createEvent('1')])
    expect(listNames(log)).toEqual(['1'])
  })

  test('keeps the configured number of entries in Redis, and knows where the log begins', async () => {
    const one = await openProcess({ eventLog: 5 })
    const begin = { epoch: one.log.epoch, position: one.log.end }
    for (let index = 0; index < 12; index++) await one.store.record([createEvent(String(index))])
    expect(await countEntries()).toBe(5)
    const other = await openProcess({ eventLog: 5 })
    expect(listNames(other.log)).toEqual(['7', '8', '9', '10', '11'])
    expect(other.log.isComplete(begin)).toBe(false)
    expect(other.log.isComplete({ epoch: other.log.epoch, position: other.log.start })).toBe(true)
    expect(other.log.start).toEqual(one.log.start)
  })

  test('removes entries from Redis after the configured time', async () => {
    const { store } = await openProcess({ eventLogTime: 300 })
    expect(await store.record([createEvent('1')])).toHaveLength(1)
    await vi.waitFor(async () => expect(await countEntries()).toBe(0), patient)
  })

  test('keeps entries for the configured time if the clocks of processes differ', async () => {
    const [early, late] = [
      await openProcess({}, () => Date.now() - 7_200_000),
      await openProcess({}, () => Date.now() + 7_200_000),
    ]
    await early.store.record([createEvent('1')])
    await late.store.record([createEvent('2')])
    for (const { log } of [early, late]) {
      await waitForNames(log, ['1', '2'])
      expect(log.isComplete({ epoch: log.epoch, position: log.end })).toBe(true)
    }
  })

  test('keeps at most 32 MiB of entries in Redis', async () => {
    const { store, log } = await openProcess()
    for (let index = 0; index < 36; index++)
      await store.record([createEvent(String(index), null, 'x'.repeat(1024 ** 2))])
    expect(await countEntries()).toBe(31)
    await vi.waitFor(() => expect(list(log)).toHaveLength(31), patient)
  })

  test('keeps nothing in Redis longer than 24 hours', async () => {
    const { store } = await openProcess()
    await store.record([createEvent('1', 'identity'), createEvent('2', 'another')])
    const keys = (await inspector.sendCommand('KEYS', 'parley:event*')) as readonly Buffer[]
    expect(keys).toHaveLength(4)
    for (const key of keys) {
      const ttl = (await inspector.sendCommand('PTTL', key)) as number
      expect(ttl, String(key)).toBeGreaterThan(dayMs / 2 - 60_000)
      expect(ttl, String(key)).toBeLessThanOrEqual(dayMs)
    }
  })
})

describe('RedisEventStore without Redis', () => {
  test('rejects entries, continues with the same log, and loses nothing after Redis is back', async () => {
    const [one, other] = await Promise.all([openProcess(), openProcess()])
    await one.store.record([createEvent('before', 'id')])
    const { epoch } = one.log
    expect(one.problem()).toBeNull()
    await redis.kill()
    await expect(one.store.record([createEvent('lost')])).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    for (const { problem } of [one, other]) await vi.waitFor(() => expect(problem()).toBe('STORE_UNAVAILABLE'), patient)
    await redis.start()
    for (const { problem } of [one, other]) await vi.waitFor(() => expect(problem()).toBeNull(), patient)
    expect(await one.store.record([createEvent('before', 'id')])).toEqual([])
    await other.store.record([createEvent('after')])
    for (const { log } of [one, other]) {
      await waitForNames(log, ['before', 'after'])
      expect(log.epoch).toBe(epoch)
    }
  })

  test('rejects an entry within 3 s if Redis hangs, and recognizes it as a repetition later', async () => {
    const { store, log, problem } = await openProcess()
    redis.freeze()
    const startedAt = performance.now()
    try {
      await expect(store.record([createEvent('1', 'id')])).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
      expect(performance.now() - startedAt).toBeGreaterThan(1_000)
      await vi.waitFor(() => expect(problem()).toBe('STORE_UNAVAILABLE'), patient)
    } finally {
      redis.thaw()
    }
    await vi.waitFor(() => expect(problem()).toBeNull(), patient)
    expect(await store.record([createEvent('1', 'id')])).toEqual([])
    await waitForNames(log, ['1'])
  })

  test.each([
    ['FLUSHALL', () => inspector.sendCommand('FLUSHALL')],
    ['the loss of the entries', () => inspector.sendCommand('DEL', 'parley:events')],
    ['the loss of the state', () => inspector.sendCommand('DEL', 'parley:event-log')],
    ['a state that cannot be read', () => inspector.sendCommand('HSET', 'parley:event-log', 'last', 'x')],
    [
      'the loss of the last entry',
      () =>
        inspector.evalScript(
          `local last = redis.call('XRANGE', 'parley:events', '-', '+')
          redis.call('XDEL', 'parley:events', last[2][1])
          redis.call('HSET', 'parley:event-log', 'last', last[1][1])`,
          [],
          [],
        ),
    ],
    [
      'a restart without its files',
      async () => {
        await redis.kill()
        rmSync(join(redis.folder, 'appendonlydir'), { recursive: true })
        await redis.start()
      },
    ],
  ])('begins another life of the log in every process after %s', async (_, lose) => {
    const [one, other] = await Promise.all([openProcess(), openProcess()])
    await one.store.record([createEvent('1'), createEvent('2')])
    await waitForNames(other.log, ['1', '2'])
    const before = { epoch: one.log.epoch, position: one.log.end }
    await lose()
    for (const { log } of [one, other]) await vi.waitFor(() => expect(log.epoch).not.toBe(before.epoch), patient)
    await vi.waitFor(() => other.store.record([createEvent('3')]), patient)
    const joined = await openProcess()
    for (const { log } of [one, other, joined]) {
      await waitForNames(log, ['3'])
      expect(log.isComplete(before)).toBe(false)
      expect(log.epoch).toBe(one.log.epoch)
      expect(log.start.ms).toBeGreaterThanOrEqual(before.position.ms)
    }
  })
})
