import { describe, expect, it } from 'vitest'
import type { NewConference } from '../../../src/vendors/vendor-inputs.ts'
import { newConference } from '../new-conference.ts'
import { inDays, once, open } from './open.ts'

const bodyOf = (sandbox: { effects: { kind: string; id: string }[]; data: { meetings: Map<number, unknown> } }) =>
  sandbox.data.meetings.get(Number(sandbox.effects.find(({ kind }) => kind === 'createConference')!.id)) as any

describe('createConference', () => {
  it('creates a scheduled meeting in one call, in UTC with the time zone', async () => {
    const { vendor, call, sandbox, calls, owner } = await open()
    const schedule = once()
    const input = newConference({
      owner: { vendorId: null, email: owner.email.toUpperCase() },
      description: 'Line one\nline two',
      schedule,
      passcode: 'a@-_*1',
      allowGuests: false,
      invite: [{ vendorId: null, email: 'guest@example.org' }],
      vendorOptions: { settings: { waiting_room: true } },
    })
    const { conference, problems } = await vendor.createConference(input, call())
    expect(problems).toEqual([])
    expect(conference).toMatchObject({
      title: 'Launch 🚀',
      description: 'Line one\nline two',
      state: 'SCHEDULED',
      schedule,
      ownerId: owner.id,
      allowGuests: false,
    })
    expect(calls()).toEqual([`POST /users/${encodeURIComponent(owner.email)}/meetings`])
    expect(bodyOf(sandbox)).toMatchObject({
      start: schedule.startsAt.getTime(),
      password: 'a@-_*1',
      settings: {
        waiting_room: true,
        meeting_authentication: true,
        meeting_invitees: [{ email: 'guest@example.org' }],
      },
    })
    expect(JSON.stringify(conference)).not.toContain('a@-_*1')
  })

  it('creates a permanent meeting without a schedule, and a series from a rule', async () => {
    const { vendor, call, owner } = await open()
    const input = newConference({ owner: { vendorId: owner.id, email: null } })
    const permanent = await vendor.createConference(input, call())
    expect(permanent.conference.schedule).toMatchObject({ kind: 'permanent' })
    const rrule = 'FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR;COUNT=5'
    const series = { ...once(), kind: 'recurring', rrule } as const
    const { conference, problems } = await vendor.createConference({ ...input, schedule: series }, call())
    expect(problems).toEqual([])
    expect(conference.schedule).toMatchObject({ kind: 'recurring', rrule, durationMinutes: 45 })
  })

  it('accepts options with the names of object members', async () => {
    const { vendor, call, owner } = await open()
    const names = ['constructor', 'toString', 'hasOwnProperty', '__proto__']
    const options = Object.fromEntries(names.map((name) => [name, { enable: true }]))
    const input = newConference({ owner: { vendorId: owner.id, email: null }, schedule: once() })
    const vendorOptions = { ...options, settings: { ...options } }
    const { problems } = await vendor.createConference({ ...input, vendorOptions }, call())
    expect(problems.filter(({ path }) => !path?.includes('settings'))).toEqual([])
    for (const { path } of problems) expect(path?.slice(0, 3)).toEqual(['input', 'vendorOptions', 'settings'])
  })

  it('reports ignored inputs and invitees who were not invited', async () => {
    const { vendor, call, owner, sandbox } = await open()
    const input = newConference({
      owner: { vendorId: owner.id, email: null },
      schedule: once(),
      invite: [
        { vendorId: 'gone', email: null },
        { vendorId: sandbox.data.users[7]!.id, email: null },
      ],
      vendorOptions: { settings: { breakout_room: { enable: true }, mute_upon_entry: true } },
    })
    const { problems } = await vendor.createConference(input, call())
    expect(problems).toMatchObject([
      { code: 'NOT_FOUND', path: ['input', 'invite', '0'] },
      { code: 'VENDOR_REJECTED', path: ['input', 'vendorOptions', 'settings', 'breakout_room'] },
    ])
    expect(bodyOf(sandbox).settings.meeting_invitees).toEqual([{ email: sandbox.data.users[7]!.email }])
  })

  const recurring = (rrule: string) => ({ ...once(), kind: 'recurring', rrule }) as const
  const rule = ['input', 'schedule', 'recurring', 'rrule']
  it.each([
    ['no owner', { owner: null }, 'BAD_USER_INPUT', ['input', 'owner']],
    ['me as the owner', { owner: { vendorId: 'me', email: null } }, 'BAD_USER_INPUT', ['input', 'owner', 'vendorId']],
    [
      'me as an invitee',
      { invite: [{ vendorId: 'me', email: null }] },
      'BAD_USER_INPUT',
      ['input', 'invite', '0', 'vendorId'],
    ],
    ['an empty title', { title: '' }, 'BAD_USER_INPUT', ['input', 'title']],
    ['a title of spaces', { title: '  ' }, 'BAD_USER_INPUT', ['input', 'title']],
    ['a null character in the title', { title: 'x\u0000' }, 'BAD_USER_INPUT', ['input', 'title']],
    ['a title of 201 characters', { title: 'x'.repeat(201) }, 'BAD_USER_INPUT', ['input', 'title']],
    [
      'a description of 2,001 characters',
      { description: 'x'.repeat(2001) },
      'BAD_USER_INPUT',
      ['input', 'description'],
    ],
    ['a passcode with a space', { passcode: 'has space' }, 'BAD_USER_INPUT', ['input', 'passcode']],
    ['an empty passcode', { passcode: '' }, 'BAD_USER_INPUT', ['input', 'passcode']],
    ['a mode', { mode: 'MODERATED' as const }, 'UNSUPPORTED_BY_VENDOR', ['input', 'mode']],
    ['maxParticipants', { maxParticipants: 5 }, 'UNSUPPORTED_BY_VENDOR', ['input', 'maxParticipants']],
    ['autoInvite', { autoInvite: true }, 'UNSUPPORTED_BY_VENDOR', ['input', 'autoInvite']],
    ['tags', { tags: ['x'] }, 'UNSUPPORTED_BY_VENDOR', ['input', 'tags']],
    [
      'a duration of 0 minutes',
      { schedule: { ...once(), durationMinutes: 0 } },
      'BAD_USER_INPUT',
      ['input', 'schedule', 'oneTime', 'durationMinutes'],
    ],
    [
      'a duration of 1,441 minutes',
      { schedule: { ...once(), durationMinutes: 1441 } },
      'BAD_USER_INPUT',
      ['input', 'schedule', 'oneTime', 'durationMinutes'],
    ],
    ['a start in the past', { schedule: once(-1) }, 'BAD_USER_INPUT', ['input', 'schedule', 'oneTime', 'startsAt']],
    [
      'a start in 500 years',
      { schedule: once(365 * 500) },
      'BAD_USER_INPUT',
      ['input', 'schedule', 'oneTime', 'startsAt'],
    ],
    ['a yearly rule', { schedule: recurring('FREQ=YEARLY') }, 'UNSUPPORTED_BY_VENDOR', rule],
    ['an INTERVAL of 100', { schedule: recurring('FREQ=DAILY;INTERVAL=100') }, 'UNSUPPORTED_BY_VENDOR', rule],
    ['a COUNT of 51', { schedule: recurring('FREQ=DAILY;COUNT=51') }, 'UNSUPPORTED_BY_VENDOR', rule],
    ['INTERVAL with BYDAY', { schedule: recurring('FREQ=DAILY;INTERVAL=2;BYDAY=MO') }, 'UNSUPPORTED_BY_VENDOR', rule],
    ['two days of the month', { schedule: recurring('FREQ=MONTHLY;BYMONTHDAY=1,15') }, 'UNSUPPORTED_BY_VENDOR', rule],
    [
      'a topic in vendorOptions',
      { vendorOptions: { topic: 'x' } },
      'BAD_USER_INPUT',
      ['input', 'vendorOptions', 'topic'],
    ],
    ...['topic', 'agenda', 'password', 'type', 'start_time', 'duration', 'timezone', 'recurrence'].map(
      (name): [string, Partial<NewConference>, string, string[]] => [
        `null as ${name} in vendorOptions`,
        { passcode: null, schedule: null, vendorOptions: { [name]: null } },
        'BAD_USER_INPUT',
        ['input', 'vendorOptions', name],
      ],
    ),
    ...['meeting_authentication', 'meeting_invitees'].map(
      (name): [string, Partial<NewConference>, string, string[]] => [
        `${name} in vendorOptions`,
        { vendorOptions: { settings: { [name]: [] } } },
        'BAD_USER_INPUT',
        ['input', 'vendorOptions', 'settings', name],
      ],
    ),
    [
      'schedule_for in vendorOptions',
      { vendorOptions: { schedule_for: 'x' } },
      'BAD_USER_INPUT',
      ['input', 'vendorOptions', 'schedule_for'],
    ],
    [
      'allowGuests beside meeting_authentication',
      { allowGuests: true, vendorOptions: { settings: { meeting_authentication: true } } },
      'BAD_USER_INPUT',
      ['input', 'vendorOptions', 'settings', 'meeting_authentication'],
    ],
  ])('rejects %s before any call', async (_, changes, code, path) => {
    const { vendor, call, calls } = await open({ seed: { active: 1 } })
    const input = newConference({ owner: { vendorId: 'someone', email: null }, ...changes })
    await expect(vendor.createConference(input, call())).rejects.toMatchObject({ code, path, delivery: 'rejected' })
    expect(calls()).toEqual([])
  })

  it('names the input that Zoom rejects, and removes URLs from the vendor message', async () => {
    const { vendor, call, sandbox, owner } = await open()
    const errors = [{ field: 'timezone', message: 'See https://example.com/x\u001b now' }]
    const body = JSON.stringify({ code: 300, message: 'Validation Failed.', errors })
    sandbox.fault({ match: { method: 'POST', path: /meetings/ }, kind: 'status', status: 400, body })
    const input = newConference({ owner: { vendorId: owner.id, email: null }, schedule: once() })
    await expect(vendor.createConference(input, call())).rejects.toMatchObject({
      code: 'VENDOR_REJECTED',
      delivery: 'rejected',
      path: ['input', 'schedule'],
      vendorStatus: 400,
      vendorCode: '300',
      vendorMessage: 'Validation Failed. timezone: See [address] now',
    })
    expect(sandbox.effects).toEqual([])
  })

  it('counts code points, not UTF-16 units', async () => {
    const { vendor, call, owner } = await open()
    const title = '🚀'.repeat(200)
    const input = newConference({ owner: { vendorId: owner.id, email: null }, title, description: '🚀'.repeat(2000) })
    const { conference } = await vendor.createConference(input, call())
    expect(conference.title).toBe(title)
    const longer = vendor.createConference({ ...input, title: `${title}x` }, call())
    await expect(longer).rejects.toMatchObject({ code: 'BAD_USER_INPUT', path: ['input', 'title'] })
  })

  it('names the owner if Zoom rejects the owner', async () => {
    const { vendor, call, sandbox } = await open()
    const restricted = sandbox.data.users.find(({ mayHost }) => !mayHost)!
    for (const [vendorId, code] of [
      ['gone', 'NOT_FOUND'],
      ['..', 'INVALID_ID'],
      [restricted.id, 'VENDOR_REJECTED'],
    ] as const) {
      const made = vendor.createConference(newConference({ owner: { vendorId, email: null } }), call())
      await expect(made).rejects.toMatchObject({ code, path: ['input', 'owner'] })
    }
    expect(sandbox.effects).toEqual([])
  })

  it('starts a cooldown only for the host whose daily limit is reached', async () => {
    const { vendor, call, sandbox, owner, upstream } = await open()
    const message =
      'You have exceeded the daily rate limit (100) of Meeting Create/Update API requests permitted for this particular user. You may resume these requests at GMT 00:00:00.'
    const body = JSON.stringify({ code: 429, message })
    const path = new RegExp(`users/${owner.id}/meetings`)
    sandbox.fault({ match: { method: 'POST', path }, kind: 'status', status: 429, body })
    const input = newConference({ owner: { vendorId: owner.id, email: null } })
    const midnight = new Date().setUTCHours(24, 0, 0, 0)
    await expect(vendor.createConference(input, call())).rejects.toMatchObject({
      code: 'VENDOR_RATE_LIMITED',
      retryAt: midnight,
      delivery: 'rejected',
    })
    await expect(vendor.createConference(input, call())).rejects.toMatchObject({ delivery: 'not-sent' })
    expect(upstream.getHealth().calls).toBe(1)
    const other = newConference({ owner: { vendorId: sandbox.data.users[10]!.id, email: null } })
    await vendor.createConference(other, call())
    expect(sandbox.effects).toHaveLength(1)
  })
})

describe('findCreated', () => {
  it('finds the meeting of a lost response by host, title, and start', async () => {
    const { vendor, call, sandbox, owner } = await open()
    const input = newConference({ owner: { vendorId: owner.id, email: null }, schedule: once() })
    expect(await vendor.findCreated(input, Date.now(), call())).toBeNull()
    sandbox.fault({ match: { method: 'POST', path: /meetings/ }, kind: 'reset', apply: true, times: 1 })
    await expect(vendor.createConference(input, call())).rejects.toMatchObject({ delivery: 'unknown' })
    const sentAt = Date.now()
    const [effect] = sandbox.effects
    expect(await vendor.findCreated(input, sentAt, call())).toMatchObject({ vendorId: effect!.id, title: input.title })
    expect(await vendor.findCreated({ ...input, title: 'Other' }, sentAt, call())).toBeNull()
    expect(await vendor.findCreated({ ...input, schedule: once(4) }, sentAt, call())).toBeNull()
    expect(await vendor.findCreated({ ...input, schedule: null }, sentAt, call())).toBeNull()
    await vendor.createConference(input, call())
    expect(await vendor.findCreated(input, sentAt, call())).toBe('ambiguous')
  })

  it('returns ambiguous for an older meeting, because the clocks can differ', async () => {
    const { vendor, call, owner } = await open({ now: () => Date.now() - 600_000 })
    const input = newConference({ owner: { vendorId: owner.id, email: null }, schedule: once() })
    await vendor.createConference(input, call())
    expect(await vendor.findCreated(input, Date.now(), call())).toBe('ambiguous')
  })

  it('finds one series in a list that contains each of its occurrences', async () => {
    const { vendor, call, sandbox, owner } = await open()
    const schedule = { ...once(), kind: 'recurring', rrule: 'FREQ=DAILY;COUNT=2' } as const
    const input = newConference({ owner: { vendorId: owner.id, email: null }, schedule })
    const { conference } = await vendor.createConference(input, call())
    const times = [3, 4].map((days) => ({
      id: Number(conference.vendorId),
      topic: input.title,
      type: 8,
      start_time: inDays(days).toISOString(),
    }))
    const body = JSON.stringify({ meetings: times })
    sandbox.fault({ match: { path: /users\/.*\/meetings/ }, kind: 'body', status: 200, body })
    expect(await vendor.findCreated(input, Date.now(), call())).toMatchObject({ vendorId: conference.vendorId })
  })

  it('finds series and permanent meetings', async () => {
    const { vendor, call, owner } = await open()
    const series = { ...once(), kind: 'recurring', rrule: 'FREQ=DAILY;COUNT=3' } as const
    for (const schedule of [series, { kind: 'permanent' } as const]) {
      const input = newConference({ owner: { vendorId: owner.id, email: null }, schedule, title: schedule.kind })
      const { conference } = await vendor.createConference(input, call())
      expect(await vendor.findCreated(input, Date.now(), call())).toMatchObject({ vendorId: conference.vendorId })
    }
  })
})
