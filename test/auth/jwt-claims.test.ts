import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT, exportJWK, generateKeyPair, type JWTPayload } from 'jose'
import { afterAll, describe, expect, test } from 'vitest'
import { createAuthenticator, type AuthenticatorOptions } from '../../src/auth/authenticator.ts'

interface Provider {
  privateKey: CryptoKey
  jwksUrl: string
}

const closeServers: (() => void)[] = []
afterAll(() => closeServers.forEach((close) => close()))

/** Starts an identity provider with its own key. The ID of the key is the same for all providers. */
async function startProvider(): Promise<Provider> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' }] })
  const server = http.createServer((_request, response) => response.end(keys))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closeServers.push(() => server.close().closeAllConnections())
  return { privateKey, jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys` }
}

const [first, second] = await Promise.all([startProvider(), startProvider()])
const maxKeyAgeSeconds = 86_400
const base = { issuer: 'us', audience: 'parley', jwksUrl: first.jwksUrl, maxKeyAgeSeconds }

const sign = (claims: object, by = first): Promise<string> =>
  new SignJWT({ iss: 'us', aud: 'parley', sub: 'anna', ...claims } as JWTPayload)
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .setExpirationTime('10m')
    .sign(by.privateKey)

const authenticate = async (jwt: NonNullable<AuthenticatorOptions['jwt']>, claims: object, by = first) =>
  createAuthenticator({ clients: [], jwt })(`Bearer ${await sign(claims, by)}`)

async function readScopes(claims: object, options: object = {}): Promise<string[]> {
  return [...(await authenticate([{ ...base, ...options }], claims)).scopes]
}

const unauthenticated = { code: 'UNAUTHENTICATED' }

describe('scopes of a JWT', () => {
  test('include the scope of recordings', async () => {
    expect(await readScopes({ scope: 'read recordings' })).toEqual(['read', 'recordings'])
  })

  test.each([
    ['OAuth', { scope: 'openid read explore' }],
    ['a list', { scope: ['read', 'explore'] }],
    ['Microsoft Entra ID', { scp: 'read explore' }],
    ['Okta', { scp: ['read', 'explore'] }],
    ['both claims', { scope: 'read', scp: ['explore'] }],
  ])('are read in the format of %s', async (_provider, claims) => {
    expect(await readScopes(claims)).toEqual(['read', 'explore'])
  })

  test.each([
    ['roles', { roles: ['read', 'write'], scp: 'explore' }],
    ['permissions', { permissions: ['read', 'write'], scope: 'explore' }],
    ['https://example.com/scopes', { 'https://example.com/scopes': 'read write' }],
  ])('are read only from the configured claim %s', async (scopeClaim, claims) => {
    expect(await readScopes(claims, { scopeClaim })).toEqual(['read', 'write'])
  })

  test('are empty without the claim', async () => {
    expect(await readScopes({})).toEqual([])
    expect(await readScopes({ scope: 'read' }, { scopeClaim: 'toString' })).toEqual([])
    expect(await readScopes({ scope: '' })).toEqual([])
  })

  test.each([{ read: true }, 5, true, null, ['read', 5], [['read']]])('cannot be %j', async (scope) => {
    await expect(readScopes({ scope })).rejects.toMatchObject(unauthenticated)
    await expect(readScopes({ scp: scope })).rejects.toMatchObject(unauthenticated)
  })
})

describe('accounts of a JWT', () => {
  test('are read from the configured claim', async () => {
    const accountsClaim = 'https://example.com/accounts'
    const jwt = [{ ...base, accountsClaim }]
    const caller = await authenticate(jwt, { [accountsClaim]: ['berlin'], parley_accounts: ['zoom'] })
    expect(caller.accounts).toEqual(new Set(['berlin']))
    expect((await authenticate(jwt, { [accountsClaim]: [] })).accounts).toEqual(new Set())
    expect((await authenticate(jwt, {})).accounts).toBeNull()
    await expect(authenticate(jwt, { [accountsClaim]: 'berlin' })).rejects.toMatchObject(unauthenticated)
  })
})

describe('audiences', () => {
  test('are accepted if the token has one of them', async () => {
    const jwt = [{ ...base, audience: ['api://parley', 'parley'] }]
    for (const aud of ['parley', 'api://parley', ['other', 'parley']])
      expect(await authenticate(jwt, { aud })).toMatchObject({ name: 'jwt:anna' })
    await expect(authenticate(jwt, { aud: 'other' })).rejects.toMatchObject(unauthenticated)
  })
})

describe('several issuers', () => {
  const jwt = [
    base,
    { ...base, name: 'okta', issuer: 'them', audience: 'api', jwksUrl: second.jwksUrl, scopeClaim: 'roles' },
  ]

  test('have different callers with the same subject', async () => {
    expect(await authenticate(jwt, { scope: 'read' })).toMatchObject({ name: 'jwt:anna', scopes: new Set(['read']) })
    const claims = { iss: 'them', aud: 'api', scope: 'read', roles: ['write'] }
    const caller = await authenticate(jwt, claims, second)
    expect(caller).toMatchObject({ name: 'jwt.okta:anna', scopes: new Set(['write']) })
  })

  test('accept only tokens with their own signature and audience', async () => {
    const wrong: [object, Provider][] = [
      [{ iss: 'them', aud: 'api' }, first],
      [{ iss: 'us' }, second],
      [{ iss: 'them', aud: 'parley' }, second],
      [{ iss: 'nobody' }, first],
      [{ iss: undefined }, first],
      [{ iss: ['us'] }, first],
      [{ iss: 'constructor' }, first],
    ]
    for (const [claims, by] of wrong)
      await expect(authenticate(jwt, claims, by), JSON.stringify(claims)).rejects.toMatchObject(unauthenticated)
    await expect(createAuthenticator({ clients: [], jwt })('Bearer no.jwt.here')).rejects.toMatchObject(unauthenticated)
  })
})
