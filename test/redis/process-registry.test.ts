import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { openSharing } from '../../src/redis/index.ts'
import { startRedis, type RedisServer } from './redis-server.ts'

const patient = { timeout: 40_000, interval: 100 }
let redis: RedisServer
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())

async function join() {
  const sharing = await openSharing({ url: redis.url, cursorSecret: null, onChange: () => {} })
  onTestFinished(() => sharing.close())
  return sharing
}

test('who lives is told once the others have had the time to say so, and ends with them', async () => {
  const [watcher, killed, leaving] = [await join(), await join(), await join()]
  const { presence } = watcher
  await expect(presence.listAlive()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  const ids = [watcher, killed, leaving].map(({ presence }) => presence.id)
  await vi.waitFor(async () => expect(await presence.listAlive()).toEqual(new Set(ids)), patient)
  // As a process that is killed: without a word.
  killed.close()
  await leaving.presence.unregister()
  leaving.close()
  expect(await presence.listAlive()).toContain(killed.presence.id)
  await vi.waitFor(async () => expect(await presence.listAlive()).toEqual(new Set([presence.id])), patient)
  await redis.kill()
  await redis.start()
  await vi.waitFor(async () => {
    await expect(presence.listAlive()).rejects.toMatchObject({ cause: { message: 'too early to tell who lives' } })
  }, patient)
  await vi.waitFor(async () => expect(await presence.listAlive()).toEqual(new Set([presence.id])), patient)
})
