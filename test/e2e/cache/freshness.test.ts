import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startCachedFixture, type CachedFixture } from './fixture.ts'

let fixture: CachedFixture

beforeAll(async () => {
  fixture = await startCachedFixture()
})
afterAll(() => fixture.close())

const users = '{ users(first: 10) { nodes { id displayName } sources { account { key } status asOf } } }'
const read = (headers: Record<string, string> = {}) => fixture.observe(() => fixture.query(users, { headers }))

test('responds to the same query again without a vendor call, with the same time and its age', async () => {
  const first = await read()
  expect(first.calls).toEqual(['zoom GET /v2/users'])
  expect(first.result.cache).toBeUndefined()
  const again = await read()
  expect(again.calls).toEqual([])
  expect(again.result.data).toEqual(first.result.data)
  expect(again.result.cache).toEqual({ age: expect.any(Number), stale: [] })
  expect(Number.isInteger(again.result.cache!.age)).toBe(true)
  expect(again.result.headers.get('cache-control')).toBe('private, no-store')
})

test('serves another caller from the same response', async () => {
  await read()
  const { result, calls } = await fixture.observe(() => fixture.query(users, { who: 'reader' }))
  expect(calls).toEqual([])
  expect(result.errors).toBeUndefined()
})

test.each(['no-cache', 'no-store', 'max-age=0', 'NO-CACHE', 'foo, max-age=0', 'max-age=60, no-cache'])(
  'reads the vendor again with Cache-Control: %s, and keeps the new response',
  async (value) => {
    const before = await read()
    const fresh = await read({ 'cache-control': value })
    expect(fresh.calls).toEqual(['zoom GET /v2/users'])
    expect(fresh.result.cache).toBeUndefined()
    const time = ({ result }: typeof fresh): number => Date.parse(result.data!['users'].sources[0].asOf)
    expect(time(fresh)).toBeGreaterThanOrEqual(time(before))
    const after = await read()
    expect(after.calls).toEqual([])
    expect(time(after)).toBe(time(fresh))
  },
)

test.each(['max-age=3600', 'max-age=soon', 'max-age=-1', 'max-age', 'max-stale=0', 'no-cached', '"no-cache"', '=,;'])(
  'uses the cached response with Cache-Control: %s',
  async (value) => {
    await read()
    const { calls, result } = await read({ 'cache-control': value })
    expect(calls).toEqual([])
    expect(result.cache).toMatchObject({ stale: [] })
  },
)

test('uses nothing older than max-age', async () => {
  await read({ 'cache-control': 'no-cache' })
  await vi.waitFor(async () => expect((await read()).result.cache!.age).toBeGreaterThanOrEqual(2), { interval: 200 })
  expect((await read({ 'cache-control': 'max-age=3600' })).calls).toEqual([])
  const { calls, result } = await read({ 'cache-control': 'max-age=1' })
  expect(calls).toEqual(['zoom GET /v2/users'])
  expect(result.cache).toBeUndefined()
})

test('caches nothing without a setting, and each kind only for its seconds', async () => {
  const uncached = await startCachedFixture({})
  const short = await startCachedFixture({ cache: { users: 1 } })
  try {
    for (const { query, observe } of [uncached, short]) await observe(() => query(users))
    expect((await uncached.observe(() => uncached.query(users))).calls).toEqual(['zoom GET /v2/users'])
    const conferences = '{ conferences(first: 5, filter: { accounts: ["berlin"] }) { nodes { id } } }'
    await short.query(conferences)
    expect((await short.observe(() => short.query(conferences))).calls).toHaveLength(1)
    await vi.waitFor(async () => {
      const { calls, result } = await short.observe(() => short.query(users))
      expect(calls).toEqual(['zoom GET /v2/users'])
      expect(result.cache).toBeUndefined()
    })
  } finally {
    await Promise.all([uncached.close(), short.close()])
  }
})
