import { expect, test, vi } from 'vitest'
import * as faults from '../../support/faults.ts'
import { serialise } from '../../support/raw-http.ts'
import { lateness, runRows, type Failure, type Row, type Spoil } from './row.ts'
import { closeAfterAll, counted, runWithFixture } from './run.ts'
import { api, startVendor, tokens } from './vendor.ts'
import { serve, shortLimits, type Fixture, type FixtureOptions } from './fixture.ts'

const unreachable: Failure = { code: 'VENDOR_AUTH_FAILED', retryable: true }
const refused: Failure = { code: 'VENDOR_AUTH_FAILED', retryable: false }
const timeout: Failure = { code: 'VENDOR_TIMEOUT' }

/** Of the token endpoint, whatever the row's read or mutation is. */
const spoilt =
  (kind: faults.Kind): Spoil =>
  (v) =>
    v.spoil({ match: tokens, kind })
const answered = (body: unknown): Spoil => spoilt(faults.reply({ body }))
const html = faults.reply({ headers: { 'Content-Type': 'text/html' }, body: '<html>a secret page</html>' })
const all = [{}, { slug: 'zoom' }, { slug: 'imeetcentral' }] as const satisfies FixtureOptions[]
const nameOf = (fixture: FixtureOptions): string => fixture.slug ?? 'trueconf'

/** No token is held, and none is to be had: nothing is sent, and what failed is known for 3 s. */
const tokenless = (id: string, fixture: FixtureOptions, spoil: Spoil, read: Failure, renewals: number): Row => ({
  id: `${id}: ${nameOf(fixture)}`,
  fixture,
  warm: false,
  spoil,
  read,
  write: 'NOT_SENT',
  calls: [0, 0],
  renewals,
  recovers: false,
})

const minutes = 60_000
const skewed = (id: string, ahead: number, options: FixtureOptions, reads: number, calls: number): Row => ({
  id: `${id}: ${nameOf(options)}`,
  fixture: { ...options, now: () => Date.now() + ahead },
  warm: false,
  spoil: () => () => undefined,
  read: 'data',
  write: 'SUCCEEDED',
  calls: [reads + calls, 1 + calls],
  renewals: 2,
})

const rows: Row[] = [
  ...all.flatMap((fixture) => [
    tokenless('[T01] the token endpoint closes', fixture, spoilt(faults.closed), unreachable, 3),
    tokenless('[T01] the token endpoint is down', fixture, spoilt(faults.reply({ status: 503 })), unreachable, 3),
    tokenless(
      '[T01] the token endpoint refuses us',
      fixture,
      spoilt(faults.reply({ status: 401, body: {} })),
      refused,
      2,
    ),
    // Two of the full length fit; of the shortened, three.
    tokenless('[T02] the token endpoint hangs', fixture, spoilt(faults.silent), timeout, 3),
    tokenless('[T04] HTML', fixture, spoilt(html), unreachable, 1),
    tokenless('[T04] nothing', fixture, spoilt(faults.reply({})), unreachable, 1),
    tokenless('[T04] no access_token', fixture, answered({ token_type: 'bearer', secret: 1 }), unreachable, 1),
    tokenless('[T04] an array', fixture, answered(['a secret']), unreachable, 1),
    tokenless(
      '[T07] a line end in it',
      fixture,
      answered({ access_token: 'secret\r\nX: y', expires_in: 60 }),
      unreachable,
      1,
    ),
    tokenless(
      '[T07] 100 kB',
      fixture,
      answered({ access_token: 'secret'.repeat(17_000), expires_in: 60 }),
      unreachable,
      1,
    ),
  ]),
  ...all.map((fixture): Row => ({
    id: `[T06] every token is dead as issued: ${nameOf(fixture)}`,
    fixture,
    warm: false,
    // iMeet Central reads before its mutation's one write, and is refused there.
    spoil: (v) => v.spoil({ match: api, kind: faults.reply({ status: 401, body: {} }) }),
    read: refused,
    write: 'REJECTED',
    calls: [2, 2],
    renewals: 2,
    recovers: false,
  })),
  skewed('[T08] our clock 10 minutes behind', 10 * minutes, { slug: 'imeetcentral' }, 1, 0),
  skewed('[T08] our clock 10 minutes ahead', -10 * minutes, { slug: 'imeetcentral' }, 1, 0),
]

runRows(rows)

const row = (name: string, options: FixtureOptions, hold: (fixture: Fixture) => Promise<void>): void =>
  test.concurrent(name, { timeout: 60_000 }, () => counted(() => runWithFixture(options, hold)))

const hurried = { limits: shortLimits }

row('[T01] a hundred waiters share one fetch, and its failure', {}, async ({ v, first }) => {
  v.spoil({ match: tokens, kind: faults.reply({ status: 503 }) })
  const replies = await Promise.all(Array.from({ length: 100 }, () => first.read(['v'])))
  for (const { errors } of replies)
    expect(errors![0]!.extensions).toMatchObject({ code: 'VENDOR_AUTH_FAILED', retryable: true })
  expect(v.tokenRequests().length).toBeLessThanOrEqual(3)
  expect(v.calls()).toEqual([])
})

row('[T02] each waiter leaves at its own deadline, and one request runs at a time', hurried, async ({ v, first }) => {
  let open = 0
  let most = 0
  v.spoil({
    match: tokens,
    kind: ({ socket }) => {
      most = Math.max(most, ++open)
      socket.once('close', () => open--)
    },
  })
  const replies = await Promise.all(Array.from({ length: 20 }, () => first.read(['v'])))
  for (const { errors, took } of replies) {
    expect(errors![0]!.extensions).toMatchObject({ code: 'VENDOR_TIMEOUT', retryable: true })
    expect(took).toBeLessThan(shortLimits.operationDeadline + lateness)
  }
  expect(most).toBe(1)
})

/** Refuses the first token that it sees from now on, each call a little later than the one before, over 400 ms. */
function revoke({ v }: Fixture): () => void {
  let old: string | undefined
  let met = 0
  const refusal = { error: { code: 403, message: 'No', errors: [{ reason: 'accessTokenInvalid' }] } }
  return v.spoil({
    match: api,
    kind: ({ socket, request }) => {
      const { authorization } = request.headers
      old ??= authorization
      if (authorization !== old) return void v.healthy(request).then((answer) => socket.write(serialise(answer)))
      const timer = setTimeout(() => socket.write(serialise({ status: 403, body: refusal })), (met++ * 37) % 400)
      socket.once('close', () => clearTimeout(timer))
    },
  })
}

for (const ahead of [-10, 10]) {
  const fixture: FixtureOptions = { slug: 'imeetcentral', now: () => Date.now() + ahead * minutes }
  row(`[T08] a clock ${ahead} minutes off is learnt once`, fixture, async ({ v, first }) => {
    expect((await first.read(['v'])).data!['users'].nodes).toHaveLength(5)
    expect(v.tokenRequests()).toHaveLength(2)
  })
}

row('[T09] revoked with 100 reads in flight: one renewal, and no failure', {}, async (fixture) => {
  const { v, first } = fixture
  await first.read(['v'])
  revoke(fixture)
  const [calls, renewals] = [v.calls().length, v.tokenRequests().length]
  const replies = await Promise.all(Array.from({ length: 100 }, () => first.read(['v'])))
  for (const { data } of replies) expect(data!['users'].nodes).toHaveLength(5)
  expect(v.tokenRequests().length - renewals).toBe(1)
  expect(v.calls().length - calls).toBeLessThanOrEqual(200)
})

row('[T09] revoked with 50 mutations in flight: each is done once', {}, async (fixture) => {
  const { v, first } = fixture
  await first.read(['v'])
  revoke(fixture)
  const [calls, renewals] = [v.calls().length, v.tokenRequests().length]
  const input = (n: number) => ({ account: 'v', title: `Number ${n}`, idempotencyKey: `t09-${n}`, ...v.input })
  const replies = await Promise.all(Array.from({ length: 50 }, (_, n) => first.create(input(n))))
  expect(replies.map(({ data }) => data!['createConference'].outcome)).toEqual(Array(50).fill('SUCCEEDED'))
  expect(v.created()).toBe(50)
  expect(v.tokenRequests().length - renewals).toBe(1)
  expect(v.calls().length - calls).toBeLessThanOrEqual(100)
})

row('[T11] another secret after a restart: the old one is never sent again', {}, async ({ v, w, first }) => {
  const sent: string[] = []
  v.spoil({
    match: tokens,
    kind: ({ socket, request }) => {
      sent.push(request.body.toString())
      void v.healthy(request).then((answer) => socket.write(serialise(answer)))
    },
  })
  await first.restart({ v: { ...v.account, clientSecret: 'a-word-of-old' }, w: w.account })
  expect((await first.read(['v'])).errors![0]!.extensions).toMatchObject({
    code: 'VENDOR_AUTH_FAILED',
    retryable: false,
  })
  expect(sent.length).toBeGreaterThan(0)
  expect(sent.every((body) => body.includes('a-word-of-old'))).toBe(true)
  sent.length = 0
  await first.restart({ v: v.account, w: w.account })
  expect((await first.read(['v'])).data!['users'].nodes).toHaveLength(5)
  expect(sent).toHaveLength(1)
  expect(sent[0]).not.toContain('a-word-of-old')
})

for (const slug of ['trueconf', 'zoom', 'imeetcentral'] as const) {
  test.concurrent(`[T12] does not affect an account when the token of another account is revoked: ${slug}`, () =>
    counted(async () => {
      const [revoked, fine] = await Promise.all([startVendor({ slug }), startVendor({ slug })])
      const server = await serve({ revoked: revoked.account, fine: fine.account }, {})
      expect((await server.read(['revoked', 'fine'])).data!['users'].nodes).toHaveLength(10)
      revoked.spoil({ match: api, kind: faults.reply({ status: 401, body: {} }) })
      revoked.spoil({ match: tokens, kind: faults.reply({ status: 401, body: {} }) })
      const { data } = await server.read(['revoked', 'fine'])
      expect(data!['users'].sources).toMatchObject([
        { status: 'FAILED', nodes: 0, problem: { code: 'VENDOR_AUTH_FAILED', account: { key: 'revoked' } } },
        { status: 'OK', nodes: 5, problem: null },
      ])
      const made = await server.create({ account: 'fine', title: 'Fine', ...fine.input })
      expect(made.data!['createConference'].outcome).toBe('SUCCEEDED')
      expect(fine.tokenRequests()).toHaveLength(1)
      await server.stop()
      await vi.waitFor(() => expect(fine.server.openSockets + revoked.server.openSockets).toBe(0))
      await Promise.all([revoked.close(), fine.close()])
    }))
}

closeAfterAll('tokens')
