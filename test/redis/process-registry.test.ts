import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { openSharedState } from '../../src/redis/index.ts'
import { startRedis, type RedisServer } from './redis-server.ts'

const patient = { timeout: 40_000, interval: 100 }
let redis: RedisServer
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())

async function join() {
  const sharing = await openSharedState({ url: redis.url, cursorSecret: null, onChange: () => {} })
  onTestFinished(() => sharing.close())
  return sharing
}

test('lists running processes after they had time to send a heartbeat and removes stopped ones', async () => {
  const [watcher, killed, leaving] = [await join(), await join(), await join()]
  const { processRegistry } = watcher
  await expect(processRegistry.listAlive()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  const ids = [watcher, killed, leaving].map(({ processRegistry }) => processRegistry.id)
  await vi.waitFor(async () => expect(await processRegistry.listAlive()).toEqual(new Set(ids)), patient)
  // A killed process does not unregister.
  killed.close()
  await leaving.processRegistry.unregister()
  leaving.close()
  expect(await processRegistry.listAlive()).toContain(killed.processRegistry.id)
  await vi.waitFor(
    async () => expect(await processRegistry.listAlive()).toEqual(new Set([processRegistry.id])),
    patient,
  )
  await redis.kill()
  await redis.start()
  await vi.waitFor(async () => {
    await expect(processRegistry.listAlive()).rejects.toMatchObject({
      cause: { message: 'other processes have not sent a heartbeat yet' },
    })
  }, patient)
  await vi.waitFor(
    async () => expect(await processRegistry.listAlive()).toEqual(new Set([processRegistry.id])),
    patient,
  )
})
