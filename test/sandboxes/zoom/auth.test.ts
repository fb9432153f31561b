import { SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect, grant, read, type Client } from './client.ts'

let client: Client
beforeEach(async () => void (client = await connect()))
afterEach(() => client.zoom.close())

const sign = (key: string, secret: string, expires: number, alg = 'HS256') =>
  new SignJWT({ iss: key, exp: Math.floor(expires / 1000) })
    .setProtectedHeader({ alg, typ: 'JWT' })
    .sign(new TextEncoder().encode(secret))

describe('Server-to-Server OAuth', () => {
  test('issues a bearer token for one hour, with a form or a query', async () => {
    const { zoom } = client
    const form = { grant_type: 'account_credentials', account_id: zoom.accountId }
    const { status, body } = await grant(zoom, form)
    expect(status).toBe(200)
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 3600, api_url: zoom.url })
    expect(body.scope.split(' ')).toContain('user:read:list_users:admin')
    const authorization = `Basic ${btoa(`${zoom.clientId}:${zoom.clientSecret}`)}`
    const byQuery = await read(
      await fetch(`${zoom.url}/oauth/token?${new URLSearchParams(form)}`, {
        method: 'POST',
        headers: { authorization },
      }),
    )
    expect(byQuery.status).toBe(200)
    for (const token of [body.access_token, byQuery.body.access_token])
      expect((await client.call('GET', '/users/me', undefined, token)).status).toBe(200)
  })

  test('rejects a wrong client, grant, and account, and a JSON body, each with its own message', async () => {
    const { zoom } = client
    const form = { grant_type: 'account_credentials', account_id: zoom.accountId }
    const bad = await grant(zoom, form, `${zoom.clientId}:wrong`)
    expect(bad.status).toBe(400)
    expect(bad.body).toEqual({ reason: 'Invalid client_id or client_secret', error: 'invalid_client' })
    const wrongGrant = await grant(zoom, { grant_type: 'password' })
    expect(wrongGrant.body).toEqual({ reason: 'unsupported grant type', error: 'unsupported_grant_type' })
    expect((await grant(zoom, { grant_type: 'refresh_token' })).body).toEqual({ error: 'invalid_grant' })
    const account = await grant(zoom, { ...form, account_id: 'other' })
    expect(account.body).toEqual({ reason: 'Bad Request', error: 'invalid_request' })
    const headers = {
      authorization: `Basic ${btoa(`${zoom.clientId}:${zoom.clientSecret}`)}`,
      'content-type': 'application/json',
    }
    const json = await fetch(`${zoom.url}/oauth/token`, { method: 'POST', headers, body: JSON.stringify(form) })
    expect((await read(json)).body.error).toBe('unsupported_grant_type')
  })

  test('expires a token by the clock, revokes it, and reports this with 400 on request', async () => {
    const token = await client.token()
    client.clock.now += 3600_000
    const expired = await client.call('GET', '/users', undefined, token)
    expect([expired.status, expired.body]).toEqual([401, { code: 124, message: 'Access token is expired.' }])
    const next = await client.token()
    client.zoom.revokeTokens()
    client.zoom.switches.authFailureStatus = 400
    const revoked = await client.call('GET', '/users', undefined, next)
    expect([revoked.status, revoked.body]).toEqual([400, { code: 124, message: 'Invalid access token.' }])
  })

  test('revokes one token with POST /oauth/revoke', async () => {
    const [one, two] = [await client.token(), await client.token()]
    const authorization = `Basic ${btoa(`${client.zoom.clientId}:${client.zoom.clientSecret}`)}`
    const body = new URLSearchParams({ token: one })
    const response = await fetch(`${client.zoom.url}/oauth/revoke`, {
      method: 'POST',
      headers: { authorization },
      body,
    })
    expect(await response.json()).toEqual({ status: 'success' })
    expect((await client.call('GET', '/users', undefined, one)).status).toBe(401)
    expect((await client.call('GET', '/users', undefined, two)).status).toBe(200)
  })

  test('names the accepted scopes if the token has none of them', async () => {
    client.zoom.switches.scopes = ['user:read:list_users:admin']
    const token = await client.token()
    expect((await client.call('GET', '/users', undefined, token)).status).toBe(200)
    const response = await client.call('GET', '/users/me', undefined, token)
    expect(response.status).toBe(400)
    expect(response.body.code).toBe(4711)
    expect(response.body.message).toMatch(/does not contain scopes:\[user:read:user:admin, /)
  })

  test('rejects every call with a client_credentials token', async () => {
    const { body } = await grant(client.zoom, { grant_type: 'client_credentials' })
    const response = await client.call('GET', '/users', undefined, body.access_token)
    expect([response.status, response.body]).toEqual([400, { code: 200, message: 'Invalid api key or secret.' }])
  })
})

describe('tokens that the client signs', () => {
  test('accepts HS256 with only iss and exp, in the header and in the query', async () => {
    const { zoom, clock } = client
    const { clientId, clientSecret } = zoom.account
    const token = await sign(clientId, clientSecret, clock.now + 5000)
    expect((await client.call('GET', '/users', undefined, token)).status).toBe(200)
    expect((await fetch(`${zoom.url}/v2/users?access_token=${token}`)).status).toBe(200)
    clock.now += 6000
    const late = await client.call('GET', '/users', undefined, token)
    expect([late.status, late.body.message]).toEqual([401, 'Access token is expired.'])
  })

  test.each([
    ['another secret', 'HS256', (key: string) => [key, 'x'.repeat(64)]],
    ['another key', 'HS256', (_key: string, secret: string) => ['other', secret]],
    ['another algorithm', 'HS512', (key: string, secret: string) => [key, secret]],
  ])('rejects %s', async (_what, alg, pick) => {
    const [key, secret] = pick(client.zoom.apiKey, client.zoom.apiSecret)
    const token = await sign(key!, secret!, client.clock.now + 60_000, alg)
    const response = await client.call('GET', '/users', undefined, token)
    expect([response.status, response.body]).toEqual([401, { code: 124, message: 'Invalid access token.' }])
  })

  test('rejects invalid and missing tokens', async () => {
    expect((await client.call('GET', '/users', undefined, 'a.b.c')).body.code).toBe(124)
    expect((await fetch(`${client.zoom.url}/v2/users`)).status).toBe(401)
  })
})

test('creates new credentials at each start, or uses the given ones', async () => {
  const other = await connect({ credentials: { clientId: 'fixed' }, seed: { active: 0, inactive: 0, pending: 0 } })
  expect(other.zoom.clientId).toBe('fixed')
  expect(other.zoom.clientSecret).not.toBe(client.zoom.clientSecret)
  expect((await other.get('/users')).body).toMatchObject({ users: [], total_records: 0, next_page_token: '' })
  await other.zoom.close()
})
