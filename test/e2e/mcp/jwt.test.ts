import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startIssuer, type Issuer } from '../../acceptance/issuer.ts'
import { createCall, startMcpStage, type McpStage } from '../../mcp/stage.ts'

const url = 'https://meetings.example.com/mcp'
const metadataUrl = 'https://meetings.example.com/.well-known/oauth-protected-resource/mcp'
const call = createCall('list_accounts')

let issuer: Issuer
let stage: McpStage

beforeAll(async () => {
  issuer = await startIssuer()
  stage = await startMcpStage({
    jwt: issuer.settings,
    mcp: { url },
    clients: [
      { name: 'robot', apiKeySha256: createHash('sha256').update('robot-key').digest('hex'), scopes: ['read'] },
    ],
  })
})
afterAll(async () => {
  await stage.close()
  await issuer.close()
})

const callWith = (token: string) => stage.post(call, { authorization: `Bearer ${token}` })

async function queryWith(token: string): Promise<number> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  const body = '{"query":"{ accounts { key } }"}'
  return (await fetch(`${stage.origin}/graphql`, { method: 'POST', headers, body })).status
}

describe('a JWT', () => {
  test('is accepted at the endpoint that its audience names', async () => {
    const forTools = await issuer.sign({ aud: url })
    const forQueries = await issuer.sign({ aud: 'parley' })
    const forBoth = await issuer.sign({ aud: ['parley', url] })
    const { status, json } = await callWith(forTools)
    expect(status).toBe(200)
    expect(json.result.structuredContent).toMatchObject({ accounts: [{ key: 'zoom' }] })
    expect(json.result.structuredContent.accounts).toHaveLength(1)
    expect(await queryWith(forTools)).toBe(401)
    expect((await callWith(forQueries)).status).toBe(401)
    expect(await queryWith(forQueries)).toBe(200)
    expect((await callWith(forBoth)).status).toBe(200)
    expect(await queryWith(forBoth)).toBe(200)
  })

  test.each([
    ['is expired', { exp: Math.floor(Date.now() / 1000) - 60 }],
    ['is of another issuer', { iss: 'them' }],
    ['is for a part of the URL', { aud: 'https://meetings.example.com' }],
    ['is for the URL with a slash', { aud: `${url}/` }],
    ['has no audience', { aud: undefined }],
  ])('is rejected with 401 and the URL of the metadata if it %s', async (_, claims) => {
    const token = await issuer.sign({ aud: url, ...claims })
    const { status, headers, json } = await callWith(token)
    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toBe(`Bearer resource_metadata="${metadataUrl}"`)
    expect(json).toMatchObject({ id: null, error: { code: -32_600, data: { code: 'UNAUTHENTICATED' } } })
    expect(JSON.stringify(stage.log)).not.toContain(token)
  })

  test('is rejected if another key signed it', async () => {
    expect((await callWith(await issuer.forge())).status).toBe(401)
  })

  test('needs the scope of the tool', async () => {
    const token = await issuer.sign({ aud: url, scope: 'read' })
    const args = { idempotencyKey: 'jwt-scope-key', account: 'zoom', title: 'Never' }
    const { status, headers } = await stage.call('create_conference', args, { authorization: `Bearer ${token}` })
    expect([status, headers.get('www-authenticate')]).toEqual([403, 'Bearer error="insufficient_scope", scope="write"'])
  })

  test('is never passed on to a vendor', async () => {
    const token = await issuer.sign({ aud: url })
    const headers = { authorization: `Bearer ${token}` }
    expect((await stage.call('list_users', {}, headers)).json.result.isError).toBeUndefined()
    const { ledger } = stage.sandboxes.running['zoom']!
    expect(ledger.length).toBeGreaterThan(0)
    expect(JSON.stringify(ledger)).not.toContain(token)
  })
})

describe('the metadata of the endpoint (RFC 9728)', () => {
  test('is the same for everyone', async () => {
    for (const headers of [{}, { origin: 'https://inspector.example' }, { authorization: 'Bearer wrong' }]) {
      const response = await fetch(`${stage.origin}${new URL(metadataUrl).pathname}`, { headers: headers as never })
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe('application/json')
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(await response.json()).toEqual({
        resource: url,
        authorization_servers: ['us'],
        scopes_supported: ['read', 'write'],
        bearer_methods_supported: ['header'],
      })
    }
  })

  test('can be read by a page that sends the version of the protocol', async () => {
    const response = await fetch(`${stage.origin}${new URL(metadataUrl).pathname}`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://inspector.example',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'mcp-protocol-version',
      },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-headers')).toBe('mcp-protocol-version')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
  })

  test('is read-only', async () => {
    const response = await fetch(`${stage.origin}${new URL(metadataUrl).pathname}`, { method: 'POST', body: '{}' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })

  test('follows the path of the URL, also below a base path', async () => {
    const nested = 'https://example.com/meetings/mcp'
    const other = await startMcpStage({ jwt: issuer.settings, mcp: { url: nested }, basePath: '/meetings' })
    try {
      const unauthenticated = await other.post(call)
      expect(unauthenticated.headers.get('www-authenticate')).toBe(
        'Bearer resource_metadata="https://example.com/.well-known/oauth-protected-resource/meetings/mcp"',
      )
      for (const path of [
        '/.well-known/oauth-protected-resource/meetings/mcp',
        '/.well-known/oauth-protected-resource/mcp',
        '/meetings/.well-known/oauth-protected-resource/mcp',
      ]) {
        const response = await fetch(other.origin + path)
        expect([path, response.status]).toEqual([path, 200])
        expect(await response.json()).toMatchObject({ resource: nested })
      }
    } finally {
      await other.close()
    }
  })
})

test('an API key needs no audience', async () => {
  expect((await stage.post(call, { authorization: 'Bearer robot-key' })).status).toBe(200)
})

describe('a reload', () => {
  test('changes the audience, and opens and closes the endpoint', async () => {
    const own = await startMcpStage({ jwt: issuer.settings, mcp: undefined })
    const post = async (aud: string): Promise<number> =>
      (
        await fetch(own.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${await issuer.sign({ aud })}` },
          body: JSON.stringify(call),
        })
      ).status
    try {
      expect(await post(url)).toBe(404)
      await own.reload({ jwt: issuer.settings, mcp: { url } })
      expect([await post(url), await post('parley')]).toEqual([200, 401])
      const moved = 'https://other.example.com/mcp'
      await own.reload({ jwt: issuer.settings, mcp: { url: moved } })
      expect([await post(url), await post(moved)]).toEqual([401, 200])
      await own.reload({ jwt: issuer.settings, mcp: undefined })
      expect(await post(moved)).toBe(404)
      expect((await fetch(`${own.origin}${new URL(metadataUrl).pathname}`)).status).toBe(404)
    } finally {
      await own.close()
    }
  })

  test('fetches the keys of an issuer once for both endpoints', async () => {
    const before = issuer.requests.length
    const own = await startMcpStage({ jwt: issuer.settings, mcp: { url } })
    try {
      const token = await issuer.sign({ aud: ['parley', url] })
      const headers = { authorization: `Bearer ${token}` }
      expect((await own.post(call, headers)).status).toBe(200)
      await own.reload({ jwt: issuer.settings, mcp: { url: 'https://other.example.com/mcp' } })
      await own.reload({ jwt: issuer.settings, mcp: { url } })
      expect((await own.post(call, headers)).status).toBe(200)
      const body = '{"query":"{ __typename }"}'
      const query = await fetch(`${own.origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      })
      expect(query.status).toBe(200)
      expect(issuer.requests.length - before).toBe(1)
    } finally {
      await own.close()
    }
  })
})
