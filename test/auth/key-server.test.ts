import { createHash } from 'node:crypto'
import http, { type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createAuthenticator } from '../../src/auth/authenticator.ts'
import { startServer } from '../http/harness.ts'

const pair = () => generateKeyPair('ES256')
const [key, nextKey, strangerKey] = await Promise.all([pair(), pair(), pair()])
const toJwk = async ({ publicKey }: typeof key, kid: string) => ({ ...(await exportJWK(publicKey)), kid })
const [jwk, nextJwk] = [await toJwk(key, 'one'), await toJwk(nextKey, 'two')]

const bomb = gzipSync(Buffer.alloc(5_000_000, ' '))

type Respond = (response: ServerResponse) => void
const publish =
  (...keys: object[]): Respond =>
  (response) =>
    response.end(JSON.stringify({ keys }))
let respond: Respond
let requests: string[]
const openResponses: ServerResponse[] = []
const hang: Respond = (response) => void openResponses.push(response)
const keyServer = http.createServer((request, response) => {
  requests.push(request.url ?? '')
  respond(response)
})
await new Promise<void>((resolve) => keyServer.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}`
afterAll(() => {
  keyServer.close()
  keyServer.closeAllConnections()
})
beforeEach(() => {
  requests = []
  openResponses.length = 0
  respond = publish(jwk)
})

const apiKey = 'parley-key-of-the-dashboard'
const clients = [
  {
    name: 'dashboard',
    apiKeySha256: createHash('sha256').update(apiKey).digest('hex'),
    scopes: ['read'] as const,
    accounts: null,
  },
]
const nowSeconds = Math.floor(Date.now() / 1_000)
const sign = (header: object = {}, by = key, claims: object = {}) =>
  new SignJWT({ iss: 'us', aud: 'parley', sub: 'anna', scope: 'read', exp: nowSeconds + 3_600, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'one', ...header })
    .sign(by.privateKey)
const valid = await sign()
const rotated = await sign({ kid: 'two' }, nextKey)
/** Creates a token with valid claims that is signed with an unknown key. */
const forge = (number: number) => sign({ kid: `stranger-${number}` }, strangerKey)

/** Starts a server whose key set uses a clock that the test controls. */
async function start({ maxKeyAgeSeconds = 86_400, timeoutMs = 60_000 } = {}) {
  const clock = { ms: 0 }
  const failures: unknown[] = []
  const authenticate = createAuthenticator({
    clients,
    jwt: [
      {
        issuer: 'us',
        audience: 'parley',
        jwksUrl: `${origin}/keys`,
        maxKeyAgeSeconds,
        timeoutMs,
        now: () => clock.ms,
        onChange: (failure) => void failures.push(failure),
      },
    ],
  })
  const server = await startServer({ authenticate, limits: { drainAnnounce: 0 } })
  onTestFinished(() => server.http.drain())
  const sendToken = (token: string) => server.post({ query: '{ caller }' }, { authorization: `Bearer ${token}` })
  return { clock, failures, sendToken, server }
}
const authenticated = { status: 200, json: { data: { caller: 'jwt:anna' } } }
const until = <T>(read: () => T) => expect.poll(read, { timeout: 30_000 })
const unavailable = { status: 503, code: 'AUTHENTICATION_UNAVAILABLE' }
const unauthenticated = { status: 401, code: 'UNAUTHENTICATED' }

describe('a key server that fails', () => {
  const redirect: Respond = (response) => response.writeHead(302, { location: `${origin}/elsewhere` }).end()
  const failures: [name: string, respond: Respond][] = [
    ['responds with 500', (response) => response.writeHead(500).end()],
    ['resets the connection', (response) => response.socket?.resetAndDestroy()],
    ['redirects', redirect],
    ['sends no JSON', (response) => response.end('<html>')],
    ['sends JSON that is no key set', (response) => response.end('{"keys":1}')],
    ['sends 5 MB that are 5 kB on the wire', (response) => response.setHeader('content-encoding', 'gzip').end(bomb)],
    ['sends more than 256 KiB', (response) => response.end(JSON.stringify({ keys: [], padding: 'x'.repeat(300_000) }))],
    [
      'cuts its response',
      (response) => {
        response.writeHead(200, { 'content-length': 100 }).write('{"keys":[')
        response.socket?.end()
      },
    ],
  ]
  test.each(failures)('causes a retryable 503 if it %s before any key is cached', async (_, failing) => {
    respond = failing
    const { sendToken, server } = await start()
    const result = await sendToken(valid)
    expect(result).toMatchObject(unavailable)
    expect(result.json.errors?.[0]?.extensions['retryable']).toBe(true)
    expect(Number(result.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(result.text + JSON.stringify(server.logs)).not.toContain(origin)
    expect(requests).toEqual(['/keys'])
  })

  test.each(failures)('does not prevent the use of cached keys if it %s', async (_, failing) => {
    const { sendToken, clock } = await start()
    expect(await sendToken(valid)).toMatchObject(authenticated)
    respond = failing
    clock.ms += 23 * 3_600_000
    for (let number = 0; number < 3; number++) expect(await sendToken(valid)).toMatchObject(authenticated)
    await until(() => requests.length).toBe(2)
  })

  test('does not prevent the use of cached keys before maxKeyAgeSeconds', async () => {
    const { sendToken, clock } = await start({ maxKeyAgeSeconds: 7_200 })
    expect(await sendToken(valid)).toMatchObject(authenticated)
    respond = failures[0]![1]
    clock.ms += 7_199_000
    expect(await sendToken(valid)).toMatchObject(authenticated)
    await until(() => requests.length).toBe(2)
    clock.ms += 31_000
    expect(await sendToken(valid)).toMatchObject(unavailable)
    respond = publish(jwk)
    clock.ms += 31_000
    expect(await sendToken(valid)).toMatchObject(authenticated)
  })

  test('is reported once for each outage', async () => {
    const { sendToken, clock, failures: reported } = await start()
    await sendToken(valid)
    respond = failures[0]![1]
    for (let number = 0; number < 3; number++) {
      clock.ms += 60_000
      expect(await sendToken(rotated)).toMatchObject(unavailable)
    }
    respond = publish(jwk, nextJwk)
    clock.ms += 60_000
    expect(await sendToken(rotated)).toMatchObject(authenticated)
    expect(reported).toEqual([expect.any(Error), null])
  })
})

describe('tokens with unknown keys', () => {
  const flood = async (sendToken: (token: string) => Promise<{ status: number }>, count = 100) => {
    const tokens = await Promise.all(Array.from({ length: count }, (_, number) => forge(number)))
    const statuses: number[] = []
    for (let at = 0; at < count; at += 20)
      statuses.push(...(await Promise.all(tokens.slice(at, at + 20).map(sendToken))).map(({ status }) => status))
    return statuses
  }

  test('cause no fetch while the key set is fresh', async () => {
    const { sendToken } = await start()
    await sendToken(valid)
    expect(new Set(await flood(sendToken))).toEqual(new Set([401]))
    expect(requests).toHaveLength(1)
  })

  test('cause one fetch in each pause, which grows to 30 s', async () => {
    const { sendToken, clock } = await start()
    await sendToken(valid)
    for (let second = 0; second < 120; second++) {
      clock.ms += 1_000
      expect(await sendToken(await forge(second))).toMatchObject(unauthenticated)
    }
    // Fetches are 1, 3, 7, 15, 31, 61, and 91 s after the first one.
    expect(requests).toHaveLength(8)
  })

  test.each([
    ['no key is known', 0],
    ['keys are known', 60_000],
  ])('cause one fetch in each pause while the key server fails and %s', async (_, ms) => {
    const { sendToken, clock } = await start()
    if (ms > 0) await sendToken(valid)
    requests = []
    clock.ms += ms
    respond = (response) => response.writeHead(503).end()
    expect(new Set(await flood(sendToken))).toEqual(new Set([503]))
    expect(requests).toHaveLength(1)
    if (ms > 0) expect(await sendToken(valid)).toMatchObject(authenticated)
  })

  test.each([
    ['the form', async () => 'a.b.c'],
    ['alg', () => new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32))],
    ['kid', () => sign({ kid: 1 })],
    ['jku', () => sign({ jku: 'https://evil.example/keys' })],
    ['crit', async () => `${Buffer.from('{"alg":"ES256","crit":["x"],"x":1}').toString('base64url')}.e30.AA`],
    ['iss', () => sign({}, key, { iss: 'them' })],
    ['aud', () => sign({}, key, { aud: 'them' })],
    ['exp', () => sign({}, key, { exp: nowSeconds - 60 })],
    ['nbf', () => sign({}, key, { nbf: nowSeconds + 60 })],
    ['sub', () => sign({}, key, { sub: undefined })],
  ])('are 401 without a fetch if %s is wrong', async (_, make) => {
    const { sendToken } = await start()
    expect(await sendToken(await make())).toMatchObject(unauthenticated)
    expect(requests).toEqual([])
  })
})

describe('a key server that hangs', () => {
  test('does not delay API keys and callers with cached keys, however many requests wait', async () => {
    const { sendToken, clock } = await start()
    await sendToken(valid)
    respond = hang
    clock.ms += 700_000
    const codes: unknown[] = []
    const strangers = Array.from({ length: 1_000 }, async (_, number) => {
      codes.push((await sendToken(await forge(number))).code)
    })
    await until(() => codes.length).toBe(744)
    expect(new Set(codes)).toEqual(new Set(['AUTHENTICATION_UNAVAILABLE']))
    for (let number = 0; number < 10; number++) {
      expect(await sendToken(apiKey)).toMatchObject({ status: 200, json: { data: { caller: 'dashboard' } } })
      expect(await sendToken(valid)).toMatchObject(authenticated)
    }
    expect(openResponses).toHaveLength(1)
    publish(jwk)(openResponses[0]!)
    await Promise.all(strangers)
    expect(new Set(codes.slice(744))).toEqual(new Set(['UNAUTHENTICATED']))
  })

  const hangInBody: Respond = (response) => void response.writeHead(200).write('{"keys":[')
  test.each([
    ['before', hang],
    ['after', hangInBody],
  ])('causes a timeout %s its headers', async (_, hanging) => {
    respond = hanging
    const { sendToken } = await start({ timeoutMs: 20 })
    expect(await sendToken(valid)).toMatchObject(unavailable)
  })

  test('gets one request for all callers that wait for the first keys', async () => {
    respond = hang
    const { sendToken } = await start()
    const waiting = Array.from({ length: 20 }, () => sendToken(valid))
    await until(() => openResponses.length).toBe(1)
    publish(jwk)(openResponses[0]!)
    for (const result of await Promise.all(waiting)) expect(result).toMatchObject(authenticated)
    expect(requests).toHaveLength(1)
  })
})

describe('a rotated key', () => {
  test('is fetched when the first token names it', async () => {
    const { sendToken, clock } = await start()
    await sendToken(valid)
    respond = publish(jwk, nextJwk)
    clock.ms += 1_000
    expect(await sendToken(rotated)).toMatchObject(authenticated)
    expect(await sendToken(valid)).toMatchObject(authenticated)
    expect(requests).toHaveLength(2)
  })

  test('is fetched within 30 s while tokens with unknown keys arrive', async () => {
    const { sendToken, clock } = await start()
    await sendToken(valid)
    for (let second = 0; second < 100; second++) {
      clock.ms += 1_000
      await sendToken(await forge(second))
    }
    respond = publish(nextJwk)
    clock.ms += 30_000
    expect(await sendToken(rotated)).toMatchObject(authenticated)
    expect(await sendToken(valid)).toMatchObject(unauthenticated)
  })

  test('replaces a withdrawn key after 10 minutes', async () => {
    const { sendToken, clock } = await start()
    await sendToken(valid)
    respond = publish(nextJwk)
    clock.ms += 600_000
    expect(await sendToken(valid)).toMatchObject(authenticated)
    await until(async () => (await sendToken(valid)).status).toBe(401)
  })
})
