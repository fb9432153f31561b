import { createHash } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, describe, expect, test, vi } from 'vitest'
import type { ApiClient } from '../../../src/auth/caller.ts'
import { Callers } from '../../../src/auth/callers.ts'
import { openStream } from './read-events.ts'
import { startTicks } from './ticks.ts'

const { publicKey, privateKey } = await generateKeyPair('RS256')
const jwk = { ...(await exportJWK(publicKey)), alg: 'RS256', kid: 'one' }
const keyServer = http.createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] })))
await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve))
afterAll(() => void keyServer.close())
const jwksUrl = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/jwks`
const jwt = [{ issuer: 'us', audience: 'parley', jwksUrl, maxKeyAgeSeconds: 86_400 }]
/** Seconds for which an expired token is still accepted. */
const toleranceSeconds = 5

const sign = (secondsLeft: number): Promise<string> =>
  new SignJWT({ scope: 'read', iss: 'us', aud: 'parley', sub: 'anna' })
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .setExpirationTime(Math.floor(Date.now() / 1000) + secondsLeft)
    .sign(privateKey)

const apiKey = 'parley-key-of-the-dashboard'
const dashboard: ApiClient = {
  name: 'dashboard',
  apiKeySha256: createHash('sha256').update(apiKey).digest('hex'),
  scopes: ['read'],
  accounts: ['berlin'],
}

async function start(clients: readonly ApiClient[], issuers: typeof jwt | null = null) {
  const callers = new Callers({ onKeySetChange: () => {} })
  callers.apply({ clients, jwt: issuers })
  const server = await startTicks({ authenticate: callers.authenticate })
  const reload = (next: readonly ApiClient[], nextIssuers: typeof jwt | null = issuers): void => {
    callers.apply({ clients: next, jwt: nextIssuers })
    server.http.streams.reauthenticate()
  }
  return { server, reload }
}

const query = 'subscription { ticks { caller } }'
const open = (server: { url: string }, token: string) =>
  openStream(server, { query, headers: { authorization: `Bearer ${token}` } })

describe('a stream', () => {
  test('is rejected with 401 as JSON without credentials', async () => {
    const { server } = await start([dashboard])
    const stream = await openStream(server)
    await stream.ended
    expect(stream.response.status).toBe(401)
    expect(stream.text).toContain('UNAUTHENTICATED')
    expect(server.ticks.subscribed).toEqual([])
  })

  test('reports FORBIDDEN and completes with the scope write only', async () => {
    const { server } = await start([{ ...dashboard, scopes: ['write'] }])
    const stream = await open(server, apiKey)
    expect(await stream.ended).toBe(true)
    expect(stream.codes).toEqual(['FORBIDDEN'])
    expect(stream.events.at(-1)).toEqual({ event: 'complete' })
    expect(server.ticks.subscribed).toEqual([])
  })

  test('ends with UNAUTHENTICATED and without complete when its JWT expires', async () => {
    const { server } = await start([], jwt)
    const [expiring, other] = [
      await open(server, await sign(3 - toleranceSeconds)),
      await open(server, await sign(600)),
    ]
    expect(await expiring.ended).toBe(true)
    expect(expiring.events.map(({ event }) => event)).toEqual(['next'])
    expect(expiring.codes).toEqual(['UNAUTHENTICATED'])
    expect(server.logs.map(({ fields }) => fields)).toMatchObject([
      { caller: 'jwt:anna', reason: 'unauthenticated', code: 'UNAUTHENTICATED' },
    ])
    server.ticks.send()
    await other.waitForEvents(1)
    expect((await open(server, await sign(-toleranceSeconds))).response.status).toBe(401)
  })
})

describe('a reload of the configuration', () => {
  test('ends the streams of an API key that was removed', async () => {
    const { server, reload } = await start([dashboard])
    const stream = await open(server, apiKey)
    reload([{ ...dashboard, apiKeySha256: '00'.repeat(32) }])
    expect(await stream.ended).toBe(true)
    expect(stream.codes).toEqual(['UNAUTHENTICATED'])
    expect(stream.events.map(({ event }) => event)).toEqual(['next'])
    expect(server.http.streams.size).toBe(0)
  })

  test('ends the streams of a caller that lost the scope read', async () => {
    const { server, reload } = await start([dashboard])
    const stream = await open(server, apiKey)
    reload([{ ...dashboard, scopes: ['write'] }])
    expect(await stream.ended).toBe(true)
    expect(stream.codes).toEqual(['FORBIDDEN'])
  })

  test('ends the streams of an issuer that was removed', async () => {
    const { server, reload } = await start([dashboard], jwt)
    const [removed, remaining] = [await open(server, await sign(600)), await open(server, apiKey)]
    reload([dashboard], null)
    expect(await removed.ended).toBe(true)
    expect(removed.codes).toEqual(['UNAUTHENTICATED'])
    server.ticks.send()
    await remaining.waitForEvents(1)
  })

  test('changes the caller of the next messages, also for the source of the stream', async () => {
    const { server, reload } = await start([dashboard], jwt)
    const [stream, other] = [await open(server, apiKey), await open(server, await sign(600))]
    server.ticks.send()
    await stream.waitForEvents(1)
    await other.waitForEvents(1)
    reload([{ ...dashboard, name: 'renamed', accounts: ['berlin', 'paris'] }])
    await vi.waitFor(() => expect(server.ticks.subscribed[0]!.caller.name).toBe('renamed'))
    server.ticks.send()
    await stream.waitForEvents(2)
    await other.waitForEvents(2)
    expect(stream.ticks).toEqual([{ caller: 'dashboard' }, { caller: 'renamed' }])
    expect(other.ticks).toEqual([{ caller: 'jwt:anna' }, { caller: 'jwt:anna' }])
    const accounts = server.ticks.executed.map(({ caller }) => [...(caller.accounts ?? [])])
    expect(accounts).toContainEqual(['berlin', 'paris'])
    stream.leave()
    other.leave()
    await vi.waitFor(() => expect(server.http.streams.size).toBe(0))
  })
})
