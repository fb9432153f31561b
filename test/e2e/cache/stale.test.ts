import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { Fault } from '../../../src/sandboxes/faults.ts'
import { startCachedFixture, type CachedFixture } from './fixture.ts'

let fixture: CachedFixture

beforeAll(async () => {
  const seconds = { users: 1, conferences: 1, participants: 1 }
  // The circuit breaker would stay open for 5 s after each fault.
  fixture = await startCachedFixture({ cache: { ...seconds, staleFor: 3_600 }, limits: { breakerFailures: 1 } })
})
afterAll(() => fixture.close())
afterEach(() => {
  fixture.berlin.clearFaults()
  fixture.central.clearFaults()
})

interface Source {
  account: { key: string }
  status: string
  asOf: string | null
  problem: { code: string } | null
}

const list = `{ users(first: 100, filter: { accounts: ["berlin", "central"] }) {
  nodes { id } sources { account { key } status asOf problem { code } }
} }`
const noCache = { headers: { 'cache-control': 'no-cache' } }

const getSource = (data: Record<string, any> | null | undefined, key: string): Source =>
  data!['users'].sources.find(({ account }: Source) => account.key === key)

const waitForStatus = (key: string, status: string): Promise<void> =>
  vi.waitFor(async () => expect(getSource((await fixture.query(list)).data, key).status).toBe(status))

/** Expects that an account contributes what it contributed before a fault, that the response says so, and `no-cache` does not. */
async function expectStale(key: 'berlin' | 'central', fault: Omit<Fault, 'match'>, code: string): Promise<void> {
  const other = key === 'berlin' ? 'central' : 'berlin'
  const before = await fixture.query(list, noCache)
  fixture[key].fault({ match: { path: /users/ }, ...fault })
  await waitForStatus(key, 'STALE')
  const { data, errors, cache, headers } = await fixture.query(list)
  expect(errors).toBeUndefined()
  expect(data!['users'].nodes).toEqual(before.data!['users'].nodes)
  expect(getSource(data, key)).toEqual({ ...getSource(before.data, key), status: 'STALE', problem: { code } })
  expect(getSource(data, other)).toMatchObject({ status: 'OK', problem: null })
  expect(cache).toEqual({ age: expect.any(Number), stale: [key] })
  await vi.waitFor(() => {
    const line = fixture.server.lines().find(({ requestId }) => requestId === headers.get('x-request-id'))
    expect(line).toMatchObject({ stale: [key], codes: [] })
    expect(line).not.toHaveProperty('partial')
  })

  const fresh = await fixture.query(list, noCache)
  expect(getSource(fresh.data, key)).toMatchObject({
    status: code === 'VENDOR_RATE_LIMITED' ? 'RATE_LIMITED' : 'FAILED',
    problem: { code },
  })
  expect(fresh.cache).toBeUndefined()
}

test.each<[string, Omit<Fault, 'match'>, string]>([
  ['cannot be reached', { kind: 'reset' }, 'VENDOR_UNAVAILABLE'],
  ['responds with 500', { kind: 'status', status: 500 }, 'VENDOR_UNAVAILABLE'],
  ['sends garbage', { kind: 'body', status: 200, body: '<html>' }, 'VENDOR_BAD_RESPONSE'],
])('uses the earlier response of a vendor that %s, and reports it', async (_, fault, code) => {
  await expectStale('berlin', fault, code)
  fixture.berlin.clearFaults()
  await waitForStatus('berlin', 'OK')
})

test('does not return an object that no longer exists', async () => {
  const { data } = await fixture.query('{ conferences(first: 1, filter: { accounts: ["berlin"] }) { nodes { id } } }')
  const one = `{ conference(id: "${data!['conferences'].nodes[0].id}") { title } }`
  expect((await fixture.query(one)).data!['conference']).not.toBeNull()
  fixture.berlin.fault({ match: { path: /conferences/ }, kind: 'status', status: 404, body: '{}' })
  await vi.waitFor(async () => expect((await fixture.query(one)).data).toEqual({ conference: null }))
})

test('reports a sorted list that is based on earlier responses, on each of its pages', async () => {
  const sorted = (after: string | null) => `{ conferences(first: 5, after: ${JSON.stringify(after)},
    orderBy: { field: TITLE, direction: ASC }, filter: { accounts: ["berlin"] }) {
    nodes { title } pageInfo { endCursor } sources { status asOf problem { code } } } }`
  const before = (await fixture.query(sorted(null))).data!['conferences']
  fixture.berlin.fault({ match: { path: /conferences/ }, kind: 'reset' })
  const first = await vi.waitFor(async () => {
    const { data } = await fixture.query(sorted(null))
    expect(data!['conferences'].sources[0].status).toBe('STALE')
    return data!['conferences']
  })
  expect(first.nodes).toEqual(before.nodes)
  const second = (await fixture.query(sorted(first.pageInfo.endCursor))).data!['conferences']
  expect(second.nodes).toHaveLength(5)
  expect(second.sources).toEqual(first.sources)
  expect(first.sources).toMatchObject([{ asOf: before.sources[0].asOf, problem: { code: 'VENDOR_UNAVAILABLE' } }])
})

test('reports in the extensions that a single object could not be read', async () => {
  const { data } = await fixture.query('{ users(first: 1, filter: { accounts: ["berlin"] }) { nodes { id } } }')
  const one = `{ user(id: "${data!['users'].nodes[0].id}") { displayName } }`
  const before = await fixture.query(one)
  fixture.berlin.fault({ match: { path: /users/ }, kind: 'reset' })
  await vi.waitFor(async () => expect((await fixture.query(one)).cache?.stale).toEqual(['berlin']))
  const { data: after, errors } = await fixture.query(one)
  expect(errors).toBeUndefined()
  expect(after).toEqual(before.data)
  expect((await fixture.query(one, noCache)).errors).toMatchObject([{ extensions: { code: 'VENDOR_UNAVAILABLE' } }])
})

test('counts the reads of the cache by account, kind, and result', async () => {
  await fixture.query(list, noCache)
  await fixture.query(list)
  const metrics = await (await fetch(`${fixture.server.url}/metrics`)).text()
  for (const result of ['hit', 'miss', 'stale'])
    expect(metrics).toMatch(
      new RegExp(`^parley_cache_reads_total\\{account="berlin",kind="users",result="${result}"\\} [1-9]`, 'm'),
    )
})

// The last tests, because the account is paused or has no token after them.
test('uses the earlier response of a vendor that limits the rate, and reports it', async () => {
  await expectStale(
    'central',
    { kind: 'status', status: 429, headers: { 'retry-after': '3600' } },
    'VENDOR_RATE_LIMITED',
  )
})

test.each<[number, string]>([
  [403, 'VENDOR_FORBIDDEN'],
  [401, 'VENDOR_AUTH_FAILED'],
])('reports an error if the vendor responds with %d', async (status, code) => {
  await fixture.query(list, noCache)
  fixture.berlin.fault({ match: { path: /users/ }, kind: 'status', status, body: '{}' })
  await waitForStatus('berlin', 'FAILED')
  expect(getSource((await fixture.query(list)).data, 'berlin').problem!.code).toBe(code)
})
