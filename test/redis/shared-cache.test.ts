import { expect, onTestFinished, test, vi } from 'vitest'
import { start as startTrueConf } from '../../src/sandboxes/trueconf/index.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'
import { startRedis } from './redis-server.ts'

interface Reply {
  data: Record<string, unknown>
  extensions?: { cache: { age: number; stale: string[] } }
}

async function query(server: ServerProcess, text: string): Promise<Reply> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(server.graphqlUrl, { method: 'POST', headers, body: JSON.stringify({ query: text }) })
  return (await response.json()) as Reply
}

/** Starts two servers that share Redis, in front of one vendor. */
async function startServers(shared: boolean) {
  const [redis, vendor] = await Promise.all([startRedis(), startTrueConf({ users: 5, conferences: 5, running: 0 })])
  onTestFinished(() => Promise.all([redis.stop(), vendor.close()]).then(() => {}))
  const cache = { users: 600, conferences: 600, participants: 600, staleFor: 600, shared }
  const settings = { accounts: { trueconf: vendor.account }, redis: redis.url, cache }
  const servers = await Promise.all([startProcess(settings), startProcess(settings)])
  for (const server of servers) onTestFinished(() => server.dispose())
  const countCalls = (): number => vendor.ledger.filter(({ path }) => path.startsWith('/api/')).length
  return { redis, servers, countCalls }
}

const titles = '{ conferences { nodes { id title } } }'
const people = '{ users { nodes { email } } }'

test.each([
  ['shared', true],
  ['of its own', false],
])('reads again at every process after a mutation if the cache is %s', async (_, shared) => {
  const { servers, countCalls } = await startServers(shared)
  const [one, other] = servers as [ServerProcess, ServerProcess]
  const { data } = await query(one, titles)
  const { id } = (data['conferences'] as { nodes: { id: string }[] }).nodes.at(-1)!
  await query(one, people)
  for (const text of [titles, people]) await query(other, text)
  const before = countCalls()
  for (const server of [one, other])
    for (const text of [titles, people]) expect((await query(server, text)).extensions?.cache.stale).toEqual([])
  expect(countCalls()).toBe(before)
  const mutation = `mutation { updateConference(input: { conferenceId: "${id}", title: "Changed" }) { outcome problems { message } } }`
  expect((await query(one, mutation)).data).toEqual({ updateConference: { outcome: 'SUCCEEDED', problems: [] } })
  const expectChange = async (server: ServerProcess): Promise<void> =>
    expect(JSON.stringify((await query(server, titles)).data)).toContain('"Changed"')
  await expectChange(one)
  // A process with a cache of its own learns of the mutation as soon as Redis tells it.
  await (shared ? expectChange(other) : vi.waitFor(() => expectChange(other)))
  const after = countCalls()
  await query(other, people)
  expect(countCalls()).toBe(after)
})

test('makes no second vendor call for what another process has cached', async () => {
  const { servers, countCalls } = await startServers(true)
  const [one, other] = servers as [ServerProcess, ServerProcess]
  const first = await query(one, people)
  const calls = countCalls()
  await vi.waitFor(async () => {
    const before = countCalls()
    expect((await query(other, people)).data).toEqual(first.data)
    expect(countCalls()).toBe(before)
  })
  expect(countCalls()).toBeLessThanOrEqual(calls + 1)
})

test('reads the vendor while Redis is unavailable', async () => {
  const { redis, servers, countCalls } = await startServers(true)
  const [one] = servers as [ServerProcess, ServerProcess]
  await query(one, people)
  await redis.kill()
  const before = countCalls()
  const { data, extensions } = await query(one, people)
  expect([(data['users'] as { nodes: unknown[] }).nodes.length, extensions]).toEqual([5, undefined])
  expect(countCalls()).toBeGreaterThan(before)
})
