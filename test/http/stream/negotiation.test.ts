import { createHash } from 'node:crypto'
import { afterAll, describe, expect, test } from 'vitest'
import { sendRequest, graphqlType, startServer } from '../harness.ts'

const eventStream = 'text/event-stream'
const apiKey = 'parley-key-of-writer'
const apiKeySha256 = createHash('sha256').update(apiKey).digest('hex')
const server = await startServer({ cors: { origins: ['https://app.example'] } })
const writerOnly = await startServer({ clients: [{ name: 'writer', apiKeySha256, scopes: ['write'], accounts: null }] })
afterAll(() => Promise.all([server.http.drain(), writerOnly.http.drain()]))

const get = (query: string, accept: string) =>
  sendRequest(`${server.url}/graphql?${new URLSearchParams({ query }).toString()}`, { headers: { accept } })
const hello = 'event: next\ndata: {"data":{"hello":"hello fixture"}}\n\nevent: complete\ndata:\n\n'
const codeIn = (text: string): unknown =>
  /^event: next\ndata: \{"errors":.*"code":"(\w+)".*\n\nevent: complete\ndata:\n\n$/.exec(text)?.[1]

describe('a query or mutation', () => {
  test.each([
    eventStream,
    'TEXT/EVENT-STREAM',
    'text/*',
    `${eventStream}, application/json`,
    `application/json;q=0.5, ${eventStream}`,
  ])('receives an event stream with Accept %s', async (accept) => {
    for (const response of [await get('{ hello }', accept), await server.post({ query: '{ hello }' }, { accept })]) {
      expect(response).toMatchObject({ status: 200, text: hello })
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'private, no-store',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
        'x-request-id': expect.any(String),
      })
    }
    const mutation = { query: 'mutation { rename(input: { id: 1 }) }' }
    expect((await server.post(mutation, { accept })).text).toContain('data: {"data":{"rename":"renamed"}}\n\n')
  })

  test.each(['*/*', `${graphqlType}, application/json, ${eventStream}, multipart/mixed`, `${eventStream};q=0.5, */*`])(
    'receives JSON with Accept %s',
    async (accept) => {
      const response = await server.post({ query: '{ hello }' }, { accept })
      expect(response.json).toEqual({ data: { hello: 'hello fixture' } })
    },
  )

  test('has the CORS headers of other responses', async () => {
    const { headers } = await server.post(
      { query: '{ hello }' },
      { accept: eventStream, origin: 'https://app.example' },
    )
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example')
  })
})

describe('an error', () => {
  test.each([
    ['of parsing', '{ hello', 'GRAPHQL_PARSE_FAILED'],
    ['of validation', '{ unknown }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'of the cost',
      '{ users(first: 100) { nodes { conferences(first: 100) { nodes { title } } } } }',
      'OPERATION_TOO_EXPENSIVE',
    ],
    ['of the input', 'query ($id: ID!) { node(id: $id) { id } }', 'BAD_USER_INPUT'],
    ['of a resolver', '{ broken }', 'INTERNAL'],
    ['without an operation', '', 'GRAPHQL_PARSE_FAILED'],
  ])('%s is an event followed by the end of the stream', async (_, query, code) => {
    const response = await get(query, eventStream)
    expect(response).toMatchObject({ status: 200 })
    expect(codeIn(response.text)).toBe(code)
  })

  test('is an event followed by the end of the stream if a scope is missing', async () => {
    const headers = { accept: eventStream, authorization: `Bearer ${apiKey}` }
    for (const query of ['{ hello }']) {
      const response = await writerOnly.post({ query }, headers)
      expect(response).toMatchObject({ status: 200 })
      expect(codeIn(response.text)).toBe('FORBIDDEN')
    }
  })

  test.each([
    ['401 without credentials', 401, () => writerOnly.post({ query: '{ hello }' }, { accept: eventStream })],
    ['405 for a mutation with GET', 405, () => get('mutation { waitWrite }', eventStream)],
    ['413 for a large body', 413, () => server.post('x'.repeat(1024 ** 2 + 1), { accept: eventStream })],
    [
      '415 for another Content-Type',
      415,
      () => server.post('{}', { accept: eventStream, 'content-type': 'text/plain' }),
    ],
  ])('keeps the status %s, with a JSON body', async (_, status, send) => {
    const response = await send()
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(response.code).toEqual(expect.any(String))
  })
})

describe('a subscription', () => {
  test.each([
    'application/json',
    graphqlType,
    `${eventStream};q=0, */*`,
    `${eventStream};charset=latin1, application/json`,
  ])('is rejected with 406 if the Accept header is %s', async (accept) => {
    for (const response of [
      await server.post({ query: 'subscription { ticks }' }, { accept }),
      await get('subscription { ticks }', accept),
    ]) {
      expect(response).toMatchObject({ status: 406, code: 'UNSUPPORTED_MEDIA_TYPE' })
      expect(response.json.errors?.[0]?.message).toContain(eventStream)
    }
  })
})
