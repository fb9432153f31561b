import './ahead.ts'
import { expect, test, vi } from 'vitest'
import { httpLimits } from '../../../src/http/limits.ts'
import * as faults from '../../support/faults.ts'
import { serialise } from '../../support/raw-http.ts'
import { fakeCallTimers } from '../../upstream/expire.ts'
import { passTimeouts } from './pass-timeouts.ts'
import { runRows, type Failure, type InjectFault, type Row } from './row.ts'
import { closeAfterAll, countRow, runWithFixture } from './run.ts'
import { api, startVendor, tokens } from './vendor.ts'
import { serve, type Fixture, type FixtureOptions } from './fixture.ts'

const unreachable: Failure = { code: 'VENDOR_AUTH_FAILED', retryable: true }
const rejected: Failure = { code: 'VENDOR_AUTH_FAILED', retryable: false }
const timeout: Failure = { code: 'VENDOR_TIMEOUT' }

/** Injects a fault into the token endpoint instead of the API. */
const breakTokens =
  (kind: faults.Kind): InjectFault =>
  (v) =>
    v.injectFault({ match: tokens, kind })
const sendToken = (body: unknown): InjectFault => breakTokens(faults.reply({ body }))
const html = faults.reply({ headers: { 'Content-Type': 'text/html' }, body: '<html>a secret page</html>' })
const allVendors = [{}, { slug: 'zoom' }, { slug: 'imeetcentral' }] as const satisfies FixtureOptions[]
const getSlug = (fixture: FixtureOptions): string => fixture.slug ?? 'trueconf'

/** No token is cached, and none can be obtained: nothing is sent, and the failure is shared for 3 s. */
const createTokenless = (
  id: string,
  fixture: FixtureOptions,
  injectFault: InjectFault,
  read: Failure,
  renewals: number,
): Row => ({
  id: `${id}: ${getSlug(fixture)}`,
  fixture,
  hasToken: false,
  injectFault,
  read,
  write: 'NOT_SENT',
  calls: [0, 0],
  renewals,
  recovers: false,
})

const minuteMs = 60_000
const createSkewed = (id: string, ahead: number, options: FixtureOptions, reads: number, calls: number): Row => ({
  id: `${id}: ${getSlug(options)}`,
  fixture: { ...options, now: () => Date.now() + ahead },
  hasToken: false,
  injectFault: () => () => undefined,
  read: 'data',
  write: 'SUCCEEDED',
  calls: [reads + calls, 1 + calls],
  renewals: 2,
})

const rows: Row[] = [
  ...allVendors.flatMap((fixture) => [
    createTokenless(
      '[T01] a token endpoint that closes connections',
      fixture,
      breakTokens(faults.closed),
      unreachable,
      3,
    ),
    createTokenless(
      '[T01] a token endpoint that is down',
      fixture,
      breakTokens(faults.reply({ status: 503 })),
      unreachable,
      3,
    ),
    createTokenless(
      '[T01] a token endpoint that rejects the credentials',
      fixture,
      breakTokens(faults.reply({ status: 401, body: {} })),
      rejected,
      2,
    ),
    {
      ...createTokenless('[T02] a token endpoint that hangs', fixture, breakTokens(faults.silent), timeout, 2),
      hangsAt: 'headers' as const,
    },
    createTokenless('[T04] a token response in HTML', fixture, breakTokens(html), unreachable, 1),
    createTokenless('[T04] an empty token response', fixture, breakTokens(faults.reply({})), unreachable, 1),
    createTokenless(
      '[T04] a token response without access_token',
      fixture,
      sendToken({ token_type: 'bearer', secret: 1 }),
      unreachable,
      1,
    ),
    createTokenless('[T04] a token response that is an array', fixture, sendToken(['a secret']), unreachable, 1),
    createTokenless(
      '[T07] a token with a line end',
      fixture,
      sendToken({ access_token: 'secret\r\nX: y', expires_in: 60 }),
      unreachable,
      1,
    ),
    createTokenless(
      '[T07] a token of 100 kB',
      fixture,
      sendToken({ access_token: 'secret'.repeat(17_000), expires_in: 60 }),
      unreachable,
      1,
    ),
  ]),
  ...allVendors.map((fixture): Row => ({
    id: `[T06] the rejection of every new token: ${getSlug(fixture)}`,
    fixture,
    hasToken: false,
    // The mutation at iMeet Central fails at the read before its only write.
    injectFault: (v) => v.injectFault({ match: api, kind: faults.reply({ status: 401, body: {} }) }),
    read: rejected,
    write: 'REJECTED',
    calls: [2, 2],
    renewals: 2,
    recovers: false,
  })),
  createSkewed('[T08] a local clock that is 10 minutes behind', 10 * minuteMs, { slug: 'imeetcentral' }, 1, 0),
  createSkewed('[T08] a local clock that is 10 minutes ahead', -10 * minuteMs, { slug: 'imeetcentral' }, 1, 0),
]

runRows(rows)

test('[T02] ends each wait before its deadline, and sends one token request at a time', () => {
  fakeCallTimers()
  return countRow(() =>
    runWithFixture({}, async (fixture) => {
      const { v, first } = fixture
      let open = 0
      let maxOpen = 0
      v.injectFault({
        match: tokens,
        kind: ({ socket }) => {
          maxOpen = Math.max(maxOpen, ++open)
          socket.once('close', () => open--)
        },
      })
      const wait = passTimeouts(fixture, 'headers', tokens)
      const replies = await wait(Promise.all(Array.from({ length: 20 }, () => first.read(['v']))))
      for (const { errors, durationMs } of replies) {
        expect(errors![0]!.extensions).toMatchObject({ code: 'VENDOR_TIMEOUT', retryable: true })
        expect(durationMs).toBeLessThanOrEqual(httpLimits.operationDeadline)
      }
      expect(maxOpen).toBe(1)
    }),
  )
})

const testRow = (name: string, options: FixtureOptions, run: (fixture: Fixture) => Promise<void>): void =>
  test.concurrent(name, { timeout: 60_000 }, () => countRow(() => runWithFixture(options, run)))

testRow('[T01] shares one token fetch and its failure among 100 waiting reads', {}, async ({ v, first }) => {
  v.injectFault({ match: tokens, kind: faults.reply({ status: 503 }) })
  const replies = await Promise.all(Array.from({ length: 100 }, () => first.read(['v'])))
  for (const { errors } of replies)
    expect(errors![0]!.extensions).toMatchObject({ code: 'VENDOR_AUTH_FAILED', retryable: true })
  expect(v.tokenRequests().length).toBeLessThanOrEqual(3)
  expect(v.calls()).toEqual([])
})

/** Rejects the first token that arrives from now on, each call with another delay of up to 400 ms. */
function revoke({ v }: Fixture): () => void {
  let revoked: string | undefined
  let rejections = 0
  const rejection = { error: { code: 403, message: 'No', errors: [{ reason: 'accessTokenInvalid' }] } }
  return v.injectFault({
    match: api,
    kind: ({ socket, request }) => {
      const { authorization } = request.headers
      revoked ??= authorization
      if (authorization !== revoked)
        return void v.respond(request).then((response) => socket.write(serialise(response)))
      const timer = setTimeout(
        () => socket.write(serialise({ status: 403, body: rejection })),
        (rejections++ * 37) % 400,
      )
      socket.once('close', () => clearTimeout(timer))
    },
  })
}

for (const ahead of [-10, 10]) {
  const fixture: FixtureOptions = { slug: 'imeetcentral', now: () => Date.now() + ahead * minuteMs }
  testRow(
    `[T08] corrects a clock that is off by ${ahead} minutes after one rejected request`,
    fixture,
    async ({ v, first }) => {
      expect((await first.read(['v'])).data!['users'].nodes).toHaveLength(5)
      expect(v.tokenRequests()).toHaveLength(2)
    },
  )
}

testRow(
  '[T09] renews a token once, and fails no read, if it is revoked with 100 reads in flight',
  {},
  async (fixture) => {
    const { v, first } = fixture
    await first.read(['v'])
    revoke(fixture)
    const [calls, renewals] = [v.calls().length, v.tokenRequests().length]
    const replies = await Promise.all(Array.from({ length: 100 }, () => first.read(['v'])))
    for (const { data } of replies) expect(data!['users'].nodes).toHaveLength(5)
    expect(v.tokenRequests().length - renewals).toBe(1)
    expect(v.calls().length - calls).toBeLessThanOrEqual(200)
  },
)

testRow(
  '[T09] executes each of 50 mutations once if the token is revoked while they are in flight',
  {},
  async (fixture) => {
    const { v, first } = fixture
    await first.read(['v'])
    revoke(fixture)
    const [calls, renewals] = [v.calls().length, v.tokenRequests().length]
    const input = (n: number) => ({ account: 'v', title: `Number ${n}`, idempotencyKey: `t09-${n}`, ...v.input })
    const replies = await Promise.all(Array.from({ length: 50 }, (_, n) => first.create(input(n))))
    expect(replies.map(({ data }) => data!['createConference'].outcome)).toEqual(Array(50).fill('SUCCEEDED'))
    expect(v.countCreated()).toBe(50)
    expect(v.tokenRequests().length - renewals).toBe(1)
    expect(v.calls().length - calls).toBeLessThanOrEqual(100)
  },
)

testRow('[T11] never sends the old secret again after a restart with a new one', {}, async ({ v, w, first }) => {
  const sent: string[] = []
  v.injectFault({
    match: tokens,
    kind: ({ socket, request }) => {
      sent.push(request.body.toString())
      void v.respond(request).then((response) => socket.write(serialise(response)))
    },
  })
  await first.restart({ v: { ...v.account, clientSecret: 'an-old-secret' }, w: w.account })
  expect((await first.read(['v'])).errors![0]!.extensions).toMatchObject({
    code: 'VENDOR_AUTH_FAILED',
    retryable: false,
  })
  expect(sent.length).toBeGreaterThan(0)
  expect(sent.every((body) => body.includes('an-old-secret'))).toBe(true)
  sent.length = 0
  await first.restart({ v: v.account, w: w.account })
  expect((await first.read(['v'])).data!['users'].nodes).toHaveLength(5)
  expect(sent).toHaveLength(1)
  expect(sent[0]).not.toContain('an-old-secret')
})

for (const slug of ['trueconf', 'zoom', 'imeetcentral'] as const) {
  test.concurrent(`[T12] does not affect an account when the token of another account is revoked: ${slug}`, () =>
    countRow(async () => {
      const [revoked, healthy] = await Promise.all([startVendor({ slug }), startVendor({ slug })])
      const server = await serve({ revoked: revoked.account, healthy: healthy.account }, {})
      expect((await server.read(['revoked', 'healthy'])).data!['users'].nodes).toHaveLength(10)
      revoked.injectFault({ match: api, kind: faults.reply({ status: 401, body: {} }) })
      revoked.injectFault({ match: tokens, kind: faults.reply({ status: 401, body: {} }) })
      const { data } = await server.read(['revoked', 'healthy'])
      expect(data!['users'].sources).toMatchObject([
        { status: 'FAILED', nodes: 0, problem: { code: 'VENDOR_AUTH_FAILED', account: { key: 'revoked' } } },
        { status: 'OK', nodes: 5, problem: null },
      ])
      const created = await server.create({ account: 'healthy', title: 'Healthy', ...healthy.input })
      expect(created.data!['createConference'].outcome).toBe('SUCCEEDED')
      expect(healthy.tokenRequests()).toHaveLength(1)
      await server.stop()
      await vi.waitFor(() => expect(healthy.server.openSockets + revoked.server.openSockets).toBe(0))
      await Promise.all([revoked.close(), healthy.close()])
    }))
}

closeAfterAll('tokens')
