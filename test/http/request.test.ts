import { gzipSync } from 'node:zlib'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { sendRequest, graphqlType, raw, startServer } from './harness.ts'

const server = await startServer()
const graphql = `${server.url}/graphql`
afterAll(() => server.http.drain())
beforeEach(() => {
  server.calls.length = 0
})

describe('bodies', () => {
  const rows: [row: string, body: string | Buffer, code: string][] = [
    [
      'bytes FF FE',
      Buffer.from([...Buffer.from('{"query":"{ hello(name: \\"'), 0xff, 0xfe, ...Buffer.from('\\") }"}')]),
      'BAD_USER_INPUT',
    ],
    [
      'an overlong slash',
      Buffer.from([...Buffer.from('{"query":"'), 0xc0, 0xaf, ...Buffer.from('"}')]),
      'BAD_USER_INPUT',
    ],
    ['truncated JSON', '{"query":"{ hello', 'BAD_USER_INPUT'],
    ['text after the JSON', '{"query":"{ hello }"} x', 'BAD_USER_INPUT'],
    ['null', 'null', 'BAD_USER_INPUT'],
    ['an empty list', '[]', 'BAD_USER_INPUT'],
    ['a string', '"x"', 'BAD_USER_INPUT'],
    ['a query that is a number', '{"query":5}', 'BAD_USER_INPUT'],
    ['an unknown parameter', '{"query":"{ hello }","secretive":1}', 'BAD_USER_INPUT'],
    ['variables as a list', '{"query":"{ hello }","variables":[1]}', 'BAD_USER_INPUT'],
    ['a query with a syntax error', '{"query":"{ hello"}', 'GRAPHQL_PARSE_FAILED'],
    ['a batch of two', '[{"query":"{ hello }"},{"query":"{ hello }"}]', 'BATCHING_DISABLED'],
    [
      'a batch of 1,000',
      JSON.stringify(Array.from({ length: 1_000 }, () => ({ query: '{ hello }' }))),
      'BATCHING_DISABLED',
    ],
    [
      'an object of 10,001 names',
      JSON.stringify({ query: '{ hello }', variables: { a: Object.fromEntries([...Array(10_001).keys()].entries()) } }),
      'BAD_USER_INPUT',
    ],
    ['__proto__ as a parameter', '{"query":"{ hello }","__proto__":{"x":1}}', 'BAD_USER_INPUT'],
    ['__proto__ inside variables', '{"query":"{ hello }","variables":{"a":{"__proto__":{"x":1}}}}', 'BAD_USER_INPUT'],
    ['constructor as a parameter', '{"query":"{ hello }","constructor":{"x":1}}', 'BAD_USER_INPUT'],
    ['an unknown operationName', '{"query":"query a { hello }","operationName":"b"}', 'BAD_USER_INPUT'],
    ['several operations', '{"query":"query a { hello } query b { hello }"}', 'BAD_USER_INPUT'],
  ]
  for (const [row, body, code] of rows) {
    test(`rejects ${row} with 400 and ${code}, and runs nothing`, async () => {
      const response = await server.post(body)
      expect(response).toMatchObject({ status: 400, code })
      expect(response.text).not.toMatch(/secretive|hello/)
      expect(response.json.errors?.[0]?.extensions).toMatchObject({ retryable: false, requestId: expect.any(String) })
      expect(server.calls).toEqual([])
      expect(({} as { x?: number }).x).toBeUndefined()
    })
  }

  test('ignores the unused variables constructor and toString', async () => {
    const variables = { constructor: 1, toString: 2 }
    expect(await server.post({ query: '{ hello }', variables })).toMatchObject({
      status: 200,
      text: '{"data":{"hello":"hello fixture"}}',
    })
  })

  test('rejects a gzipped body with 415', async () => {
    const body = gzipSync('{"query":"{ hello }"}')
    expect(await server.post(body, { 'content-encoding': 'gzip' })).toMatchObject({
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
    })
  })
})

describe('media types', () => {
  const rejected = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/graphql',
    'application/json, text/plain',
    'application/json; charset=utf-16',
    'application/json; charset=utf-7',
    'json',
  ]
  for (const type of rejected) {
    test(`rejects ${type} with 415`, async () => {
      const response = await server.post('query=mutation{waitWrite}', { 'content-type': type })
      expect(response).toMatchObject({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' })
      expect(response.json.errors?.[0]?.message).toMatch(/application\/json|UTF-8/)
      expect(server.calls).toEqual([])
    })
  }

  test('accepts the Content-Type of JSON in any case', async () => {
    expect(
      await server.post({ query: '{ hello }' }, { 'content-type': 'APPLICATION/JSON; Charset=UTF-8' }),
    ).toMatchObject({ status: 200 })
  })

  test('rejects a body without a Content-Type with 415', async () => {
    const text = await raw(
      server.port,
      'POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}',
    )
    expect(text).toMatch(/^HTTP\/1.1 415 /)
  })

  test('rejects an unsupported Accept header with 406, and runs nothing', async () => {
    const response = await server.post({ query: '{ hello }' }, { accept: 'text/csv' })
    expect(response).toMatchObject({ status: 406, code: 'UNSUPPORTED_MEDIA_TYPE' })
    expect(response.json.errors?.[0]?.message).toContain('application/graphql-response+json')
    expect(server.calls).toEqual([])
  })

  test('selects the media type with the highest quality in the Accept header', async () => {
    const accept = 'application/json;q=0.5, application/graphql-response+json'
    const { headers } = await server.post({ query: '{ hello }' }, { accept })
    expect(headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8')
  })
})

describe('methods and URLs', () => {
  const get = (query: string, init: RequestInit = {}) =>
    sendRequest(`${graphql}?${query}`, { headers: { accept: graphqlType }, ...init })

  test('runs a query that is sent with GET', async () => {
    const query = `query=${encodeURIComponent('query ($n: String) { hello(name: $n) }')}&variables=%7B%22n%22%3A%22d%C3%A9j%C3%A0+vu%22%7D`
    expect(await get(query)).toMatchObject({ status: 200, json: { data: { hello: 'hello déjà vu' } } })
  })

  test('rejects a mutation with GET and any HEAD with 405', async () => {
    const response = await get('query=mutation{waitWrite}')
    expect(response).toMatchObject({ status: 405, code: 'BAD_USER_INPUT' })
    expect(response.headers.get('allow')).toBe('POST')
    expect(await get('query=mutation{waitWrite}', { method: 'HEAD' })).toMatchObject({ status: 405 })
    expect(await get('query={hello}', { method: 'PUT' })).toMatchObject({ status: 405 })
    expect(server.calls).toEqual([])
  })

  test('ignores parameters in the URL of a POST', async () => {
    expect(await get('query={hello}', { method: 'POST' })).toMatchObject({ status: 415 })
    expect(
      await get('query={hello}', {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json', accept: graphqlType },
      }),
    ).toMatchObject({ status: 400 })
    expect(server.calls).toEqual([])
  })

  const bad = [
    'query=%FF%FE',
    'query=%C0%AF',
    'query={hello}&variables={',
    'query={hello}&variables=[1]',
    'query={hello}&key=1',
    'query={hello}&query={hello}',
    'variables={}',
    'query=%',
  ]
  for (const query of bad) {
    test(`rejects GET ?${query} with 400`, async () => {
      expect(await get(query)).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
      expect(server.calls).toEqual([])
    })
  }

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain; application/json'])(
    'rejects a GET with the type %s with 415',
    async (type) => {
      expect(await get('query={hello}', { headers: { 'content-type': type } })).toMatchObject({ status: 415 })
      expect(server.calls).toEqual([])
    },
  )

  test.each(['application/json', 'Application/JSON; charset=utf-8'])('accepts a GET with the type %s', async (type) => {
    expect(await get('query={hello}', { headers: { 'content-type': type } })).toMatchObject({ status: 200 })
    const mutation = await get('query=mutation{waitWrite}', { headers: { 'content-type': type } })
    expect(mutation).toMatchObject({ status: 405 })
  })

  test('responds to other paths with 404', async () => {
    for (const path of ['/graphqlx', '/graphql/assets/x', '//graphql', '/../etc/passwd']) {
      expect((await sendRequest(server.url + path)).status).toBe(404)
    }
  })

  test('serves health, readiness, and metrics', async () => {
    expect(await sendRequest(`${server.url}/healthz`)).toMatchObject({ status: 200, text: 'ok\n' })
    expect(await sendRequest(`${server.url}/readyz`)).toMatchObject({ status: 200 })
    expect(await sendRequest(`${server.url}/metrics`)).toMatchObject({ status: 200, text: 'up 1\n' })
  })
})

describe('a request of a foreign page', () => {
  test('gets no access-control-allow-origin in a preflight', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    const { status, headers: received } = await sendRequest(graphql, { method: 'OPTIONS', headers })
    expect(status).toBe(204)
    expect([...received.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  test('is rejected with 403 if it is multipart without a header that needs a preflight', async () => {
    const body = new FormData()
    body.set('operations', '{"query":"mutation { waitWrite }"}')
    body.set('map', '{}')
    const response = await sendRequest(graphql, { method: 'POST', body })
    expect(response).toMatchObject({ status: 403, code: 'CSRF_BLOCKED' })
    expect(response.json.errors?.[0]?.message).toContain('x-parley-csrf')
    expect(server.calls).toEqual([])
  })

  test('can be read only by pages of configured origins', async () => {
    const open = await startServer({ cors: { origins: ['https://app.example'] } })
    const from = (origin: string) => open.post({ query: '{ hello }' }, { origin })
    expect((await from('https://app.example')).headers.get('access-control-allow-origin')).toBe('https://app.example')
    const other = await from('https://app.example.evil')
    expect(other.headers.get('access-control-allow-origin')).toBeNull()
    expect(other.headers.get('vary')).toBe('origin')
    await open.http.drain()
  })
})
