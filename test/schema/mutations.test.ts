import { expect, test } from 'vitest'
import { imeetcentral } from '../../src/vendors/imeetcentral/index.ts'
import type { IMeetCentralSandbox } from '../../src/sandboxes/imeetcentral/index.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { zoom } from '../../src/vendors/zoom/index.ts'
import type { ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { mutate, open, type Opened } from '../operations/open.ts'

const kinds = ({ sandbox }: Opened): string[] => sandbox.effects.map(({ kind }) => kind)
const writes = ({ sandbox }: Opened): string[] =>
  sandbox.ledger.flatMap(({ method, path }) => (method === 'GET' || /token/.test(path) ? [] : [`${method} ${path}`]))
const startsAt = '2037-05-01T10:00:00+02:00'

test('creates, updates, starts, ends, and deletes a conference of TrueConf Server', async () => {
  const opened = await open(trueconf)
  const created = await mutate(opened, 'createConference', {
    account: 'trueconf',
    title: 'Board 🚀',
    owner: { id: opened.encodeId('User', 'helen') },
    mode: 'SMART_MEETING',
    schedule: { oneTime: { startsAt, durationMinutes: 45 } },
    invite: [{ vendorId: 'nobody-of-that-name' }, { email: 'stranger@example.org' }],
    clientMutationId: 'mine',
  })
  expect(created).toMatchObject({
    outcome: 'SUCCEEDED',
    replayed: false,
    clientMutationId: 'mine',
    conference: { title: 'Board 🚀' },
    operation: { mutation: 'createConference', outcome: 'SUCCEEDED', account: { key: 'trueconf' } },
  })
  expect(created.operation.result).toEqual({ __typename: 'Conference', id: created.conference.id })
  expect(created.problems.map(({ path }: { path: string[] }) => path)).toContainEqual(['input', 'invite', '1'])

  const conferenceId = created.conference.id
  const updated = await mutate(opened, 'updateConference', { conferenceId, title: 'Board, moved' })
  expect(updated).toMatchObject({ outcome: 'SUCCEEDED', conference: { id: conferenceId, title: 'Board, moved' } })
  const person = { conferenceId, invitee: { user: { vendorId: 'dean' } } }
  const invited = await mutate(opened, 'inviteParticipant', person)
  expect(invited).toMatchObject({
    outcome: 'SUCCEEDED',
    participant: { user: { id: opened.encodeId('User', 'dean') } },
  })
  const started = await mutate(opened, 'runConference', { conferenceId })
  expect(started).toMatchObject({
    outcome: 'SUCCEEDED',
    startUrl: null,
    conference: { state: 'RUNNING' },
    problems: [],
  })
  const ended = await mutate(opened, 'endConference', { conferenceId })
  expect(ended.outcome).toBe('SUCCEEDED')
  expect(ended.conference.state).not.toBe('RUNNING')
  const participantId = invited.participant.id
  const removed = await mutate(opened, 'removeParticipant', { participantId })
  expect(removed).toMatchObject({ outcome: 'SUCCEEDED', removedParticipantId: participantId })
  const deleted = await mutate(opened, 'deleteConference', { conferenceId })
  expect(deleted).toMatchObject({
    outcome: 'SUCCEEDED',
    deletedConferenceId: conferenceId,
    operation: { result: null },
  })
  const again = await mutate(opened, 'deleteConference', { conferenceId })
  expect(again).toMatchObject({ outcome: 'REJECTED', deletedConferenceId: null, problems: [{ code: 'NOT_FOUND' }] })
  expect(kinds(opened).filter((kind) => kind !== 'inviteParticipant')).toEqual([
    'createConference',
    'updateConference',
    'runConference',
    'endConference',
    'removeParticipant',
    'deleteConference',
  ])
  expect(opened.internalErrors).toEqual([])
})

test('returns a start URL of Zoom to callers with the scope, and a new one on a replay', async () => {
  const opened = await open(zoom)
  const { data } = opened.sandbox as ZoomSandbox
  const owner = { vendorId: data.users[0]!.id }
  const { conference } = await mutate(opened, 'createConference', { account: 'zoom', title: 'Launch', owner })
  const input = { conferenceId: conference.id, idempotencyKey: 'run' }
  const first = await mutate(opened, 'runConference', input)
  expect(first).toMatchObject({ outcome: 'SUCCEEDED', problems: [], replayed: false })
  const second = await mutate(opened, 'runConference', input)
  expect(second).toMatchObject({ outcome: 'SUCCEEDED', replayed: true })
  expect([first.startUrl, second.startUrl]).toEqual([expect.stringContaining('/s/'), expect.stringContaining('/s/')])
  const without = await mutate(opened, 'runConference', { conferenceId: conference.id }, { scopes: ['read', 'write'] })
  expect(without).toMatchObject({ outcome: 'SUCCEEDED', startUrl: null, problems: [{ code: 'FORBIDDEN' }] })
  const stored = await opened.store.find(Buffer.from(first.operation.id, 'base64url').toString().split(':')[2]!)
  expect(JSON.stringify(stored)).not.toContain(first.startUrl)
  expect(kinds(opened)).toEqual(['createConference'])
})

test('issues a user token of Zoom only to callers with the scope', async () => {
  const opened = await open(zoom)
  const userId = opened.encodeId('User', (opened.sandbox as ZoomSandbox).data.users[0]!.id)
  const given = await mutate(opened, 'issueUserToken', { userId, ttlSeconds: 300 })
  expect(given).toMatchObject({ outcome: 'SUCCEEDED', token: expect.any(String), operation: { outcome: 'SUCCEEDED' } })
  const withoutScope = await mutate(opened, 'issueUserToken', { userId }, { scopes: ['read', 'write'] })
  expect(withoutScope).toMatchObject({ outcome: 'REJECTED', token: null, problems: [{ code: 'FORBIDDEN' }] })
  const bad = await mutate(opened, 'issueUserToken', { userId, ttlSeconds: 0 })
  expect(bad).toMatchObject({ outcome: 'REJECTED', problems: [{ path: ['input', 'ttlSeconds'] }] })
  expect(kinds(opened)).toEqual(['issueUserToken'])
})

test('reports changes that Zoom ignored, in the stored result as well', async () => {
  const opened = await open(zoom)
  const meetings = [...(opened.sandbox as ZoomSandbox).data.meetings.values()]
  const { id } = meetings.find(({ type, live }) => type === 2 && !live)!
  const changes = {
    conferenceId: opened.encodeId('Conference', String(id)),
    title: 'Moved',
    vendorOptions: { settings: { breakout_room: { enable: true } } },
    idempotencyKey: 'one',
  }
  for (const replayed of [false, true]) {
    expect(await mutate(opened, 'updateConference', changes)).toMatchObject({
      outcome: 'SUCCEEDED',
      replayed,
      conference: { title: 'Moved' },
      problems: [{ code: 'VENDOR_REJECTED', path: ['input', 'vendorOptions', 'settings', 'breakout_room'] }],
    })
  }
  expect(kinds(opened)).toEqual(['updateConference'])
})

test('creates a workspace of iMeet Central, adds a member, and rejects unsupported inputs', async () => {
  const opened = await open(imeetcentral)
  const [user] = (opened.sandbox as IMeetCentralSandbox).data.users.keys()
  const invite = [{ vendorId: user! }, { email: 'stranger@example.org' }]
  const created = await mutate(opened, 'createConference', { account: 'imeetcentral', title: 'Files', invite })
  expect(created).toMatchObject({ outcome: 'SUCCEEDED', problems: [{ path: ['input', 'invite', '1'] }] })
  const conferenceId = created.conference.id
  for (const mutation of ['runConference', 'endConference', 'deleteConference'])
    expect(await mutate(opened, mutation, { conferenceId })).toMatchObject({
      outcome: 'REJECTED',
      problems: [{ code: 'UNSUPPORTED_BY_VENDOR', path: ['input', 'conferenceId'] }],
    })
  const schedule = { permanent: true }
  const rejected = await mutate(opened, 'createConference', { account: 'imeetcentral', title: 'x', schedule })
  expect(rejected).toMatchObject({
    outcome: 'REJECTED',
    problems: [{ code: 'UNSUPPORTED_BY_VENDOR', path: ['input', 'schedule'] }],
  })
  expect(kinds(opened)).toEqual(['createConference', 'inviteParticipant'])
})

const once = (change: object) => ({ schedule: { oneTime: { startsAt, durationMinutes: 30, ...change } } })
const recurring = (rrule: string) => ({
  schedule: { recurring: { rrule, startsAt, durationMinutes: 30, timeZone: 'UTC' } },
})
const start = ['input', 'schedule', 'oneTime', 'startsAt']
const duration = ['input', 'schedule', 'oneTime', 'durationMinutes']
const invalidInputs: [change: object, path: string[]][] = [
  [{ title: '' }, ['input', 'title']],
  [{ title: ' \t ' }, ['input', 'title']],
  [{ title: 'a\u0000b' }, ['input', 'title']],
  [{ title: 'x'.repeat(201) }, ['input', 'title']],
  [{ title: '\u200b \u2060' }, ['input', 'title']],
  [{ owner: { vendorId: 'a\u0000b' } }, ['input', 'owner', 'vendorId']],
  [{ title: 'a\ud800b' }, ['input', 'title']],
  [{ description: '\udc00' }, ['input', 'description']],
  [{ tags: ['whole 😀', '\ud83d'] }, ['input', 'tags', '1']],
  [{ owner: { vendorId: '\ud800' } }, ['input', 'owner', 'vendorId']],
  [{ vendorOptions: { a: [{ b: '\ud800' }] } }, ['input', 'vendorOptions', 'a', '0', 'b']],
  [{ vendorOptions: { a: { '\ud800': 1 } } }, ['input', 'vendorOptions', 'a']],
  [{ owner: { vendorId: 'x'.repeat(1_001) } }, ['input', 'owner', 'vendorId']],
  [{ description: 'x'.repeat(10_001) }, ['input', 'description']],
  [{ description: '😀'.repeat(10_001) }, ['input', 'description']],
  [{ passcode: 'x'.repeat(1_001) }, ['input', 'passcode']],
  [{ tags: ['short', 'x'.repeat(101)] }, ['input', 'tags', '1']],
  [{ clientMutationId: 'x'.repeat(1_001) }, ['input', 'clientMutationId']],
  [recurring('FREQ=DAILY;BYDAY=' + 'MO,'.repeat(200)), ['input', 'schedule', 'recurring', 'rrule']],
  [{ vendorOptions: { a: 'x'.repeat(16_384) } }, ['input', 'vendorOptions']],
  [{ vendorOptions: { ['x'.repeat(16_384)]: 1 } }, ['input', 'vendorOptions']],
  [{ vendorOptions: { a: 'é'.repeat(8_192) } }, ['input', 'vendorOptions']],
  [{ invite: [{ vendorId: 'dean' }, { vendorId: 'a\nb' }] }, ['input', 'invite', '1', 'vendorId']],
  [{ idempotencyKey: '' }, ['input', 'idempotencyKey']],
  [{ idempotencyKey: 'k'.repeat(256) }, ['input', 'idempotencyKey']],
  [{ idempotencyKey: 'a b' }, ['input', 'idempotencyKey']],
  [{ idempotencyKey: 'ä' }, ['input', 'idempotencyKey']],
  [{ account: 'berlin' }, ['input', 'account']],
  [once({ startsAt: '2020-01-01T00:00:00Z' }), start],
  [once({ startsAt: '9999-01-01T00:00:00Z' }), start],
  [once({ durationMinutes: 0 }), duration],
  [once({ durationMinutes: -1 }), duration],
  [once({ durationMinutes: 1_000_000_000 }), duration],
  [{ schedule: { permanent: false } }, ['input', 'schedule', 'permanent']],
  [{ vendorOptions: [] }, ['input', 'vendorOptions']],
  [{ owner: { id: Buffer.from('User:berlin:helen').toString('base64url') } }, ['input', 'owner', 'id']],
  [{ invite: Array.from({ length: 251 }, () => ({ vendorId: 'dean' })) }, ['input', 'invite']],
]
// Long inputs are cut in the name of the test.
const invalidRows = invalidInputs.map(([change, path]) => [JSON.stringify(change).slice(0, 60), change, path] as const)
test.each(invalidRows)('rejects %s before any vendor call and records the operation', async (_, change, path) => {
  const opened = await open(trueconf)
  const owner = { vendorId: 'helen' }
  const response = await mutate(opened, 'createConference', { account: 'trueconf', title: 'ok', owner, ...change })
  expect(response).toMatchObject({
    outcome: 'REJECTED',
    conference: null,
    problems: [{ code: 'BAD_USER_INPUT', path, retryable: false }],
    operation: { outcome: 'REJECTED' },
  })
  expect(opened.sandbox.ledger).toEqual([])
})

test('accepts texts of exactly the maximum length, counted in characters', async () => {
  const opened = await open(trueconf)
  const response = await mutate(opened, 'createConference', {
    account: 'trueconf',
    title: 'ok',
    owner: { vendorId: 'helen' },
    description: '😀'.repeat(10_000),
    tags: ['x'.repeat(100)],
    clientMutationId: 'x'.repeat(1_000),
  })
  expect(response).toMatchObject({ outcome: 'SUCCEEDED', problems: [] })
})

test('rejects a target that does not exist, has another type, or belongs to an account without access', async () => {
  const opened = await open(trueconf)
  const wrong = await mutate(opened, 'runConference', { conferenceId: opened.encodeId('User', 'helen') })
  expect(wrong).toMatchObject({ problems: [{ code: 'INVALID_ID', path: ['input', 'conferenceId'] }] })
  const conferenceId = opened.encodeId('Conference', 'missing')
  const missing = await mutate(opened, 'runConference', { conferenceId })
  const notMine = await mutate(opened, 'runConference', { conferenceId }, { hasAccounts: false })
  expect(missing).toMatchObject({ outcome: 'REJECTED', problems: [{ code: 'NOT_FOUND' }] })
  expect(notMine.problems).toEqual(missing.problems)
  expect(writes(opened)).toHaveLength(1)
  const unchanged = await mutate(opened, 'updateConference', { conferenceId, title: null })
  expect(unchanged).toMatchObject({ outcome: 'REJECTED', problems: [{ code: 'BAD_USER_INPUT', path: ['input'] }] })
})

test('returns an operation only to its caller, without a vendor call', async () => {
  const opened = await open(trueconf)
  const owner = { vendorId: 'helen' }
  const { operation } = await mutate(opened, 'createConference', { account: 'trueconf', title: 'ok', owner })
  const calls = opened.sandbox.ledger.length
  const query = `query ($id: ID!) {
    operation(id: $id) { outcome result { ... on Conference { title } } }
    node(id: $id) { __typename id }
  }`
  const mine = await opened.execute(query, { id: operation.id })
  expect(mine).toEqual({
    operation: { outcome: 'SUCCEEDED', result: { title: 'ok' } },
    node: { __typename: 'Operation', id: operation.id },
  })
  expect(await opened.execute(query, { id: operation.id }, { caller: 'eve' })).toEqual({ operation: null, node: null })
  expect(opened.sandbox.ledger).toHaveLength(calls)
})
