import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { NewEntry } from '../../src/events/log-entry.ts'
import { openSharedState } from '../../src/redis/index.ts'
import { RedisConnection } from '../../src/redis/connection.ts'
import { start as startZoom } from '../../src/sandboxes/zoom/index.ts'
import { startProcess } from '../support/server.ts'
import { startRedis } from './redis-server.ts'

const patient = { timeout: 40_000, interval: 50 }

test('needs no permission that the command in docs/deployment.md does not grant', async () => {
  const [redis, zoom] = await Promise.all([startRedis(), startZoom({ seed: { active: 5, inactive: 0, pending: 0 } })])
  onTestFinished(() => Promise.all([redis.stop(), zoom.close()]).then(() => {}))
  const ignore = () => {}
  const admin = new RedisConnection({
    url: redis.url,
    onMessage: ignore,
    sendHeartbeat: async () => {},
    onChange: ignore,
  })
  await admin.connect()
  onTestFinished(() => admin.close())
  const [command] = /ACL SETUSER parley [^`]+/.exec(readFileSync('docs/deployment.md', 'utf8'))!
  await admin.sendCommand(...command.trim().split(/\s+/))
  const url = redis.url.replace('redis://', 'redis://parley:PASSWORD@')
  const sharing = await openSharedState({ url, cursorSecret: null, onChange: ignore })
  onTestFinished(() => sharing.close())
  const store = sharing.openEventStore({
    getLimits: () => ({ eventLog: 1, eventLogTime: 10_000 }),
    now: Date.now,
    onChange: ignore,
  })
  const gap: NewEntry = { entry: { kind: 'gap', account: 'zoom', since: 1, until: 2 }, identity: 'a' }
  await store.record([gap, { ...gap, identity: 'b' }])
  const server = await startProcess({ accounts: { zoom: zoom.account }, redis: url })
  onTestFinished(() => server.dispose())
  const query = `mutation { createConference(input: { account: "zoom", title: "A", idempotencyKey: "a",
    owner: { vendorId: "${zoom.data.users[0]!.id}" } }) { outcome } }`
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(server.graphqlUrl, { method: 'POST', headers, body: JSON.stringify({ query }) })
  expect(await response.json()).toMatchObject({ data: { createConference: { outcome: 'SUCCEEDED' } } })
  // Everything that is repeated at each heartbeat was executed then.
  const heartbeats = async (): Promise<number> =>
    Number(/cmdstat_eval:calls=(\d+)/.exec(String(await admin.sendCommand('INFO', 'commandstats')))![1])
  const before = await heartbeats()
  await vi.waitFor(async () => expect(await heartbeats()).toBeGreaterThan(before + 4), patient)
  expect(await admin.sendCommand('ACL', 'LOG')).toEqual([])
})
