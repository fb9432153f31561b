import { afterEach, expect, test } from 'vitest'
import { listIds } from '../../../src/vendors/trueconf/conference-id.ts'
import { helen, newConference, open, type Opened } from './client.ts'

let opened: Opened
afterEach(() => opened.close())

const made = () => opened.sandbox.effects.filter(({ kind }) => kind === 'createConference')
const soon = () => new Date(Math.ceil(Date.now() / 60_000) * 60_000 + 86_400_000)
const [key] = listIds(newConference()) as [string]

test('creates a room in one call, with an ID of ten digits', async () => {
  opened = await open()
  const call = opened.call()
  const input = newConference({
    description: 'Two\nlines',
    mode: 'SMART_MEETING',
    maxParticipants: 12,
    allowGuests: true,
    autoInvite: true,
    tags: ['board'],
    invite: [helen, { vendorId: 'dean', email: null }],
    vendorOptions: { recording: 1 },
  })
  const { conference, problems } = await opened.vendor.createConference(input, call)
  expect(problems).toEqual([])
  expect(key).toMatch(/^[1-9]\d{9}$/)
  expect(conference).toMatchObject({
    vendorId: key,
    kind: 'ROOM',
    title: 'Planning',
    description: 'Two\nlines',
    mode: 'SMART_MEETING',
    state: 'IDLE',
    ownerId: 'helen',
    maxParticipants: 12,
    allowGuests: true,
    tags: ['board'],
    joinUrl: `${opened.sandbox.url}/c/${key}`,
  })
  expect(opened.takeRequests()).toEqual(['POST /conferences'])
  expect(made()).toMatchObject([{ id: key, detail: { auto_invite: 1, recording: 1, schedule: { type: -1 } } }])
  expect(opened.sandbox.data.conferences.get(key)!.invitations.map(({ id }) => id)).toEqual(['dean', 'helen'])
  expect(call.writesSucceeded).toBe(1)
})

test('creates a meeting with a start time', async () => {
  opened = await open()
  const startsAt = soon()
  const schedule = { kind: 'once', startsAt, durationMinutes: 45, timeZone: 'Asia/Kolkata' } as const
  const { conference } = await opened.vendor.createConference(newConference({ schedule }), opened.call())
  expect(conference).toMatchObject({ kind: 'MEETING', state: 'SCHEDULED', schedule: { startsAt, durationMinutes: 45 } })
  expect(opened.sandbox.data.conferences.get(key)!.schedule).toMatchObject({ time_offset: 330 })
})

test('uses an ID of the server if the license does not allow chosen IDs', async () => {
  opened = await open({ customIds: false })
  const { conference } = await opened.vendor.createConference(newConference(), opened.call())
  expect(conference.vendorId).toMatch(/^\d{10}$/)
  expect(opened.takeRequests()).toEqual(['POST /conferences', 'POST /conferences'])
  await opened.vendor.createConference(newConference({ clientAssignedId: 'an0therkey0000000000' }), opened.call())
  expect(opened.takeRequests()).toEqual(['POST /conferences'])
  expect(made()).toHaveLength(2)
})

test('reports a rejected invitee in problems', async () => {
  opened = await open()
  const invite = [helen, { vendorId: 'nobody', email: null }, { vendorId: null, email: 'dean@EXAMPLE.com' }]
  const input = newConference({ invite: [...invite, { vendorId: null, email: 'x@elsewhere.example' }] })
  const { conference, problems } = await opened.vendor.createConference(input, opened.call())
  expect(problems).toMatchObject([
    { code: 'VENDOR_REJECTED', path: ['input', 'invite', '1'], vendorCode: 'userNotFound' },
    { code: 'UNSUPPORTED_BY_VENDOR', path: ['input', 'invite', '3'] },
  ])
  expect(made()).toHaveLength(1)
  const { invitations } = opened.sandbox.data.conferences.get(conference.vendorId)!
  expect(invitations.map(({ id }) => id).sort()).toEqual(['dean', 'helen'])
})

test('reports an unknown result for an invitee whose response was lost', async () => {
  opened = await open()
  const invite = [helen, { vendorId: 'nobody', email: null }, { vendorId: 'dean', email: null }]
  const match = { method: 'POST', path: /invitations$/ }
  opened.sandbox.fault({ match, kind: 'reset', apply: true, times: 1 })
  const { conference, problems } = await opened.vendor.createConference(newConference({ invite }), opened.call())
  expect(problems).toMatchObject([
    { code: 'OUTCOME_UNKNOWN', path: ['input', 'invite', '0'] },
    { code: 'VENDOR_REJECTED', path: ['input', 'invite', '1'] },
  ])
  const { invitations } = opened.sandbox.data.conferences.get(conference.vendorId)!
  expect(invitations.map(({ id }) => id).sort()).toEqual(['dean', 'helen'])
})

test('rejects an unknown owner without a retry', async () => {
  opened = await open()
  const input = newConference({ owner: { vendorId: 'nobody', email: null } })
  await expect(opened.vendor.createConference(input, opened.call())).rejects.toMatchObject({
    code: 'VENDOR_REJECTED',
    path: ['input', 'owner'],
    delivery: 'rejected',
  })
  expect(opened.takeRequests()).toEqual(['POST /conferences'])
})

test('finds the owner by email address', async () => {
  opened = await open()
  const byEmail = (email: string) => newConference({ owner: { vendorId: null, email } })
  const { conference } = await opened.vendor.createConference(byEmail('Dean@Example.com'), opened.call())
  expect(conference.ownerId).toBe('dean')
  await expect(opened.vendor.createConference(byEmail('no@one.example'), opened.call())).rejects.toMatchObject({
    code: 'NOT_FOUND',
    path: ['input', 'owner', 'email'],
  })
})

const recurring = (rrule: string) => ({
  schedule: { kind: 'recurring', rrule, startsAt: soon(), durationMinutes: 30, timeZone: 'Europe/Berlin' } as const,
})
const once = (changes: object) => ({
  schedule: { kind: 'once', startsAt: soon(), durationMinutes: 30, timeZone: null, ...changes } as const,
})

test.each([
  ['no owner', { owner: null }, 'BAD_USER_INPUT', 'owner'],
  ['a passcode', { passcode: '1234' }, 'UNSUPPORTED_BY_VENDOR', 'passcode'],
  ['an empty title', { title: '' }, 'BAD_USER_INPUT', 'title'],
  ['a title of spaces', { title: '  ' }, 'BAD_USER_INPUT', 'title'],
  ['a null character in the title', { title: 'a\0b' }, 'BAD_USER_INPUT', 'title'],
  ['a title of 241 characters', { title: 'x'.repeat(241) }, 'BAD_USER_INPUT', 'title'],
  ['a null character in the description', { description: 'a\0b' }, 'BAD_USER_INPUT', 'description'],
  ['no participants', { maxParticipants: 0 }, 'BAD_USER_INPUT', 'maxParticipants'],
  ['a topic in vendorOptions', { vendorOptions: { topic: 'x' } }, 'BAD_USER_INPUT', 'vendorOptions.topic'],
  ['a duration of 0 minutes', once({ durationMinutes: 0 }), 'BAD_USER_INPUT', 'schedule.oneTime.durationMinutes'],
  ['a duration of a day', once({ durationMinutes: 1440 }), 'BAD_USER_INPUT', 'schedule.oneTime.durationMinutes'],
  ['a start in the past', once({ startsAt: new Date('2020-01-01') }), 'BAD_USER_INPUT', 'schedule.oneTime.startsAt'],
  [
    'a start in the year 9999',
    once({ startsAt: new Date('9999-01-01') }),
    'BAD_USER_INPUT',
    'schedule.oneTime.startsAt',
  ],
  ['a rule with INTERVAL', recurring('FREQ=WEEKLY;INTERVAL=2'), 'UNSUPPORTED_BY_VENDOR', 'schedule.recurring.rrule'],
  ['a rule with COUNT', recurring('FREQ=WEEKLY;COUNT=3'), 'UNSUPPORTED_BY_VENDOR', 'schedule.recurring.rrule'],
  ['a monthly rule', recurring('FREQ=MONTHLY;BYDAY=1MO'), 'UNSUPPORTED_BY_VENDOR', 'schedule.recurring.rrule'],
  ['a text that is no rule', recurring('every day'), 'BAD_USER_INPUT', 'schedule.recurring.rrule'],
])('rejects %s before any call', async (_, changes, code, path) => {
  opened = await open()
  await expect(opened.vendor.createConference(newConference(changes), opened.call())).rejects.toMatchObject({
    code,
    path: ['input', ...path.split('.')],
  })
  expect(opened.sandbox.ledger).toEqual([])
})

test('sends a title of emoji with the maximum length unchanged', async () => {
  opened = await open()
  const title = '🎉'.repeat(240)
  expect(await opened.vendor.createConference(newConference({ title }), opened.call())).toMatchObject({
    conference: { title },
  })
})

test('finds a created conference by its client-assigned ID, and creates no second one in another attempt', async () => {
  opened = await open()
  const sentAt = Date.now()
  opened.sandbox.fault({ match: { method: 'POST', path: /conferences/ }, kind: 'reset', times: 1, apply: true })
  await expect(opened.vendor.createConference(newConference(), opened.call())).rejects.toMatchObject({
    delivery: 'unknown',
  })
  opened.takeRequests()
  expect(await opened.vendor.findCreated(newConference(), sentAt, opened.call())).toMatchObject({ vendorId: key })
  expect(opened.takeRequests()).toEqual([`GET /conferences/${key}`])
  expect(await opened.vendor.createConference(newConference(), opened.call())).toMatchObject({
    conference: { vendorId: key },
  })
  expect(made()).toHaveLength(1)
})

test('confirms in one call that no conference was created if the license allows chosen IDs', async () => {
  opened = await open()
  await opened.vendor.createConference(newConference(), opened.call())
  opened.takeRequests()
  const other = newConference({ clientAssignedId: 'an0therkey0000000000' })
  expect(await opened.vendor.findCreated(other, Date.now(), opened.call())).toBeNull()
  expect(opened.takeRequests()).toEqual([`GET /conferences/${listIds(other)[0]}`])
})

test('finds a conference by owner, title, and time if the license does not allow chosen IDs', async () => {
  opened = await open({ customIds: false, conferences: 0 })
  const find = (changes = {}, sentAt = Date.now()) =>
    opened.vendor.findCreated(newConference(changes), sentAt, opened.call())
  expect(await find()).toBeNull()
  const { conference } = await opened.vendor.createConference(newConference(), opened.call())
  expect(await find()).toMatchObject({ vendorId: conference.vendorId })
  expect(await find({ owner: { vendorId: 'Helen@ruwu1.trueconf.name', email: null } })).not.toBeNull()
  expect(await find({ owner: { vendorId: 'dean', email: null } })).toBeNull()
  expect(await find({ title: 'Plan' })).toBeNull()
  expect(await find({}, Date.now() + 20 * 60_000)).toBeNull()
  await opened.vendor.createConference(newConference({ clientAssignedId: 'an0therkey0000000000' }), opened.call())
  expect(await find()).toBe('ambiguous')
})

test('returns ambiguous for a conference with an uncertain creation time', async () => {
  opened = await open({ customIds: false, conferences: 0 })
  const find = (sentAt: number, changes = {}) =>
    opened.vendor.findCreated(newConference(changes), sentAt, opened.call())
  await opened.vendor.createConference(newConference({ title: 'Planning ' }), opened.call())
  expect(await find(Date.now() + 5 * 60_000)).toBe('ambiguous')
  expect(await find(Date.now() + 5 * 60_000, { title: 'Plan' })).toBeNull()
  const [one] = opened.sandbox.data.conferences.values()
  const timeless = { id: one!.id, topic: 'Planning', owner: 'helen@ruwu1.trueconf.name' }
  opened.sandbox.fault({
    match: { path: /conferences\?/ },
    kind: 'body',
    status: 200,
    body: JSON.stringify({ conferences: [timeless], cnt: 1 }),
  })
  expect(await find(Date.now())).toBe('ambiguous')
})

/** The error of a server that does not know a user, and does not name the input. */
const unplaced = JSON.stringify({ error: { code: 400, message: 'Bad Request', errors: [{ reason: 'userNotFound' }] } })

test('does not treat an unknown user as a rejection of the chosen ID', async () => {
  opened = await open()
  const reject = () =>
    opened.sandbox.fault({ match: { path: /conferences$/ }, kind: 'body', status: 400, body: unplaced, times: 1 })
  reject()
  await expect(opened.vendor.createConference(newConference(), opened.call())).rejects.toMatchObject({
    path: ['input', 'owner'],
    vendorCode: 'userNotFound',
  })
  expect(opened.takeRequests()).toEqual(['POST /conferences'])
  reject()
  const invite = [helen, { vendorId: 'nobody', email: null }]
  const { conference, problems } = await opened.vendor.createConference(newConference({ invite }), opened.call())
  expect(conference.vendorId).toBe(key)
  expect(problems).toMatchObject([{ path: ['input', 'invite', '1'] }])
  expect(made()).toHaveLength(1)
})

test('finds a conference without its client-assigned ID after the server stops accepting chosen IDs', async () => {
  const onRequest: { run?: () => void } = {}
  const latency = () => {
    onRequest.run?.()
    return 0
  }
  opened = await open({ latency })
  await opened.vendor.createConference(newConference({ title: 'Retrospective' }), opened.call())
  opened.sandbox.settings.customIds = false
  // The server rejects the ID of the first attempt. The response to the second attempt is lost.
  onRequest.run = () => {
    opened.sandbox.fault({ match: { method: 'POST' }, kind: 'reset', times: 1, apply: true })
    delete onRequest.run
  }
  const input = newConference({ clientAssignedId: 'an0therkey0000000000' })
  const sentAt = Date.now()
  await expect(opened.vendor.createConference(input, opened.call())).rejects.toMatchObject({ delivery: 'unknown' })
  expect(made()).toHaveLength(2)
  const found = await opened.vendor.findCreated(input, sentAt, opened.call())
  expect(found).toMatchObject({ vendorId: made()[1]!.id })
})
