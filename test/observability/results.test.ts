import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { startProcess } from '../support/server.ts'
import { createPerson } from '../../src/sandboxes/people.ts'
import { startCollector, type CollectedSpan } from './collector.ts'
import { scrape } from './scrape.ts'
import { startSandbox } from '../../src/sandboxes/index.ts'

const [berlin, central, collector] = await Promise.all([
  startSandbox('trueconf'),
  startSandbox('imeetcentral'),
  startCollector(),
])
const parley = await startProcess(
  {
    accounts: { berlin: berlin.account, central: central.account },
    limits: { backoffBase: 1, attempts: 1, breakerFailures: 1 },
  },
  { environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } },
)
afterAll(async () => {
  await Promise.all([parley.dispose(), berlin.close(), central.close()])
  collector.close()
})
beforeEach(() => {
  berlin.clearFaults()
  central.clearFaults()
})

async function sendQuery(query: string, variables: object = {}): Promise<{ requestId: string; body: any }> {
  const response = await fetch(`${parley.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  return { requestId: response.headers.get('x-request-id')!, body: await response.json() }
}

const create = (input: object) =>
  sendQuery(
    'mutation ($input: CreateConferenceInput!) { createConference(input: $input) { outcome replayed problems { code } } }',
    { input: { account: 'berlin', title: 'Counted', owner: { email: createPerson(1000).email }, ...input } },
  )

/** Returns the log lines of one request. */
async function linesOf(requestId: string) {
  const lines = () => parley.lines().filter((line) => line['requestId'] === requestId)
  await vi.waitFor(() => expect(lines().map(({ msg }) => msg)).toContain('operation'))
  return {
    operation: lines().find(({ msg }) => msg === 'operation'),
    mutations: lines().filter(({ msg }) => msg === 'mutation'),
  }
}

/** Returns the increase of the samples whose names begin with `prefix` during `work`. */
async function growth(prefix: string, work: () => Promise<unknown>): Promise<Record<string, number>> {
  const before = await scrape(parley.url)
  await work()
  const after = await scrape(parley.url)
  return Object.fromEntries(
    [...after]
      .map(([name, value]) => [name, value - (before.get(name) ?? 0)] as const)
      .filter(([name, value]) => name.startsWith(prefix) && value > 0),
  )
}

test('counts and logs an operation as partial when one account fails', async () => {
  berlin.fault({ match: { path: /users/ }, kind: 'status', status: 503 })
  let requestId = ''
  const grown = await growth('parley_', async () => {
    const { requestId: id, body } = await sendQuery('{ users(first: 2) { nodes { id } sources { status } } }')
    expect(body).toMatchObject({ data: { users: { sources: [{ status: 'FAILED' }, { status: 'OK' }] } } })
    expect(body.errors).toBeUndefined()
    requestId = id
  })
  expect(grown).toMatchObject({
    'parley_operations_total{kind="query",code="PARTIAL"}': 1,
    'parley_partial_operations_total{account="berlin",code="VENDOR_UNAVAILABLE"}': 1,
  })
  expect(grown).not.toHaveProperty('parley_operations_total{kind="query",code="ok"}')
  const { operation } = await linesOf(requestId)
  expect(operation).toMatchObject({ status: 200, partial: true, codes: ['VENDOR_UNAVAILABLE'] })
})

test('counts an operation as partial when the total of an account cannot be read', async () => {
  berlin.fault({ match: { path: /conferences/ }, kind: 'status', status: 503 })
  const grown = await growth('parley_partial_operations_total', async () => {
    const { body } = await sendQuery('{ conferences(last: 1) { totalCount sources { status } } }')
    const sources = [{ status: 'NOT_REACHED' }, { status: 'OK' }]
    expect(body).toMatchObject({ data: { conferences: { totalCount: null, sources } } })
  })
  expect(grown).toEqual({ 'parley_partial_operations_total{account="berlin",code="VENDOR_UNAVAILABLE"}': 1 })
})

test('counts a list that a vendor does not support as ok', async () => {
  const grown = await growth('parley_operations_total', () =>
    sendQuery('{ users(first: 2) { nodes { id conferences(first: 1) { sources { status } } } } }'),
  )
  expect(grown).toEqual({ 'parley_operations_total{kind="query",code="ok"}': 1 })
})

test.each([
  ['a title that is too long', { title: 'x'.repeat(201) }, 'REJECTED', 'BAD_USER_INPUT'],
  ['an unknown account', { account: 'nowhere' }, 'REJECTED', 'BAD_USER_INPUT'],
  ['an idempotency key that is not allowed', { idempotencyKey: 'two words' }, 'REJECTED', 'BAD_USER_INPUT'],
  ['an input that the vendor does not support', { passcode: 'a' }, 'REJECTED', 'UNSUPPORTED_BY_VENDOR'],
] as const)('counts and logs a mutation with %s once', async (_, input, outcome, code) => {
  let requestId = ''
  const grown = await growth('parley_', async () => {
    const { requestId: id, body } = await create(input)
    expect(body).toMatchObject({ data: { createConference: { outcome, problems: [{ code }] } } })
    requestId = id
  })
  const counted = Object.entries(grown).filter(([name]) => /^parley_(mutation|operations_total)/.test(name))
  expect(Object.fromEntries(counted)).toEqual({
    [`parley_mutations_total{mutation="createConference",outcome="${outcome}"}`]: 1,
    [`parley_operations_total{kind="mutation",code="${code}"}`]: 1,
  })
  const { operation, mutations } = await linesOf(requestId)
  expect(mutations).toMatchObject([{ mutation: 'createConference', outcome, code }])
  expect(operation).toMatchObject({ codes: [code] })
})

test('counts a replay separately from the original mutation', async () => {
  const input = { idempotencyKey: 'a-key' }
  const first = await growth('parley_mutation', () => create(input))
  expect(first).toEqual({ 'parley_mutations_total{mutation="createConference",outcome="SUCCEEDED"}': 1 })
  let requestId = ''
  const second = await growth('parley_mutation', async () => ({ requestId } = await create(input)))
  expect(second).toEqual({ 'parley_mutation_replays_total{mutation="createConference",outcome="SUCCEEDED"}': 1 })
  expect((await linesOf(requestId)).mutations).toMatchObject([{ outcome: 'SUCCEEDED', replayed: true }])
  const other = await growth('parley_mutation', () => create({ ...input, title: 'Other' }))
  expect(other).toEqual({ 'parley_mutations_total{mutation="createConference",outcome="REJECTED"}': 1 })
})

test('marks the span of a mutation whose result is unknown', async () => {
  berlin.fault({ match: { method: 'POST', path: /conferences/ }, kind: 'reset', times: 1 })
  const grown = await growth('parley_operations_total', async () => {
    const { body } = await create({})
    expect(body).toMatchObject({ data: { createConference: { outcome: 'UNKNOWN' } } })
  })
  expect(grown).toEqual({ 'parley_operations_total{kind="mutation",code="OUTCOME_UNKNOWN"}': 1 })
  berlin.fault({ match: { path: /users/ }, kind: 'status', status: 503 })
  await sendQuery('{ users(first: 2) { nodes { id } } }')
  parley.kill('SIGTERM')
  await parley.exited
  const attributesOf = ({ attributes }: CollectedSpan) =>
    Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))
  const spans = collector.spans().map((span) => ({ ...span, attributes: attributesOf(span) }))
  expect(spans.filter(({ attributes }) => attributes['error.type'] === 'OUTCOME_UNKNOWN')).toMatchObject([
    { name: 'mutation', status: { code: 2 } },
  ])
  expect(spans.filter(({ attributes }) => attributes['parley.partial'] === true)).not.toHaveLength(0)
})
