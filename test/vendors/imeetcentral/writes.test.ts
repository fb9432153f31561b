import { describe, expect, test } from 'vitest'
import type { ConferenceChanges, Invitee, NewConference } from '../../../src/vendors/vendor-inputs.ts'
import { newConference } from '../new-conference.ts'
import { open } from './open.ts'

const invitee = (user: Partial<Invitee['user']>, others: Partial<Invitee> = {}): Invitee => ({
  user: { vendorId: null, email: null, ...user },
  displayName: null,
  role: null,
  ...others,
})
const effectsOf = (sandbox: { effects: { kind: string; detail?: unknown }[] }) =>
  sandbox.effects.map(({ kind, detail }) => ({ kind, detail }))

describe('createConference', () => {
  test('creates a workspace in the default group with the derived short name', async () => {
    const { sandbox, vendor, call, calls } = await open({ seed: { workspaceGroups: 60 } })
    const operation = call()
    const input = newConference({ vendorOptions: { customFields: [{ fieldApiId: 'c_a', value: '1' }] } })
    const { conference, problems } = await vendor.createConference(input, operation)
    expect(conference).toMatchObject({ title: 'Launch 🚀', kind: 'WORKSPACE' })
    expect(problems).toEqual([])
    const [group] = sandbox.data.workspaceGroups.keys()
    const id = conference.vendorId
    expect(calls()).toEqual([
      'GET /v1/workspaceGroups',
      `POST /v1/workspaceGroups/${group}/workspaces`,
      `GET /v1/workspaces/${id}`,
    ])
    expect(sandbox.effects).toHaveLength(1)
    expect(sandbox.data.workspaces.get(id)).toMatchObject({
      workspaceName: 'Launch 🚀',
      urlShortName: input.clientAssignedId,
      workspaceType: 'pm',
      customFields: [{ fieldApiId: 'c_a', value: '1' }],
    })
    expect(operation.writesSucceeded).toBe(1)
    expect(await vendor.findCreated(input, 0, call())).toEqual(conference)
  })

  test('finds the workspace only by its short name after a lost response', async () => {
    const { sandbox, vendor, call } = await open()
    const input = newConference()
    expect(await vendor.findCreated(input, 0, call())).toBeNull()
    sandbox.fault({ match: { method: 'POST', path: /workspaces$/ }, kind: 'reset', apply: true, times: 1 })
    await expect(vendor.createConference(input, call())).rejects.toMatchObject({ delivery: 'unknown' })
    expect(await vendor.findCreated(input, 0, call())).toMatchObject({ title: 'Launch 🚀' })
    expect(sandbox.effects).toHaveLength(1)
    await expect(vendor.createConference(input, call())).rejects.toMatchObject({
      code: 'VENDOR_CONFLICT',
      vendorMessage: 'urlShortName is already in use',
    })
  })

  test('creates a workspace with the chosen short name', async () => {
    const { sandbox, vendor, call } = await open()
    const input = newConference({ vendorOptions: { urlShortName: 'Launch_2' } })
    const { conference } = await vendor.createConference(input, call())
    expect(sandbox.data.workspaces.get(conference.vendorId)).toMatchObject({ urlShortName: 'Launch_2' })
    expect(await vendor.findCreated(input, 0, call())).toEqual(conference)
    expect(await vendor.findCreated({ ...input, title: 'Landing' }, 0, call())).toBeNull()
  })

  test.each([{}, { title: 'Landing' }])('rejects a short name that another workspace has: %j', async (others) => {
    const { sandbox, vendor, call } = await open()
    const [taken] = [...sandbox.data.workspaces.values()].slice(-1)
    taken!.urlShortName = 'launch_2'
    const input = newConference({ vendorOptions: { urlShortName: 'Launch_2' }, ...others })
    const rejection = {
      code: 'BAD_USER_INPUT',
      path: ['input', 'vendorOptions', 'urlShortName'],
      message: '"input.vendorOptions.urlShortName" is already in use. Choose another value, or omit it.',
      delivery: 'rejected',
    }
    await expect(vendor.createConference(input, call())).rejects.toMatchObject(rejection)
    expect(sandbox.effects).toEqual([])
    // Another caller uses the name after the search and before the request.
    sandbox.fault({ match: { method: 'POST', path: /workspaces$/ }, kind: 'status', status: 409, times: 1 })
    const free = newConference({ vendorOptions: { urlShortName: 'launch_3' } })
    await expect(vendor.createConference(free, call())).rejects.toMatchObject({ ...rejection, vendorStatus: 409 })
  })

  test('adds invitees and reports a problem for each who cannot be added', async () => {
    const { sandbox, vendor, call, calls } = await open({ seed: { users: 60 } })
    const users = [...sandbox.data.users.values()]
    const invite = [
      { vendorId: null, email: users[50]!.email },
      { vendorId: null, email: 'nobody@example.com' },
      { vendorId: 'WzEsMV0', email: null },
      { vendorId: users[1]!.id, email: null },
    ]
    const { conference, problems } = await vendor.createConference(newConference({ invite }), call())
    expect(problems.map(({ code, path }) => ({ code, path }))).toEqual([
      { code: 'UNSUPPORTED_BY_VENDOR', path: ['input', 'invite', '1'] },
      { code: 'NOT_FOUND', path: ['input', 'invite', '2'] },
    ])
    const members = sandbox.data.workspaces.get(conference.vendorId)!.members
    const [member] = [...members.values()]
    expect(member).toContain(users[50]!.id)
    expect(member).toContain(users[1]!.id)
    expect(sandbox.effects.map(({ kind }) => kind)).toEqual([
      'createConference',
      'inviteParticipant',
      'inviteParticipant',
    ])
    expect(calls().filter((line) => line === 'GET /v1/users')).toHaveLength(3)
  })

  test('creates the workspace and reports every invitee if the roles cannot be read', async () => {
    const { sandbox, vendor, call } = await open()
    sandbox.fault({ match: { method: 'GET', path: /roles/ }, kind: 'status', status: 403 })
    const [user] = sandbox.data.users.values()
    const invite = [{ vendorId: null, email: user!.email }]
    const { problems } = await vendor.createConference(newConference({ invite }), call())
    expect(problems).toMatchObject([{ code: 'VENDOR_FORBIDDEN', vendorStatus: 403, path: ['input', 'invite', '0'] }])
  })

  test('reports an unknown result for an invitee whose response was lost', async () => {
    const { sandbox, vendor, call } = await open()
    const invite = [...sandbox.data.users.keys()].slice(0, 3).map((vendorId) => ({ vendorId, email: null }))
    const reset = { match: { method: 'POST', path: /addUsers/ }, kind: 'reset', apply: true, times: 1 } as const
    sandbox.fault(reset)
    const { problems } = await vendor.createConference(newConference({ invite }), call())
    expect(problems).toMatchObject([{ code: 'OUTCOME_UNKNOWN', path: ['input', 'invite', '0'] }])
    expect(sandbox.effects.map(({ kind }) => kind)).toEqual([
      'createConference',
      'inviteParticipant',
      'inviteParticipant',
      'inviteParticipant',
    ])
  })

  test('sends nothing for an invitee who cannot be fetched', async () => {
    const { sandbox, vendor, call } = await open()
    sandbox.fault({ match: { method: 'GET', path: /users/ }, kind: 'reset' })
    const [vendorId] = sandbox.data.users.keys()
    const input = newConference({ invite: [{ vendorId: vendorId!, email: null }] })
    const { problems } = await vendor.createConference(input, call())
    expect(problems).toMatchObject([{ code: 'VENDOR_UNAVAILABLE', path: ['input', 'invite', '0'] }])
    expect(sandbox.effects.map(({ kind }) => kind)).toEqual(['createConference'])
  })

  test('returns the sent fields if the new workspace cannot be read', async () => {
    const { sandbox, vendor, call } = await open()
    sandbox.fault({ match: { method: 'GET', path: /workspaces\/./ }, kind: 'status', status: 403 })
    const [vendorId] = sandbox.data.users.keys()
    const operation = call()
    const input = newConference({ description: 'Plans', invite: [{ vendorId: vendorId!, email: null }] })
    const { conference, problems } = await vendor.createConference(input, operation)
    const [id] = [...sandbox.data.workspaces.keys()].slice(-1)
    expect(conference).toMatchObject({ vendorId: id, kind: 'WORKSPACE', title: input.title, description: 'Plans' })
    expect(problems).toEqual([])
    expect(sandbox.effects.map(({ kind }) => kind)).toEqual(['createConference', 'inviteParticipant'])
    expect(operation.writesSucceeded).toBe(2)
  })

  test('creates nothing without a default group', async () => {
    const { sandbox, vendor, call } = await open({ seed: { workspaceGroups: 0 } })
    await expect(vendor.createConference(newConference(), call())).rejects.toMatchObject({ delivery: 'rejected' })
    expect(sandbox.effects).toEqual([])
  })

  test.each<[string, Partial<NewConference>, string, string[]]>([
    ['an owner', { owner: { vendorId: 'x', email: null } }, 'UNSUPPORTED_BY_VENDOR', ['owner']],
    ['a mode', { mode: 'MODERATED' }, 'UNSUPPORTED_BY_VENDOR', ['mode']],
    ['a schedule', { schedule: { kind: 'permanent' } }, 'UNSUPPORTED_BY_VENDOR', ['schedule']],
    ['maxParticipants', { maxParticipants: 5 }, 'UNSUPPORTED_BY_VENDOR', ['maxParticipants']],
    ['allowGuests', { allowGuests: false }, 'UNSUPPORTED_BY_VENDOR', ['allowGuests']],
    ['autoInvite', { autoInvite: true }, 'UNSUPPORTED_BY_VENDOR', ['autoInvite']],
    ['a passcode', { passcode: '1' }, 'UNSUPPORTED_BY_VENDOR', ['passcode']],
    ['tags', { tags: ['a'] }, 'UNSUPPORTED_BY_VENDOR', ['tags']],
    ['an empty title', { title: '' }, 'BAD_USER_INPUT', ['title']],
    ['a title of spaces', { title: ' \u2003' }, 'BAD_USER_INPUT', ['title']],
    ['a null character in the title', { title: 'a\0' }, 'BAD_USER_INPUT', ['title']],
    ['a title of 256 characters', { title: 'a'.repeat(256) }, 'BAD_USER_INPUT', ['title']],
    ['a null character in the description', { description: 'a\0' }, 'BAD_USER_INPUT', ['description']],
    [
      'a urlShortName with a space',
      { vendorOptions: { urlShortName: 'a b' } },
      'BAD_USER_INPUT',
      ['vendorOptions', 'urlShortName'],
    ],
    [
      'an empty urlShortName',
      { vendorOptions: { urlShortName: '' } },
      'BAD_USER_INPUT',
      ['vendorOptions', 'urlShortName'],
    ],
    [
      'the urlShortName of a deleted workspace',
      { vendorOptions: { urlShortName: 'deleted-1' } },
      'BAD_USER_INPUT',
      ['vendorOptions', 'urlShortName'],
    ],
    [
      'a urlShortName that is a number',
      { vendorOptions: { urlShortName: 7 } },
      'BAD_USER_INPUT',
      ['vendorOptions', 'urlShortName'],
    ],
  ])('rejects %s before any call', async (_, input, code, place) => {
    const { sandbox, vendor, call } = await open()
    const rejected = { code, path: ['input', ...place], delivery: 'rejected' }
    await expect(vendor.createConference(newConference(input), call())).rejects.toMatchObject(rejected)
    expect(sandbox.ledger).toEqual([])
  })
})

describe('updateConference', () => {
  test('changes the title and custom fields, and reads the workspace again', async () => {
    const { sandbox, vendor, call, calls } = await open()
    const [id] = sandbox.data.workspaces.keys()
    const operation = call()
    await vendor.getConference(id!, operation)
    const customFields = [{ fieldApiId: 'c_a', value: '1' }]
    const changes = { title: 'Übergabe', vendorOptions: { customFields } }
    const { conference } = await vendor.updateConference(id!, changes, operation)
    expect(conference).toMatchObject({ title: 'Übergabe' })
    expect(effectsOf(sandbox)).toEqual([
      { kind: 'updateConference', detail: { workspaceName: 'Übergabe', customFields } },
    ])
    const read = `GET /v1/workspaces/${id}`
    expect(calls()).toEqual([read, `POST /v1/workspaces/${id}/updateDetails`, read])
  })

  test.each<[ConferenceChanges, string, string[]]>([
    [{ description: 'x' }, 'UNSUPPORTED_BY_VENDOR', ['description']],
    [{ tags: [] }, 'UNSUPPORTED_BY_VENDOR', ['tags']],
    [{ title: '' }, 'BAD_USER_INPUT', ['title']],
    [{ vendorOptions: { workspaceName: 'x' } }, 'BAD_USER_INPUT', ['vendorOptions', 'workspaceName']],
    [{ vendorOptions: { description: 'x' } }, 'BAD_USER_INPUT', ['vendorOptions', 'description']],
    [{ vendorOptions: { urlShortName: 'x' } }, 'BAD_USER_INPUT', ['vendorOptions', 'urlShortName']],
  ])('rejects %j before any call', async (changes, code, place) => {
    const { sandbox, vendor, call } = await open()
    const updating = vendor.updateConference('WzIsMTAwXQ', changes, call())
    await expect(updating).rejects.toMatchObject({ code, path: ['input', ...place] })
    expect(sandbox.ledger).toEqual([])
  })

  test('reports NOT_FOUND for a missing workspace', async () => {
    const { vendor, call } = await open()
    const updating = vendor.updateConference('WzIsMV0', { title: 'x' }, call())
    await expect(updating).rejects.toMatchObject({ code: 'NOT_FOUND', delivery: 'rejected' })
  })
})

describe('inviteParticipant', () => {
  const workspace = 'WzIsMTAwXQ'

  test.each([
    [null, 'Sales Rep', 'ATTENDEE'],
    ['ATTENDEE', 'Sales Rep', 'ATTENDEE'],
    ['MODERATOR', 'Workspace Manager', 'MODERATOR'],
    ['OWNER', 'Workspace Owner', 'OWNER'],
  ] as const)('adds %s to the role "%s"', async (role, title, given) => {
    const { sandbox, vendor, call } = await open({ seed: { roles: 0 } })
    const titles = ['Workspace Manager', 'Sales Rep', 'Workspace Owner', 'Reviewer']
    const roles = titles.map((title) => sandbox.data.roles.add({ title }))
    const user = [...sandbox.data.users.values()][30]!
    const participant = await vendor.inviteParticipant(workspace, invitee({ email: user.email }, { role }), call())
    expect(participant).toMatchObject({
      vendorId: user.id,
      userId: user.id,
      conferenceId: workspace,
      displayName: user.fullName,
      role: given,
      status: 'REGISTERED',
    })
    const roleId = roles.find((role) => role.title === title)!.id
    expect(effectsOf(sandbox)).toEqual([
      { kind: 'inviteParticipant', detail: { userId: user.id, roleId, already: false } },
    ])
    expect(sandbox.data.workspaces.get(workspace)!.members.get(roleId)).toContain(user.id)
  })

  test.each([
    [invitee({ email: 'nobody@example.com' }), 'UNSUPPORTED_BY_VENDOR', 'user'],
    [invitee({ vendorId: 'WzEsMV0' }), 'NOT_FOUND', 'user'],
    [invitee({ vendorId: 'WzEsMTAwXQ' }, { displayName: 'Ada' }), 'UNSUPPORTED_BY_VENDOR', 'displayName'],
    [invitee({ vendorId: 'WzEsMTAwXQ' }, { role: 'UNKNOWN' }), 'BAD_USER_INPUT', 'role'],
    [invitee({ vendorId: 'WzEsMTAwXQ' }, { role: 'OWNER' }), 'UNSUPPORTED_BY_VENDOR', 'role'],
  ])('rejects %j', async (invitation, code, field) => {
    const { sandbox, vendor, call } = await open()
    const rejected = { code, path: ['input', 'invitee', field], delivery: 'rejected' }
    await expect(vendor.inviteParticipant(workspace, invitation, call())).rejects.toMatchObject(rejected)
    expect(sandbox.effects).toEqual([])
  })

  test('has no effect the second time', async () => {
    const { sandbox, vendor, call } = await open()
    const invitation = invitee({ vendorId: 'WzEsMTEwXQ' })
    const first = await vendor.inviteParticipant(workspace, invitation, call())
    expect(await vendor.inviteParticipant(workspace, invitation, call())).toEqual(first)
    expect(sandbox.effects.map(({ detail }) => (detail as { already: boolean }).already)).toEqual([false, true])
  })
})

test('omits unsupported members', async () => {
  const { vendor } = await open()
  const left = [
    'participants',
    'deleteConference',
    'runConference',
    'endConference',
    'findInvited',
    'removeParticipant',
  ]
  for (const member of [...left, 'uploadAvatar', 'issueUserToken']) expect(vendor).not.toHaveProperty(member)
})
