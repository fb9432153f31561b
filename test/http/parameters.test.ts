import { afterAll, beforeEach, expect, test } from 'vitest'
import { sendRequest, startServer } from './harness.ts'

const server = await startServer()
afterAll(() => server.http.drain())
beforeEach(() => void (server.calls.length = 0))

test('ignores an empty operationName in POST and GET requests', async () => {
  const query = 'query Hello { hello }'
  expect(await server.post({ query, operationName: '' })).toMatchObject({ status: 200, json: { data: {} } })
  const search = new URLSearchParams({ query, operationName: '' }).toString()
  expect(await sendRequest(`${server.url}/graphql?${search}`)).toMatchObject({ status: 200, json: { data: {} } })
  expect(server.calls).toEqual(['hello', 'hello'])
  expect(server.logs.filter(({ level }) => level === 'error')).toEqual([])
})

test('reports a variable that is null or omitted where a value is required', async () => {
  const document = 'mutation ($id: ID) { rename(input: { id: $id }) }'
  const rejected = await server.post({ query: document, variables: { id: null } })
  expect(rejected).toMatchObject({ status: 400, code: 'GRAPHQL_VALIDATION_FAILED' })
  const defaulted = 'mutation ($id: ID = "a") { rename(input: { id: $id }) }'
  const empty = await server.post({ query: defaulted, variables: { id: null } })
  expect(empty).toMatchObject({ status: 200, code: 'BAD_USER_INPUT' })
  expect(empty.json.errors?.[0]?.message).toBe(
    'Argument "input" has an invalid value. A variable in it is missing or null, but a value is required.',
  )
  expect(server.calls).toEqual([])
})
