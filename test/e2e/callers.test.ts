import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openSandboxServer, type SandboxServer } from '../support/sandbox-server.ts'

let server: SandboxServer

// One a minute, so that nothing comes back while a test runs.
const limitsByCaller = {
  free: undefined,
  greedy: undefined,
  operator: { operationsPerMinute: 1 },
  reader: { vendorCallsPerMinute: 1 },
  writer: { vendorCallsPerMinute: 1 },
}
type CallerName = keyof typeof limitsByCaller

beforeAll(async () => {
  const clients = Object.entries(limitsByCaller).map(([name, limits]) => ({
    name,
    apiKeySha256: createHash('sha256').update(name).digest('hex'),
    scopes: ['read', 'write'],
    ...(limits && { limits }),
  }))
  server = await openSandboxServer({ clients })
})
afterAll(() => server?.close())

async function post(caller: CallerName, body: object | string, signal: AbortSignal | null = null) {
  const response = await fetch(server.graphqlUrl, {
    method: 'POST',
    signal,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${caller}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const { status, headers } = response
  return { status, retryAfter: Number(headers.get('retry-after')), result: (await response.json()) as any }
}

function expectTooMany({ status, retryAfter, result }: Awaited<ReturnType<typeof post>>, limit: string): void {
  expect(status).toBe(429)
  expect(retryAfter).toBeGreaterThan(0)
  expect(Number.isInteger(retryAfter)).toBe(true)
  expect(result.data).toBeUndefined()
  const [{ message, extensions }] = result.errors
  expect(message).toContain(`"${limit}"`)
  expect(extensions).toMatchObject({ code: 'TOO_MANY_REQUESTS', retryable: true })
  expect(Date.parse(extensions.retryAt)).toBeGreaterThan(Date.now())
}

const countCalls = (): number =>
  Object.values(server.sandboxes.running)
    .flatMap(({ ledger }) => ledger)
    .filter(({ path }) => !path.endsWith('/token')).length

describe('account that two callers use', () => {
  test('serves one caller while the other one waits for a vendor that does not respond', async () => {
    const query = '{ conferences(first: 20, filter: { accounts: ["imeetcentral"] }) { nodes { id vendorId } } }'
    const { result } = await post('free', { query })
    const [mine, ...others] = result.data.conferences.nodes as { id: string; vendorId: string }[]
    const { fault, clearFaults, ledger } = server.sandboxes.running['imeetcentral']!
    const ids = others.slice(0, 10)
    fault({ match: { path: new RegExp(ids.map(({ vendorId }) => vendorId).join('|')) }, kind: 'delay', ms: 20_000 })
    const nodes = (list: typeof ids) => ({ query: `{ ${list.map(({ id }, i) => `n${i}: node(id: "${id}") { id }`)} }` })
    const leaving = new AbortController()
    const before = ledger.length
    const greedy = post('greedy', nodes(ids), leaving.signal).catch((error: unknown) => error)
    await vi.waitFor(() => expect(ledger.length).toBeGreaterThanOrEqual(before + 2))
    const reply = await post('free', nodes([mine!]))
    expect(reply.result).toEqual({ data: { n0: { id: mine!.id } } })
    expect(ledger.length).toBe(before + 3)
    leaving.abort()
    await greedy
    clearFaults()
  })
})

describe('limits of a caller', () => {
  test('responds with 429 after the limit of operations is reached, before the body is parsed', async () => {
    expect(await post('operator', { query: '{ accounts { key } }' })).toMatchObject({ status: 200 })
    const calls = countCalls()
    expectTooMany(await post('operator', { query: '{ users { nodes { id } } }' }), 'operationsPerMinute')
    expectTooMany(await post('operator', '{ not JSON'), 'operationsPerMinute')
    expect(countCalls()).toBe(calls)
    for (let count = 0; count < 5; count++)
      expect(await post('free', { query: '{ accounts { key } }' })).toMatchObject({ status: 200 })
    const metrics = await (await fetch(new URL('/metrics', server.graphqlUrl))).text()
    expect(metrics).toMatch(/parley_operations_total\{kind="none",code="TOO_MANY_REQUESTS"\} 2/)
  })

  test('returns a partial result when a read reaches the limit of vendor calls, and rejects the next operation with 429', async () => {
    const query = `{ users(first: 100, filter: { status: [INACTIVE] }) {
      nodes { id } sources { status problem { code retryable retryAt } }
    } }`
    const calls = countCalls()
    const { status, result } = await post('reader', { query })
    expect(status).toBe(200)
    expect(result.errors).toBeUndefined()
    expect(countCalls()).toBe(calls + 1)
    const statuses = result.data.users.sources.map((source: { status: string }) => source.status)
    expect(statuses).toContain('RATE_LIMITED')
    const problem = { code: 'TOO_MANY_REQUESTS', retryable: true, retryAt: expect.any(String) }
    expect(result.data.users.sources).toContainEqual({ status: 'RATE_LIMITED', problem })
    expectTooMany(await post('reader', { query: '{ accounts { key } }' }), 'vendorCallsPerMinute')
    expect(countCalls()).toBe(calls + 1)
  })

  test('lets a mutation that has started send all of its vendor calls', async () => {
    const query = `mutation { createConference(input: {
      account: "imeetcentral", title: "Weekly", invite: [{ email: "ada.1200@example.com" }]
    }) { outcome problems { code message path } conference { id } } }`
    const calls = countCalls()
    const { result } = await post('writer', { query })
    expect(result.data.createConference).toMatchObject({ outcome: 'SUCCEEDED', problems: [] })
    expect(countCalls()).toBeGreaterThan(calls + 1)
    expectTooMany(await post('writer', { query }), 'vendorCallsPerMinute')
  })
})
