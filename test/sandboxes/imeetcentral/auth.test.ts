import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type IMeetCentralSandbox, start } from '../../../src/sandboxes/imeetcentral/index.ts'
import { requestToken, assertion, claims, grantType, token } from './client.ts'

let clock: number
let sandbox: IMeetCentralSandbox
beforeEach(async () => {
  clock = Date.parse('2026-11-20T12:00:00Z')
  sandbox = await start({ now: () => clock, tokenLifeSeconds: 100 })
})
afterEach(() => sandbox.close())

const users = (accessToken: string) =>
  fetch(`${sandbox.account.apiUrl}/users`, { headers: { authorization: `Bearer ${accessToken}` } })

async function readResponse(response: Response) {
  return { status: response.status, body: await response.text() }
}

test('issues a bearer token with its TTL and without a refresh token', async () => {
  const jws = await assertion(claims(sandbox, clock), sandbox.privateKey)
  const response = await requestToken(sandbox, { grant_type: grantType, assertion: jws })
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('date')).toBe('Fri, 20 Nov 2026 12:00:00 GMT')
  const body = (await response.json()) as { access_token: string }
  expect(body).toEqual({ token_type: 'Bearer', access_token: expect.any(String), expires_in: 100 })
  expect((await users(body.access_token)).status).toBe(200)
  expect(sandbox.ledger.map(({ method, path, status }) => [method, path, status])).toEqual([
    ['POST', '/oauth2/token', 200],
    ['GET', '/v1/users', 200],
  ])
})

test('accepts a form body and a JSON body', async () => {
  const jws = await assertion(claims(sandbox, clock), sandbox.privateKey)
  const body = new URLSearchParams({ grant_type: grantType, assertion: jws })
  expect((await fetch(sandbox.account.tokenUrl, { method: 'POST', body })).status).toBe(200)
})

test.each([
  ['the vendor samples’ widest life', { iat: -15_000, exp: 600_000 }, { typ: 'JWT' }],
  ['70 seconds and a key id', { iat: -10, exp: 60 }, { kid: 'b1c5a9ff' }],
])('accepts %s', async (_, { iat, exp }, header) => {
  const seconds = clock / 1000
  const payload = { ...claims(sandbox, clock), iat: seconds + iat, exp: seconds + exp }
  const jws = await assertion(payload, sandbox.privateKey, header)
  expect((await requestToken(sandbox, { grant_type: grantType, assertion: jws })).status).toBe(200)
})

test.each([
  ['an unknown client', { iss: 'somebody' }, 'invalid_client'],
  ['the audience as an address', { aud: 'https://oidc.imeetcentral.com' }, 'invalid_grant'],
  ['the audience as a list', { aud: ['oidc.imeetcentral.com'] }, 'invalid_grant'],
  ['a wrong scope', { scp: 'cd.admin' }, 'invalid_grant'],
  ['an expired assertion', { exp: Date.parse('2026-11-20T12:00:00Z') / 1000 }, 'invalid_grant'],
  ['an assertion from the future', { iat: Date.parse('2026-11-20T12:00:02Z') / 1000 }, 'invalid_grant'],
  ['no iat', { iat: undefined }, 'invalid_grant'],
  ['scope under its usual name', { scp: undefined, scope: 'cd.user' }, 'invalid_grant'],
])('rejects %s', async (_, wrong, error) => {
  const jws = await assertion({ ...claims(sandbox, clock), ...wrong } as never, sandbox.privateKey)
  const response = await requestToken(sandbox, { grant_type: grantType, assertion: jws })
  expect(response.status).toBe(401)
  expect(await response.json()).toEqual({ error, error_description: expect.any(String) })
  expect(response.headers.get('www-authenticate')).toContain(`Bearer error="${error}"`)
})

test('rejects other keys, other algorithms, and a missing signature', async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const other = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  const right = claims(sandbox, clock)
  const publicPem = createPublicKey(sandbox.privateKey).export({ type: 'spki', format: 'pem' }) as string
  const rejected = [
    await assertion(right, other),
    await assertion(right, sandbox.privateKey, { alg: 'RS512' }),
    await new SignJWT(right).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(publicPem)),
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(right)).toString('base64url')}.`,
    'nonsense',
  ]
  for (const jws of rejected) {
    const response = await requestToken(sandbox, { grant_type: grantType, assertion: jws })
    expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([401, 'invalid_grant'])
  }
})

test.each([
  [{}, 'invalid_request'],
  [{ grant_type: grantType }, 'invalid_request'],
  [{ grant_type: 'client_credentials' }, 'unsupported_grant_type'],
])('rejects the request %j', async (body, error) => {
  const response = await requestToken(sandbox, body as Record<string, string>)
  expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([400, error])
})

test('rejects a body that is not JSON', async () => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(sandbox.account.tokenUrl, { method: 'POST', headers, body: '{' })
  expect(response.status).toBe(400)
})

test('expires a token by the clock, with the error text that the vendor is known to use', async () => {
  const accessToken = await token(sandbox, clock)
  clock += 99_999
  expect((await users(accessToken)).status).toBe(200)
  clock += 1
  expect(await readResponse(await users(accessToken))).toEqual({ status: 401, body: 'Access token has expired' })
  expect((await users(await token(sandbox, clock))).status).toBe(200)
})

test('revokes all tokens, and issues new ones with another TTL', async () => {
  const accessToken = await token(sandbox, clock)
  sandbox.tokens.revokeAll()
  expect(await readResponse(await users(accessToken))).toEqual({ status: 401, body: 'Access token has expired' })
  sandbox.tokens.lifeSeconds = 6
  const short = await token(sandbox, clock)
  clock += 6000
  expect((await users(short)).status).toBe(401)
  expect(() => void (sandbox.tokens.lifeSeconds = 5)).toThrow(RangeError)
})

test('rejects unknown and missing tokens', async () => {
  expect((await users('made-up')).status).toBe(401)
  expect((await fetch(`${sandbox.account.apiUrl}/users`)).status).toBe(401)
  expect((await fetch(`${sandbox.url}//v1/users`)).status).toBe(401)
})

test('returns the key in every published format, and the key file with the wrong label', () => {
  const { pkcs8, pkcs1, mislabelled, bare } = sandbox.keyForms
  expect(pkcs1).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/)
  expect(mislabelled).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\r\n/)
  const der = Buffer.from(bare, 'base64')
  expect(Buffer.from(mislabelled.replace(/-----.*?-----|\s/g, ''), 'base64')).toEqual(der)
  const keys = [
    createPrivateKey(pkcs8),
    createPrivateKey(pkcs1),
    createPrivateKey({ key: der, type: 'pkcs8', format: 'der' }),
  ]
  for (const key of keys) expect(key.equals(createPrivateKey(sandbox.privateKey))).toBe(true)
  expect(keys[0]?.asymmetricKeyDetails?.modulusLength).toBe(2048)
  expect(sandbox.keyJson).toEqual({ client_id: sandbox.clientId, private_key: mislabelled })
})

test('uses the given credentials', async () => {
  const fixed = await start({ clientId: 'fixed', privateKey: sandbox.privateKey })
  expect(fixed.account).toEqual({
    vendor: 'imeetcentral',
    clientId: 'fixed',
    privateKey: sandbox.privateKey,
    tokenUrl: `${fixed.url}/oauth2/token`,
    audience: 'oidc.imeetcentral.com',
    apiUrl: `${fixed.url}/v1`,
  })
  await fixed.close()
})
