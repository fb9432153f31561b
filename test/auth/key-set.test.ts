import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import type { CryptoKey, JWK } from 'jose'
import { afterAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { createAuthenticator } from '../../src/auth/authenticator.ts'
import { createRemoteKeySet, formatKeySetFailure } from '../../src/auth/jwt/key-set-request.ts'

const pair = () => generateKeyPair('RS256', { extractable: true })
const [firstKey, secondKey, unknownKey] = await Promise.all([pair(), pair(), pair()])
let keys: JWK[] = []
let fetchCount = 0
const keyServer = http.createServer((_, response) => {
  fetchCount += 1
  response.end(JSON.stringify({ keys }))
})
await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve))
const jwksUrl = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/jwks`
afterAll(() => void keyServer.close())
beforeEach(() => void (fetchCount = 0))

const settings = { issuer: 'us', audience: 'parley', jwksUrl, maxKeyAgeSeconds: 86_400 }
const authenticator = () => createAuthenticator({ clients: [], jwt: [settings] })
const publish = async (...published: [CryptoKey, Partial<JWK>?][]) =>
  void (keys = await Promise.all(published.map(async ([key, more]) => ({ ...(await exportJWK(key)), ...more }))))
const bearer = async (key: CryptoKey, kid?: string) => {
  const claims = { iss: 'us', aud: 'parley', sub: 'anna', exp: Math.floor(Date.now() / 1000) + 60 }
  const header = { alg: 'RS256', ...(kid === undefined ? {} : { kid }) }
  return `Bearer ${await new SignJWT(claims).setProtectedHeader(header).sign(key)}`
}
const rejection = { code: 'UNAUTHENTICATED' }

test.each([
  ['with the same ID', { kid: 'same' }, 'same'],
  ['without IDs', {}, undefined],
] as const)('uses the matching key of several keys %s', async (_, more, kid) => {
  await publish([firstKey.publicKey, more], [secondKey.publicKey, more])
  const authenticate = authenticator()
  for (const { privateKey } of [firstKey, secondKey])
    expect(await authenticate(await bearer(privateKey, kid))).toMatchObject({ name: 'jwt:anna' })
  await expect(authenticate(await bearer(unknownKey.privateKey, kid))).rejects.toMatchObject(rejection)
  expect(fetchCount).toBe(1)
})

test('fetches a new key at most once a second', async () => {
  await publish([firstKey.publicKey, { kid: 'old' }])
  const authenticate = authenticator()
  expect(await authenticate(await bearer(firstKey.privateKey, 'old'))).toMatchObject({ name: 'jwt:anna' })
  await publish([secondKey.publicKey, { kid: 'new' }])
  const renewed = await bearer(secondKey.privateKey, 'new')
  await expect(authenticate(renewed)).rejects.toMatchObject(rejection)
  await expect(authenticate(renewed)).rejects.toMatchObject(rejection)
  expect(fetchCount).toBe(1)
  await vi.waitFor(async () => expect(await authenticate(renewed)).toMatchObject({ name: 'jwt:anna' }), {
    timeout: 5_000,
    interval: 100,
  })
  expect(fetchCount).toBe(2)
  await expect(authenticate(await bearer(firstKey.privateKey, 'old'))).rejects.toMatchObject(rejection)
})

test('reports a timeout as the reason of a fetch that takes too long', async () => {
  const silent = http.createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    silent.close()
    silent.closeAllConnections()
  })
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/jwks`
  const failure = await createRemoteKeySet({ jwksUrl: url }, 20)
    .reload()
    .catch((error: unknown) => error)
  expect(formatKeySetFailure(failure)).toMatch(/timed out|timeout/i)
})
