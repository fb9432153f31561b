import * as fc from 'fast-check'
import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema, type IntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { upstreamLimits } from '../../src/upstream/limits.ts'
import { runs } from '../support/property.ts'
import { createOperations } from './operations.ts'
import { rawRequests, sendRaw } from './raw-requests.ts'
import { send, type Reply, type RequestOptions } from './reply.ts'
import { startProcess, traceLog, type ServerProcess } from '../support/server.ts'
import { createClients, getKey, startVendors, type Vendors } from './fixture.ts'

/** Maximum duration of a request, in ms. On a busy machine, a request can be repeated. */
const maxDurationMs = 100
const maxAttempts = 5

let vendors: Vendors
let server: ServerProcess
let schema: GraphQLSchema

beforeAll(async () => {
  vendors = await startVendors()
  server = await startProcess({ accounts: vendors.accounts }, traceLog)
  const { data } = await send(server, { json: { query: getIntrospectionQuery({ oneOf: true }) } })
  schema = buildClientSchema(data as unknown as IntrospectionQuery)
}, 120_000)
afterAll(async () => {
  expect(server.isRunning).toBe(true)
  expect(server.stderr()).not.toContain('"internal error"')
  await server.dispose()
  await vendors.close()
})

async function sendAndCheck(request: RequestOptions): Promise<Reply> {
  const reply = await send(server, request)
  expect([200, 400, 413, 415], reply.text).toContain(reply.status)
  expect(reply.data !== undefined || reply.errors !== undefined, reply.text).toBe(true)
  expect(reply.text).not.toContain('INTERNAL')
  for (const { message } of reply.errors ?? []) expect(message.length).toBeLessThanOrEqual(300)
  return reply
}

async function sendInTime(request: RequestOptions): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const startedAt = performance.now()
    const { text } = await sendAndCheck(request)
    const durationMs = performance.now() - startedAt
    if (durationMs < maxDurationMs) return
    if (attempt === maxAttempts) throw new Error(`${durationMs} ms for ${JSON.stringify(request)}: ${text}`)
  }
}

const headers = { 'content-type': 'application/json' }
const check = <T>(values: fc.Arbitrary<T>, run: (value: T) => Promise<unknown>, options = runs(200, 100_000)) =>
  fc.assert(
    fc.asyncProperty(values, async (value) => void (await run(value))),
    { ...options, endOnFailure: true },
  )

test('responds in time to random bytes', () =>
  check(fc.uint8Array({ maxLength: 300 }), (body) => sendInTime({ headers, body })))

test('responds in time to random JSON', () => check(fc.json(), (body) => sendInTime({ headers, body })))

test('responds in time to random URLs', () =>
  check(fc.webQueryParameters(), (search) => sendInTime({ method: 'GET', search: `?${search}` })))

const seeds = [
  'query Q($n: Int = 5, $f: UserFilter) { users(first: $n, filter: $f) { nodes { id ...U } pageInfo { endCursor } } } fragment U on User { displayName sameAs { vendorId } }',
  '{ conferences(last: 3, filter: { accounts: ["zoom"], startsFrom: "2026-01-01T00:00:00Z" }) { edges { cursor node { title schedule { ... on OneTimeSchedule { startsAt } } } } } }',
  'mutation { deleteConference(input: { conferenceId: "x" }) { outcome problems { code path } } }',
  'query ($id: ID!) { node(id: $id) { __typename ... on User { email } } nodes(ids: [$id, "a"]) { id } }',
]
const tokens = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '"',
  '"""',
  '...',
  '@',
  '$',
  ':',
  '!',
  '|',
  '&',
  '=',
  '#',
  'on',
  'null',
  '-1',
  '1e9',
  '__proto__',
  '\0',
  '\u202e',
  '𝄞',
  'first: 1',
  '@skip(if: true)',
]
const change = fc.record({ at: fc.nat(300), length: fc.nat(12), token: fc.constantFrom(...tokens) })
const changedOperation = fc
  .tuple(fc.constantFrom(...seeds), fc.array(change, { minLength: 1, maxLength: 5 }))
  .map(([text, changes]) =>
    changes.reduce((all, { at, length, token }) => all.slice(0, at) + token + all.slice(at + length), text),
  )
const variableValues = fc.dictionary(
  fc.constantFrom('n', 'f', 'id', 'x'),
  fc.anything().map((value) => JSON.parse(JSON.stringify(value ?? null) ?? 'null') as unknown),
)

test('responds in time to operations with deleted, duplicated, and inserted parts', () =>
  check(fc.tuple(changedOperation, variableValues), ([query, variables]) => sendInTime({ json: { query, variables } })))

test('responds to random valid operations without INTERNAL', () =>
  check(
    createOperations(schema, 'Query'),
    async (query) => {
      const { errors } = await sendAndCheck({ json: { query } })
      const codes = errors?.map(({ extensions }) => extensions.code) ?? []
      expect(codes, query).not.toContain('GRAPHQL_VALIDATION_FAILED')
      expect(codes, query).not.toContain('GRAPHQL_PARSE_FAILED')
    },
    runs(200, 10_000),
  ))

test('executes random valid mutations without INTERNAL', () =>
  check(createOperations(schema, 'Mutation'), (query) => sendAndCheck({ json: { query } }), runs(50, 10_000)))

/** Number of concurrent connections. */
const connections = 20
/** With these limits, a connection that hangs fails the test soon. */
const shortLimits = { socketHeadersTimeout: 2_000, socketRequestTimeout: 2_000, socketKeepAlive: 2_000 }

test('responds to hostile raw requests without INTERNAL and reveals no location in the code', async () => {
  const clients = createClients(['all', 'reader'])
  const guarded = await startProcess({ accounts: vendors.accounts, clients, limits: shortLimits }, traceLog)
  onTestFinished(() => guarded.dispose())
  const get = async (path: string) => (await fetch(`${guarded.url}${path}`)).text()
  await check(
    fc.array(rawRequests, { minLength: connections, maxLength: connections }),
    async (requests) => {
      const [health, ...received] = await Promise.all([
        get('/healthz'),
        ...requests.map((request) => sendRaw(guarded, request)),
      ])
      expect(health).toBe('ok\n')
      for (const text of received) expect(text).not.toMatch(/INTERNAL|HTTP\/1\.1 500/)
    },
    runs(20, 1_000),
  )
  expect(guarded.isRunning).toBe(true)
  expect(guarded.stderr()).not.toMatch(/"internal error"|unhandled/i)
  await vi.waitFor(async () => {
    const inUse =
      /^parley_(?:operations_in_flight|vendor_calls_in_flight|vendor_calls_queued|buffered_bytes)(?:\{.*\})? (?!0$)/m
    expect(await get('/metrics')).not.toMatch(inUse)
  }, 60_000)
  const { inFlight } = upstreamLimits
  for (const account of Object.keys(vendors.accounts)) {
    const query = `query ($search: String) { users(first: 1, filter: { accounts: ["${account}"], search: $search }) { nodes { id } } }`
    const reads = Array.from({ length: inFlight }, (_, index) =>
      send(guarded, { json: { query, variables: { search: `x${index}` } }, key: getKey('all') }),
    )
    for (const { text, errors } of await Promise.all(reads)) expect(errors, text).toBeUndefined()
  }
})
