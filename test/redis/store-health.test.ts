import { expect, onTestFinished, test, vi } from 'vitest'
import { startProcess } from '../support/server.ts'
import { scrape } from '../observability/scrape.ts'
import { startRedis } from './redis-server.ts'
import { startSandbox } from '../../src/sandboxes/index.ts'

const patient = { timeout: 40_000, interval: 100 }

test('reports the failure and the recovery of the store in Redis', async () => {
  const redis = await startRedis()
  onTestFinished(() => redis.stop())
  const sandbox = await startSandbox('trueconf')
  onTestFinished(() => sandbox.close())
  const parley = await startProcess({ accounts: { berlin: sandbox.account }, redis: redis.url })
  onTestFinished(() => parley.dispose())
  const storeUp = async () => (await scrape(parley.url)).get('parley_store_up')
  await vi.waitFor(() => expect(parley.lines().map(({ msg }) => msg)).toContain('serving'), patient)
  expect((await scrape(parley.url)).get('parley_store_failures_total')).toBe(0)
  expect(await storeUp()).toBe(1)
  await redis.kill()
  await vi.waitFor(async () => expect(await storeUp()).toBe(0), patient)
  await redis.start()
  await vi.waitFor(async () => expect(await storeUp()).toBe(1), patient)
  await vi.waitFor(() => {
    const lines = parley.lines().filter(({ msg }) => msg.startsWith('store'))
    expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
      [50, 'store failed: mutations are rejected'],
      [40, 'store recovered'],
    ])
  }, patient)
})
