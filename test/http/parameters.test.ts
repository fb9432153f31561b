import { afterAll, beforeEach, expect, test } from 'vitest'
import { ask, startServer } from './harness.ts'

const server = await startServer()
afterAll(() => server.http.drain())
beforeEach(() => void (server.calls.length = 0))

test('an empty operationName is no name, by POST and by GET', async () => {
  const query = 'query Hello { hello }'
  expect(await server.post({ query, operationName: '' })).toMatchObject({ status: 200, json: { data: {} } })
  const search = new URLSearchParams({ query, operationName: '' }).toString()
  expect(await ask(`${server.url}/graphql?${search}`)).toMatchObject({ status: 200, json: { data: {} } })
  expect(server.calls).toEqual(['hello', 'hello'])
  expect(server.logs.filter(({ level }) => level === 'error')).toEqual([])
})

const query = 'query ($name: String) { hello(name: $name) }'
test.each([
  ['a variable', `{"query":"${query}","variables":{"name":"a\\ud800b"}}`, /^"name" .*surrogate/],
  ['an item of a list', `{"query":"${query}","variables":{"name":["\\udc00"]}}`, /^"0" .*surrogate/],
  ['the query', '{"query":"{ hello(name: \\"\\ud83d\\") }"}', /^"query" .*surrogate/],
  ['a name', `{"query":"${query}","variables":{"\\ud800":1}}`, /^"A name" .*surrogate/],
])('half of a surrogate pair in %s is refused', async (_, body, words) => {
  const answer = await server.post(body)
  expect(answer).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
  expect(answer.json.errors?.[0]?.message).toMatch(words)
  expect(server.calls).toEqual([])
})

test('a whole pair is welcome, however it is written', async () => {
  for (const text of ['😀', '\\ud83d\\ude00'])
    expect(await server.post(`{"query":"${query}","variables":{"name":"${text}"}}`)).toMatchObject({
      json: { data: { hello: 'hello 😀' } },
    })
})

test('where a variable leaves a required place empty, the error says so', async () => {
  const document = 'mutation ($id: ID) { rename(input: { id: $id }) }'
  const refused = await server.post({ query: document, variables: { id: null } })
  expect(refused).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' })
  const defaulted = 'mutation ($id: ID = "a") { rename(input: { id: $id }) }'
  const empty = await server.post({ query: defaulted, variables: { id: null } })
  expect(empty).toMatchObject({ status: 200, code: 'BAD_USER_INPUT' })
  expect(empty.json.errors?.[0]?.message).toBe(
    'Argument "input" has an invalid value: a variable in it is missing or null where it may not be.',
  )
  expect(server.calls).toEqual([])
})
