import { afterEach, beforeEach, expect, test } from 'vitest'
import { start, type TrueConfSandbox } from '../../../src/sandboxes/trueconf/index.ts'

let clock = Date.UTC(2026, 10, 20, 12)
let sandbox: TrueConfSandbox

beforeEach(async () => {
  sandbox = await start({ now: () => clock, users: 6, conferences: 4, running: 0, secretKey: 'a&b+c=d#e' })
})
afterEach(() => sandbox.close())

const tokenUrl = () => `${sandbox.url}/oauth2/v1/token`
const application = () => ({ client_id: sandbox.clientId, client_secret: sandbox.clientSecret })

async function requestToken(fields: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await fetch(tokenUrl(), { method: 'POST', body: new URLSearchParams(fields), headers })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

async function mint(): Promise<string> {
  const { body } = await requestToken({ grant_type: 'client_credentials', ...application() })
  return body['access_token'] as string
}

/** Response bodies as any client of the API receives them: untyped. */
interface ReceivedResponse {
  status: number
  body: any
}

async function list(path: string, headers: Record<string, string> = {}): Promise<ReceivedResponse> {
  const response = await fetch(`${sandbox.url}/api/v3.8${path}`, { headers })
  return { status: response.status, body: await response.json() }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const dead = (code: number, message: string) => ({
  error: {
    code,
    message,
    errors: [{ reason: 'accessTokenInvalid', message: 'The access token provided is invalid' }],
  },
})

test('ignores the case of the content type of a form', async () => {
  const loud = await requestToken(
    { grant_type: 'client_credentials', ...application() },
    { 'content-type': 'Application/X-WWW-Form-URLEncoded; charset=UTF-8' },
  )
  expect(loud.status).toBe(200)
})

test('accepts client credentials as a form, as JSON, and as Basic authentication', async () => {
  const form = await requestToken({ grant_type: 'client_credentials', ...application() })
  expect(form.status).toBe(200)
  expect(Object.keys(form.body)).toEqual(['access_token', 'expires_in', 'token_type', 'scope'])
  expect(form.body).toMatchObject({ expires_in: 3600, token_type: 'Bearer' })
  expect(form.body['access_token']).toMatch(/^[0-9a-f]{40}$/)
  expect(form.body['scope']).toContain('conferences conferences:read conferences:write conferences.participants ')

  const json = await fetch(tokenUrl(), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'client_credentials', ...application() }),
  })
  expect(json.status).toBe(200)

  const basic = Buffer.from(`${sandbox.clientId}:${sandbox.clientSecret}`).toString('base64')
  expect((await requestToken({ grant_type: 'client_credentials' }, { authorization: `Basic ${basic}` })).status).toBe(
    200,
  )
  expect(sandbox.ledger.map((entry) => [entry.path, entry.status])).toEqual(
    Array.from({ length: 3 }, () => ['/oauth2/v1/token', 200]),
  )
})

test.each([
  ['wrong secret', { client_secret: 'no' }, 400, 'invalid_client', 'The client credentials are invalid'],
  ['wrong id', { client_id: 'no' }, 400, 'invalid_client', 'The client credentials are invalid'],
  [
    'no credentials',
    { client_id: '', client_secret: '' },
    400,
    'invalid_client',
    'Client credentials were not found in the headers or body',
  ],
  ['no grant type', { grant_type: '' }, 400, 'invalid_request', 'The grant type was not specified in the request'],
  ['unknown grant', { grant_type: 'foo' }, 400, 'unsupported_grant_type', 'Grant type "foo" not supported'],
  ['bad scope', { scope: 'everything' }, 400, 'invalid_scope', 'An unsupported scope was requested'],
  [
    'wrong password',
    { grant_type: 'password', username: 'helen', password: 'no' },
    401,
    'invalid_grant',
    'Invalid username and password combination',
  ],
])('rejects a token request: %s', async (_name, change, status, error, error_description) => {
  const response = await requestToken({ grant_type: 'client_credentials', ...application(), ...change })
  expect(response).toEqual({ status, body: { error, error_description } })
  expect(sandbox.data.tokens.size).toBe(0)
})

test('lets only the built-in client sign users in, and refreshes their tokens', async () => {
  const user = { grant_type: 'password', username: 'Helen', password: sandbox.userPassword }
  expect((await requestToken({ ...user, ...application() })).body['error']).toBe('unauthorized_client')

  const mine = await requestToken({ ...user, client_id: 'trueconf_server_users' })
  expect(mine.body['expires_in']).toBe(604_800)
  const refresh = { grant_type: 'refresh_token', client_id: 'trueconf_server_users' }
  const again = await requestToken({ ...refresh, refresh_token: mine.body['refresh_token'] as string })
  expect(again.status).toBe(200)
  expect(await requestToken({ ...refresh, refresh_token: 'no' })).toEqual({
    status: 400,
    body: { error: 'invalid_grant', error_description: 'Invalid refresh token' },
  })
  clock += 15 * 86_400_000
  const late = await requestToken({ ...refresh, refresh_token: mine.body['refresh_token'] as string })
  expect(late.body['error_description']).toBe('Refresh token has expired')
})

test('shows users the conferences that they own or are invited to, and all conferences to a server-wide token', async () => {
  const user = { grant_type: 'password', username: 'kevin', password: sandbox.userPassword }
  const { body } = await requestToken({ ...user, client_id: 'trueconf_server_users' })
  const mine = (await list('/conferences', bearer(body['access_token'] as string))).body
  const all = (await list('/conferences', bearer(await mint()))).body
  expect(all.cnt).toBe(4)
  const kevins = [...sandbox.data.conferences.values()].filter(
    (item) => item.owner === 'kevin' || item.invitations.some(({ id }) => id === 'kevin'),
  )
  expect(mine.cnt).toBe(kevins.length)
  expect(mine.cnt).toBeLessThan(4)
})

test('rejects GET on the token endpoint with 405', async () => {
  const response = await fetch(tokenUrl())
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('POST, OPTIONS')
  expect(await response.json()).toMatchObject({ error: 'invalid_request' })
})

test('accepts a token in the header or in the query, but not in both', async () => {
  const token = await mint()
  expect((await list('/users', bearer(token))).status).toBe(200)
  expect((await list(`/users?access_token=${token}`)).status).toBe(200)
  expect((await list(`/users?access_token=${token}`, bearer(token))).status).toBe(400)
})

test('accepts the secret key for every call, only in the query and encoded', async () => {
  const key = encodeURIComponent(sandbox.secretKey)
  expect((await list(`/users?access_token=${key}`)).status).toBe(200)
  expect((await list('/users', bearer(sandbox.secretKey))).status).toBe(403)
  expect((await list(`/api-clients?access_token=${key}`)).body.clients[0].id).toBe(sandbox.clientId)
  expect((await list('/api-clients', bearer(await mint()))).status).toBe(403)
})

test('rejects expired, revoked, and missing tokens with 403, or with 401 on request', async () => {
  const token = await mint()
  clock += 3_599_000
  expect((await list('/users', bearer(token))).status).toBe(200)
  clock += 1000
  expect(await list('/users', bearer(token))).toEqual({ status: 403, body: dead(403, 'Forbidden') })

  const second = await mint()
  sandbox.revokeTokens()
  expect((await list('/users', bearer(second))).status).toBe(403)
  sandbox.settings.deadTokenStatus = 401
  expect(await list('/users')).toEqual({ status: 401, body: dead(401, 'Unauthorized') })
})

test('rejects a missing scope with 403, and treats the name of a resource as read and write', async () => {
  sandbox.data.clients.get(sandbox.clientId)!.scopes = ['conferences', 'users:read']
  const token = await mint()
  expect((await list('/users', bearer(token))).status).toBe(200)
  expect((await list('/conferences', bearer(token))).status).toBe(200)
  expect(await list('/groups', bearer(token))).toEqual({
    status: 403,
    body: { error: { code: 403, message: 'Forbidden', errors: [{ reason: 'forbidden', message: 'Forbidden' }] } },
  })
  const response = await fetch(`${sandbox.url}/api/v3/users/kevin`, { method: 'DELETE', headers: bearer(token) })
  expect(response.status).toBe(403)
  expect(sandbox.data.users.has('kevin')).toBe(true)
  expect(sandbox.effects).toEqual([])
})

test('issues tokens to an application that the secret key created, until it is deleted', async () => {
  const url = `${sandbox.url}/api/v3/api-clients`
  const key = `?access_token=${encodeURIComponent(sandbox.secretKey)}`
  const body = new URLSearchParams({ client_name: 'Other', redirect_uri: '', scope: 'users:read' })
  const made = (await (await fetch(url + key, { method: 'POST', body })).json()) as { client: Record<string, string> }
  const { id = '', client_secret = '' } = made.client
  const minted = await requestToken({ grant_type: 'client_credentials', client_id: id, client_secret })
  expect(minted.body['scope']).toBe('users:read')
  await fetch(`${url}/${id}${key}`, { method: 'DELETE' })
  expect((await list('/users', bearer(minted.body['access_token'] as string))).status).toBe(403)
  expect(sandbox.effects.map(({ kind }) => kind)).toEqual(['createApiClient', 'deleteApiClient'])
})

test('does not change one sandbox with changes of another', async () => {
  for (const client of sandbox.data.clients.values()) client.scopes = ['other:read']
  const other = await start({ users: 6, conferences: 4 })
  const scopes = [...other.data.clients.values()].map((client) => client.scopes)
  await other.close()
  for (const own of scopes) expect(own).not.toContain('other:read')
})
