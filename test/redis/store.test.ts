import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { RedisConnection } from '../../src/redis/connection.ts'
import { RedisStore } from '../../src/redis/store.ts'
import { record, storeSuite } from '../operations/store-suite.ts'
import { startRedis, type RedisServer } from './redis-server.ts'

let redis: RedisServer
let connection: RedisConnection
beforeAll(async () => {
  redis = await startRedis()
  const quiet = () => {}
  connection = new RedisConnection({
    url: redis.url,
    onMessage: quiet,
    sendHeartbeat: async (run) => void (await run('return 1', [], [])),
    onChange: quiet,
  })
  await connection.connect()
})
afterAll(async () => {
  connection.close()
  await redis.stop()
})

storeSuite(async () => {
  await connection.sendCommand('FLUSHDB')
  return (options) => new RedisStore(connection, options)
})

test('keeps records after Redis was killed and fails at once while Redis is unavailable', async () => {
  await connection.sendCommand('FLUSHDB')
  const store = new RedisStore(connection)
  await store.insert(record())
  await redis.kill()
  await expect(store.insert(record({ id: 'two', key: 'two' }))).rejects.toMatchObject({
    code: 'STORE_UNAVAILABLE',
    retryable: true,
  })
  await expect(store.find('one')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  await redis.start()
  await vi.waitFor(async () => expect(await store.find('one')).toEqual(record()), { timeout: 10_000 })
  expect(await store.find('two')).toBeNull()
  expect(await store.insert(record({ id: 'again' }))).toEqual(record())
})

test('waits once for a Redis that hangs and then fails at once', async () => {
  const store = new RedisStore(connection)
  await vi.waitFor(() => store.find('one'), { timeout: 10_000 })
  redis.freeze()
  try {
    await expect(store.insert(record({ id: 'hung', key: 'hung' }))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      cause: { reason: 'timeout' },
    })
    await vi.waitFor(() => expect(store.find('one')).rejects.toMatchObject({ cause: { reason: 'not connected' } }), {
      timeout: 20_000,
    })
  } finally {
    redis.thaw()
  }
  await vi.waitFor(() => store.find('one'), { timeout: 10_000 })
})

test('stores keys without an expiration time, so that only allkeys policies evict them', async () => {
  const store = new RedisStore(connection)
  await store.insert(record({ id: 'kept', key: 'kept' }))
  const names = (await connection.sendCommand('KEYS', '*')) as readonly Buffer[]
  expect(names.length).toBeGreaterThan(3)
  for (const name of names) expect(await connection.sendCommand('TTL', name), String(name)).toBe(-1)
})

test('returns all other records while some cannot be read and reports those once', async () => {
  await connection.sendCommand('FLUSHDB')
  const reported: string[] = []
  const store = new RedisStore(connection, { callerBytes: 1_000_000, onUnreadable: (id) => reported.push(id) })
  for (const id of ['one', 'two', 'three', 'four', 'five']) await store.insert(record({ id, key: id }))
  await connection.sendCommand('HSET', 'parley:records', 'one', 'no record')
  await connection.sendCommand('HSET', 'parley:about', 'two', '{')
  await connection.sendCommand('HSET', 'parley:about', 'three', '[1]')
  await connection.sendCommand('HSET', 'parley:about', 'four', '{"key":5,"caller":{},"bytes":"many"}')
  await connection.sendCommand('HSET', 'parley:usage', 'ada', 'much')
  const unavailable = { code: 'STORE_UNAVAILABLE' }
  for (let times = 0; times < 2; times++) {
    const open = await store.listUnresolved(0, new Set())
    expect(open.map(({ id }) => id).toSorted()).toEqual(['five', 'four', 'three', 'two'])
    await expect(store.find('one')).rejects.toMatchObject(unavailable)
    await expect(store.insert(record({ id: 'next', key: 'one' }))).rejects.toMatchObject(unavailable)
  }
  expect(reported).toEqual(['one'])
  expect((await store.insert(record({ id: 'next', key: 'two' })))?.id).toBe('two')
  await store.releaseKeysOlderThan(2_000)
  await store.deleteOlderThan(2_000)
  for (const id of ['one', 'two', 'three', 'four', 'five']) {
    expect(await store.find(id), id).toBeNull()
    expect(await store.insert(record({ id: `${id} again`, key: id })), id).toBeNull()
  }
})

test('lists unresolved operations that an earlier version recorded', async () => {
  await connection.sendCommand('FLUSHDB')
  const store = new RedisStore(connection)
  await store.insert(record({ id: 'one', startedAt: 5 }))
  await connection.sendCommand('DEL', 'parley:open:this', 'parley:owners')
  await connection.sendCommand('ZADD', 'parley:open', 5, 'one')
  const [found] = await store.listUnresolved(0, new Set(['another']))
  expect(found).toEqual(record({ id: 'one', startedAt: 5 }))
  expect(await store.updateIf({ ...found!, processId: 'another' }, ['PENDING'])).toBe(true)
  expect(await store.listUnresolved(0, new Set(['another']))).toEqual([])
  expect(await store.listUnresolved(0, new Set())).toHaveLength(1)
})
