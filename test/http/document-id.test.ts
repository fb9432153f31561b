import { createHash } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { sendRequest, graphqlType, startServer } from './harness.ts'

const server = await startServer()
afterAll(() => server.http.drain())
beforeEach(() => void (server.calls.length = 0))

const hash = createHash('sha256').update('{ hello }').digest('hex')
const persisted = (sha256Hash: unknown) => ({ persistedQuery: { version: 1, sha256Hash } })

const get = (parameters: Record<string, string> | string) =>
  sendRequest(`${server.url}/graphql?${new URLSearchParams(parameters).toString()}`, {
    headers: { accept: graphqlType },
  })

describe('the ID of a document', () => {
  const ids = [
    ['a name', 'users.List'],
    ['200 characters', 'a'.repeat(200)],
    ['a hash with its prefix', `sha256:${hash}`],
    ['a hash', hash],
    ['another prefix', 'x-acme:web/12'],
    ['upper case and punctuation', 'UPPER_case~-.1'],
  ] as const
  const rows = ids.flatMap(([description, id]): [string, object][] => [
    [`documentId: ${description}`, { documentId: id }],
    [`doc_id: ${description}`, { doc_id: id, query: null }],
    [`id: ${description}`, { id, query: null }],
    [`sha256Hash: ${description}`, { extensions: persisted(id) }],
  ])
  test.each(rows)('is rejected if the server has no documents: %s', async (_, body) => {
    expect(await server.post(body)).toMatchObject({
      status: 400,
      code: 'PERSISTED_QUERY_NOT_SUPPORTED',
      json: { errors: [{ message: 'PersistedQueryNotSupported' }] },
    })
    expect(await server.post(body, { accept: 'application/json' })).toMatchObject({ status: 200 })
    expect(server.calls).toEqual([])
  })

  test('is accepted by GET', async () => {
    const extensions = JSON.stringify(persisted(hash))
    for (const parameters of [{ documentId: 'a' }, { doc_id: 'a' }, { id: 'a' }, { extensions }])
      expect(await get(parameters as Record<string, string>)).toMatchObject({ code: 'PERSISTED_QUERY_NOT_SUPPORTED' })
  })

  test('is ignored beside a text, in each parameter', async () => {
    const query = '{ hello }'
    for (const more of [
      { documentId: 'a' },
      { doc_id: 'a' },
      { id: 'not an ID' },
      { extensions: persisted(hash) },
      { extensions: { persistedQuery: { version: 1, sha256Hash: hash, miss: true }, clientLibrary: { name: 'x' } } },
    ])
      expect(await server.post({ query, ...more })).toMatchObject({ status: 200, json: { data: {} } })
  })

  test('can be sent twice with and without the prefix of a hash', async () => {
    const body = { documentId: `sha256:${hash}`, extensions: persisted(hash) }
    expect(await server.post(body)).toMatchObject({ code: 'PERSISTED_QUERY_NOT_SUPPORTED' })
  })

  const invalid: [string, object][] = [
    ['a number', { documentId: 5 }],
    ['a Boolean', { doc_id: false }],
    ['an object', { documentId: {} }],
    ['a list', { id: ['a'] }],
    ['an empty string', { documentId: '' }],
    ['an empty id', { id: '' }],
    ['a path', { documentId: '../' }],
    ['a slash', { documentId: 'users/List' }],
    ['a hash in upper case', { documentId: `sha256:${hash.toUpperCase()}` }],
    ['a short hash', { documentId: 'sha256:12' }],
    ['another prefix', { documentId: `md5:${hash}` }],
    ['no characters after a prefix', { documentId: 'x-acme:' }],
    ['201 characters', { documentId: 'a'.repeat(201) }],
    ['a line end', { documentId: 'a\n' }],
    ['__proto__', { documentId: '__proto__' }],
    ['a hash that is a number', { extensions: persisted(5) }],
    ['a hash that is not an ID', { query: '{ hello }', extensions: persisted('a b') }],
    ['two different IDs', { documentId: 'a', doc_id: 'b' }],
    ['an ID and a different hash', { documentId: 'a', extensions: persisted(hash) }],
    ['no hash', { extensions: { persistedQuery: { version: 1 } } }],
    ['nothing', {}],
    ['null', { documentId: null, doc_id: null, id: null, query: null, extensions: null }],
  ]
  test.each(invalid)('is rejected with one sentence if the request has %s', async (_, body) => {
    for (const accept of [graphqlType, 'application/json']) {
      const response = await server.post(body, { accept })
      expect(response).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
      expect(response.json.errors?.[0]?.message).toMatch(/^The parameter[^.]*(\. _ ~ -)?[^.]*\.$/)
    }
    expect(server.calls).toEqual([])
  })

  test('is rejected if a URL has it twice', async () => {
    expect(await get('documentId=a&documentId=a')).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
    expect(await get('documentId=a&doc_id=b')).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
    expect(await get('documentId=')).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
  })
})
