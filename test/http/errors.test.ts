import { afterAll, beforeEach, expect, test } from 'vitest'
import type { Scope } from '../../src/auth/caller.ts'
import { graphqlType, startServer } from './harness.ts'

const caller = (...scopes: Scope[]) => ({ name: scopes.join('+'), scopes: new Set(scopes), accounts: null })
const server = await startServer()
const reader = await startServer({ authenticate: async () => caller('read') })
const explorer = await startServer({ authenticate: async () => caller('explore') })
afterAll(async () => {
  await Promise.all([server, reader, explorer].map(({ http }) => http.drain()))
})
beforeEach(() => {
  server.calls.length = 0
  server.logs.length = 0
})

const rename = 'mutation ($input: RenameInput!) { rename(input: $input) }'
const variables: [input: unknown, path: string, words: RegExp][] = [
  [{ id: 1, email: 'canary' }, '$input.email', /must be an e-mail address/],
  [{ id: 1, zone: 'Canary/Base' }, '$input.zone', /: TimeZone must be an IANA name\.$/],
  [{ id: 1, role: 'CANARY' }, '$input.role', /type Role/],
  [{ id: 1, tags: ['a', { canary: 1 }] }, '$input.tags.1', /type String/],
  [{ email: 'a@b' }, '$input', /Field "id" of required type/],
  [{ id: 1, nam: 'canary' }, '$input', /Field "nam" is not defined/],
  [{ id: null }, '$input.id', /not to be null/],
  [undefined, '$input', /RenameInput! is required/],
  ['canary'.repeat(50_000), '$input', /RenameInput/],
]
for (const [input, path, words] of variables) {
  test(`reports the path ${path} and the expected type of an invalid variable: ${words.source}`, async () => {
    const response = await server.post({ query: rename, variables: { input } })
    expect(response).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
    const message = response.json.errors?.[0]?.message ?? ''
    expect(message.startsWith(`${path}: `)).toBe(true)
    expect(message).toMatch(words)
    expect(message.length).toBeLessThanOrEqual(300)
    expect(message).not.toMatch(/canary/i)
    expect(server.calls).toEqual([])
    expect((await server.post({ query: rename, variables: { input } }, { accept: 'application/json' })).status).toBe(
      200,
    )
  })
}

test('does not use a property of Object.prototype as the value of a variable', async () => {
  const query = 'query ($constructor: Int!) { failing(count: $constructor) }'
  const { json } = await server.post({ query, variables: {} })
  expect(json.errors?.[0]?.message).toBe('$constructor: a value of type Int! is required.')
})

const literals = [
  'rename(input: { id: 1, email: "canary" })',
  'rename(input: { id: 1, role: CANARY })',
  'rename(input: { id: 1.5 })',
  'rename(input: "canary")',
]
for (const literal of literals) {
  test(`rejects an invalid literal without repeating it: ${literal}`, async () => {
    const response = await server.post({ query: `mutation { ${literal} }` })
    expect(response).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' })
    expect(response.text).not.toMatch(/canary/i)
    expect(response.json.errors?.[0]).toHaveProperty('locations')
    expect(server.calls).toEqual([])
  })
}

test('reports a literal that a scalar rejects as a validation error', async () => {
  const response = await server.post({ query: 'mutation { rename(input: { id: 1, zone: "Canary/Base" }) }' })
  expect(response).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' })
  expect(response.json.errors?.[0]?.message).toBe('input.zone: TimeZone must be an IANA name.')
})

test('rejects an integer that is out of range or of another type, as a literal and as a variable', async () => {
  for (const first of [3_000_000_000, 1.5, '"5"']) {
    const literal = await server.post({ query: `{ users(first: ${first}) { nodes { id } } }` })
    expect(literal).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' })
    expect(literal.json.errors?.[0]?.message).toContain('Int')
    const query = 'query ($n: Int) { users(first: $n) { nodes { id } } }'
    const variable = await server.post({ query, variables: { n: first } })
    expect(variable).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
    expect(variable.json.errors?.[0]?.message).toBe('$n: a value of type Int is expected.')
  }
  expect(server.calls).toEqual([])
})

test('returns the path in the response for a Problem with the path of an input', async () => {
  const { json } = await server.post({ query: '{ a: pathed }' })
  expect(json.errors).toMatchObject([{ path: ['a'], locations: [{ line: 1, column: 3 }] }])
  const { json: list } = await server.post({ query: '{ nodes(ids: ["1", "2"]) { id } }' })
  expect(list.errors).toMatchObject([{ path: ['nodes', 0] }, { path: ['nodes', 1] }])
})

test('returns the code and message of a Problem, with its account and vendor', async () => {
  const { json, status } = await server.post({ query: '{ rejected hello }' })
  expect(status).toBe(200)
  expect(json.data).toEqual({ rejected: null, hello: 'hello fixture' })
  expect(json.errors).toEqual([
    {
      message: 'Later.',
      path: ['rejected'],
      locations: [{ line: 1, column: 3 }],
      extensions: {
        code: 'VENDOR_RATE_LIMITED',
        kind: 'RATE_LIMITED',
        retryable: true,
        account: 'zoom',
        vendor: 'ZOOM',
        retryAt: '1970-01-01T00:00:00Z',
        requestId: expect.any(String),
      },
    },
  ])
})

test('masks and logs an unexpected error as INTERNAL', async () => {
  const response = await server.post({ query: '{ broken hello }' })
  expect(response).toMatchObject({ status: 200, code: 'INTERNAL', json: { data: { hello: 'hello fixture' } } })
  expect(response.text).not.toContain('secret')
  const logged = server.logs.find(({ level }) => level === 'error')
  expect(logged?.fields).toMatchObject({
    err: { message: 'secret inside' },
    requestId: response.headers.get('x-request-id'),
  })
})

test('returns suggestions only to callers with the scope explore', async () => {
  const misspelt = { query: '{ helo }' }
  const plain = await reader.post(misspelt)
  expect(plain).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' })
  expect(plain.text).not.toMatch(/did you mean/i)
  expect((await server.post(misspelt)).text).toContain('Did you mean')
  const input = { query: 'mutation ($i: RenameInput!) { rename(input: $i) }', variables: { i: { id: 1, emial: 'a' } } }
  expect((await server.post(input)).text).not.toMatch(/did you mean/i)
})

test('allows introspection only to callers with the scope explore, whatever was cached', async () => {
  for (const query of ['{ __schema { types { name } } }', '{ __type(name: "User") { name } }']) {
    expect(await server.post({ query })).toMatchObject({ status: 200 })
    const response = await reader.post({ query })
    expect(response).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' })
    expect(JSON.stringify(response.json)).toContain('requires the scope \\"explore\\"')
    expect(response.json).not.toHaveProperty('data')
  }
  expect(await reader.post({ query: '{ __typename }' })).toMatchObject({ status: 200 })
})

test('requires the scope read for queries and write for mutations', async () => {
  expect(await reader.post({ query: 'mutation { waitWrite }' })).toMatchObject({ status: 403, code: 'FORBIDDEN' })
  expect(await explorer.post({ query: '{ hello }' })).toMatchObject({ status: 403, code: 'FORBIDDEN' })
  expect([...reader.calls, ...explorer.calls]).toEqual([])
})

test('reports the location of a syntax error without the text', async () => {
  const response = await server.post({ query: '{ hello(name: "canary" "canary") }' })
  expect(response).toMatchObject({ status: 400, code: 'GRAPHQL_PARSE_FAILED' })
  expect(response.text).not.toContain('canary')
  expect(response.json.errors?.[0]).toHaveProperty('locations')
})

test('returns errors with the status of each media type', async () => {
  const { headers } = await server.post({ query: '{ hello }' }, { accept: graphqlType })
  expect(headers.get('content-type')).toContain(graphqlType)
})
