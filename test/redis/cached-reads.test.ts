import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { openSharedState, type SharedState } from '../../src/redis/index.ts'
import type { RedisConnection } from '../../src/redis/connection.ts'
import { AccountCache } from '../../src/upstream/account-cache.ts'
import { CallContext } from '../../src/upstream/call-context.ts'
import { systemClock } from '../../src/upstream/clock.ts'
import { path } from '../../src/upstream/path.ts'
import { ReadCache } from '../../src/upstream/read-cache.ts'
import type { ReadSubject } from '../../src/upstream/read-subject.ts'
import { Upstream } from '../../src/upstream/upstream.ts'
import { removeCredentials } from '../../src/vendors/kit/credentials.ts'
import { FaultServer } from '../support/fault-server.ts'
import type { ScriptedResponse } from '../support/raw-http.ts'
import { openInspector, startRedis, type RedisServer } from './redis-server.ts'

const meeting: ReadSubject = { kind: 'conferences', conferenceId: '83921' }
const users: ReadSubject = { kind: 'users' }

let redis: RedisServer
let inspector: RedisConnection
beforeAll(async () => {
  redis = await startRedis()
  inspector = await openInspector(redis)
})
afterAll(async () => {
  inspector.close()
  await redis.stop()
})
beforeEach(() => vi.waitFor(() => inspector.sendCommand('FLUSHDB')))

interface Process {
  sharing: SharedState
  upstream: Upstream
  read(subject?: ReadSubject, maxAgeMs?: number): Promise<unknown>
}

interface Vendor {
  server: FaultServer
  /** Sets what the vendor returns. Default: its number of responses so far. */
  respond(response: (() => ScriptedResponse | Promise<ScriptedResponse>) | null): void
  received(): number
}

async function startVendor(): Promise<Vendor> {
  let version = 0
  let responder: (() => ScriptedResponse | Promise<ScriptedResponse>) | null = null
  const server = await FaultServer.start({ respond: () => responder?.() ?? { body: { version: ++version } } })
  onTestFinished(() => server.close())
  return { server, respond: (next) => void (responder = next), received: () => server.ledger.requests.length }
}

async function startProcess({ server }: Vendor, shared: boolean): Promise<Process> {
  const sharing = await openSharedState({ url: redis.url, cursorSecret: null, onChange: () => {} })
  const cache = new ReadCache()
  cache.configure({ users: 60, conferences: 60, participants: 60, staleFor: 60, shared }, 10_000_000)
  const upstream = new Upstream({
    account: 'zoom',
    apiUrl: server.url,
    errorParser: { parseError: () => null },
    authScheme: { fetchToken: async () => ({ value: 'token', expiresAt: null }) },
    secrets: ['client-secret'],
    limits: { attempts: 1 },
    cache: new AccountCache({ cache, clock: systemClock, removeCredentials }),
    shared: sharing.shareAccount('zoom', { apiUrl: server.url, secrets: ['client-secret'] }),
  })
  onTestFinished(async () => {
    await upstream.close()
    sharing.close()
  })
  return {
    sharing,
    upstream,
    read: (subject = meeting, maxAgeMs = Infinity) => {
      const signal = new AbortController().signal
      const call = new CallContext({ caller: 'ada', signal, time: { deadline: Date.now() + 60_000 }, maxAgeMs })
      return upstream.client.read(path`/meetings/83921`, { schema: (body) => body, subject }, call)
    },
  }
}

const startTwo = async (shared: boolean): Promise<[Vendor, Process, Process]> => {
  const vendor = await startVendor()
  return [vendor, ...(await Promise.all([startProcess(vendor, shared), startProcess(vendor, shared)]))]
}

test('uses the response that another process has cached', async () => {
  const [vendor, one, other] = await startTwo(true)
  expect(await one.read()).toEqual({ version: 1 })
  await vi.waitFor(async () => expect(await other.read()).toEqual({ version: 1 }))
  expect(await other.read(meeting, 0)).toEqual({ version: vendor.received() })
})

test('uses a response of another process whose value is false', async () => {
  const [vendor, one, other] = await startTwo(true)
  vendor.respond(() => ({ body: false }))
  expect(await one.read()).toBe(false)
  // The generation and the response.
  await vi.waitFor(async () => expect(await inspector.sendCommand('KEYS', 'parley:cache:*')).toHaveLength(2))
  expect(await other.read()).toBe(false)
  expect(vendor.received()).toBe(1)
})

test('removes shared responses from all processes before a mutation ends, and nothing of users', async () => {
  const [vendor, one, other] = await startTwo(true)
  for (const subject of [meeting, users]) {
    await one.read(subject, 0)
    const before = vendor.received()
    await other.upstream.invalidate({ kind: 'conferences', conferenceId: '83921' })
    await one.read(subject)
    expect(vendor.received() - before).toBe(subject === meeting ? 1 : 0)
  }
})

test('keeps no response that was requested before another process has changed the data', async () => {
  const [vendor, one, other] = await startTwo(true)
  const { promise, resolve } = Promise.withResolvers<ScriptedResponse>()
  vendor.respond(() => promise)
  const early = one.read()
  await vi.waitFor(() => expect(vendor.received()).toBe(1))
  vendor.respond(null)
  await other.upstream.invalidate({ kind: 'conferences', conferenceId: '83921' })
  resolve({ body: { version: 'old' } })
  expect(await early).toEqual({ version: 'old' })
  expect(await other.read()).toEqual({ version: 1 })
  expect(await one.read()).toEqual({ version: 1 })
})

test('reports a change to other processes if each has a cache of its own', async () => {
  const [, one, other] = await startTwo(false)
  expect([await one.read(), await other.read(), await one.read()]).toEqual([
    { version: 1 },
    { version: 2 },
    { version: 1 },
  ])
  await other.upstream.invalidate({ kind: 'conferences', conferenceId: '83921' })
  await vi.waitFor(async () => expect(await one.read()).not.toEqual({ version: 1 }))
})

test('stores neither URLs nor credentials nor readable contents, and for no longer than allowed', async () => {
  const [vendor, one] = await startTwo(true)
  vendor.respond(() => ({ body: { title: 'Board', password: 'p4ssw0rd', start_url: 'https://start' } }))
  await one.read()
  await one.upstream.invalidate({ kind: 'users' })
  const keys = await vi.waitFor(async () => {
    const found = ((await inspector.sendCommand('KEYS', 'parley:cache:*')) as Buffer[]).map(String)
    expect(found).toHaveLength(3)
    return found
  })
  for (const key of keys) {
    expect(Number(await inspector.sendCommand('PTTL', key))).toBeGreaterThan(0)
    expect(Number(await inspector.sendCommand('PTTL', key))).toBeLessThanOrEqual(180_000)
    const text = key + String(await inspector.sendCommand('GET', key))
    expect(text).not.toMatch(/meetings|83921|Board|p4ssw0rd|https:/)
  }
  expect(await one.read()).toEqual({ title: 'Board' })
  expect(vendor.received()).toBe(1)
})

test('uses nothing from Redis while it is unavailable, and nothing that was changed meanwhile', async () => {
  const [vendor, one, other] = await startTwo(true)
  await one.read()
  await vi.waitFor(async () => expect(await other.read()).toEqual({ version: 1 }))
  await redis.kill()
  expect(await one.read()).toEqual({ version: 2 })
  await one.upstream.invalidate({ kind: 'conferences', conferenceId: '83921' })
  await redis.start()
  await vi.waitFor(async () => {
    const before = vendor.received()
    await one.read()
    await one.read()
    expect(vendor.received() - before).toBeLessThan(2)
  })
  expect(await other.read()).not.toEqual({ version: 1 })
})
