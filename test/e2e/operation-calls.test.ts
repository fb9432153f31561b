import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandboxes, type Sandboxes } from '../../src/sandbox/index.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'

let sandboxes: Sandboxes
let server: ServerProcess

beforeAll(async () => {
  sandboxes = await startSandboxes(0)
  server = await startProcess({ accounts: sandboxes.accounts, limits: { operationCalls: 6 } })
})
afterAll(async () => {
  await server.stop()
  await sandboxes.close()
})

interface Reply {
  data?: Record<string, any>
  errors?: { message: string; path?: unknown[]; extensions: { code: string; retryable: boolean } }[]
}

async function post(query: string, variables: object = {}): Promise<Reply> {
  const response = await fetch(`${server.url}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as Reply
}

/** Requests that the vendors received while `work` ran, token requests left out. */
async function countCalls<T>(work: () => Promise<T>): Promise<{ result: T; calls: number }> {
  const ledgers = Object.values(sandboxes.running).map(({ ledger }) => ledger)
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
  test('ends a scan that reaches the limit with a short page, and the next page continues', async () => {
    const found = new Set<string>()
    let after: string | null = null
    let pages = 0
    do {
      const { result, calls } = await countCalls(() => post(search, { after }))
      expect(calls).toBeLessThanOrEqual(6)
      expect(result.errors).toBeUndefined()
      const { nodes, pageInfo } = result.data!['users']
      for (const { id } of nodes) found.add(id)
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null
      pages += 1
    } while (after !== null && pages < 50)
    expect(pages).toBeGreaterThan(1)
    expect(pages).toBeLessThan(50)
    const all = Object.values(sandboxes.running).length
    expect(all).toBe(3)
    expect(found.size).toBeGreaterThan(0)
  })
})
