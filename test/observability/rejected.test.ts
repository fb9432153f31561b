import { createHash } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { startProcess } from '../support/server.ts'
import { scrape } from './scrape.ts'
import { startSandbox } from '../../src/sandboxes/index.ts'

const key = 'a-key-for-this-test-only'
const apiKeySha256 = createHash('sha256').update(key).digest('hex')
const sandbox = await startSandbox('trueconf')
const parley = await startProcess({
  accounts: { berlin: sandbox.account },
  clients: [{ name: 'reader', apiKeySha256, scopes: ['read'] }],
  limits: { requestBytes: 2_000 },
})
afterAll(async () => void (await Promise.all([parley.dispose(), sandbox.close()])))

const json = { 'content-type': 'application/json' }
const signedIn = { ...json, authorization: `Bearer ${key}` }
const requests: [string, string, RequestInit, string][] = [
  ['no credentials', '/graphql', { method: 'POST', headers: json, body: '{}' }, 'status="401",code="UNAUTHENTICATED"'],
  [
    'the examples of GraphiQL without credentials',
    '/graphql/examples',
    { headers: { accept: 'application/json' } },
    'status="401",code="UNAUTHENTICATED"',
  ],
  [
    'a body that is too large',
    '/graphql',
    { method: 'POST', headers: signedIn, body: JSON.stringify({ query: 'x'.repeat(3_000) }) },
    'status="413",code="PAYLOAD_TOO_LARGE"',
  ],
  [
    'another media type',
    '/graphql',
    { method: 'POST', headers: { ...signedIn, 'content-type': 'text/plain' }, body: '{}' },
    'status="415",code="UNSUPPORTED_MEDIA_TYPE"',
  ],
  [
    'another method',
    '/graphql',
    { method: 'PUT', headers: signedIn, body: '{}' },
    'status="405",code="BAD_USER_INPUT"',
  ],
]

test.each(requests)('counts a rejected request with %s', async (_, path, init, labels) => {
  const sample = `parley_rejected_requests_total{${labels}}`
  const before = (await scrape(parley.url)).get(sample) ?? 0
  await (await fetch(`${parley.url}${path}`, init)).text()
  expect((await scrape(parley.url)).get(sample)).toBe(before + 1)
})

test('counts an operation that lacks a scope by its code', async () => {
  const body = JSON.stringify({ query: 'mutation { endConference(input: { conferenceId: "x" }) { outcome } }' })
  await (await fetch(`${parley.url}/graphql`, { method: 'POST', headers: signedIn, body })).text()
  expect((await scrape(parley.url)).get('parley_operations_total{kind="mutation",code="FORBIDDEN"}')).toBe(1)
})
