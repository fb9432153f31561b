import { expect, test, vi } from 'vitest'
import { FaultServer } from '../../support/fault-server.ts'
import * as faults from '../../support/faults.ts'
import { serialise } from '../../support/raw-http.ts'
import { closeAfterAll, countRow, runWithFixture } from './run.ts'
import { api, creating, reading } from './vendor.ts'
import { operationQuery, type Fixture, type FixtureOptions } from './fixture.ts'

const testRow = (name: string, options: FixtureOptions, run: (fixture: Fixture) => Promise<void>): void =>
  test.concurrent(name, { timeout: 60_000 }, () => countRow(() => runWithFixture(options, run)))

const createConference = async ({ v, first }: Fixture, more: object = {}) =>
  (await first.create({ account: 'v', title: 'Case', ...v.input, ...more })).data!['createConference']

/** Creates options with which `act` is called when V cannot be reached for the first time. */
function onFirstRejection(act: (fixture: Fixture) => void) {
  let isFirst = true
  const context: { fixture?: Fixture } = {}
  return {
    context,
    options: {
      hasSecretKey: true,
      onEvent: (event: { kind: string; code?: unknown }) => {
        if (!isFirst || event.kind !== 'call' || event.code === null) return
        isFirst = false
        act(context.fixture!)
      },
    } satisfies FixtureOptions,
  }
}

for (const kind of ['read', 'createConference'] as const) {
  const { context, options } = onFirstRejection(({ v }) => void v.server.listen())
  testRow(`[B02] completes a ${kind} after one refused connection`, options, async (fixture) => {
    context.fixture = fixture
    await fixture.v.server.stopListening()
    if (kind === 'read') expect((await fixture.first.read(['v'])).data!['users'].nodes).toHaveLength(5)
    else expect(await createConference(fixture)).toMatchObject({ outcome: 'SUCCEEDED' })
    expect(fixture.v.calls()).toHaveLength(1)
    expect(fixture.v.countCreated()).toBe(kind === 'read' ? 0 : 1)
  })
}

testRow(
  '[B38] reads a page of 100,000 items',
  { limits: { attemptTimeout: 20_000, idleTimeout: 20_000, operationDeadline: 30_000 } },
  async ({ v, first, last }) => {
    const users = Array.from({ length: 100_000 }, (_, n) => ({ id: `u${n}`, display_name: `User ${n}`, is_active: 1 }))
    v.injectFault({ match: reading, kind: faults.reply({ body: { users, next_page_id: -1 } }) })
    for (const server of [first, last]) {
      const { data, errors } = await server.read(['v', 'w'], { first: 20 })
      expect(errors).toBeUndefined()
      expect(data!['users'].nodes).toHaveLength(20)
      expect(data!['users'].pageInfo.hasNextPage).toBe(true)
    }
    expect(v.calls()).toHaveLength(2)
  },
)

testRow('[B38] rejects a page that is too large', {}, async ({ v, first }) => {
  const users = Array.from({ length: 100_000 }, (_, n) => ({ id: `u${n}`, display_name: 'n'.repeat(200) }))
  v.injectFault({ match: reading, kind: faults.reply({ body: { users, next_page_id: -1 } }) })
  const { errors } = await first.read(['v'])
  expect(errors![0]!.extensions).toMatchObject({ code: 'VENDOR_RESPONSE_TOO_LARGE', retryable: true })
  expect(v.calls()).toHaveLength(1)
})

const toId = (type: string, ...parts: string[]): string =>
  Buffer.from([type, 'v', ...parts].join(':')).toString('base64url')

testRow('[B41] sends nothing for 3 s after every token was rejected', {}, async ({ v, first }) => {
  await first.read(['v'])
  v.injectFault({ match: api, kind: faults.reply({ status: 401, body: {} }) })
  await first.read(['v'])
  const [calls, renewals] = [v.calls().length, v.tokenRequests().length]
  for (const { errors } of await Promise.all(Array.from({ length: 5 }, () => first.read(['v']))))
    expect(errors![0]!.extensions).toMatchObject({ code: 'VENDOR_AUTH_FAILED', retryable: false })
  expect([v.calls().length, v.tokenRequests().length]).toEqual([calls, renewals])
})

for (const slug of ['trueconf', 'zoom', 'imeetcentral'] as const) {
  testRow(`[B44] returns null for a missing object: ${slug}`, { slug }, async ({ v, first }) => {
    await first.read(['v'])
    // Users of iMeet Central are then searched in the list, because not every server returns users by ID.
    v.injectFault({
      match: /^GET \S*\/(users|conferences|meetings|workspaces)\/[^/]+$/,
      kind: faults.reply({ status: 404, body: {} }),
    })
    const ids = { user: toId('User', 'gone'), conference: toId('Conference', '123') }
    const query = `query ($user: ID!, $conference: ID!) {
      user(id: $user) { id } conference(id: $conference) { id } node(id: $conference) { id } nodes(ids: [$user]) { id }
    }`
    const { data, errors } = await first.send(query, ids)
    expect(errors).toBeUndefined()
    expect(data).toEqual({ user: null, conference: null, node: null, nodes: [null] })
  })
}

const longMessage = `${'x'.repeat(400)}\u001b[31m`

testRow('[B46] names the input that TrueConf rejects, with a truncated vendor message', {}, async (fixture) => {
  const reasons = [{ reason: 'invalid', message: longMessage, locationType: 'parameter', location: 'topic' }]
  const body = { error: { code: 400, message: 'Bad Request', errors: reasons } }
  for (const status of [400, 422]) {
    fixture.v.injectFault({ match: creating, times: 1, kind: faults.reply({ status, body }) })
    const { outcome, problems } = await createConference(fixture)
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
  expect(fixture.v.countCreated()).toBe(0)
})

testRow('[B46] names the input that Zoom rejects', { slug: 'zoom' }, async (fixture) => {
  const body = { code: 300, message: 'Validation Failed.', errors: [{ field: 'topic', message: 'Too\u0007long.' }] }
  fixture.v.injectFault({ match: creating, kind: faults.reply({ status: 400, body }) })
  const { outcome, problems } = await createConference(fixture)
  expect(outcome).toBe('REJECTED')
  const expected = { code: 'VENDOR_REJECTED', path: ['input', 'title'], vendorStatus: 400, vendorCode: '300' }
  expect(problems).toMatchObject([{ ...expected, vendorMessage: 'Validation Failed. topic: Too long.' }])
})

testRow('[B46] names the input that iMeet Central rejects', { slug: 'imeetcentral' }, async (fixture) => {
  fixture.v.injectFault({
    match: creating,
    kind: faults.reply({ status: 422, body: { message: 'workspaceName is taken' } }),
  })
  const { outcome, problems } = await createConference(fixture)
  expect(outcome).toBe('REJECTED')
  expect(problems).toMatchObject([{ code: 'VENDOR_REJECTED', path: ['input', 'title'], vendorStatus: 422 }])
})

for (const status of [302, 307]) {
  testRow(`[B57] does not follow a ${status} to another host`, {}, async (fixture) => {
    const other = await FaultServer.start({ respond: () => ({ body: { users: [], next_page_id: -1 } }) })
    try {
      fixture.v.injectFault({ match: api, kind: faults.redirect(status, `${other.url}/api/v3.8/users`) })
      const { errors } = await fixture.first.read(['v'])
      expect(errors![0]!.extensions).toMatchObject({ code: 'VENDOR_BAD_RESPONSE', retryable: true })
      expect(await createConference(fixture)).toMatchObject({
        outcome: 'UNKNOWN',
        problems: [{ code: 'OUTCOME_UNKNOWN' }, {}],
      })
      expect(fixture.v.calls()).toHaveLength(2)
      expect(other.ledger.connects).toBe(0)
    } finally {
      await other.close()
    }
  })
}

testRow(
  '[B58] creates a workspace of iMeet Central although one invitee fails',
  { slug: 'imeetcentral' },
  async (fixture) => {
    const { v } = fixture
    const responses = [{ status: 500, body: { message: 'Not now.' } }]
    v.injectFault({ match: /addUsers/, nth: 2, times: 1, kind: faults.reply({ body: { responses } }) })
    const invite = v.userIds.slice(0, 3).map((vendorId) => ({ vendorId }))
    const { outcome, conference, problems } = await createConference(fixture, { invite })
    expect(outcome).toBe('SUCCEEDED')
    expect(conference.title).toBe('Case')
    expect(problems).toHaveLength(1)
    expect(problems[0].path).toEqual(['input', 'invite', expect.stringMatching(/^[012]$/)])
    expect(v.countCreated()).toBe(1)
  },
)

testRow('[B59] aborts the vendor call when the client disconnects', { hasSecretKey: true }, async ({ v, first }) => {
  v.injectFault({ match: reading, kind: faults.silent })
  const client = new AbortController()
  const response = first
    .send('{ users(filter: { accounts: ["v"] }) { nodes { id } } }', {}, client.signal)
    .catch(() => null)
  await vi.waitFor(() => expect(v.calls()).toHaveLength(1))
  const leftAt = performance.now()
  client.abort()
  await response
  await v.server.idle()
  // Long before the timeout of the vendor call.
  expect(performance.now() - leftAt).toBeLessThan(5_000)
  expect(v.calls()).toHaveLength(1)
})

testRow(
  '[B59] completes a mutation that was sent before the client disconnected',
  { hasSecretKey: true },
  async (fixture) => {
    const { v, first } = fixture
    const released = Promise.withResolvers<void>()
    v.injectFault({
      match: creating,
      kind: ({ socket, request }) =>
        void released.promise.then(() => v.respond(request)).then((result) => socket.write(serialise(result))),
    })
    const client = new AbortController()
    const input = { account: 'v', title: 'Case', idempotencyKey: 'left', ...v.input }
    const response = first.create(input, client.signal).catch(() => null)
    await vi.waitFor(() => expect(v.calls()).toHaveLength(1))
    client.abort()
    expect(await response).toBeNull()
    released.resolve()
    const { data } = await first.create(input)
    expect(data!['createConference']).toMatchObject({
      outcome: 'SUCCEEDED',
      replayed: true,
      conference: { title: 'Case' },
    })
    expect(v.calls()).toHaveLength(1)
    expect(v.countCreated()).toBe(1)
  },
)

/** Creates a conference of another caller with the ID of each of the next `times` create requests. */
function occupyIds({ v }: Fixture, times: number): string[] {
  const ids: string[] = []
  v.injectFault({
    match: creating,
    times,
    kind: ({ socket, request }) => {
      const { id } = JSON.parse(String(request.body)) as { id: string }
      ids.push(id)
      const other = { id, topic: 'Other', owner: 'dean', type: 0, schedule: { type: -1 } }
      void v
        .respond({ ...request, body: Buffer.from(JSON.stringify(other)) })
        .then(() => v.respond(request))
        .then((result) => socket.write(serialise(result)))
    },
  })
  return ids
}

testRow('[B12a] replaces an ID that is in use, and does not report it', {}, async (fixture) => {
  const ids = occupyIds(fixture, 2)
  const payload = await createConference(fixture, { idempotencyKey: 'occupied' })
  expect(payload).toMatchObject({ outcome: 'SUCCEEDED', problems: [], conference: { title: 'Case' } })
  expect(ids).toHaveLength(2)
  expect(ids).not.toContain(payload.conference.vendorId)
  expect(fixture.v.countCreated()).toBe(3)
  expect(await createConference(fixture, { idempotencyKey: 'occupied' })).toMatchObject({ ...payload, replayed: true })
})

testRow('[B12a] does not take a conference of another caller for that of a lost response', {}, async (fixture) => {
  const { v } = fixture
  const ids = occupyIds(fixture, 1)
  const removeFault = v.injectFault({ match: creating, kind: faults.reset, applied: true, nth: 2, times: 1 })
  expect(await createConference(fixture, { idempotencyKey: 'lost' })).toMatchObject({ outcome: 'UNKNOWN' })
  removeFault()
  const payload = await createConference(fixture, { idempotencyKey: 'lost' })
  expect(payload).toMatchObject({ outcome: 'SUCCEEDED', conference: { title: 'Case' } })
  expect(v.calls().map(({ method }) => method)).toEqual(['POST', 'GET', 'POST', 'GET', 'GET'])
  expect(ids).not.toContain(payload.conference.vendorId)
  expect(v.countCreated()).toBe(2)
})

testRow('[B12] keeps an outcome UNKNOWN after a restart', { slug: 'zoom' }, async (fixture) => {
  const { v, first } = fixture
  v.injectFault({ match: creating, kind: faults.reset })
  const { outcome, operation } = await createConference(fixture, { idempotencyKey: 'restarted' })
  expect(outcome).toBe('UNKNOWN')
  await first.restart()
  const { data } = await first.send(operationQuery, { id: operation.id })
  expect(data!['operation']).toMatchObject({ id: operation.id, outcome: 'UNKNOWN' })
  expect(await createConference(fixture, { idempotencyKey: 'restarted' })).toMatchObject({
    outcome: 'UNKNOWN',
    replayed: true,
  })
  expect(v.calls().filter(({ method }) => method === 'POST')).toHaveLength(1)
})

closeAfterAll('cases')
