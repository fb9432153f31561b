import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createCall, postMessage, startMcpStage, type McpReply, type McpStage } from '../../mcp/stage.ts'

const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' }
const createApiClient = (name: string, settings: object): object => ({
  name,
  apiKeySha256: createHash('sha256').update(name).digest('hex'),
  ...settings,
})
const authorize = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` })

/** Sends a request without `fetch`, which sets some headers itself. Returns the status and the code of the error. */
function send(url: string, options: { method?: string; headers?: Record<string, string>; body?: string }) {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; allow: string | undefined; json: any }>()
  const { method = 'POST', headers = {}, body = JSON.stringify(list) } = options
  const sent = request(url, { method, headers: { 'content-type': 'application/json', ...headers } }, (response) => {
    let text = ''
    response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    response.on('end', () => {
      const json: unknown = text.startsWith('{') ? JSON.parse(text) : null
      resolve({ status: response.statusCode!, allow: response.headers.allow, json })
    })
  })
  sent.on('error', reject)
  sent.end(method === 'POST' ? body : undefined)
  return promise
}

function expectRejection({ json, headers }: Pick<McpReply, 'json'> & { headers?: Headers }, code: string): void {
  expect(json).toEqual({
    jsonrpc: '2.0',
    id: null,
    error: {
      code: -32_600,
      message: expect.stringMatching(/\.$/),
      data: { code, retryable: expect.any(Boolean), requestId: expect.any(String) },
    },
  })
  if (headers) expect(json.error.data.requestId).toBe(headers.get('x-request-id'))
}

describe('a server with callers', () => {
  let stage: McpStage
  const page = 'https://app.example.com'

  beforeAll(async () => {
    stage = await startMcpStage({
      clients: [
        createApiClient('reader', { scopes: ['read'] }),
        createApiClient('writer', { scopes: ['read', 'write'], accounts: ['trueconf'] }),
        createApiClient('explorer', { scopes: ['explore'] }),
        createApiClient('limited', { scopes: ['read'], limits: { operationsPerMinute: 1 } }),
        createApiClient('documents-only', { scopes: ['read'], documents: { mode: 'only', from: [] } }),
      ],
      cors: { origins: [page] },
    })
  })
  afterAll(() => stage.close())

  const listNames = async (key: string): Promise<string[]> => {
    const { json } = await stage.post(list, authorize(key))
    return json.result.tools.map(({ name }: { name: string }) => name)
  }

  test.each([
    ['no credentials', {}],
    ['a wrong key', authorize('wrong-key-canary')],
  ])('rejects a request with %s with 401 and a challenge', async (_, headers) => {
    const reply = await stage.post(createCall('list_accounts'), headers)
    expect(reply.status).toBe(401)
    expect(reply.headers.get('www-authenticate')).toBe('Bearer')
    expectRejection(reply, 'UNAUTHENTICATED')
    expect(JSON.stringify(stage.log)).not.toContain('wrong-key-canary')
    expect(stage.countVendorCalls()).toBe(0)
  })

  test('lists the tools that the scopes allow, sorted by name', async () => {
    const reads = [
      'get_conference',
      'get_operation',
      'list_accounts',
      'list_conferences',
      'list_participants',
      'list_users',
    ]
    expect(await listNames('reader')).toEqual(reads)
    const all = await listNames('writer')
    expect(all).toEqual([...all].sort())
    expect(all).toHaveLength(13)
    expect(await listNames('explorer')).toEqual([])
  })

  test('rejects a call that needs another scope with 403, and does nothing', async () => {
    const args = { idempotencyKey: 'scope-key-1', account: 'trueconf', title: 'Never' }
    const before = stage.countVendorCalls()
    const reply = await stage.call('create_conference', args, authorize('reader'))
    expect(reply.status).toBe(403)
    expect(reply.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="write"')
    expectRejection(reply, 'FORBIDDEN')
    expect(stage.countVendorCalls()).toBe(before)
    const read = await stage.call('list_accounts', {}, authorize('explorer'))
    expect(read.headers.get('www-authenticate')).toBe('Bearer error="insufficient_scope", scope="read"')
  })

  test('reports a tool that does not exist as invalid parameters', async () => {
    const { status, json } = await stage.call('drop_tables', {}, authorize('reader'))
    expect(status).toBe(200)
    expect(json.error).toMatchObject({ code: -32_602, data: { code: 'NOT_FOUND', requestId: expect.any(String) } })
  })

  test('shows a caller only its accounts', async () => {
    const accounts = await stage.call('list_accounts', {}, authorize('writer'))
    expect(accounts.json.result.structuredContent.accounts).toMatchObject([{ key: 'trueconf' }])
    const users = await stage.call('list_users', { first: 3 }, authorize('writer'))
    expect(users.json.result.structuredContent.users.sources).toMatchObject([{ account: { key: 'trueconf' } }])
    const other = await stage.call('list_users', { accounts: ['zoom'] }, authorize('writer'))
    expect(other.json.result).toMatchObject({ isError: true, content: [{ text: expect.stringMatching(/^[A-Z_]+: /) }] })
  })

  test('serves the tools to a caller that can send only trusted documents', async () => {
    const { json } = await stage.call('list_accounts', {}, authorize('documents-only'))
    expect(json.result.structuredContent.accounts).toHaveLength(3)
  })

  test.each(['https://evil.example', 'null', 'http://localhost:5173', `${page}.evil.example`])(
    'rejects a page of the origin %s with 403, also with valid credentials',
    async (origin) => {
      const reply = await stage.post(list, { ...authorize('reader'), origin })
      expect(reply.status).toBe(403)
      expectRejection(reply, 'FORBIDDEN')
      expect(reply.headers.get('access-control-allow-origin')).toBeNull()
    },
  )

  test('serves a page of an origin in cors, which can send the headers of the protocol and read what it needs', async () => {
    const names = 'authorization,content-type,mcp-method,mcp-name,mcp-protocol-version'
    const preflight = await fetch(stage.url, {
      method: 'OPTIONS',
      headers: { origin: page, 'access-control-request-method': 'POST', 'access-control-request-headers': names },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-headers')).toBe(names)
    expect(preflight.headers.get('access-control-allow-methods')).toBe('POST')
    const { status, headers } = await stage.post(list, { ...authorize('reader'), origin: page })
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, page])
    expect(headers.get('access-control-expose-headers')!.split(', ')).toEqual(
      expect.arrayContaining(['www-authenticate', 'x-request-id', 'mcp-protocol-version']),
    )
    const unauthenticated = await stage.post(list, { origin: page })
    expect([unauthenticated.status, unauthenticated.headers.get('access-control-allow-origin')]).toEqual([401, page])
  })

  test('serves any host, because a caller needs credentials', async () => {
    const headers = { host: 'meetings.example.com', ...authorize('reader') }
    expect(await send(stage.url, { headers })).toMatchObject({ status: 200 })
  })

  test('applies the limits of the caller', async () => {
    expect((await stage.post(list, authorize('limited'))).status).toBe(200)
    const reply = await stage.post(list, authorize('limited'))
    expect(reply.status).toBe(429)
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
    expectRejection(reply, 'TOO_MANY_REQUESTS')
  })

  test('logs a call as its operation, and every other request with its method', async () => {
    await stage.call('list_accounts', {}, authorize('reader'))
    await stage.call('list_accounts', { canaryName: 1 }, authorize('reader'))
    await stage.post({ ...list, method: 'canary/method' }, authorize('reader'))
    const fields = { caller: 'reader', status: 200 }
    await vi.waitFor(() =>
      expect(stage.log).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            ...fields,
            msg: 'operation',
            operation: 'list_accounts',
            document: 'list_accounts',
            kind: 'query',
            codes: ['BAD_USER_INPUT'],
          }),
          expect.objectContaining({ ...fields, msg: 'mcp request', method: 'tools/list' }),
          expect.objectContaining({ ...fields, msg: 'mcp request', method: null }),
          expect.objectContaining({ msg: 'request rejected', status: 401, code: 'UNAUTHENTICATED' }),
        ]),
      ),
    )
    expect(JSON.stringify(stage.log)).not.toMatch(/canary/)
  })

  test('counts calls in the metrics of operations', async () => {
    await stage.call('list_accounts', {}, authorize('reader'))
    const text = await (await fetch(`${stage.origin}/metrics`)).text()
    expect(text).toMatch(/^parley_operations_total\{kind="query",code="ok"\} [1-9]/m)
    expect(text).toMatch(/^parley_operations_total\{kind="none",code="UNAUTHENTICATED"\} [1-9]/m)
    expect(text).not.toContain('list_accounts')
  })
})

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
