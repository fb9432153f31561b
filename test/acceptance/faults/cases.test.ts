import { expect, test, vi } from 'vitest'
import { FaultServer } from '../../support/fault-server.ts'
import * as faults from '../../support/faults.ts'
import { serialise } from '../../support/raw-http.ts'
import { closeAfterAll, counted, runWithFixture } from './run.ts'
import { api, creating, reading } from './vendor.ts'
import { operationQuery, type Fixture, type FixtureOptions } from './fixture.ts'

const row = (name: string, options: FixtureOptions, hold: (fixture: Fixture) => Promise<void>): void =>
  test.concurrent(name, { timeout: 60_000 }, () => counted(() => runWithFixture(options, hold)))

const made = async ({ v, first }: Fixture, more: object = {}) =>
  (await first.create({ account: 'v', title: 'Case', ...v.input, ...more })).data!['createConference']

/** Called the first time that V could not be reached. */
function whenRefused(act: (fixture: Fixture) => void) {
  let once = true
  const held: { fixture?: Fixture } = {}
  return {
    held,
    options: {
      key: true,
      onEvent: (event: { kind: string; code?: unknown }) => {
        if (!once || event.kind !== 'call' || event.code === null) return
        once = false
        act(held.fixture!)
      },
    } satisfies FixtureOptions,
  }
}

for (const kind of ['read', 'createConference'] as const) {
  const { held, options } = whenRefused(({ v }) => void v.server.listen())
  row(`[B02] refused once, then up: ${kind}`, options, async (fixture) => {
    held.fixture = fixture
    await fixture.v.server.refuse()
    if (kind === 'read') expect((await fixture.first.read(['v'])).data!['users'].nodes).toHaveLength(5)
    else expect(await made(fixture)).toMatchObject({ outcome: 'SUCCEEDED' })
    expect(fixture.v.calls()).toHaveLength(1)
    expect(fixture.v.created()).toBe(kind === 'read' ? 0 : 1)
  })
}

row(
  '[B38] a page of 100,000 items',
  { limits: { attemptTimeout: 20_000, idleTimeout: 20_000, operationDeadline: 30_000 } },
  async ({ v, first, last }) => {
    const users = Array.from({ length: 100_000 }, (_, n) => ({ id: `u${n}`, display_name: `User ${n}`, is_active: 1 }))
    v.spoil({ match: reading, kind: faults.reply({ body: { users, next_page_id: -1 } }) })
    for (const server of [first, last]) {
      const { data, errors } = await server.read(['v', 'w'], { first: 20 })
      expect(errors).toBeUndefined()
      expect(data!['users'].nodes).toHaveLength(20)
      expect(data!['users'].pageInfo.hasNextPage).toBe(true)
    }
    expect(v.calls()).toHaveLength(2)
  },
)

row('[B38] a page that is too large', {}, async ({ v, first }) => {
  const users = Array.from({ length: 100_000 }, (_, n) => ({ id: `u${n}`, display_name: 'n'.repeat(200) }))
  v.spoil({ match: reading, kind: faults.reply({ body: { users, next_page_id: -1 } }) })
  const { errors } = await first.read(['v'])
  expect(errors![0]!.extensions).toMatchObject({ code: 'VENDOR_RESPONSE_TOO_LARGE', retryable: true })
  expect(v.calls()).toHaveLength(1)
})

const idOf = (type: string, ...parts: string[]): string =>
  Buffer.from([type, 'v', ...parts].join(':')).toString('base64url')

row('[B41] that every token is refused is known for 3 s', {}, async ({ v, first }) => {
  await first.read(['v'])
  v.spoil({ match: api, kind: faults.reply({ status: 401, body: {} }) })
  await first.read(['v'])
  const [calls, renewals] = [v.calls().length, v.tokenRequests().length]
  for (const { errors } of await Promise.all(Array.from({ length: 5 }, () => first.read(['v']))))
    expect(errors![0]!.extensions).toMatchObject({ code: 'VENDOR_AUTH_FAILED', retryable: false })
  expect([v.calls().length, v.tokenRequests().length]).toEqual([calls, renewals])
})

for (const slug of ['trueconf', 'zoom', 'imeetcentral'] as const) {
  row(`[B44] what is gone is null: ${slug}`, { slug }, async ({ v, first }) => {
    await first.read(['v'])
    // iMeet Central's users are found in their list where the vendor serves none by id.
    v.spoil({
      match: /^GET \S*\/(users|conferences|meetings|workspaces)\/[^/]+$/,
      kind: faults.reply({ status: 404, body: {} }),
    })
    const ids = { user: idOf('User', 'gone'), conference: idOf('Conference', '123') }
    const query = `query ($user: ID!, $conference: ID!) {
      user(id: $user) { id } conference(id: $conference) { id } node(id: $conference) { id } nodes(ids: [$user]) { id }
    }`
    const { data, errors } = await first.ask(query, ids)
    expect(errors).toBeUndefined()
    expect(data).toEqual({ user: null, conference: null, node: null, nodes: [null] })
  })
}

const words = `${'x'.repeat(400)}\u001b[31m`

row('[B46] a field that is refused: TrueConf', {}, async (fixture) => {
  const reasons = [{ reason: 'invalid', message: words, locationType: 'parameter', location: 'topic' }]
  const body = { error: { code: 400, message: 'Bad Request', errors: reasons } }
  for (const status of [400, 422]) {
    fixture.v.spoil({ match: creating, times: 1, kind: faults.reply({ status, body }) })
    const { outcome, problems } = await made(fixture)
    expect(outcome).toBe('REJECTED')
    expect(problems).toMatchObject([
      {
        code: 'VENDOR_REJECTED',
        path: ['input', 'title'],
        vendorStatus: status,
        vendorCode: 'invalid',
        retryable: false,
      },
    ])
    expect(problems[0].vendorMessage).toMatch(/^x{299}…$/)
  }
  expect(fixture.v.created()).toBe(0)
})

row('[B46] a field that is refused: Zoom', { slug: 'zoom' }, async (fixture) => {
  const body = { code: 300, message: 'Validation Failed.', errors: [{ field: 'topic', message: 'Too\u0007long.' }] }
  fixture.v.spoil({ match: creating, kind: faults.reply({ status: 400, body }) })
  const { outcome, problems } = await made(fixture)
  expect(outcome).toBe('REJECTED')
  const expected = { code: 'VENDOR_REJECTED', path: ['input', 'title'], vendorStatus: 400, vendorCode: '300' }
  expect(problems).toMatchObject([{ ...expected, vendorMessage: 'Validation Failed. topic: Too long.' }])
})

row('[B46] a field that is refused: iMeet Central', { slug: 'imeetcentral' }, async (fixture) => {
  fixture.v.spoil({ match: creating, kind: faults.reply({ status: 422, body: { message: 'workspaceName is taken' } }) })
  const { outcome, problems } = await made(fixture)
  expect(outcome).toBe('REJECTED')
  expect(problems).toMatchObject([{ code: 'VENDOR_REJECTED', path: ['input', 'title'], vendorStatus: 422 }])
})

for (const status of [302, 307]) {
  row(`[B57] ${status} to another host`, {}, async (fixture) => {
    const other = await FaultServer.start({ answer: () => ({ body: { users: [], next_page_id: -1 } }) })
    try {
      fixture.v.spoil({ match: api, kind: faults.redirect(status, `${other.url}/api/v3.8/users`) })
      const { errors } = await fixture.first.read(['v'])
      expect(errors![0]!.extensions).toMatchObject({ code: 'VENDOR_BAD_RESPONSE', retryable: true })
      expect(await made(fixture)).toMatchObject({ outcome: 'UNKNOWN', problems: [{ code: 'OUTCOME_UNKNOWN' }, {}] })
      expect(fixture.v.calls()).toHaveLength(2)
      expect(other.ledger.connects).toBe(0)
    } finally {
      await other.close()
    }
  })
}

row('[B58] some of several things fail: iMeet Central', { slug: 'imeetcentral' }, async (fixture) => {
  const { v } = fixture
  const responses = [{ status: 500, body: { message: 'Not now.' } }]
  v.spoil({ match: /addUsers/, nth: 2, times: 1, kind: faults.reply({ body: { responses } }) })
  const invite = v.userIds.slice(0, 3).map((vendorId) => ({ vendorId }))
  const { outcome, conference, problems } = await made(fixture, { invite })
  expect(outcome).toBe('SUCCEEDED')
  expect(conference.title).toBe('Case')
  expect(problems).toHaveLength(1)
  expect(problems[0].path).toEqual(['input', 'invite', expect.stringMatching(/^[012]$/)])
  expect(v.created()).toBe(1)
})

row('[B59] who goes away takes the vendor call along', { key: true }, async ({ v, first }) => {
  v.spoil({ match: reading, kind: faults.silent })
  const leaving = new AbortController()
  const asked = first
    .ask('{ users(filter: { accounts: ["v"] }) { nodes { id } } }', {}, leaving.signal)
    .catch(() => null)
  await vi.waitFor(() => expect(v.calls()).toHaveLength(1))
  const left = performance.now()
  leaving.abort()
  await asked
  await v.server.idle()
  // Long before the vendor's silence would have been a timeout.
  expect(performance.now() - left).toBeLessThan(5_000)
  expect(v.calls()).toHaveLength(1)
})

row('[B59] but a mutation that has left goes on', { key: true }, async (fixture) => {
  const { v, first } = fixture
  const answering = Promise.withResolvers<void>()
  v.spoil({
    match: creating,
    kind: ({ socket, request }) =>
      void answering.promise.then(() => v.healthy(request)).then((answer) => socket.write(serialise(answer))),
  })
  const leaving = new AbortController()
  const input = { account: 'v', title: 'Case', idempotencyKey: 'left', ...v.input }
  const asked = first.create(input, leaving.signal).catch(() => null)
  await vi.waitFor(() => expect(v.calls()).toHaveLength(1))
  leaving.abort()
  expect(await asked).toBeNull()
  answering.resolve()
  const { data } = await first.create(input)
  expect(data!['createConference']).toMatchObject({
    outcome: 'SUCCEEDED',
    replayed: true,
    conference: { title: 'Case' },
  })
  expect(v.calls()).toHaveLength(1)
  expect(v.created()).toBe(1)
})

/** Lets someone else make a conference under the ID of each request that creates one, until `times` were made. */
function occupyIds({ v }: Fixture, times: number): string[] {
  const ids: string[] = []
  v.spoil({
    match: creating,
    times,
    kind: ({ socket, request }) => {
      const { id } = JSON.parse(String(request.body)) as { id: string }
      ids.push(id)
      const other = { id, topic: 'Other', owner: 'dean', type: 0, schedule: { type: -1 } }
      void v
        .healthy({ ...request, body: Buffer.from(JSON.stringify(other)) })
        .then(() => v.healthy(request))
        .then((answer) => socket.write(serialise(answer)))
    },
  })
  return ids
}

row("B12a an ID that is someone else's is replaced, and never reported", {}, async (fixture) => {
  const ids = occupyIds(fixture, 2)
  const payload = await made(fixture, { idempotencyKey: 'occupied' })
  expect(payload).toMatchObject({ outcome: 'SUCCEEDED', problems: [], conference: { title: 'Case' } })
  expect(ids).toHaveLength(2)
  expect(ids).not.toContain(payload.conference.vendorId)
  expect(fixture.v.created()).toBe(3)
  expect(await made(fixture, { idempotencyKey: 'occupied' })).toMatchObject({ ...payload, replayed: true })
})

row("B12a an ID that is someone else's is not taken for the one of a lost response", {}, async (fixture) => {
  const { v } = fixture
  const ids = occupyIds(fixture, 1)
  const lift = v.spoil({ match: creating, kind: faults.reset, applied: true, nth: 2, times: 1 })
  expect(await made(fixture, { idempotencyKey: 'lost' })).toMatchObject({ outcome: 'UNKNOWN' })
  lift()
  const payload = await made(fixture, { idempotencyKey: 'lost' })
  expect(payload).toMatchObject({ outcome: 'SUCCEEDED', conference: { title: 'Case' } })
  expect(v.calls().map(({ method }) => method)).toEqual(['POST', 'GET', 'POST', 'GET', 'GET'])
  expect(ids).not.toContain(payload.conference.vendorId)
  expect(v.created()).toBe(2)
})

row('[B12] what is unknown is so after a restart, too', { slug: 'zoom' }, async (fixture) => {
  const { v, first } = fixture
  v.spoil({ match: creating, kind: faults.reset })
  const { outcome, operation } = await made(fixture, { idempotencyKey: 'restarted' })
  expect(outcome).toBe('UNKNOWN')
  await first.restart()
  const { data } = await first.ask(operationQuery, { id: operation.id })
  expect(data!['operation']).toMatchObject({ id: operation.id, outcome: 'UNKNOWN' })
  expect(await made(fixture, { idempotencyKey: 'restarted' })).toMatchObject({ outcome: 'UNKNOWN', replayed: true })
  expect(v.calls().filter(({ method }) => method === 'POST')).toHaveLength(1)
})

closeAfterAll('cases')
