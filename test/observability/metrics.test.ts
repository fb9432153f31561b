import { afterAll, expect, test, vi } from 'vitest'
import { startProcess } from '../support/server.ts'
import { createPerson } from '../../src/sandboxes/people.ts'
import { scrape } from './scrape.ts'
import { startSandbox } from '../../src/sandboxes/index.ts'

const berlin = await startSandbox('trueconf')
const central = await startSandbox('imeetcentral')
const parley = await startProcess(
  {
    accounts: { berlin: berlin.account, central: central.account },
    limits: { backoffBase: 1, breakerCalls: 4, breakerPause: 600_000 },
  },
  { environment: { LOG_LEVEL: 'debug' } },
)
afterAll(async () => void (await Promise.all([parley.dispose(), berlin.close(), central.close()])))

async function post(body: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await (await fetch(`${parley.url}/graphql`, { method: 'POST', headers, body })).text()
}
const query = (text: string): Promise<void> => post(JSON.stringify({ query: text }))

test('counts operations and vendor calls by account and outcome', async () => {
  berlin.fault({ match: { path: /users/ }, kind: 'status', status: 503, times: 1 })
  await query('query Named { users(filter: {accounts: ["berlin"]}) { nodes { id } } }')
  await query('{ users(filter: {accounts: ["central"]}) { nodes { id } } }')
  await query('{ nothing }')
  await post('{')
  const samples = await scrape(parley.url)
  expect(Object.fromEntries(samples)).toMatchObject({
    'parley_vendor_calls_total{account="berlin",method="GET",outcome="ok"}': 1,
    'parley_vendor_calls_total{account="berlin",method="GET",outcome="VENDOR_UNAVAILABLE"}': 1,
    'parley_vendor_calls_total{account="central",method="GET",outcome="ok"}': 1,
    'parley_vendor_retries_total{account="berlin"}': 1,
    'parley_vendor_call_seconds_count{account="berlin",outcome="failed"}': 1,
    'parley_token_fetches_total{account="berlin",outcome="ok"}': 1,
    'parley_operations_total{kind="query",code="ok"}': 2,
    'parley_operations_total{kind="query",code="GRAPHQL_VALIDATION_FAILED"}': 1,
    'parley_operations_total{kind="none",code="BAD_USER_INPUT"}': 1,
    'parley_operation_seconds_count{kind="query"}': 3,
    parley_operations_in_flight: 0,
    'parley_vendor_calls_in_flight{account="berlin"}': 0,
    'parley_breaker_open{account="berlin"}': 0,
    'parley_retry_quota{account="berlin"}': 500,
    'parley_rate_limit_hold_seconds{account="berlin"}': 0,
  })
  expect(samples.get('parley_token_life_seconds{account="berlin"}')).toBeGreaterThan(0)
})

test('reports a vendor outage and a rate limit in gauges, counters, and the log', async () => {
  const mend = berlin.fault({ match: { path: /users/ }, kind: 'status', status: 503 })
  for (let number = 0; number < 5; number++) await query('{ users(filter: {accounts: ["berlin"]}) { nodes { id } } }')
  mend()
  central.fault({ match: { method: 'GET' }, kind: 'status', status: 429, headers: { 'retry-after': '3600' } })
  await query('{ users(filter: {accounts: ["central"]}) { nodes { id } } }')
  const samples = await scrape(parley.url)
  expect(samples.get('parley_breaker_open{account="berlin"}')).toBe(1)
  expect(samples.get('parley_breaker_open{account="central"}')).toBe(0)
  expect(samples.get('parley_breaker_opened_total{account="berlin"}')).toBe(1)
  expect(samples.get('parley_rate_limits_total{account="central"}')).toBe(1)
  expect(samples.get('parley_rate_limit_hold_seconds{account="central"}')).toBeGreaterThan(3_500)
  const warnings = () => parley.lines().filter(({ level, msg }) => level === 40 && msg !== 'account state changed')
  await vi.waitFor(() =>
    expect(warnings().map(({ account, msg }) => `${String(account)}: ${msg}`)).toEqual([
      'berlin: circuit breaker opened',
      'central: rate limit exceeded',
    ]),
  )
})

test('counts a mutation by its outcome, and logs the ID of its operation', async () => {
  central.clearFaults()
  const text = 'mutation($input: CreateConferenceInput!) { createConference(input: $input) { outcome } }'
  const input = { account: 'berlin', title: 'Counted', owner: { email: createPerson(1000).email } }
  await post(JSON.stringify({ query: text, variables: { input } }))
  await vi.waitFor(() => expect(parley.lines().filter(({ msg }) => msg === 'mutation')).toHaveLength(1))
  const line = parley.lines().find(({ msg }) => msg === 'mutation')
  expect(line).toMatchObject({
    mutation: 'createConference',
    account: 'berlin',
    // The circuit breaker is still open.
    outcome: 'NOT_SENT',
    code: 'VENDOR_UNAVAILABLE',
    operationId: expect.any(String),
    requestId: expect.any(String),
  })
  const sample = 'parley_mutations_total{mutation="createConference",outcome="NOT_SENT"}'
  expect((await scrape(parley.url)).get(sample)).toBe(1)
})

test('creates the series for alerts with the value 0', async () => {
  const fresh = await startProcess({ accounts: { berlin: berlin.account } })
  const samples = await scrape(fresh.url)
  await fresh.dispose()
  const mutations = [...samples].filter(([name]) => name.startsWith('parley_mutations_total{'))
  expect(mutations).toHaveLength(48)
  expect(mutations.every(([, value]) => value === 0)).toBe(true)
  expect(Object.fromEntries(samples)).toMatchObject({
    'parley_mutations_total{mutation="createConference",outcome="UNKNOWN"}': 0,
    'parley_operations_total{kind="query",code="INTERNAL"}': 0,
    'parley_operations_total{kind="mutation",code="INTERNAL"}': 0,
    'parley_operations_total{kind="none",code="OVERLOADED"}': 0,
    'parley_unhandled_errors_total{kind="exception"}': 0,
    'parley_token_fetches_total{account="berlin",outcome="ok"}': 0,
    'parley_token_fetches_total{account="berlin",outcome="VENDOR_AUTH_FAILED"}': 0,
    'parley_vendor_calls_total{account="berlin",method="GET",outcome="VENDOR_TIMEOUT"}': 0,
    'parley_breaker_opened_total{account="berlin"}': 0,
    'parley_account_state{account="berlin",state="UNUSED"}': 1,
    parley_store_up: 1,
    parley_store_failures_total: 0,
  })
})

test('has no IDs, names, and versions in labels', async () => {
  const text = await (await fetch(`${parley.url}/metrics`)).text()
  const labels = new Set([...text.matchAll(/[{,](\w+)="/g)].map(([, name]) => name))
  expect([...labels].filter((name) => !['le', 'quantile', 'type', 'kind', 'space'].includes(name!)).toSorted()).toEqual(
    ['account', 'code', 'method', 'mutation', 'outcome', 'reason', 'result', 'state', 'status'],
  )
  expect(text).not.toMatch(/Named|version|v2[0-9]\./)
  const undescribed = text.split('\n').filter((line) => /^# HELP \S+ *$/.test(line))
  expect(undescribed).toEqual([])
})

test('logs every vendor call at debug, with the ID of its request', async () => {
  await vi.waitFor(() => {
    const lines = parley.lines()
    const requests = new Set(lines.filter(({ msg }) => msg === 'operation').map(({ requestId }) => requestId))
    const calls = lines.filter(({ msg }) => msg === 'vendor call')
    expect(calls.length).toBeGreaterThan(3)
    expect(calls.every(({ requestId }) => requests.has(requestId))).toBe(true)
    const got = [...berlin.ledger, ...central.ledger].filter(({ method }) => method === 'GET')
    expect(calls).toHaveLength(got.length)
  })
})
