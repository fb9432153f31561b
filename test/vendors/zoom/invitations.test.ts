import { describe, expect, it } from 'vitest'
import type { Invitee } from '../../../src/vendors/vendor-inputs.ts'
import { open } from './open.ts'

const invitee = (person: Partial<Invitee>): Invitee => ({
  user: { vendorId: null, email: 'guest@example.org' },
  displayName: null,
  role: null,
  ...person,
})

const unregistered = ({ settings, live }: { settings: Record<string, unknown>; live: unknown }) =>
  settings.approval_type === 2 && !live

describe('inviteParticipant', () => {
  it('registers an invitee if the meeting requires it, and finds and removes the registrant', async () => {
    const { vendor, call, sandbox, meetings } = await open()
    const meeting = meetings.find(({ settings }) => settings.approval_type === 0)!
    const id = String(meeting.id)
    const given = invitee({ displayName: 'Guest', role: 'ATTENDEE' })
    expect(await vendor.findInvited(id, given, call())).toBeNull()
    const participant = await vendor.inviteParticipant(id, given, call())
    expect(participant).toMatchObject({ displayName: 'Guest', email: 'guest@example.org', status: 'REGISTERED' })
    expect(participant.joinUrl).toContain('/j/')
    expect(JSON.stringify(participant.raw)).not.toContain('pin_code')
    const found = await vendor.findInvited(id, given, call())
    expect(found).toMatchObject({ vendorId: participant.vendorId, status: 'REGISTERED' })
    await vendor.removeParticipant(id, participant.vendorId, call())
    expect(sandbox.effects.map(({ kind }) => kind)).toEqual(['inviteParticipant', 'removeParticipant'])
    expect(await vendor.findInvited(id, given, call())).toBeNull()
  })

  it('registers a user of the account with the name that Zoom reports', async () => {
    const { vendor, call, sandbox, meetings } = await open()
    const meeting = meetings.find(({ settings }) => settings.approval_type === 1)!
    const user = sandbox.data.users[31]!
    const given = invitee({ user: { vendorId: user.id, email: null } })
    const participant = await vendor.inviteParticipant(String(meeting.id), given, call())
    expect(participant).toMatchObject({ email: user.email, joinUrl: null })
    expect(meeting.registrants.at(-1)).toMatchObject({
      email: user.email,
      fields: { first_name: user.fields.first_name },
    })
  })

  it('truncates names to the 64 characters that Zoom accepts, without splitting a character', async () => {
    const { vendor, call, sandbox, meetings } = await open()
    const user = sandbox.data.users[31]!
    const given = invitee({ user: { vendorId: user.id, email: null } })
    const meeting = meetings.find(({ settings, live }) => settings.approval_type === 0 && !live)!
    Object.assign(user.fields, { first_name: 'F'.repeat(70), last_name: 'L'.repeat(70) })
    await vendor.inviteParticipant(String(meeting.id), given, call())
    expect(meeting.registrants.at(-1)!.fields).toEqual({ first_name: 'F'.repeat(64), last_name: 'L'.repeat(64) })
    const display_name = `${'D'.repeat(63)}🎉${'D'.repeat(60)}`
    Object.assign(user.fields, { first_name: '', last_name: '', display_name })
    const id = String(meetings.find(unregistered)!.id)
    expect(await vendor.inviteParticipant(id, given, call())).toMatchObject({ displayName: 'D'.repeat(63) })
  })

  it('creates a personal join URL if the meeting requires no registration', async () => {
    const { vendor, call, calls, sandbox, meetings } = await open()
    const id = String(meetings.find(unregistered)!.id)
    const guest = await vendor.inviteParticipant(id, invitee({ displayName: 'Guest' }), call())
    expect(guest).toMatchObject({ status: 'INVITED', userId: null, email: 'guest@example.org', displayName: 'Guest' })
    expect(guest.joinUrl).toContain('tk=')
    expect(calls()).toEqual([`GET /meetings/${id}`, `POST /meetings/${id}/invite_links`])
    expect(await vendor.findInvited(id, invitee({ displayName: 'Guest' }), call())).toBe('ambiguous')
    const user = sandbox.data.users[20]!
    const known = await vendor.inviteParticipant(id, invitee({ user: { vendorId: user.id, email: null } }), call())
    expect(known).toMatchObject({ userId: user.id, email: user.email })
  })

  it('calls users of the account into a running meeting', async () => {
    const { vendor, call, calls, sandbox, meetings } = await open()
    const running = meetings.find(({ live, settings }) => live && settings.approval_type === 2)!
    const user = sandbox.data.users[20]!
    const given = invitee({ user: { vendorId: null, email: user.email } })
    const participant = await vendor.inviteParticipant(String(running.id), given, call())
    expect(participant).toMatchObject({ userId: user.id, status: 'INVITED', joinUrl: null })
    expect(sandbox.effects).toMatchObject([{ detail: { email: user.email, by: 'ring' } }])
    await vendor.inviteParticipant(String(running.id), { ...given, displayName: 'By a name' }, call())
    expect(calls().at(-1)).toContain('invite_links')
  })

  it.each([
    ['no name for a guest', invitee({}), 'BAD_USER_INPUT', ['input', 'invitee', 'displayName']],
    [
      'a name of 65 characters',
      invitee({ displayName: 'x'.repeat(65) }),
      'BAD_USER_INPUT',
      ['input', 'invitee', 'displayName'],
    ],
    ['a role', invitee({ role: 'MODERATOR' }), 'UNSUPPORTED_BY_VENDOR', ['input', 'invitee', 'role']],
    [
      'me as the user',
      invitee({ user: { vendorId: 'me', email: null } }),
      'BAD_USER_INPUT',
      ['input', 'invitee', 'user', 'vendorId'],
    ],
    [
      'an unknown user',
      invitee({ user: { vendorId: 'gone', email: null } }),
      'NOT_FOUND',
      ['input', 'invitee', 'user'],
    ],
  ])('rejects %s', async (_, input, code, path) => {
    const { vendor, call, sandbox, meetings } = await open()
    for (const { id } of [meetings.find(unregistered)!, meetings.find(({ settings }) => settings.approval_type === 0)!])
      await expect(vendor.inviteParticipant(String(id), input, call())).rejects.toMatchObject({ code, path })
    expect(sandbox.effects).toEqual([])
  })
})

it('rejects a response without the created join URL', async () => {
  const { vendor, call, sandbox, meetings } = await open()
  const { id } = meetings.find(unregistered)!
  sandbox.fault({ match: { path: /invite_links/ }, kind: 'body', status: 201, body: '{}' })
  await expect(vendor.inviteParticipant(String(id), invitee({ displayName: 'Guest' }), call())).rejects.toMatchObject({
    code: 'VENDOR_BAD_RESPONSE',
    message: expect.stringContaining('"attendees"') as string,
  })
})

it('removes registrants only', async () => {
  const { vendor, call, calls } = await open({ seed: { active: 1 } })
  for (const id of ['live:1:x', 'past:1:x', 'link:x', 'user:x'])
    await expect(vendor.removeParticipant('1', id, call())).rejects.toMatchObject({
      code: 'UNSUPPORTED_BY_VENDOR',
      path: ['input', 'participantId'],
    })
  expect(calls()).toEqual([])
})
