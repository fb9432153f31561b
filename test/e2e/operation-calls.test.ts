import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSandboxServer, type SandboxServer } from '../support/sandbox-server.ts'

let server: SandboxServer

beforeAll(async () => {
  server = await openSandboxServer({ limits: { operationCalls: 6 } })
})
afterAll(() => server?.close())

interface Reply {
  data?: Record<string, any>
  errors?: { message: string; path?: unknown[]; extensions: { code: string; retryable: boolean } }[]
}

async function post(query: string, variables: object = {}): Promise<Reply> {
  const response = await fetch(`${server.graphqlUrl}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as Reply
}

/** Requests that the vendors received while `work` ran, token requests left out. */
async function countCalls<T>(work: () => Promise<T>): Promise<{ result: T; calls: number }> {
  const ledgers = Object.values(server.sandboxes.running).map(({ ledger }) => ledger)
  const before = ledgers.map(({ length }) => length)
  const result = await work()
  const calls = ledgers.flatMap((ledger, index) =>
    ledger.slice(before[index]).filter(({ path }) => !path.endsWith('/token')),
  )
  return { result, calls: calls.length }
}

const search = `query ($after: String) {
  users(first: 50, after: $after, filter: { search: "ada" }) {
    nodes { id } pageInfo { hasNextPage endCursor } sources { status }
  }
}`

describe('operationCalls', () => {
  test('returns a short page when a scan reaches the limit, and the next page continues', async () => {
    const found = new Set<string>()
    let after: string | null = null
    let pages = 0
    let sent = 0
    do {
      const { result, calls } = await countCalls(() => post(search, { after }))
      // A call for which a page did not wait can reach its vendor while the next page is read.
      sent += calls
      expect(result.errors).toBeUndefined()
      const { nodes, pageInfo } = result.data!['users']
      for (const { id } of nodes) found.add(id)
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
      pages += 1
    } while (after !== null && pages < 50)
    expect(sent).toBeLessThanOrEqual(6 * pages)
    expect(pages).toBeGreaterThan(1)
    expect(pages).toBeLessThan(50)
    expect(found.size).toBeGreaterThan(0)
  })

  test('rejects an operation whose text shows that it exceeds the limit, without a vendor call', async () => {
    const id = (index: number) => Buffer.from(`User:zoom:u${index}`).toString('base64url')
    const { result, calls } = await countCalls(() =>
      post('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array.from({ length: 7 }, (_, i) => id(i)) }),
    )
    expect(calls).toBe(0)
    expect(result.data).toBeUndefined()
    expect(result.errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_EXPENSIVE', retryable: false } }])
    expect(result.errors![0]!.message).toMatch(/7 vendor calls.*"operationCalls" is 6/)
  })

  test('reports look-ups over the limit at their own fields', async () => {
    // Every page of users needs look-ups whose number is not known before the call.
    const query = '{ users(first: 50) { nodes { sameAs { id } } } }'
    const { result, calls } = await countCalls(() => post(query))
    expect(calls).toBeLessThanOrEqual(6)
    expect(result.errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_EXPENSIVE', retryable: false } }])
    expect(result.errors![0]!.message).toContain('operationCalls')
  })

  test('does not stop a mutation that requires more calls', async () => {
    const { data } = await post('{ users(first: 10, filter: { accounts: ["imeetcentral"] }) { nodes { vendorId } } }')
    const invite = data!['users'].nodes
    const mutation =
      'mutation ($input: CreateConferenceInput!) { createConference(input: $input) { outcome problems { code message } } }'
    const { result, calls } = await countCalls(() =>
      post(mutation, { input: { account: 'imeetcentral', title: 'Planning', invite } }),
    )
    expect(result.data!['createConference']).toEqual({ outcome: 'SUCCEEDED', problems: [] })
    expect(calls).toBeGreaterThan(6)
  })

  test('rejects several mutations whose invitations exceed the limit together', async () => {
    const input = (title: string) => ({
      account: 'imeetcentral',
      title,
      invite: Array.from({ length: 4 }, () => ({ vendorId: 'x' })),
    })
    const mutation = `mutation ($a: CreateConferenceInput!, $b: CreateConferenceInput!) {
      a: createConference(input: $a) { outcome } b: createConference(input: $b) { outcome }
    }`
    const { result, calls } = await countCalls(() => post(mutation, { a: input('A'), b: input('B') }))
    expect(calls).toBe(0)
    expect(result.errors).toMatchObject([{ extensions: { code: 'OPERATION_TOO_EXPENSIVE' } }])
  })
})
