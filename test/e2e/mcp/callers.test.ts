import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createCall, startMcpStage, type McpStage } from '../../mcp/stage.ts'
import { expectRejection, list, send } from './send-request.ts'

const createApiClient = (name: string, settings: object): object => ({
  name,
  apiKeySha256: createHash('sha256').update(name).digest('hex'),
  ...settings,
})
const authorize = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` })

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
