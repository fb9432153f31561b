import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { openSharedState, type SharedState } from '../../src/redis/index.ts'
import { systemClock } from '../../src/upstream/clock.ts'
import type { SharedStateListener, SharedAccount } from '../../src/upstream/shared-account.ts'
import { TokenProvider, type AccessToken } from '../../src/upstream/token-provider.ts'
import type { RedisConnection } from '../../src/redis/connection.ts'
import { CountingVendor, tokenTtlMs } from './counting-vendor.ts'
import { openInspector, startRedis, type RedisServer } from './redis-server.ts'

const credential = 'client-secret-9f27c1'
const never = new AbortController().signal

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
beforeEach(() => inspector.sendCommand('FLUSHDB'))

interface Process {
  sharing: SharedState
  account: SharedAccount
  cell: TokenProvider
  holds: [limit: string, until: number][]
  counts: number[]
  outdated: (readonly string[])[]
}

/** Opens the shared state of an account as a process does. */
async function openProcess(vendor: CountingVendor, secrets: string[] = [credential]): Promise<Process> {
  const sharing = await openSharedState({ url: redis.url, cursorSecret: null, onChange: () => {} })
  onTestFinished(() => sharing.close())
  const account = sharing.shareAccount('zoom', { apiUrl: 'https://api.example', secrets })
  const cell = new TokenProvider({ fetchToken: vendor.fetch, clock: systemClock, shared: account })
  const [holds, counts, outdated]: [Process['holds'], number[], Process['outdated']] = [[], [], []]
  const listener: SharedStateListener = {
    onToken: (token) => cell.useSharedToken(token),
    onCooldown: (limit, until) => void holds.push([limit, until]),
    onOutdated: (topics) => void outdated.push(topics),
    onProcessCount: (count) => void counts.push(count),
  }
  account.setListener(listener)
  return { sharing, account, cell, holds, counts, outdated }
}

async function use({ cell }: Process, vendor: CountingVendor, knownToken?: AccessToken): Promise<void> {
  const token = knownToken ?? (await cell.getToken(never))
  if (vendor.isValid(token)) return cell.markAccepted(token)
  expect(cell.markRejected(token)).toBe(true)
  const renewed = await cell.getToken(never)
  expect(vendor.isValid(renewed)).toBe(true)
  cell.markAccepted(renewed)
}

const useManyTimes = (process: Process, vendor: CountingVendor, knownToken?: AccessToken): Promise<void>[] =>
  Array.from({ length: 50 }, () => use(process, vendor, knownToken))

test('fetches one token for all processes', async () => {
  const vendor = new CountingVendor()
  const processes = await Promise.all([openProcess(vendor), openProcess(vendor), openProcess(vendor)])
  await Promise.all(processes.flatMap((process) => useManyTimes(process, vendor)))
  expect(vendor.issued).toBe(1)
  const late = await openProcess(vendor)
  expect((await late.cell.getToken(never)).value).toBe('token-1')
  expect(late.cell.expiresAt).toBeGreaterThan(Date.now() + tokenTtlMs - 60_000)
  expect(vendor.issued).toBe(1)
})

test('renews a revoked token once for all processes', async () => {
  const vendor = new CountingVendor()
  const [first, second] = await Promise.all([openProcess(vendor), openProcess(vendor)])
  for (let revocation = 1; revocation <= 5; revocation++) {
    const tokens = [await first.cell.getToken(never), await second.cell.getToken(never)] as const
    await Promise.all([use(first, vendor, tokens[0]), use(second, vendor, tokens[1])])
    vendor.revoked = vendor.issued
    await Promise.all([...useManyTimes(first, vendor, tokens[0]), ...useManyTimes(second, vendor, tokens[1])])
    expect(vendor.issued).toBe(revocation + 1)
    // A call that was sent with the old token, and is rejected only now.
    await use(first, vendor, tokens[0])
    await use(second, vendor, tokens[1])
    expect(vendor.issued).toBe(revocation + 1)
  }
  expect(vendor.maxFetching).toBe(1)
})

test('sends a new token to processes with an older one', async () => {
  const vendor = new CountingVendor()
  const [first, second] = await Promise.all([openProcess(vendor), openProcess(vendor)])
  const token = await first.cell.getToken(never)
  await second.cell.getToken(never)
  first.cell.markRejected(token)
  expect((await first.cell.getToken(never)).value).toBe('token-2')
  await vi.waitFor(async () => expect((await second.cell.getToken(never)).value).toBe('token-2'))
  expect(vendor.issued).toBe(2)
})

test('lets other processes wait during a slow fetch and fetch themselves after a failed one', async () => {
  const vendor = new CountingVendor()
  const [first, second] = await Promise.all([openProcess(vendor), openProcess(vendor)])
  const slow = Promise.withResolvers<void>()
  vendor.wait = slow.promise
  const results = Promise.allSettled([first.cell.getToken(never), second.cell.getToken(never)])
  const readLockTtl = async (): Promise<number> => {
    const [lock] = (await inspector.sendCommand('KEYS', 'parley:token-lock:*')) as [Buffer?]
    return lock ? ((await inspector.sendCommand('PTTL', lock)) as number) : -1
  }
  // The lock is extended more than once.
  let [lastTtl, extensions] = [Infinity, 0]
  await vi.waitFor(
    async () => {
      const ttl = await readLockTtl()
      if (ttl > lastTtl) extensions += 1
      lastTtl = ttl
      expect(extensions).toBe(3)
    },
    { timeout: 20_000, interval: 20 },
  )
  expect(vendor.fetching).toBe(1)
  vendor.failure = new Problem('VENDOR_AUTH_FAILED', 'down', { retryable: true })
  slow.resolve()
  expect(await results).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
  expect(vendor.maxFetching).toBe(1)
  expect(await readLockTtl()).toBe(-1)
})

test('lets another process fetch the token within 3 s after the fetching process died', async () => {
  const vendor = new CountingVendor()
  const probe = await openProcess(vendor)
  await probe.cell.getToken(never)
  const [name] = (await inspector.sendCommand('KEYS', 'parley:token:*')) as [Buffer]
  await inspector.sendCommand('DEL', name)
  await inspector.sendCommand('SET', String(name).replace('token:', 'token-lock:'), 'ended', 'PX', 3_000)
  const next = await openProcess(vendor)
  expect((await next.cell.getToken(never)).value).toBe('token-2')
})

test('does not share tokens between processes with different credentials', async () => {
  const vendor = new CountingVendor()
  const [first, second] = [await openProcess(vendor), await openProcess(vendor, ['another secret'])]
  expect((await first.cell.getToken(never)).value).toBe('token-1')
  expect((await second.cell.getToken(never)).value).toBe('token-2')
  const names = ((await inspector.sendCommand('KEYS', 'parley:token:*')) as Buffer[]).map(String)
  expect(names).toHaveLength(2)
  const [own, foreign] = names as [string, string]
  // A process cannot use the other's token, even under its own name.
  await inspector.sendCommand('COPY', own, foreign, 'REPLACE')
  await inspector.sendCommand('COPY', foreign, own, 'REPLACE')
  const third = await openProcess(vendor, ['another secret'])
  const fourth = await openProcess(vendor)
  await third.cell.getToken(never)
  await fourth.cell.getToken(never)
  expect(vendor.issued).toBe(3)
})

test('stores no plain token or credential in Redis and lets the token expire', async () => {
  const vendor = new CountingVendor()
  const process = await openProcess(vendor)
  const token = await process.cell.getToken(never)
  process.account.publishCooldown('light', Date.now() + 60_000)
  await vi.waitFor(async () => expect(await inspector.sendCommand('KEYS', 'parley:holds:*')).toHaveLength(1))
  const { folder } = redis
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  )
  const stored = files.map((name) => readFileSync(join(folder, name), 'latin1')).join('\n')
  expect(stored).toContain('parley:token:')
  for (const secret of [token.value, credential]) expect(stored).not.toContain(secret)
  const [name] = (await inspector.sendCommand('KEYS', 'parley:token:*')) as [Buffer]
  const ttl = (await inspector.sendCommand('PTTL', name)) as number
  expect(ttl).toBeGreaterThan(tokenTtlMs - 60_000)
  expect(ttl).toBeLessThanOrEqual(tokenTtlMs)
})

test('shares a cooldown with running processes and with those that start later', async () => {
  const vendor = new CountingVendor()
  const [first, second] = await Promise.all([openProcess(vendor), openProcess(vendor)])
  const until = Date.now() + 60_000
  first.account.publishCooldown('light', until)
  first.account.publishCooldown('light', until - 30_000)
  first.account.publishCooldown('heavy', until)
  const limits = ({ holds }: Process): string[] => [...new Set(holds.map(([limit]) => limit))].toSorted()
  await vi.waitFor(() => expect(limits(second)).toEqual(['heavy', 'light']))
  const late = await openProcess(vendor)
  await vi.waitFor(() => expect(limits(late)).toEqual(['heavy', 'light']))
  for (const [, ends] of late.holds) expect(Math.abs(ends - until)).toBeLessThan(5_000)
})

test('reports the number of processes to each process', async () => {
  const vendor = new CountingVendor()
  const [first, second] = await Promise.all([openProcess(vendor), openProcess(vendor)])
  await vi.waitFor(() => expect(first.counts.at(-1)).toBe(2), { timeout: 10_000 })
  await second.sharing.processRegistry.unregister()
  second.sharing.close()
  await vi.waitFor(() => expect(first.counts.at(-1)).toBe(1), { timeout: 10_000 })
})

test('lets each process continue alone without Redis and shares again after Redis is back', async () => {
  const vendor = new CountingVendor()
  const [first, second] = await Promise.all([openProcess(vendor), openProcess(vendor)])
  await redis.kill()
  const alone = await first.cell.getToken(never)
  expect((await second.cell.getToken(never)).value).not.toBe(alone.value)
  expect(vendor.issued).toBe(2)
  await redis.start()
  vendor.revoked = vendor.issued
  await vi.waitFor(() => inspector.sendCommand('PING'), { timeout: 10_000 })
  await vi.waitFor(() => first.sharing.store.find('none'), { timeout: 10_000 })
  await vi.waitFor(() => second.sharing.store.find('none'), { timeout: 10_000 })
  await Promise.all([...useManyTimes(first, vendor), ...useManyTimes(second, vendor)])
  expect(vendor.issued).toBe(3)
})

test('stores the secret in use again after Redis has lost it', async () => {
  const vendor = new CountingVendor()
  const { sharing } = await openProcess(vendor)
  await inspector.sendCommand('FLUSHALL')
  await redis.kill()
  await redis.start()
  await vi.waitFor(
    async () =>
      expect(String(await inspector.sendCommand('GET', 'parley:cursor-secret'))).toBe(sharing.secrets.current),
    {
      timeout: 10_000,
    },
  )
  const second = await openProcess(vendor)
  expect(second.sharing.secrets.current).toBe(sharing.secrets.current)
})

test.each([
  ['an empty text', (): Promise<unknown> => inspector.sendCommand('SET', 'parley:cursor-secret', '')],
  ['a short secret', () => inspector.sendCommand('SET', 'parley:cursor-secret', 'x'.repeat(31))],
  ['a long text', () => inspector.sendCommand('SET', 'parley:cursor-secret', 'x'.repeat(100_000))],
  ['no text', () => inspector.sendCommand('HSET', 'parley:cursor-secret', 'a', 'b')],
])('replaces %s as the cursor secret for all processes', async (_, replaceSecret) => {
  await replaceSecret()
  const processes = await Promise.all(Array.from({ length: 3 }, () => openProcess(new CountingVendor())))
  const [secret] = processes.map(({ sharing }) => sharing.secrets.current)
  expect(secret).toMatch(/^[\w-]{43}$/)
  for (const { sharing } of processes) expect(sharing.secrets.current).toBe(secret)
  expect(String(await inspector.sendCommand('GET', 'parley:cursor-secret'))).toBe(secret)
})

test('ignores malformed and too long cooldowns in Redis and applies the others', async () => {
  const [first] = [await openProcess(new CountingVendor())]
  const soon = Date.now() + 60_000
  first.account.publishCooldown('good', soon)
  const names = async () => (await inspector.sendCommand('KEYS', 'parley:holds:*')) as Buffer[]
  await vi.waitFor(async () => expect(await names()).toHaveLength(1))
  const [name] = (await names()) as [Buffer]
  const tenYears = String(Date.now() + 10 * 365 * 24 * 60 * 60 * 1000)
  for (const [limit, value] of [
    ['years', tenYears],
    ['word', 'soon'],
    ['endless', 'inf'],
    ['none', 'nan'],
  ] as const)
    await inspector.sendCommand('HSET', name, limit, value)
  const late = await openProcess(new CountingVendor())
  await vi.waitFor(() => expect(late.holds.map(([limit]) => limit)).toEqual(['good']))
  // Malformed entries in Redis do not prevent valid ones.
  late.account.publishCooldown('years', soon)
  late.account.publishCooldown('word', soon)
  const next = await openProcess(new CountingVendor())
  await vi.waitFor(() => expect(next.holds.map(([limit]) => limit).toSorted()).toEqual(['good', 'word', 'years']))
})

test('ignores messages that no process sends', async () => {
  const vendor = new CountingVendor()
  const process = await openProcess(vendor)
  const { value } = await process.cell.getToken(never)
  const { name: account } = process.account as unknown as { name: string }
  const hostile = [
    'null',
    '5',
    '[]',
    '{',
    { account },
    { account, hold: 5 },
    { account, hold: { limit: 'light', ms: 1e15 } },
    { account, hold: { limit: 'light', ms: 'long' } },
    { account, hold: { limit: 'x'.repeat(3_000), ms: 1_000 } },
    { account, token: 'token' },
    { account, token: { sealed: 5, life: 5 } },
    { account, token: { sealed: 'x'.repeat(100), life: null } },
    { account, token: { sealed: '', life: -1 } },
  ]
  for (const text of hostile)
    await inspector.sendCommand('PUBLISH', 'parley:0', typeof text === 'string' ? text : JSON.stringify(text))
  await inspector.sendCommand('PUBLISH', 'parley:0', JSON.stringify({ account, hold: { limit: 'last', ms: 1_000 } }))
  await vi.waitFor(() => expect(process.holds.map(([limit]) => limit)).toEqual(['last']))
  expect((await process.cell.getToken(never)).value).toBe(value)
})

test('does not wait for a lock without an expiration time or for a malformed token', async () => {
  const vendor = new CountingVendor()
  const probe = await openProcess(vendor)
  await probe.cell.getToken(never)
  const [name] = (await inspector.sendCommand('KEYS', 'parley:token:*')) as [Buffer]
  await inspector.sendCommand('DEL', name)
  await inspector.sendCommand('SET', String(name).replace('token:', 'token-lock:'), 'nobody')
  const next = await openProcess(vendor)
  expect((await next.cell.getToken(never)).value).toBe('token-2')
  await inspector.sendCommand('DEL', name)
  await inspector.sendCommand('SET', name, 'no token')
  const last = await openProcess(vendor)
  expect((await last.cell.getToken(never)).value).toBe('token-3')
})

test('ignores a process in Redis with a TTL of years', async () => {
  const { sharing } = await openProcess(new CountingVendor())
  await inspector.sendCommand('ZADD', 'parley:processes', String(Date.now() + 1e11), 'immortal')
  await vi.waitFor(
    async () => expect(await sharing.processRegistry.listAlive()).toEqual(new Set([sharing.processRegistry.id])),
    {
      timeout: 40_000,
      interval: 100,
    },
  )
})
