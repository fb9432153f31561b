import { afterEach, expect, test } from 'vitest'
import { open, type Opened } from './client.ts'

let opened: Opened
afterEach(() => opened.close())

const tokenCalls = () => opened.sandbox.ledger.filter(({ path }) => path === '/oauth2/v1/token').length

test('sends an OAuth token as Bearer and never in a URL', async () => {
  opened = await open()
  await opened.vendor.getUser('helen', opened.call())
  const [, call] = opened.sandbox.ledger
  expect(call).toMatchObject({ path: '/api/v3.8/users/helen', query: '', status: 200 })
  expect(call!.headerNames).toContain('authorization')
})

test('sends the secret key encoded in the query, without an authorization header', async () => {
  const secretKey = 'a&b=c #d%'.replace(' ', '')
  opened = await open({ secretKey })
  const other = await open(
    {},
    { serverUrl: opened.sandbox.url, clientId: undefined, clientSecret: undefined, secretKey },
  )
  expect(await other.vendor.getUser('helen', other.call())).toMatchObject({ vendorId: 'helen' })
  await other.close()
  expect(tokenCalls()).toBe(0)
  expect(opened.sandbox.ledger[0]!.headerNames).not.toContain('authorization')
  expect(new URLSearchParams(opened.sandbox.ledger[0]!.query).get('access_token')).toBe(secretKey)
})

test.each([403, 401] as const)('renews a token that is rejected with %i once', async (deadTokenStatus) => {
  opened = await open({ deadTokenStatus })
  await opened.vendor.getUser('helen', opened.call())
  opened.sandbox.revokeTokens()
  expect(await opened.vendor.getUser('helen', opened.call())).not.toBeNull()
  expect(tokenCalls()).toBe(2)
})

test('reports a missing scope and renews no token', async () => {
  opened = await open({ scopes: ['conferences:read'] })
  await expect(opened.vendor.getUser('helen', opened.call())).rejects.toMatchObject({
    code: 'VENDOR_FORBIDDEN',
    message: expect.stringContaining('lacks a scope'),
    retryable: false,
    vendorCode: 'forbidden',
    vendorStatus: 403,
  })
  expect(tokenCalls()).toBe(1)
  expect(opened.takeRequests()).toHaveLength(1)
})

test('does not renew a rejected secret key', async () => {
  const withKey = { clientId: undefined, clientSecret: undefined, secretKey: 'no-longer-right' }
  opened = await open({}, withKey)
  await expect(opened.vendor.getUser('helen', opened.call())).rejects.toMatchObject({
    code: 'VENDOR_AUTH_FAILED',
    retryable: false,
  })
  expect(opened.sandbox.ledger).toHaveLength(1)
})

test('distinguishes a missing API version from a missing object', async () => {
  opened = await open({}, { apiVersion: 'v3.99' })
  await expect(opened.vendor.getUser('helen', opened.call())).rejects.toMatchObject({
    code: 'VENDOR_BAD_RESPONSE',
    message: expect.stringContaining('apiVersion'),
  })
})

test('recognizes an error in a 200 response', async () => {
  opened = await open()
  const body = JSON.stringify({ error: { code: 404, message: 'Not Found', errors: [{ reason: 'userNotFound' }] } })
  opened.sandbox.fault({ match: { path: /users/ }, kind: 'body', status: 200, body })
  expect(await opened.vendor.getUser('helen', opened.call())).toBeNull()
})
