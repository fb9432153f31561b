import { afterEach, expect, test } from 'vitest'
import type { Conference } from '../../../src/sandboxes/trueconf/model.ts'
import { asList, helen, open, type Opened, readAll } from './client.ts'

let opened: Opened
afterEach(() => opened.close())

const stored = (wanted: (conference: Conference) => boolean): Conference =>
  [...opened.sandbox.data.conferences.values()].find(wanted)!
const running = () => stored(({ call }) => call !== null)
const stopped = () => stored(({ call, invitations }) => call === null && invitations.length > 2)
const invitee = (changes = {}) => ({ user: helen, displayName: null, role: null, ...changes })
const kinds = () => opened.sandbox.effects.map(({ kind }) => kind)

test('lists the invitees of a stopped conference', async () => {
  opened = await open()
  const { id, invitations, owner } = stopped()
  const people = await readAll(opened.vendor.participants(id), opened.call())
  expect(people.map((person) => person!.vendorId)).toEqual(invitations.map((invited) => invited.id))
  expect(new Set(people.map((person) => person!.status))).toEqual(new Set(['INVITED']))
  expect(people.filter((person) => person!.role === 'OWNER').map((person) => person!.userId)).toEqual([owner])
  expect(opened.takeRequests()).toEqual([`GET /conferences/${id}`, `GET /conferences/${id}/invitations`])
})

test('lists the participants of a running conference, then the other invitees, each once', async () => {
  opened = await open()
  const { id, call, invitations } = running()
  const list = asList(opened.vendor.participants(id))
  const page = await list.loadPage({ size: 200, link: null }, opened.call())
  const people = page.items.map((item) => list.parseItem(item)!)
  const present = call!.participants.map((person) => person.id)
  const invited = invitations.map((person) => person.id).filter((person) => !present.includes(person))
  expect(people.map((person) => person.vendorId)).toEqual([...present, ...invited])
  expect(people.map((person) => person.status)).toEqual([
    ...present.map(() => 'JOINED'),
    ...invited.map(() => 'INVITED'),
  ])
  expect(people.find((person) => person.vendorId.startsWith('#guest'))).toMatchObject({
    userId: null,
    displayName: 'Guest from the web',
    role: 'ATTENDEE',
    joinedAt: expect.any(Date),
  })
  expect(page).toMatchObject({ next: null, total: people.length })
  expect(opened.takeRequests()).toHaveLength(3)
})

test('combines the short and the full ID of a user, and keeps the domain of users of other servers', async () => {
  opened = await open()
  const { id } = running()
  const participants = [
    { id: 'helen@ruwu1.trueconf.name', join_time: 1_700_000_000 },
    { id: 'helen@partner.example' },
    {},
  ]
  opened.sandbox.fault({
    match: { path: /participants/ },
    kind: 'body',
    status: 200,
    body: JSON.stringify({ participants }),
  })
  const invitations = [{ id: 'helen', display_name: 'Helen', email: 'h@own.example', type: 'user', is_owner: 1 }]
  opened.sandbox.fault({
    match: { path: /invitations/ },
    kind: 'body',
    status: 200,
    body: JSON.stringify({ invitations }),
  })
  const list = asList(opened.vendor.participants(id))
  const { items } = await list.loadPage({ size: 200, link: null }, opened.call())
  expect(items.map((item) => list.getId(item))).toEqual(['helen', 'helen@partner.example', null])
  expect(list.parseItem(items[0])).toMatchObject({
    userId: 'helen',
    displayName: 'Helen',
    email: 'h@own.example',
    status: 'JOINED',
    raw: participants[0],
  })
  expect(list.parseItem(items[1])).toMatchObject({ userId: null, displayName: null, role: 'ATTENDEE' })
})

test('lists the invitees in the conference and reports a problem if the scope for invitations is missing', async () => {
  opened = await open({ scopes: ['conferences', 'conferences.participants', 'users:read'] })
  const { id, invitations } = stopped()
  const list = asList(opened.vendor.participants(id))
  const page = await list.loadPage({ size: 200, link: null }, opened.call())
  expect(page.items.map((item) => list.getId(item))).toEqual(invitations.map((invited) => invited.id))
  expect(page.problem).toMatchObject({ code: 'VENDOR_FORBIDDEN', retryable: false })
})

test('invites to a stopped conference, and calls into a running one', async () => {
  opened = await open()
  const { id: planned } = stored(({ call, invitations }) => !call && invitations.every((one) => one.id !== 'helen'))
  const named = invitee({ displayName: 'Helen S.' })
  expect(await opened.vendor.inviteParticipant(planned, named, opened.call())).toMatchObject({
    vendorId: 'helen',
    conferenceId: planned,
    userId: 'helen',
    displayName: 'Helen S.',
    status: 'INVITED',
  })
  const { id: live } = stored(({ call }) => call !== null && call.participants.every((one) => one.id !== 'helen'))
  const byEmail = invitee({ user: { vendorId: null, email: 'Helen@example.com' } })
  expect(await opened.vendor.inviteParticipant(live, byEmail, opened.call())).toMatchObject({
    vendorId: 'helen',
    status: 'JOINED',
  })
  expect(opened.sandbox.effects).toMatchObject([
    { kind: 'inviteParticipant', id: planned, detail: { invitation: 'helen' } },
    { kind: 'inviteParticipant', id: live, detail: { participant: 'helen' } },
  ])
})

test.each([
  [{ role: 'OWNER' }, 'UNSUPPORTED_BY_VENDOR', 'role'],
  [{ role: 'MODERATOR' }, 'UNSUPPORTED_BY_VENDOR', 'role'],
  [{ role: 'UNKNOWN' }, 'BAD_USER_INPUT', 'role'],
  [{ user: { vendorId: null, email: 'no@one.example' } }, 'UNSUPPORTED_BY_VENDOR', 'user.email'],
  [{ user: { vendorId: 'nobody', email: null } }, 'VENDOR_REJECTED', 'user'],
])('rejects the invitee %j with %s', async (changes, code, path) => {
  opened = await open()
  await expect(opened.vendor.inviteParticipant(stopped().id, invitee(changes), opened.call())).rejects.toMatchObject({
    code,
    path: ['input', 'invitee', ...path.split('.')],
    delivery: 'rejected',
  })
  expect(kinds()).toEqual([])
})

test('rejects a display name for a running conference', async () => {
  opened = await open()
  await expect(
    opened.vendor.inviteParticipant(running().id, invitee({ displayName: 'H.' }), opened.call()),
  ).rejects.toMatchObject({ code: 'UNSUPPORTED_BY_VENDOR', path: ['input', 'invitee', 'displayName'] })
  expect(kinds()).toEqual([])
})

test('finds an invitation by its user', async () => {
  opened = await open()
  const { id } = stored(({ call, invitations }) => !call && invitations.every((one) => one.id !== 'helen'))
  const find = (user = helen) => opened.vendor.findInvited(id, invitee({ user }), opened.call())
  expect(await find()).toBeNull()
  await opened.vendor.inviteParticipant(id, invitee(), opened.call())
  expect(await find()).toMatchObject({ vendorId: 'helen' })
  expect(await find({ vendorId: 'Helen@ruwu1.trueconf.name', email: null })).toMatchObject({ vendorId: 'helen' })
})

test('returns ambiguous for an invitee of a running conference who has not joined', async () => {
  opened = await open()
  const user = { vendorId: 'nobody', email: null }
  expect(await opened.vendor.findInvited(running().id, invitee({ user }), opened.call())).toBe('ambiguous')
})

test('removes an invitation, but no participant of a running conference', async () => {
  opened = await open()
  const { id, invitations } = stopped()
  const [first] = invitations
  await opened.vendor.removeParticipant(id, first!.id, opened.call())
  expect(opened.sandbox.effects).toMatchObject([{ kind: 'removeParticipant', id, detail: { invitation: first!.id } }])
  await expect(opened.vendor.removeParticipant(id, first!.id, opened.call())).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  const { id: live, owner } = running()
  await expect(opened.vendor.removeParticipant(live, owner, opened.call())).rejects.toMatchObject({
    code: 'UNSUPPORTED_BY_VENDOR',
    path: ['input', 'participantId'],
  })
  expect(kinds()).toHaveLength(1)
})
