import { createHash } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT, UnsecuredJWT, exportJWK, exportSPKI, generateKeyPair } from 'jose'
import type { JWTPayload } from 'jose'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { createAuthenticator } from '../../src/auth/authenticator.ts'
import type { ApiClient } from '../../src/auth/caller.ts'
import { Problem } from '../../src/core/errors.ts'
import { sendRequest, startServer } from './harness.ts'

const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
const stranger = await generateKeyPair('RS256')
const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }] }
const connects: string[] = []
const keyServer = http.createServer((request, response) => {
  connects.push(request.url ?? '')
  response.end(JSON.stringify(jwks))
})
await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}`

const key = 'parley-key-of-the-dashboard'
const clients: ApiClient[] = [
  { name: 'other', apiKeySha256: '00'.repeat(32), scopes: ['write'], accounts: null },
  {
    name: 'dashboard',
    apiKeySha256: createHash('sha256').update(key).digest('hex'),
    scopes: ['read'],
    accounts: ['zoom'],
  },
]
const authenticate = createAuthenticator({
  clients,
  jwt: [{ issuer: 'us', audience: 'parley', jwksUrl: `${origin}/jwks`, maxKeyAgeSeconds: 86_400 }],
})
const server = await startServer({ authenticate })
afterAll(async () => {
  keyServer.close()
  await server.http.drain()
})
beforeEach(() => {
  server.calls.length = 0
  server.logs.length = 0
})

const now = Math.floor(Date.now() / 1000)
const claims: JWTPayload = {
  iss: 'us',
  aud: 'parley',
  sub: 'anna',
  exp: now + 60,
  scope: 'read explore unheard',
  parley_accounts: ['berlin'],
}
const without = (name: string) => Object.fromEntries(Object.entries(claims).filter(([claim]) => claim !== name))
const sign = (payload: object, header: object = {}, by = privateKey) =>
  new SignJWT(payload as JWTPayload).setProtectedHeader({ alg: 'RS256', kid: 'one', ...header }).sign(by)

test('returns the API client of an API key as the caller', async () => {
  const caller = await authenticate(`Bearer ${key}`)
  expect(caller).toEqual({ name: 'dashboard', scopes: new Set(['read']), accounts: new Set(['zoom']) })
  const authorization = `bearer ${key}`
  expect(await server.post({ query: '{ caller }' }, { authorization })).toMatchObject({
    status: 200,
    json: { data: { caller: 'dashboard' } },
  })
})

test('returns the subject of a JWT as the caller, with the scopes that Parley defines', async () => {
  const caller = await authenticate(`Bearer ${await sign(claims)}`)
  expect(caller).toEqual({
    name: 'jwt:anna',
    scopes: new Set(['read', 'explore']),
    accounts: new Set(['berlin']),
    expiresAt: (claims.exp! + 5) * 1_000,
  })
  const all = await authenticate(`Bearer ${await sign(without('parley_accounts'))}`)
  expect(all.accounts).toBeNull()
})

test('accepts a token that expired 3 s ago', async () => {
  expect((await authenticate(`Bearer ${await sign({ ...claims, exp: now - 3 })}`)).name).toBe('jwt:anna')
})

test('returns the own result to each caller that sends the same document', async () => {
  const sendToken = (token: string) => server.post({ query: '{ caller }' }, { authorization: `Bearer ${token}` })
  const [one, other] = await Promise.all([sendToken(key), sendToken(await sign(claims))])
  expect([one.json.data?.['caller'], other.json.data?.['caller']]).toEqual(['dashboard', 'jwt:anna'])
})

const pem = await exportSPKI(publicKey)
const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const signed = await sign(claims)
const [head = '', body = '', signature = ''] = signed.split('.')
const rejected: [row: string, authorization: () => unknown][] = [
  ['none', () => undefined],
  ['another scheme', () => `Basic ${key}`],
  ['an unknown key', () => `Bearer ${key}x`],
  ['expired by more than the tolerance', async () => `Bearer ${await sign({ ...claims, exp: now - 10 })}`],
  ['not yet valid', async () => `Bearer ${await sign({ ...claims, nbf: now + 60 })}`],
  ['no exp', async () => `Bearer ${await sign(without('exp'))}`],
  ['exp is a string', () => `Bearer ${head}.${encode({ ...claims, exp: String(now + 60) })}.${signature}`],
  ['no sub', async () => `Bearer ${await sign(without('sub'))}`],
  ['a sub with an unpaired surrogate', async () => `Bearer ${await sign({ ...claims, sub: 'a\ud800' })}`],
  ['a sub of 256 characters', async () => `Bearer ${await sign({ ...claims, sub: 'a'.repeat(256) })}`],
  ['another issuer', async () => `Bearer ${await sign({ ...claims, iss: 'them' })}`],
  ['another audience', async () => `Bearer ${await sign({ ...claims, aud: 'them' })}`],
  ['accounts that are no list', async () => `Bearer ${await sign({ ...claims, parley_accounts: 'all' })}`],
  ['alg none', () => `Bearer ${new UnsecuredJWT(claims).encode()}`],
  ['alg NoNe', () => `Bearer ${encode({ alg: 'NoNe' })}.${body}.`],
  [
    'HS256 with the public PEM',
    async () =>
      `Bearer ${await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(Buffer.from(pem))}`,
  ],
  ['another key', async () => `Bearer ${await sign(claims, {}, stranger.privateKey)}`],
  ['a cut signature', () => `Bearer ${signed.slice(0, -10)}`],
  ['two parts', () => `Bearer ${head}.${body}`],
  ['a key inside', async () => `Bearer ${await sign(claims, { jwk: await exportJWK(publicKey) })}`],
  ['jku', async () => `Bearer ${await sign(claims, { jku: `${origin}/evil` })}`],
  ['x5u', async () => `Bearer ${await sign(claims, { x5u: `${origin}/evil` })}`],
  ['an unknown crit', () => `Bearer ${encode({ alg: 'RS256', kid: 'one', crit: ['x'], x: 1 })}.${body}.${signature}`],
  ['kid ../../x', async () => `Bearer ${await sign(claims, { kid: '../../x' })}`],
  ['more than 8 KiB', async () => `Bearer ${await sign({ ...claims, padding: 'x'.repeat(9_000) })}`],
]
for (const [row, authorization] of rejected) {
  test(`rejects ${row} with 401 and the same message, and logs the reason`, async () => {
    const header = (await authorization()) as string | undefined
    const result = await server.post({ query: '{ caller }' }, header === undefined ? {} : { authorization: header })
    expect(result).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
    expect(result.headers.get('www-authenticate')).toBe('Bearer')
    expect(result.json.errors?.[0]?.message).toBe(
      'Valid credentials are required: Authorization: Bearer <API key or JWT>.',
    )
    expect(server.logs[0]?.fields).toMatchObject({ status: 401, reason: expect.any(String) })
    expect(JSON.stringify(server.logs)).not.toContain(header ?? 'Bearer')
    expect(server.calls).toEqual([])
  })
}

test('rejects a token of 1 MB because of the limit of headers', async () => {
  const problem: unknown = await Promise.resolve(authenticate(`Bearer ${'x'.repeat(1_000_000)}`)).catch(
    (error: unknown) => error,
  )
  expect(problem).toBeInstanceOf(Problem)
})

test('ignores credentials in the URL', async () => {
  const url = `${server.url}/graphql?query={caller}&access_token=${key}&authorization=${key}`
  expect(await sendRequest(url)).toMatchObject({ status: 401 })
})

test('serves the GraphiQL page without authentication, but its examples only to callers with the scope explore', async () => {
  const getPage = (authorization: string) =>
    sendRequest(`${server.url}/graphql`, { headers: { accept: 'text/html', authorization } })
  for (const authorization of ['', 'Bearer wrong', `Bearer ${key}`]) {
    const page = await getPage(authorization)
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('<form id="sign-in"') })
    expect(page.text).not.toMatch(/defaultTabs|hello/)
  }
  const page = await getPage(`Bearer ${await sign(claims)}`)
  expect(page).toMatchObject({ status: 200, text: expect.stringContaining('defaultTabs') })
  expect(page.text).not.toContain('sign-in')

  const getExamples = (authorization: string) =>
    sendRequest(`${server.url}/graphql/examples`, { headers: { accept: 'text/html', authorization } })
  expect(await getExamples('')).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
  expect(await getExamples('Bearer wrong')).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
  const forbidden = await getExamples(`Bearer ${key}`)
  expect(forbidden).toMatchObject({ status: 403, code: 'FORBIDDEN' })
  expect(forbidden.json.errors?.[0]?.message).toContain('"explore"')
  const { status, text } = await getExamples(`Bearer ${await sign(claims)}`)
  expect({ status, body: JSON.parse(text) }).toEqual({
    status: 200,
    body: { caller: 'jwt:anna', tabs: [{ query: '{ hello }' }] },
  })
})

test('connects only to the configured key set', () => {
  expect(new Set(connects)).toEqual(new Set(['/jwks']))
})

test('uses the local caller with all scopes if neither clients nor jwt is configured', async () => {
  const open = createAuthenticator({ clients: [], jwt: null })
  expect(await open(undefined)).toEqual({
    name: 'local',
    scopes: new Set(['read', 'write', 'credentials', 'recordings', 'explore', 'operate']),
    accounts: null,
  })
})
