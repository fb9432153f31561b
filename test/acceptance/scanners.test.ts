import { afterAll, beforeAll, expect, test } from 'vitest'
import { send, type Reply, type RequestOptions } from './reply.ts'
import { startProcess, traceLog, type ServerProcess } from '../support/server.ts'
import { createClients, getKey, startVendors, type Vendors } from './fixture.ts'

let vendors: Vendors
let server: ServerProcess

beforeAll(async () => {
  vendors = await startVendors()
  server = await startProcess(
    { accounts: vendors.accounts, clients: createClients(['all', 'reader']), graphiql: false },
    traceLog,
  )
}, 120_000)
afterAll(async () => {
  await server.dispose()
  await vendors.close()
})

const json = { 'content-type': 'application/json' }
const typename = '{ __typename }'
const post = (query: string, more: RequestOptions = {}): RequestOptions => ({ json: { query }, ...more })
const get = (query: string): RequestOptions => ({ method: 'GET', search: `?query=${encodeURIComponent(query)}` })
const form = (query: string): RequestOptions => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams({ query }).toString(),
})
const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ')

const ofType = `ofType { ${'ofType { '.repeat(7)} name ${'} '.repeat(7)} }`
const circularIntrospection = `{ __schema { types { fields { type { fields { type { fields { type { fields { type { name ${ofType} } } } } } } } } } } }`
const circularFragments = '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }'

/** Requests of black-box scanners, and whether a scanner would report the response. */
const probes: [finding: string, request: RequestOptions, isReported: (reply: Reply) => boolean][] = [
  ['introspection', post('{ __schema { types { name } } }'), ({ data }) => Boolean(data)],
  ['introspection by GET', get('{ __schema { types { name } } }'), ({ data }) => Boolean(data)],
  ['type look-up', post('{ __type(name: "User") { fields { name } } }'), ({ data }) => Boolean(data)],
  ['field suggestions', post('{ acounts { key } }'), ({ text }) => /did you mean/i.test(text)],
  ['argument suggestions', post('{ account(ky: "a") { key } }'), ({ text }) => /did you mean/i.test(text)],
  ['alias overloading', post(`{ ${times(101, (i) => `alias${i}: __typename`)} }`), ({ data }) => Boolean(data)],
  [
    'array batching',
    { headers: json, body: JSON.stringify(Array.from({ length: 10 }, () => ({ query: typename }))) },
    ({ text }) => text.startsWith('[') || text.includes('"data"'),
  ],
  ['field duplication', post(`{ ${times(500, () => '__typename')} }`), ({ data }) => Boolean(data)],
  ['field duplication below', post(`{ accounts { ${times(500, () => 'key')} } }`), ({ data }) => Boolean(data)],
  [
    'directive overloading',
    post(`{ __typename ${times(60, () => '@include(if: true)')} }`),
    ({ data }) => Boolean(data),
  ],
  ['unknown directives', post(`{ __typename ${times(10, () => '@aa')} }`), ({ errors }) => (errors?.length ?? 0) > 10],
  ['circular introspection', post(circularIntrospection), ({ data }) => Boolean(data)],
  ['circular fragments', post(circularFragments), ({ data, status }) => Boolean(data) || status >= 500],
  ['mutation by GET', get('mutation { __typename }'), ({ data }) => Boolean(data)],
  ['mutation by a form', form('mutation { __typename }'), ({ data }) => Boolean(data)],
  ['query by a form', form(typename), ({ data }) => Boolean(data)],
  [
    'query as text',
    { headers: { 'content-type': 'text/plain' }, body: JSON.stringify({ query: typename }) },
    ({ data }) => Boolean(data),
  ],
  [
    'query as application/graphql',
    { headers: { 'content-type': 'application/graphql' }, body: typename },
    ({ data }) => Boolean(data),
  ],
  ['tracing', post(typename), ({ text }) => /"tracing"|"duration"|startTime/.test(text)],
  ['debug', post('{ accounts(x: ', {}), ({ text }) => /stack|exception|node_modules|\.ts\b/i.test(text)],
  [
    'an IDE',
    { method: 'GET', headers: { accept: 'text/html' } },
    ({ text }) => /graphiql|playground|<html/i.test(text),
  ],
]

for (const caller of ['no caller', 'a reader'] as const)
  test.each(probes)(`has no finding of a scanner as ${caller}: %s`, async (finding, request, isReported) => {
    const calls = vendors.zoom.ledger.length + vendors.trueconf.ledger.length + vendors.central.ledger.length
    const reply = await send(server, { ...request, key: caller === 'a reader' ? getKey('reader') : null })
    expect(isReported(reply), `${finding}: ${reply.status} ${reply.text.slice(0, 200)}`).toBe(false)
    if (caller === 'no caller') expect(reply.status).toBe(401)
    expect(vendors.zoom.ledger.length + vendors.trueconf.ledger.length + vendors.central.ledger.length).toBe(calls)
  })

test('serves nothing at other common paths', async () => {
  for (const path of [
    '/graphiql',
    '/playground',
    '/altair',
    '/voyager',
    '/console',
    '/api/graphql',
    '/.env',
    '/debug',
    '/schema.graphql',
  ]) {
    const response = await fetch(`${server.url}${path}`, { headers: { accept: 'text/html' } })
    expect(response.status, path).toBe(404)
    expect(await response.text(), path).not.toMatch(/<html|stack/i)
  }
})

test('describes the server at /, without a page', async () => {
  const response = await fetch(`${server.url}/`, { headers: { accept: 'text/html' } })
  expect(response.status).toBe(200)
  expect(await response.text()).toMatch(/^This is Parley[^<]*\/graphql\.\n$/)
})

test('does not reveal the server software in a header, and sends security headers with every response', async () => {
  for (const path of ['/graphql', '/healthz', '/metrics', '/nowhere']) {
    const { headers } = await fetch(`${server.url}${path}`)
    for (const name of ['server', 'x-powered-by', 'access-control-allow-origin'])
      expect(headers.get(name), path).toBeNull()
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('cache-control')).toBe('private, no-store')
  }
})

test('rejects TRACE, PUT, and other methods', async () => {
  for (const method of ['PUT', 'DELETE', 'PATCH', 'PROPFIND']) {
    const { status, headers } = await send(server, { method, key: getKey('all') })
    expect(status, method).toBe(405)
    expect(headers.get('allow')).toBe('GET, POST')
  }
})
