import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { NewEntry } from '../../src/events/log/log-entry.ts'
import { openSharedState } from '../../src/redis/index.ts'
import type { RedisConnection } from '../../src/redis/connection.ts'
import { start as startZoom } from '../../src/sandboxes/zoom/index.ts'
import { startProcess } from '../support/server.ts'
import { LiveProcesses } from './live-processes.ts'
import { openInspector, startRedis } from './redis-server.ts'

const patient = { timeout: 40_000, interval: 50 }
const ignore = () => {}

async function connect(url: string): Promise<RedisConnection> {
  const connection = await openInspector({ url })
  onTestFinished(() => connection.close())
  return connection
}

test('needs no permission that the command in docs/deployment.md does not grant', async () => {
  const [redis, zoom] = await Promise.all([startRedis(), startZoom({ seed: { active: 5, inactive: 0, pending: 0 } })])
  onTestFinished(() => Promise.all([redis.stop(), zoom.close()]).then(() => {}))
  const admin = await connect(redis.url)
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

test('logs that the user lacks a permission, and reports that no event can be recorded', async () => {
  const live = await LiveProcesses.open()
  const admin = await connect(live.redis.url)
  await admin.sendCommand('ACL', 'SETUSER', 'old', 'on', '>PASSWORD', '~*', '&*', '+@all', '-xadd', '-xrange')
  const redis = live.redis.url.replace('redis://', 'redis://old:PASSWORD@')
  const server = await startProcess({ ...live.createConfiguration(), redis })
  onTestFinished(() => server.dispose())
  const stream = await live.watch(server, { filter: { accounts: ['zoom'] } })
  await stream.waitForStatus('zoom', 'INTERRUPTED', 'STORE_UNAVAILABLE')
  expect(await live.sendHook(server, 1)).toBe(503)
  await vi.waitFor(() => {
    const line = server.lines().find(({ msg }) => msg === 'event log unavailable')
    expect(line).toMatchObject({ err: { message: 'Redis: NOPERM' } })
  }, patient)
})
