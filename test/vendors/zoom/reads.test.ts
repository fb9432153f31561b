import { describe, expect, it } from 'vitest'
import type { Conference, Participant, User } from '../../../src/vendors/vendor.ts'
import { asChain, asList, open, readAll } from './open.ts'

describe('users', () => {
  it('lists active, inactive and pending users one after another', async () => {
    const { vendor, call, sandbox, calls } = await open()
    const chain = asChain<User>(vendor.users({}))
    expect(chain.outer).toEqual(['active', 'inactive', 'pending'])
    const byStatus = await Promise.all(
      ['active', 'inactive', 'pending'].map((word) => readAll(chain.inner(word), call())),
    )
    expect(byStatus.map((users) => users.length)).toEqual([60, 3, 2])
    expect(byStatus[2]![0]).toMatchObject({ status: 'PENDING', createdAt: null })
    expect(byStatus[2]![0]!.vendorId).toBe(byStatus[2]![0]!.email)
    expect(calls()).toEqual(['GET /users', 'GET /users', 'GET /users'])
    expect(byStatus.flat().map(({ email }) => email)).toEqual(sandbox.data.users.map(({ email }) => email))
  })

  it('takes page numbers and tokens, and tells totals', async () => {
    const { vendor, call, sandbox } = await open()
    const list = asChain<User>(vendor.users({ status: ['ACTIVE'] })).inner('active')
    const page = await list.page({ size: 25, number: 1 }, call())
    expect(list.id(page.items[0])).toBe(sandbox.data.users[25]!.id)
    expect(page.total).toBe(60)
    const next = await list.page({ size: 25, link: page.next }, call())
    expect(next.items).toHaveLength(10)
    expect(next).toMatchObject({ next: null, size: 25 })
    expect(sandbox.ledger.at(-1)!.query).toContain('next_page_token=')
    expect(sandbox.ledger.at(-1)!.query).not.toContain('page_number')
  })

  it('goes on by page numbers where there are no tokens at all', async () => {
    const { vendor, call, sandbox } = await open()
    const users = [{ id: 'a', email: 'a@example.com' }]
    const body = JSON.stringify({ page_count: 2, page_number: 1, users })
    sandbox.fault({ match: { path: /users\?/ }, kind: 'body', status: 200, times: 1, body })
    const list = asChain<User>(vendor.users({})).inner('active')
    const page = await list.page({ size: 1, number: 0 }, call())
    await list.page({ size: 1, link: page.next }, call())
    expect(sandbox.ledger.at(-1)!.query).toContain('page_number=2')
  })

  it('finds one by e-mail address in any case, by one call', async () => {
    const { vendor, call, owner, calls } = await open()
    const one = asList<User>(vendor.users({ email: owner.email.toUpperCase() }))
    expect((await readAll(one, call())).map(({ vendorId }) => vendorId)).toEqual([owner.id])
    expect(await readAll(asList<User>(vendor.users({ email: 'no+body@example.com' })), call())).toEqual([])
    expect(calls()).toEqual([`GET /users/${encodeURIComponent(owner.email)}`, 'GET /users/no%2Bbody%40example.com'])
    expect(await vendor.getUser('gone', call())).toBeNull()
  })

  it.each(['me', 'ME', '.', '..', '%2e%2E', 'a\u0000b'])('refuses the id %j', async (id) => {
    const { vendor, call, calls } = await open()
    await expect(vendor.getUser(id, call())).rejects.toMatchObject({ code: 'INVALID_ID' })
    const meetings = asList<Conference>(vendor.conferences({ ownerId: id }))
    await expect(meetings.page({ size: 1, number: 0 }, call())).rejects.toMatchObject({ code: 'INVALID_ID' })
    expect(calls()).toEqual([])
  })

  it('takes the status of the list where an item leaves its own out', async () => {
    const { vendor, call, sandbox } = await open()
    const body = JSON.stringify({ users: [{ id: 'a', email: 'a@example.com', type: 1 }] })
    sandbox.fault({ match: { path: /users\?/ }, kind: 'body', status: 200, body })
    for (const status of ['ACTIVE', 'INACTIVE', 'PENDING'] as const) {
      const list = asChain<User>(vendor.users({ status: [status] })).inner(status.toLowerCase())
      const vendorId = status === 'PENDING' ? 'a@example.com' : 'a'
      expect(await readAll(list, call())).toMatchObject([{ vendorId, status }])
    }
  })

  it('reads odd fields for what they are', async () => {
    const { vendor, call, sandbox } = await open()
    const odd = {
      id: '85746065432101234',
      email: 7,
      status: 'frozen',
      first_name: 5,
      timezone: 'Mars/Base',
      created_at: '0000-00-00',
      last_login_time: 1_700_000_000,
      host_key: '123456',
      pic_url: 'javascript:alert(1)',
      phone_numbers: 'none',
    }
    const body = JSON.stringify({ users: [odd, { email: 'lost@example.com' }] }).replace(
      '"85746065432101234"',
      '85746065432101234',
    )
    sandbox.fault({ match: { path: /users\?/ }, kind: 'body', status: 200, body })
    const list = asChain<User>(vendor.users({})).inner('active')
    const { items } = await list.page({ size: 10, number: 0 }, call())
    expect(items.map(list.id)).toEqual(['85746065432101234', null])
    expect(list.read(items[0])).toEqual({
      vendorId: '85746065432101234',
      email: null,
      displayName: '5',
      givenName: '5',
      familyName: null,
      status: 'UNKNOWN',
      presence: null,
      avatarUrl: null,
      phoneNumbers: [],
      company: null,
      department: null,
      timeZone: null,
      createdAt: null,
      lastSeenAt: new Date('2023-11-14T22:13:20Z'),
      raw: expect.not.objectContaining({ host_key: expect.anything() }),
    })
  })
})

describe('conferences', () => {
  it('walks the hosts', async () => {
    const { vendor, call, sandbox, meetings } = await open()
    const chain = asChain<Conference>(vendor.conferences({}))
    const hosts = await (chain.outer as { page: Function }).page({ size: 300, number: 0 }, call())
    const found: Conference[] = []
    for (const host of hosts.items) found.push(...(await readAll(chain.inner(host), call())))
    const listed = meetings.filter(({ type, deleted }) => [2, 3, 8].includes(type) && !deleted)
    expect(found.map(({ vendorId }) => vendorId).toSorted()).toEqual(listed.map(({ id }) => String(id)).toSorted())
    expect(found.every(({ ownerId }) => sandbox.data.users.some(({ id }) => id === ownerId))).toBe(true)
    expect(sandbox.ledger.filter(({ status }) => status === 400)).toHaveLength(2)
  })

  it('takes the host of the list where an item leaves its own out', async () => {
    const { vendor, call, sandbox } = await open()
    const body = JSON.stringify({ meetings: [{ id: 5, topic: 'x', type: 2 }] })
    sandbox.fault({ match: { path: /meetings/ }, kind: 'body', status: 200, body })
    const list = asList<Conference>(vendor.conferences({ ownerId: 'a' }))
    expect(await readAll(list, call())).toMatchObject([{ vendorId: '5', ownerId: 'a' }])
  })

  it('asks for running meetings only where nothing else is wanted', async () => {
    const { vendor, call, sandbox, meetings } = await open()
    const running = meetings.find(({ live }) => live)!
    const list = asList<Conference>(vendor.conferences({ ownerId: running.host_id, state: ['RUNNING'] }))
    expect(await readAll(list, call())).toMatchObject([{ vendorId: String(running.id), state: 'RUNNING' }])
    expect(sandbox.ledger.at(-1)!.query).toContain('type=live')
  })

  it('asks for nothing where nothing can match', async () => {
    const { vendor, call, calls } = await open()
    for (const filter of [{ tag: 'x' }, { state: ['IDLE'] as const }])
      expect(await readAll(asList<Conference>(vendor.conferences(filter)), call())).toEqual([])
    expect(calls()).toEqual([])
  })

  it('takes a host who is gone or may not host for one without meetings', async () => {
    const { vendor, call, sandbox } = await open()
    const restricted = sandbox.data.users.find(({ mayHost }) => !mayHost)!
    for (const ownerId of [restricted.id, 'gone'])
      expect(await readAll(asList<Conference>(vendor.conferences({ ownerId })), call())).toEqual([])
    const body = JSON.stringify({ code: 1010, message: 'User does not belong to this account.' })
    sandbox.fault({ match: { path: /meetings/ }, kind: 'status', status: 400, body })
    expect(await readAll(asList<Conference>(vendor.conferences({ ownerId: 'moved' })), call())).toEqual([])
  })

  it('reads each kind of meeting, without its credentials', async () => {
    const { vendor, call, meetings } = await open()
    const get = async (type: number) =>
      (await vendor.getConference(
        String(meetings.find((meeting) => meeting.type === type && !meeting.live)!.id),
        call(),
      ))!
    expect(await get(2)).toMatchObject({ kind: 'MEETING', schedule: { kind: 'once' }, allowGuests: true })
    expect(await get(3)).toMatchObject({ state: 'IDLE', schedule: { kind: 'permanent' } })
    const series = await get(8)
    expect(series.schedule).toMatchObject({ kind: 'recurring', rrule: 'FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10' })
    expect(JSON.stringify(series)).not.toMatch(/start_url|password|zak=/)
    expect(series.joinUrl).toContain('/j/')
  })

  it('tells the state by status and times', async () => {
    const { vendor, call, meetings, sandbox } = await open()
    const running = meetings.find(({ live }) => live)!
    expect(await vendor.getConference(String(running.id), call())).toMatchObject({ state: 'RUNNING' })
    const planned = meetings.find(({ type, live }) => type === 2 && !live)!
    const host = asList<Conference>(vendor.conferences({ ownerId: planned.host_id }))
    const hour = 3_600_000
    for (const [start, listed, got] of [
      [Date.now() + hour, 'SCHEDULED', 'SCHEDULED'],
      [Date.now() - 1000, 'UNKNOWN', 'IDLE'],
      [Date.now() - 48 * hour, 'ENDED', 'ENDED'],
    ] as const) {
      sandbox.data.meetings.get(planned.id)!.start = start
      const items = await readAll(host, call())
      expect(items.find(({ vendorId }) => vendorId === String(planned.id))!.state).toBe(listed)
      expect(await vendor.getConference(String(planned.id), call())).toMatchObject({ state: got })
    }
  })

  it.each([
    ['/abc==', '%252Fabc%253D%253D'],
    ['ab//c', 'ab%252F%252Fc'],
    ['a/b+c==', 'a%2Fb%2Bc%3D%3D'],
  ])('encodes the UUID %s as Zoom asks', async (uuid, encoded) => {
    const { vendor, call, calls } = await open()
    expect(await vendor.getConference(uuid, call())).toBeNull()
    expect(calls()).toEqual([`GET /meetings/${encoded}`])
  })

  it('gives null for a meeting that is gone', async () => {
    const { vendor, call } = await open()
    expect(await vendor.getConference('123456789', call())).toBeNull()
  })
})

describe('participants', () => {
  const walk = async (
    vendor: { participants: Function },
    id: string,
    call: ReturnType<Awaited<ReturnType<typeof open>>['call']>,
  ) => {
    const chain = asChain<Participant>(vendor.participants(id))
    const found = new Map<string, Participant[]>()
    for (const source of chain.outer as string[]) found.set(source, await readAll(chain.inner(source), call))
    return found
  }

  it('shows who is in a running meeting', async () => {
    const { vendor, call, meetings, calls } = await open()
    const running = meetings.find(({ live, settings }) => live && settings.approval_type === 2)!
    const found = await walk(vendor, String(running.id), call())
    const live = found.get('live')!
    expect(live).toHaveLength(running.live!.attendances.length)
    expect(live[0]).toMatchObject({ role: 'OWNER', status: 'JOINED', userId: running.host_id })
    expect(live[2]).toMatchObject({ userId: null, email: null, role: 'ATTENDEE' })
    expect(calls().filter((line) => line === `GET /meetings/${running.id}`)).toHaveLength(1)
    expect(calls()).not.toContainEqual(expect.stringContaining('registrants'))
  })

  it('shows registrants and those of the last time', async () => {
    const { vendor, call, sandbox, meetings } = await open()
    const registering = meetings.find(({ settings }) => settings.approval_type === 1)!
    const found = await walk(vendor, String(registering.id), call())
    const approved = registering.registrants.filter(({ status }) => status === 'approved')
    expect(
      found
        .get('approved')!
        .map(({ vendorId }) => vendorId)
        .toSorted(),
    ).toEqual(approved.map(({ id }) => id).toSorted())
    expect(found.get('pending')!.length).toBeGreaterThan(0)
    expect(JSON.stringify(found.get('approved'))).not.toContain('pin_code')
    const held = meetings.find(({ past }) => past.length > 0)!
    const past = (await walk(vendor, String(held.id), call())).get('past')!
    expect(past).toHaveLength(held.past.at(-1)!.attendances.length)
    expect(new Set(past.map(({ vendorId }) => vendorId)).size).toBe(past.length)
    expect(past.every(({ status }) => status === 'LEFT')).toBe(true)
    expect(sandbox.effects).toEqual([])
    const byUuid = await walk(vendor, held.past[0]!.uuid, call())
    expect([...byUuid.keys()]).toEqual(['past'])
    expect(byUuid.get('past')!.length).toBeGreaterThan(0)
  })

  it('takes who stands in a list of registrants for registered', async () => {
    const { vendor, call, sandbox, meetings } = await open()
    const registering = meetings.find(({ settings }) => settings.approval_type === 1)!
    const rows = [
      { id: 'a', email: 'a@example.com' },
      { id: 'b', email: 'b@example.com', status: 'cancelled' },
    ]
    const body = JSON.stringify({ registrants: rows })
    sandbox.fault({ match: { path: /registrants/ }, kind: 'body', status: 200, body })
    const chain = asChain<Participant>(vendor.participants(String(registering.id)))
    expect(await readAll(chain.inner('approved'), call())).toMatchObject([
      { vendorId: 'a', status: 'REGISTERED' },
      { vendorId: 'b', status: 'UNKNOWN' },
    ])
  })

  it('says what one source does not give', async () => {
    const { vendor, call, meetings } = await open({ switches: { paid: false, dashboard: false } })
    const running = meetings.find(({ live }) => live)!
    const chain = asChain<Participant>(vendor.participants(String(running.id)))
    for (const source of ['live', 'past']) {
      const page = await chain.inner(source).page({ size: 10, link: null }, call())
      expect(page).toMatchObject({ items: [], next: null, problem: { code: 'VENDOR_REJECTED' } })
    }
  })

  it('has dead tokens stand', async () => {
    const { vendor, call, meetings } = await open()
    const held = meetings.find(({ past }) => past.length > 0)!
    const list = asChain<Participant>(vendor.participants(String(held.id))).inner('past')
    const reading = list.page({ size: 10, link: 'next_page_token=dead' }, call())
    await expect(reading).rejects.toMatchObject({ code: 'VENDOR_REJECTED', vendorCode: '300' })
  })
})
