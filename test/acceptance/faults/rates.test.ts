import { expect, test } from 'vitest'
import * as faults from '../../support/faults.ts'
import { serialise } from '../../support/raw-http.ts'
import { createFault, runRows, type Failure, type InjectFault, type Row } from './row.ts'
import { closeAfterAll, countRow, runWithFixture } from './run.ts'
import { creating, reading } from './vendor.ts'
import type { Fixture } from './fixture.ts'

const limited: Failure = { code: 'VENDOR_RATE_LIMITED', status: 'RATE_LIMITED' }
/** Maximum delay of a response on a busy machine, in ms. Far less than the deadline of an operation. */
const maxDelayMs = 10_000
/** A short backoff after a rate limit. */
const shortBackoff = { limits: { throttledBackoffBase: 100 } }

const sendRateLimit = (header: string | null): faults.Kind =>
  faults.reply({ status: 429, headers: header === null ? {} : { 'Retry-After': header }, body: {} })
const limitAlways = (header: string | null): InjectFault => createFault(sendRateLimit(header))
const limitOnce = (header: string): InjectFault => createFault(sendRateLimit(header), { times: 1 })
/** Sends an HTTP date, in whole seconds, that is about 1 s after the request. */
const limitUntilDate: InjectFault = createFault(
  (exchange) => sendRateLimit(new Date(Math.ceil(Date.now() / 1000) * 1000 + 1_000).toUTCString())(exchange),
  { times: 1 },
)
const tenHoursMs = 36_000_000

const rows: Row[] = [
  { id: '[B47] a rate limit of 2 s', injectFault: limitOnce('2'), read: 'data', write: 'SUCCEEDED', calls: [2, 2] },
  {
    id: '[B48] a rate limit until an HTTP date',
    injectFault: limitUntilDate,
    read: 'data',
    write: 'SUCCEEDED',
    calls: [2, 2],
  },
  {
    id: '[B49] a rate limit of 10 h',
    injectFault: createFault((exchange) => sendRateLimit(new Date(Date.now() + tenHoursMs).toISOString())(exchange)),
    read: limited,
    write: 'REJECTED',
    calls: [1, 1],
    recovers: false,
  },
  {
    id: '[B50] a rate limit without Retry-After',
    fixture: shortBackoff,
    injectFault: limitAlways(null),
    read: limited,
    write: 'REJECTED',
    calls: [3, 3],
  },
  {
    id: '[B50] a rate limit without Retry-After (twice)',
    fixture: shortBackoff,
    injectFault: createFault(sendRateLimit(null), { times: 2 }),
    read: 'data',
    write: 'SUCCEEDED',
    calls: [3, 3],
  },
  ...['-5', 'abc'].map((header): Row => ({
    id: `[B51] a rate limit with Retry-After: ${header}`,
    fixture: shortBackoff,
    injectFault: limitAlways(header),
    read: limited,
    write: 'REJECTED',
    calls: [3, 3],
  })),
  ...['1e9', '99999999999'].map((header): Row => ({
    id: `[B51] a rate limit with Retry-After: ${header}`,
    fixture: shortBackoff,
    injectFault: limitAlways(header),
    read: limited,
    write: 'REJECTED',
    calls: [3, 3],
    recovers: false,
  })),
]

runRows(rows)

const testRow = (
  name: string,
  options: Parameters<typeof runWithFixture>[0],
  run: (fixture: Fixture) => Promise<void>,
): void => test.concurrent(name, () => countRow(() => runWithFixture(options, run)))

testRow('[B47] waits 2 s for a rate limit of 2 s', {}, async ({ v, first }) => {
  await first.read(['v'])
  v.injectFault({ match: reading, times: 1, kind: sendRateLimit('2') })
  const { durationMs } = await first.read(['v'])
  expect(durationMs).toBeGreaterThanOrEqual(2_000)
  expect(durationMs).toBeLessThan(2_000 + maxDelayMs)
})

testRow('[B49] reports a long rate limit, and sends nothing before its end', {}, async ({ v, first }) => {
  await first.read(['v'])
  const until = Math.floor((Date.now() + tenHoursMs) / 1000) * 1000
  v.injectFault({ match: /users|conferences/, kind: sendRateLimit(new Date(until).toISOString()) })
  const calls = v.calls().length
  const { data, durationMs } = await first.read(['v', 'w'])
  expect(Date.parse(data!['users'].sources[0].problem.retryAt)).toBe(until)
  // The read waited neither for a backoff nor for the deadline.
  expect(durationMs).toBeLessThan(maxDelayMs)
  const { data: healthData } = await first.send('{ account(key: "v") { health { rateLimitedUntil } } }')
  expect(Date.parse(healthData!['account'].health.rateLimitedUntil)).toBe(until)
  const repeated = await first.read(['v'])
  expect(repeated.errors![0]!.extensions).toMatchObject({ code: 'VENDOR_RATE_LIMITED', retryable: true })
  expect(Date.parse(repeated.errors![0]!.extensions['retryAt'])).toBe(until)
  const { data: created } = await first.create({ account: 'v', title: 'Later', ...v.input })
  const { outcome, problems } = created!['createConference']
  expect({ outcome, code: problems[0].code }).toEqual({ outcome: 'NOT_SENT', code: 'VENDOR_RATE_LIMITED' })
  expect(Date.parse(problems[0].retryAt)).toBe(until)
  expect(v.calls().length - calls).toBe(1)
})

const update = `mutation ($input: UpdateConferenceInput!) {
  updateConference(input: $input) { outcome conference { title } problems { code } }
}`

testRow(
  '[B52] reports the true outcome of three concurrent updates of a Zoom meeting',
  { slug: 'zoom', ...shortBackoff },
  async ({ v, first }) => {
    const { data } = await first.create({ account: 'v', title: 'Locked', ...v.input })
    const { id: conferenceId } = data!['createConference'].conference
    let busy = 0
    v.injectFault({
      match: /^PATCH/,
      kind: ({ socket, request }) => {
        const rejection = { code: 429, message: 'Too many concurrent requests. A request to update this meeting runs.' }
        if (busy > 0) return void socket.write(serialise({ status: 429, body: rejection }))
        busy++
        void v.respond(request).then((response) => {
          busy--
          socket.write(serialise(response))
        })
      },
    })
    const writes = ['One', 'Two', 'Three'].map((title) => first.send(update, { input: { conferenceId, title } }))
    const outcomes = (await Promise.all(writes)).map((reply) => reply.data!['updateConference'])
    for (const { outcome, problems } of outcomes)
      expect(outcome === 'SUCCEEDED' || problems[0].code === 'VENDOR_RATE_LIMITED').toBe(true)
    const patches = v.calls().filter(({ method }) => method === 'PATCH').length
    expect(patches).toBeLessThanOrEqual(9)
    const executed = v.sandbox.effects.filter(({ kind }) => kind === 'updateConference').length
    expect(executed).toBe(outcomes.filter(({ outcome }) => outcome === 'SUCCEEDED').length)
  },
)

testRow(
  '[B55] stops calling a vendor that fails every call',
  { limits: { breakerFailures: 0.5, retryQuota: 0 } },
  async ({ v, first }) => {
    await first.read(['v'])
    v.injectFault({ match: reading, kind: faults.reply({ status: 500 }) })
    v.injectFault({ match: creating, kind: faults.reply({ status: 500 }) })
    const createConference = async () =>
      (await first.create({ account: 'v', title: 'Dead', ...v.input })).data!['createConference']
    expect(await createConference()).toMatchObject({ outcome: 'UNKNOWN' })
    for (let operation = 0; operation < 60; operation++) {
      const { errors } = await first.read(['v'])
      expect(errors![0]!.extensions).toMatchObject({ code: 'VENDOR_UNAVAILABLE', retryable: true })
    }
    const calls = v.calls().length
    expect(calls).toBeLessThanOrEqual(24)
    const { errors } = await first.read(['v'])
    expect(Date.parse(errors![0]!.extensions['retryAt'])).toBeGreaterThan(Date.now())
    expect(await createConference()).toMatchObject({ outcome: 'NOT_SENT', problems: [{ code: 'VENDOR_UNAVAILABLE' }] })
    const { data } = await first.read(['v', 'w'])
    expect(data!['users']).toMatchObject({
      pageInfo: { hasNextPage: true },
      sources: [{ status: 'FAILED' }, { status: 'OK' }],
    })
    expect(v.calls()).toHaveLength(calls)
  },
)

closeAfterAll('rates')
