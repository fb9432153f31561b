import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postMessage, startMcpStage, type McpStage } from '../../mcp/stage.ts'
import { expectRejection, list, send } from './send-request.ts'

describe('a server without callers', () => {
  let stage: McpStage

  beforeAll(async () => {
    stage = await startMcpStage({ cors: { origins: ['https://app.example.com'] }, federation: {} })
  })
  afterAll(() => stage.close())

  const paths = ['/mcp', '/graphql', '/subgraph']
  const bodies: Record<string, string> = {
    '/mcp': JSON.stringify(list),
    '/graphql': '{"query":"{ __typename }"}',
    '/subgraph': '{"query":"{ __typename }"}',
  }
  const getStatus = async (path: string, headers: Record<string, string>): Promise<number> =>
    (await send(stage.origin + path, { headers, body: bodies[path]! })).status

  test.each(paths)('rejects a host that is rebound, and a page of another origin, at %s', async (path) => {
    for (const headers of [
      { host: 'evil.example' },
      { host: 'localhost.evil.example:4000' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://127.0.0.1.evil.example' },
      { 'sec-fetch-site': 'cross-site' },
    ])
      expect([headers, await getStatus(path, headers as never)]).toEqual([headers, 403])
  })

  test.each(paths)('serves this machine, its pages, and the origins of cors, at %s', async (path) => {
    for (const headers of [
      {},
      { host: 'localhost:4000' },
      { host: '[::1]:4000' },
      { host: '127.9.8.7' },
      { origin: 'http://localhost:6274' },
      { origin: 'http://127.0.0.1:3000' },
      { origin: 'http://[::1]:3000' },
      { origin: 'https://app.example.com' },
    ])
      expect([headers, await getStatus(path, headers as never)]).toEqual([headers, 200])
  })

  test('returns the error of a foreign request as JSON-RPC', async () => {
    const reply = await send(stage.url, { headers: { host: 'evil.example' } })
    expectRejection(reply, 'FORBIDDEN')
  })

  test.each(['GET', 'DELETE', 'PUT', 'PATCH', 'HEAD', 'OPTIONS'])('rejects the method %s with 405', async (method) => {
    const { status, allow, json } = await send(stage.url, { method })
    expect([status, allow]).toEqual([405, 'POST'])
    if (method !== 'HEAD') expectRejection({ json }, 'BAD_USER_INPUT')
  })

  const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`

  test.each([
    ['a batch', JSON.stringify([list]), 400, 'BATCHING_DISABLED'],
    ['an empty batch', '[]', 400, 'BATCHING_DISABLED'],
    ['a string', '"tools/list"', 400, 'BAD_USER_INPUT'],
    ['deep JSON', `{"jsonrpc":"2.0","id":1,"method":"ping","params":${deep(200)}}`, 400, 'BAD_USER_INPUT'],
    ['very deep JSON', deep(400_000), 400, 'BAD_USER_INPUT'],
    ['a prototype', '{"jsonrpc":"2.0","id":1,"method":"ping","params":{"__proto__":{}}}', 400, 'BAD_USER_INPUT'],
    ['2 MiB', JSON.stringify({ ...list, params: { text: 'x'.repeat(2 * 1024 ** 2) } }), 413, 'PAYLOAD_TOO_LARGE'],
  ])('rejects %s', async (_, body, status, code) => {
    const reply = await stage.post(body)
    expect(reply.status).toBe(status)
    expectRejection(reply, code)
  })

  test.each(['', '{', '{"jsonrpc":"2.0"', 'tools/list', '{"id":NaN}'])(
    'reports the broken JSON %j as a parse error',
    async (body) => {
      const { status, json } = await stage.post(body)
      expect(status).toBe(400)
      expect(json).toMatchObject({ id: null, error: { code: -32_700, data: { code: 'BAD_USER_INPUT' } } })
    },
  )

  test.each([
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'application/json; charset=latin1',
  ])('rejects the content type %s with 415', async (type) => {
    const reply = await stage.post(list, { 'content-type': type })
    expect(reply.status).toBe(415)
    expectRejection(reply, 'UNSUPPORTED_MEDIA_TYPE')
  })

  test('rejects a compressed body with 415', async () => {
    const reply = await stage.post(list, { 'content-encoding': 'gzip' })
    expect(reply.status).toBe(415)
  })

  test.each([
    ['no method', { jsonrpc: '2.0', id: 1 }],
    ['another version of JSON-RPC', { ...list, jsonrpc: '1.0' }],
    ['an ID of the wrong type', { ...list, id: {} }],
  ])('rejects a message with %s', async (_, message) => {
    const { status, json } = await stage.post(message)
    expect(status).toBe(400)
    expect(json).toMatchObject({ jsonrpc: '2.0', error: { code: -32_600, data: { code: 'BAD_USER_INPUT' } } })
    expect(json.error.data.requestId).toBeTypeOf('string')
  })

  test('calls nothing if the headers name another tool than the message', async () => {
    const before = stage.countVendorCalls()
    const meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientCapabilities': {},
      'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
    }
    const params = { name: 'list_users', arguments: { first: 1 }, _meta: meta }
    const send = (name: string) =>
      stage.post(
        { ...list, method: 'tools/call', params },
        { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': name },
      )
    const { status, headers, json } = await send('list_accounts')
    expect(status).toBe(400)
    expect(json).toMatchObject({
      id: 1,
      error: { code: -32_020, data: { code: 'BAD_USER_INPUT', requestId: headers.get('x-request-id') } },
    })
    expect(stage.countVendorCalls()).toBe(before)
    const right = await send('list_users')
    expect([right.status, right.headers.get('content-type')]).toEqual([200, 'application/json'])
    expect(right.json.result).toMatchObject({ resultType: 'complete', structuredContent: { users: {} } })
  })

  test.each([undefined, [], {}, { protocolVersion: 1, capabilities: {}, clientInfo: {} }])(
    'reports %j as wrong parameters of initialize',
    async (params) => {
      const { status, json } = await stage.post({ ...list, method: 'initialize', ...(params && { params }) })
      expect([status, json.error.code]).toEqual([400, -32_602])
    },
  )

  test.each([
    ['tools/list', { cursor: 5 }],
    ['tools/list', { cursor: null }],
    ['tools/call', undefined],
    ['tools/call', {}],
    ['tools/call', { name: 5 }],
    ['tools/call', { name: ['list_accounts'] }],
  ])('reports wrong parameters of %s as one sentence: %j', async (method, params) => {
    const { status, json } = await stage.post({ ...list, method, ...(params && { params }) })
    expect([status, json.id]).toEqual([400, 1])
    expect(json.error).toEqual({
      code: -32_602,
      message: expect.stringMatching(/^"(name|cursor)" must be [^\n]*\.$/),
      data: { code: 'BAD_USER_INPUT', retryable: false, requestId: expect.any(String) },
    })
  })

  test('opens no stream of changes', async () => {
    const { status, json } = await stage.post({ ...list, method: 'subscriptions/listen' })
    expect([status, json.error.code]).toEqual([404, -32_601])
  })

  test('responds with JSON if the client names no events', async () => {
    for (const accept of ['application/json', '*/*']) {
      const { status, headers, json } = await stage.post(list, { accept })
      expect([status, headers.get('content-type')]).toEqual([200, 'application/json'])
      expect(json.result.tools).toHaveLength(13)
    }
  })

  test('returns separators of Unicode in JSON', async () => {
    for (const accept of ['application/json', '*/*', 'text/event-stream']) {
      const { json } = await stage.post({ jsonrpc: '2.0', id: 'a\u2028b\u2029c\u0085d', method: 'ping' }, { accept })
      expect(json).toEqual({ jsonrpc: '2.0', id: 'a\u2028b\u2029c\u0085d', result: {} })
    }
  })

  test('responds to a notification with 202', async () => {
    const { status, json } = await stage.post({ jsonrpc: '2.0', method: 'notifications/initialized' })
    expect([status, json]).toEqual([202, null])
  })
})

test('does not exist without mcp in the configuration', async () => {
  const stage = await startMcpStage({ mcp: undefined })
  try {
    expect((await postMessage(stage.url, list).catch(({ name }: Error) => name)) as unknown).toBe('SyntaxError')
    const response = await fetch(stage.url, { method: 'POST', body: '{}' })
    expect([response.status, await response.text()]).toEqual([404, 'Not found. The API is at /graphql.\n'])
  } finally {
    await stage.close()
  }
})

test('rejects a message for which there is no memory, with Retry-After', async () => {
  // A message with its response needs 32 KiB, and 4 bytes for each byte of its body.
  const stage = await startMcpStage({ limits: { bufferBytes: 1024 ** 2 } })
  try {
    const reply = await stage.post({ ...list, params: { text: 'x'.repeat(512 * 1024) } })
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '1'])
    expectRejection(reply, 'TOO_MANY_REQUESTS')
    expect(reply.json.error.data.retryable).toBe(true)
    expect((await stage.post(list)).status).toBe(200)
  } finally {
    await stage.close()
  }
})

test('serves the endpoint and its slash below the base path', async () => {
  const stage = await startMcpStage({ basePath: '/meetings' })
  try {
    for (const path of ['/meetings/mcp', '/meetings/mcp/', '/mcp', '/mcp/'])
      expect((await postMessage(stage.origin + path, list)).status).toBe(200)
  } finally {
    await stage.close()
  }
})
