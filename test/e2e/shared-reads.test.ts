import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { send, type Reply } from '../acceptance/reply.ts'
import { createClients, getKey } from '../acceptance/fixture.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'
import { startHeldSandbox, type HeldSandbox } from './held-sandbox.ts'

let sandbox: HeldSandbox
let server: OpenServer

beforeAll(async () => {
  sandbox = await startHeldSandbox({ users: 300, conferences: 40, running: 0 })
  const clients = createClients(['all', 'reader'])
  server = await openServer({ accounts: { berlin: sandbox.account }, clients })
  // Obtains the access token.
  await query('{ users(first: 1) { nodes { id } } }')
})
afterAll(async () => {
  await server.close()
  await sandbox.close()
})
beforeEach(() => {
  sandbox.clearFaults()
  sandbox.ledger.length = 0
})

const query = (text: string, headers: Record<string, string> = {}, who: 'all' | 'reader' = 'all'): Promise<Reply> =>
  send(server, { json: { query: text }, headers, key: getKey(who) })

/** Waits until the server has received this number of operations that have not ended. */
const waitUntilInFlight = async (count: number): Promise<void> => {
  await vi.waitFor(async () => {
    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    expect(metrics).toContain(`\nparley_operations_in_flight ${count}\n`)
  })
  // The operations have begun when one that arrived later has ended.
  await query('{ __typename }')
}

const calls = () => sandbox.ledger.map(({ method, path, query }) => `${method} ${path}?${query}`)
const users = '{ users(first: 10) { nodes { id displayName } sources { status } } }'
const conferences = '{ conferences(first: 10) { nodes { id title } } }'

describe('reads in flight at the same time', () => {
  test('are one vendor call for each distinct URL, for all callers', async () => {
    const held = sandbox.hold(/users|conferences/)
    const texts = Array.from({ length: 60 }, (_, index) => (index % 3 === 2 ? conferences : users))
    const replies = texts.map((text, index) => query(text, {}, index % 2 === 0 ? 'all' : 'reader'))
    await waitUntilInFlight(texts.length)
    await vi.waitFor(() => expect(held.waiting).toHaveLength(2))
    held.release()
    const settled = await Promise.all(replies)
    for (const [index, { data, errors }] of settled.entries()) {
      expect(errors).toBeUndefined()
      expect(data).toEqual(settled[texts[index] === users ? 0 : 2]!.data)
    }
    expect(held.waiting).toHaveLength(2)
    expect(new Set(calls()).size).toBe(calls().length)
  })

  test('succeed if the caller that came first leaves, and are canceled if all leave', async () => {
    const held = sandbox.hold(/users/)
    const [first, second] = [new AbortController(), new AbortController()]
    const send = ({ signal }: AbortController) =>
      fetch(server.graphqlUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${getKey('all')}` },
        body: JSON.stringify({ query: users }),
        signal,
      }).then((response) => response.json() as Promise<{ data: unknown }>)
    const gone = send(first).catch((error: Error) => error.name)
    await vi.waitFor(() => expect(held.waiting).toHaveLength(1))
    const served = send(second)
    const third = query(users, {}, 'reader')
    await waitUntilInFlight(3)
    first.abort()
    expect(await gone).toBe('AbortError')
    held.release()
    expect((await served).data).toMatchObject({ users: { nodes: { length: 10 } } })
    expect((await third).errors).toBeUndefined()
    expect(held.waiting).toMatchObject([{ isClosed: false }])

    const again = sandbox.hold(/users/)
    const alone = new AbortController()
    const left = send(alone).catch((error: Error) => error.name)
    await vi.waitFor(() => expect(again.waiting).toHaveLength(1))
    alone.abort()
    expect(await left).toBe('AbortError')
    await vi.waitFor(() => expect(again.waiting[0]!.isClosed).toBe(true))
    again.release()
  })

  test('share their failure with no later read', async () => {
    sandbox.fault({ match: { path: /users/ }, kind: 'status', status: 403, body: '{}' })
    const failed = await Promise.all([query(users), query(users), query(users, {}, 'reader')])
    for (const { errors } of failed) expect(errors![0]!.extensions.code).toBe('VENDOR_FORBIDDEN')
    sandbox.clearFaults()
    expect((await query(users)).errors).toBeUndefined()
  })
})

test.each([{}, { 'cache-control': 'no-cache' }])(
  'returns the change in a read after a mutation, although an earlier read is in flight: %j',
  async (headers) => {
    const [first] = (await query(conferences)).data!['conferences'].nodes as { id: string; title: string }[]
    const text = `{ conference(id: "${first!.id}") { title } }`
    const held = sandbox.hold(/conferences\/[^/]+$/, 1)
    const early = query(text)
    await vi.waitFor(() => expect(held.waiting).toHaveLength(1))
    const title = `Changed ${Object.keys(headers).length}`
    const input = `{ conferenceId: "${first!.id}", title: "${title}" }`
    const changed = await query(`mutation { updateConference(input: ${input}) { outcome problems { message } } }`)
    expect(changed.data).toEqual({ updateConference: { outcome: 'SUCCEEDED', problems: [] } })
    const late = await query(text, headers)
    expect(late.data!['conference'].title).toBe(title)
    expect(held.waiting).toHaveLength(1)
    held.release()
    await early
  },
)
