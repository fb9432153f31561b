import { expect, test } from 'vitest'
import * as faults from '../../support/faults.ts'
import { serialise } from '../../support/raw-http.ts'
import { faulty, lateness, runRows, type Failure, type Row, type Spoil } from './row.ts'
import { closeAfterAll, counted, runWithFixture } from './run.ts'
import { creating, reading } from './vendor.ts'
import type { Fixture } from './fixture.ts'

const limited: Failure = { code: 'VENDOR_RATE_LIMITED', status: 'RATE_LIMITED' }
/** The backoff of throttled calls, shortened. */
const hasty = { limits: { throttledBackoffBase: 100 } }

const tooMany = (header: string | null): faults.Kind =>
  faults.reply({ status: 429, headers: header === null ? {} : { 'Retry-After': header }, body: {} })
const always = (header: string | null): Spoil => faulty(tooMany(header))
const once = (header: string): Spoil => faulty(tooMany(header), { times: 1 })
/** A date in whole seconds, made when the vendor is asked. */
const dated: Spoil = faulty(
  (exchange) => tooMany(new Date(Math.ceil(Date.now() / 1000) * 1000 + 1_000).toUTCString())(exchange),
  { times: 1 },
)
const tenHours = 36_000_000

const rows: Row[] = [
  { id: '[B47] two seconds', spoil: once('2'), read: 'data', write: 'SUCCEEDED', calls: [2, 2] },
  { id: '[B48] an HTTP date', spoil: dated, read: 'data', write: 'SUCCEEDED', calls: [2, 2] },
  {
    id: '[B49] ten hours',
    spoil: faulty((exchange) => tooMany(new Date(Date.now() + tenHours).toISOString())(exchange)),
    read: limited,
    write: 'REJECTED',
    calls: [1, 1],
    recovers: false,
  },
  {
    id: '[B50] without a header',
    fixture: hasty,
    spoil: always(null),
    read: limited,
    write: 'REJECTED',
    calls: [3, 3],
  },
  {
    id: '[B50] without a header, twice',
    fixture: hasty,
    spoil: faulty(tooMany(null), { times: 2 }),
    read: 'data',
    write: 'SUCCEEDED',
    calls: [3, 3],
  },
  ...['-5', 'abc'].map((header): Row => ({
    id: `[B51] Retry-After: ${header}`,
    fixture: hasty,
    spoil: always(header),
    read: limited,
    write: 'REJECTED',
    calls: [3, 3],
  })),
  ...['1e9', '99999999999'].map((header): Row => ({
    id: `[B51] Retry-After: ${header}`,
    fixture: hasty,
    spoil: always(header),
    read: limited,
    write: 'REJECTED',
    calls: [3, 3],
    recovers: false,
  })),
]

runRows(rows)

const row = (
  name: string,
  options: Parameters<typeof runWithFixture>[0],
  hold: (fixture: Fixture) => Promise<void>,
): void => test.concurrent(name, () => counted(() => runWithFixture(options, hold)))

row('[B47] two seconds are waited, and hardly more', {}, async ({ v, first }) => {
  await first.read(['v'])
  v.spoil({ match: reading, times: 1, kind: tooMany('2') })
  const { took } = await first.read(['v'])
  expect(took).toBeGreaterThanOrEqual(2_000)
  expect(took).toBeLessThan(2_000 + lateness)
})

row('[B49] a limit that holds is known, and nothing more is sent under it', {}, async ({ v, first }) => {
  await first.read(['v'])
  const until = Math.floor((Date.now() + tenHours) / 1000) * 1000
  v.spoil({ match: /users|conferences/, kind: tooMany(new Date(until).toISOString()) })
  const calls = v.calls().length
  const { data, took } = await first.read(['v', 'w'])
  expect(Date.parse(data!['users'].sources[0].problem.retryAt)).toBe(until)
  // Nothing was waited for, neither a backoff nor the deadline.
  expect(took).toBeLessThan(lateness)
  const { data: known } = await first.ask('{ account(key: "v") { health { rateLimitedUntil } } }')
  expect(Date.parse(known!['account'].health.rateLimitedUntil)).toBe(until)
  const again = await first.read(['v'])
  expect(again.errors![0]!.extensions).toMatchObject({ code: 'VENDOR_RATE_LIMITED', retryable: true })
  expect(Date.parse(again.errors![0]!.extensions['retryAt'])).toBe(until)
  const { data: made } = await first.create({ account: 'v', title: 'Later', ...v.input })
  const { outcome, problems } = made!['createConference']
  expect({ outcome, code: problems[0].code }).toEqual({ outcome: 'NOT_SENT', code: 'VENDOR_RATE_LIMITED' })
  expect(Date.parse(problems[0].retryAt)).toBe(until)
  expect(v.calls().length - calls).toBe(1)
})

const update = `mutation ($input: UpdateConferenceInput!) {
  updateConference(input: $input) { outcome conference { title } problems { code } }
}`

row('[B52] Zoom’s lock on one meeting', { slug: 'zoom', ...hasty }, async ({ v, first }) => {
  const { data } = await first.create({ account: 'v', title: 'Locked', ...v.input })
  const { id: conferenceId } = data!['createConference'].conference
  let busy = 0
  v.spoil({
    match: /^PATCH/,
    kind: ({ socket, request }) => {
      const refusal = { code: 429, message: 'Too many concurrent requests. A request to update this meeting runs.' }
      if (busy > 0) return void socket.write(serialise({ status: 429, body: refusal }))
      busy++
      void v.healthy(request).then((answer) => {
        busy--
        socket.write(serialise(answer))
      })
    },
  })
  const writes = ['One', 'Two', 'Three'].map((title) => first.ask(update, { input: { conferenceId, title } }))
  const outcomes = (await Promise.all(writes)).map((reply) => reply.data!['updateConference'])
  for (const { outcome, problems } of outcomes)
    expect(outcome === 'SUCCEEDED' || problems[0].code === 'VENDOR_RATE_LIMITED').toBe(true)
  const patches = v.calls().filter(({ method }) => method === 'PATCH').length
  expect(patches).toBeLessThanOrEqual(9)
  const done = v.sandbox.effects.filter(({ kind }) => kind === 'updateConference').length
  expect(done).toBe(outcomes.filter(({ outcome }) => outcome === 'SUCCEEDED').length)
})

row('[B55] a dead vendor is left alone', { limits: { breakerFailures: 0.5, retryQuota: 0 } }, async ({ v, first }) => {
  await first.read(['v'])
  v.spoil({ match: reading, kind: faults.reply({ status: 500 }) })
  v.spoil({ match: creating, kind: faults.reply({ status: 500 }) })
  const make = async () => (await first.create({ account: 'v', title: 'Dead', ...v.input })).data!['createConference']
  expect(await make()).toMatchObject({ outcome: 'UNKNOWN' })
  for (let operation = 0; operation < 60; operation++) {
    const { errors } = await first.read(['v'])
    expect(errors![0]!.extensions).toMatchObject({ code: 'VENDOR_UNAVAILABLE', retryable: true })
  }
  const calls = v.calls().length
  expect(calls).toBeLessThanOrEqual(24)
  const { errors } = await first.read(['v'])
  expect(Date.parse(errors![0]!.extensions['retryAt'])).toBeGreaterThan(Date.now())
  expect(await make()).toMatchObject({ outcome: 'NOT_SENT', problems: [{ code: 'VENDOR_UNAVAILABLE' }] })
  const { data } = await first.read(['v', 'w'])
  expect(data!['users']).toMatchObject({
    pageInfo: { hasNextPage: true },
    sources: [{ status: 'FAILED' }, { status: 'OK' }],
  })
  expect(v.calls()).toHaveLength(calls)
})

closeAfterAll('rates')
