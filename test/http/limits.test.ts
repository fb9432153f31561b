import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { startServer } from './harness.ts'

const server = await startServer()
afterAll(() => server.http.drain())
beforeEach(() => {
  server.calls.length = 0
})

const times = (count: number, text: (i: number) => string) => Array.from({ length: count }, (_, i) => text(i)).join(' ')
const nested = (depth: number) => `${'{node(id:1)'.repeat(1)}${'{friend'.repeat(depth - 2)}{id}${'}'.repeat(depth - 1)}`
const tripling = (count: number) =>
  `{ node(id: 1) { ...f0 } } ${times(count, (i) => `fragment f${i} on User { a: friend { ...f${i + 1} } b: friend { ...f${i + 1} } c: friend { ...f${i + 1} } }`)} fragment f${count} on User { id }`
const spreading = (count: number) =>
  `{ node(id: 1) { ...f0 } } ${times(count, (i) => `fragment f${i} on User { ...f${i + 1} ...f${i + 1} }`)} fragment f${count} on User { id }`

const rejections: [row: string, query: string, code: string, limit: string][] = [
  ['depth 13', nested(13), 'MAX_DEPTH_LIMIT', '12'],
  ['depth 1,000', nested(1_000), 'MAX_DEPTH_LIMIT', '12'],
  ['depth 20,000', nested(20_000), 'MAX_DEPTH_LIMIT', '12'],
  [
    'depth 13 through a fragment',
    `{ node(id: 1) { ...f } } fragment f on User ${'{friend'.repeat(11)}{id}${'}'.repeat(11)}`,
    'MAX_DEPTH_LIMIT',
    '12',
  ],
  ['31 aliases', `{ ${times(31, (i) => `a${i}: __typename`)} }`, 'MAX_ALIASES_LIMIT', '30'],
  ['10,000 aliases', `{ ${times(10_000, (i) => `a${i}: hello`)} }`, 'MAX_ALIASES_LIMIT', '30'],
  ['one field 10,000 times', `{ ${times(10_000, () => 'hello')} }`, 'MAX_TOKENS_LIMIT', '2000'],
  ['a selection 3,000 times', `{ ${times(3_000, () => 'users { nodes { id } }')} }`, 'MAX_TOKENS_LIMIT', '2000'],
  ['a query of 1 MB', `{ ${times(170_000, () => 'hello')} }`, 'MAX_TOKENS_LIMIT', '2000'],
  [
    '100 × 100 × 100',
    '{ users(first: 100) { nodes { conferences(first: 100) { nodes { participants(first: 100) { nodes { id } } } } } } }',
    'OPERATION_TOO_EXPENSIVE',
    '5000',
  ],
  ['fragments that multiply the response', tripling(9), 'OPERATION_TOO_EXPENSIVE', '5000'],
  ['21 root fields', `{ ${times(21, () => 'hello')} }`, 'MAX_ROOT_FIELDS_LIMIT', '20'],
  ['21 mutations', `mutation { ${times(21, () => 'waitWrite')} }`, 'MAX_ROOT_FIELDS_LIMIT', '20'],
  [
    'root fields through fragments',
    `{ ...f ...f ...f } fragment f on Query { ${times(7, () => 'hello')} }`,
    'MAX_ROOT_FIELDS_LIMIT',
    '20',
  ],
  ['51 directives', `{ hello ${times(51, () => '@skip(if: false)')} }`, 'MAX_DIRECTIVES_LIMIT', '50'],
  ['251 ids as a literal', `{ nodes(ids: [${times(251, () => '"a"')}]) { id } }`, 'BAD_USER_INPUT', '250'],
]

for (const [row, query, code, limit] of rejections) {
  test(`rejects ${row}, reports the limit, and runs nothing`, async () => {
    const result = await server.post({ query })
    expect(result).toMatchObject({ status: 400, code })
    expect(result.json.errors?.[0]?.message).toContain(limit)
    expect(result.json).not.toHaveProperty('data')
    expect(server.calls).toEqual([])
    expect((await server.post({ query }, { accept: 'application/json' })).status).toBe(200)
  })
}

test('handles fragments that double without adding fields in less than a second', async () => {
  const result = await server.post({ query: spreading(150) })
  expect(result).toMatchObject({ status: 400, code: 'OPERATION_TOO_EXPENSIVE' })
  expect(result.cpuMs).toBeLessThan(1_000)
})

test('multiplies the cost by the variable or its default in first', async () => {
  const document = (first: string) =>
    `query ($n: Int${first}) { users(first: $n) { nodes { conferences(first: $n) { nodes { title owner { name } } } } } }`
  expect(await server.post({ query: document(''), variables: { n: 100 } })).toMatchObject({
    code: 'OPERATION_TOO_EXPENSIVE',
  })
  expect(await server.post({ query: document(' = 100') })).toMatchObject({ code: 'OPERATION_TOO_EXPENSIVE' })
  expect(await server.post({ query: document(''), variables: { n: 5 } })).toMatchObject({ status: 200 })
})

test('leaves page sizes outside of the range to the resolver', async () => {
  for (const first of [0, -1, 101, 1_000_000_000]) {
    expect(await server.post({ query: `{ users(first: ${first}) { nodes { id } } }` })).toMatchObject({ status: 200 })
  }
})

test('accepts a large page of plain fields and a page of pages', async () => {
  const plain = `{ users(first: 100) { nodes { ${times(20, (i) => `f${i}`)} } } }`
  const paged =
    '{ conferences(first: 50) { nodes { title owner { name } participants(first: 10) { nodes { name } } } } }'
  expect(await server.post({ query: plain })).toMatchObject({ status: 200 })
  expect(await server.post({ query: paged })).toMatchObject({ status: 200 })
  expect(await server.post({ query: nested(12) })).toMatchObject({ status: 200 })
})

test('applies a separate limit of depth to introspection', async () => {
  expect(await server.post({ query: getIntrospectionQuery() })).toMatchObject({ status: 200 })
  const types = `{ __type(name: "User") ${'{ofType'.repeat(15)}{name}${'}'.repeat(15)} }`
  expect(await server.post({ query: types })).toMatchObject({ status: 200 })
  const hidden = `{ __typename __schema users ${'{nodes{friend'.repeat(8)}{id}${'}}'.repeat(8)} }`
  expect(await server.post({ query: hidden })).toMatchObject({ code: 'MAX_DEPTH_LIMIT' })
  const deep = `{ __type(name: "User") ${'{ofType'.repeat(20)}{name}${'}'.repeat(20)} }`
  const { code, json } = await server.post({ query: deep })
  expect(code).toBe('MAX_DEPTH_LIMIT')
  expect(json.errors?.[0]?.message).toContain('limit is 20 levels')
})

test('rejects variables with 100,000 levels or 100,000 IDs', async () => {
  const deep = `{"query":"query ($x: RenameInput) { hello }","variables":{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`
  expect(await server.post(deep)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
  const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }'
  const result = await server.post({ query, variables: { ids: Array(100_000).fill('a') } })
  expect(result).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
  expect(result.json.errors?.[0]?.message).toContain('250')
  expect(server.calls).toEqual([])
})

test('rejects a body over 1 MiB with 413, with and without a declared length', async () => {
  const body = JSON.stringify({ query: '{ hello }' }).padEnd(1024 * 1024 + 1)
  expect(await server.post(body)).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' })
  const stream = new Blob([body]).stream()
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: stream,
    duplex: 'half',
  } as RequestInit)
  expect(response.status).toBe(413)
})

test('rejects a literal of 1 MB without repeating it', async () => {
  const result = await server.post({ query: `mutation { rename(input: { id: 1, role: "${'x'.repeat(1_000_000)}" }) }` })
  expect(result).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' })
  expect(result.text.length).toBeLessThan(1_000)
})

test('validates the most expensive documents within the limits in time', async () => {
  const repeated = (count: number) => `{ node(id: 1) { ${times(count, () => 'friend { id }')} } }`
  const leaves = (count: number) => `{ node(id: 1) { ${times(count, () => 'name')} } }`
  const spread = (count: number) =>
    `{ node(id: 1) { ${times(count, (i) => `...f${i}`)} } } ${times(count, (i) => `fragment f${i} on User { friend { id } }`)}`
  const unused = `{ hello } fragment f on User { ${times(1_900, () => 'name')} }`
  for (const query of [repeated(480), leaves(1_900), spread(130), unused]) {
    expect(await server.post({ query })).toMatchObject({ status: 400, code: 'OPERATION_TOO_EXPENSIVE' })
  }
  for (const query of [repeated(95), leaves(95), spread(65)]) {
    const result = await server.post({ query })
    expect(result.status).toBe(200)
    expect(result.cpuMs).toBeLessThan(500)
  }
})

test('reports a validation error if there are more errors than validation collects', async () => {
  const result = await server.post({ query: `{ hello ${times(15, (i) => `@unknown${i}`)} }` })
  expect(result).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' })
  expect(result.text).not.toContain('INTERNAL')
})

test('returns at most 100 errors', async () => {
  const result = await server.post({ query: '{ failing(count: 2000) }' })
  expect(result.json.errors?.length).toBeLessThanOrEqual(100)
})
