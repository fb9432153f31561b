import { describe, expect, it, test } from 'vitest'
import type { User } from '../../../src/vendors/vendor-objects.ts'
import { listCapabilities } from '../../../src/vendors/kit/capability.ts'
import { zoom } from '../../../src/vendors/zoom/index.ts'
import { loadConfiguration } from '../../../src/config/configuration.ts'
import { createDirectory, listProblems } from '../../config/workspace.ts'
import { asNestedList, open, readAll } from './open.ts'

const oauth = { accountId: 'a', clientId: 'b', clientSecret: 'c' }
const jwt = { apiKey: 'k', apiSecret: 's'.repeat(32) }

describe('configuration', () => {
  it('accepts either scheme and applies defaults', () => {
    expect(zoom.config.parse(oauth)).toMatchObject({
      credentials: oauth,
      apiUrl: 'https://api.zoom.us/v2',
      tokenUrl: 'https://zoom.us/oauth/token',
      fileUrl: 'https://file.zoom.us/v2',
    })
    expect(zoom.config.parse(jwt)).toMatchObject({ credentials: jwt })
    expect(zoom.config.parse({ ...oauth, apiUrl: 'http://127.0.0.1:1/v2/' }).apiUrl).toBe('http://127.0.0.1:1/v2')
  })

  it.each([
    [{}, 'accountId'],
    [{ accountId: 'a', clientId: 'b' }, 'clientSecret'],
    [{ apiKey: 'k' }, 'apiSecret'],
    [{ ...oauth, ...jwt }, 'apiKey'],
    [{ ...jwt, apiSecret: 'short' }, 'apiSecret'],
    [{ ...oauth, clientSecret: '' }, 'clientSecret'],
    [{ ...oauth, clientSecret: 'a b\n' }, 'clientSecret'],
    [{ ...oauth, apiUrl: 'api.zoom.us' }, 'apiUrl'],
    [{ ...oauth, apiUrl: 'http://api.zoom.us/v2' }, 'apiUrl'],
    [{ ...oauth, tokenUrl: 'https://u:p@zoom.us/' }, 'tokenUrl'],
    [{ ...oauth, fileUrl: 'https://file.zoom.us/v2?x' }, 'fileUrl'],
    [{ ...oauth, eventSubscription: '' }, 'eventSubscription'],
    [{ ...oauth, eventUrl: 'https://ws.zoom.us/ws' }, 'eventUrl'],
    [{ ...oauth, eventUrl: 'ws://ws.zoom.us/ws' }, 'eventUrl'],
    [{ ...oauth, eventUrl: 'wss://ws.zoom.us/ws?subscriptionId=s' }, 'eventUrl'],
  ])('rejects %j at %s', (settings, field) => {
    const { error } = zoom.config.safeParse(settings)
    expect(error!.issues[0]!.path).toEqual([field])
    expect(error!.issues[0]!.message.length).toBeGreaterThan(20)
  })

  it('accepts one webhook secret or two, and an event WebSocket of this machine', () => {
    expect(zoom.config.parse(oauth)).toMatchObject({
      webhookSecrets: [],
      eventUrl: 'wss://ws.zoom.us/ws',
    })
    expect(zoom.config.parse({ ...oauth, webhookSecret: 'one' }).webhookSecrets).toEqual(['one'])
    expect(zoom.config.parse({ ...jwt, webhookSecret: ['new', 'old'] }).webhookSecrets).toEqual(['new', 'old'])
    const local = { eventSubscription: 'abc', eventUrl: 'ws://127.0.0.1:1/ws' }
    expect(zoom.config.parse({ ...oauth, ...local })).toMatchObject(local)
  })

  it.each([
    ['[]', 'webhookSecret: must have at least one secret. Remove the setting if the account receives no webhooks.'],
    ['[a, b, c]', 'webhookSecret: must have at most two secrets: the current one, and the one that replaces it.'],
    ['[a, ""]', 'webhookSecret[1]: must not be empty and must not contain whitespace.'],
    ['5', 'webhookSecret: must be a string.'],
    ['"with space"', 'webhookSecret: must not be empty and must not contain whitespace.'],
  ])('rejects the webhook secret %s with one line', (value, message) => {
    const yaml = `accounts:\n  z: { vendor: zoom, accountId: a, clientId: b, clientSecret: c, webhookSecret: ${value} }\n`
    const directory = createDirectory({ 'parley.config.yaml': yaml })
    const [problem, ...others] = listProblems(() => loadConfiguration({ environment: {}, directory, vendors: [zoom] }))
    expect(problem).toContain(`parley.config.yaml:2: accounts.z.${message}`)
    expect(others).toEqual([])
  })

  it('is read from environment variables', () => {
    expect(zoom.fromEnvironment({ ZOOM_WEBHOOK_SECRET: 'w', ZOOM_EVENT_SUBSCRIPTION: 'e' })).toEqual({
      webhookSecret: 'w',
      eventSubscription: 'e',
    })
    expect(zoom.fromEnvironment({})).toBeNull()
    expect(zoom.fromEnvironment({ ZOOM_API_KEY: 'k', ZOOM_API_SECRET: 's', ZOOM_CLIENT_ID: '' })).toEqual({
      apiKey: 'k',
      apiSecret: 's',
    })
  })
})

test.each([
  [{}, []],
  [{ webhookSecret: 'secret' }, ['WATCH_CONFERENCES', 'WEBHOOKS']],
  [{ eventSubscription: 'subscription' }, ['WATCH_CONFERENCES', 'WEBHOOKS']],
])('can be watched if webhooks or the event WebSocket are configured: %j', async (settings, expected) => {
  const { openAccount } = await import('../../support/account.ts')
  const account = openAccount(zoom, { ...oauth, ...settings })
  const capabilities = listCapabilities(account.vendor)
  await account.close()
  expect(capabilities.filter((name) => name === 'WATCH_CONFERENCES' || name === 'WEBHOOKS')).toEqual(expected)
})

describe('tokens', () => {
  it('signs tokens itself if the account has an API key', async () => {
    const apiSecret = 'x'.repeat(40)
    const { sandbox } = await open({ credentials: { apiKey: 'key', apiSecret } })
    const { accountId: _1, clientId: _2, clientSecret: _3, ...urls } = sandbox.account
    const { openAccount } = await import('../../support/account.ts')
    const account = openAccount(zoom, { ...urls, apiKey: 'key', apiSecret })
    const found = await readAll(asNestedList<User>(account.vendor.users!({})).getChildList('active'), account.call())
    await account.close()
    expect(found).toHaveLength(60)
    expect(sandbox.ledger.map(({ path }) => path)).toEqual(['/v2/users'])
  })

  it.each([401, 400] as const)(
    'renews a rejected token once after status %i with code 124',
    async (authFailureStatus) => {
      const { vendor, call, sandbox, owner } = await open({ switches: { authFailureStatus } })
      await vendor.getUser(owner.id, call())
      sandbox.revokeTokens()
      expect(await vendor.getUser(owner.id, call())).toMatchObject({ vendorId: owner.id })
      expect(sandbox.ledger.map(({ status }) => status)).toEqual([200, 200, authFailureStatus, 200, 200])
    },
  )

  it('names a missing scope and renews no token', async () => {
    const { vendor, call, sandbox, owner } = await open({ switches: { scopes: ['meeting:read:meeting:admin'] } })
    await expect(vendor.getUser(owner.id, call())).rejects.toMatchObject({
      code: 'VENDOR_FORBIDDEN',
      retryable: false,
      message: expect.stringContaining('user:read:user:admin'),
      vendorCode: '4711',
    })
    expect(sandbox.ledger).toHaveLength(2)
  })
})

describe('errors', () => {
  const users = { match: { path: /users/ } }
  it.each([
    [{ status: 200, body: { code: 300, message: 'Bad' } }, 'VENDOR_REJECTED'],
    [{ status: 200, body: { code: 404, message: 'None' } }, 'NOT_FOUND'],
    [{ status: 200, body: { code: 1001, message: 'None' } }, 'NOT_FOUND'],
    [{ status: 400, body: { code: 1010, message: 'User does not belong to this account.' } }, 'NOT_FOUND'],
    [{ status: 200, body: { code: 4700, message: 'No scopes' } }, 'VENDOR_FORBIDDEN'],
    [{ status: 400, body: { code: 200, message: 'Invalid api key or secret.' } }, 'VENDOR_AUTH_FAILED'],
    [{ status: 403, body: { code: 403, message: 'No' } }, 'VENDOR_FORBIDDEN'],
    [{ status: 409, body: { code: 1005, message: 'Used' } }, 'VENDOR_CONFLICT'],
    [{ status: 422, body: '<html>' }, 'VENDOR_REJECTED'],
  ])('reads the error %j', async ({ status, body }, code) => {
    const { vendor, call, sandbox } = await open({ seed: { active: 1 } })
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    sandbox.fault({ ...users, kind: 'status', status, body: text })
    const list = asNestedList<User>(vendor.users({})).getChildList('active')
    await expect(list.loadPage({ size: 1, number: 0 }, call())).rejects.toMatchObject({ code })
    expect(sandbox.ledger).toHaveLength(2)
  })

  it('does not treat code 0 as an error', async () => {
    const { vendor, call, sandbox } = await open({ seed: { active: 1 } })
    sandbox.fault({ ...users, kind: 'status', status: 200, body: '{"code":0,"message":"ok","users":[]}' })
    const list = asNestedList<User>(vendor.users({})).getChildList('active')
    expect(await list.loadPage({ size: 1, number: 0 }, call())).toMatchObject({ items: [] })
  })
})
