import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Meeting } from '../../../src/sandboxes/zoom/index.ts'
import { all, connect, type Client } from './client.ts'

let client: Client
beforeEach(async () => void (client = await connect()))
afterEach(() => client.zoom.close())

const meetings = () => [...client.zoom.data.meetings.values()]
const one = (wanted: (meeting: Meeting) => unknown) => meetings().find(wanted)!
const once = encodeURIComponent
const twice = (text: string) => once(once(text))

describe('registrants', () => {
  const open = async (settings: object, more: object = {}) =>
    (await client.call('POST', '/users/me/meetings', { ...more, settings })).body.id as number

  test('are listed by status, in pages by token and by number', async () => {
    const { id, registrants } = one(({ registrants }) => registrants.some(({ status }) => status === 'pending'))
    const path = `/meetings/${id}/registrants`
    const sizes = { approved: 0, pending: 0, denied: 0 }
    for (const { status } of registrants) sizes[status]++
    for (const [status, size] of Object.entries(sizes)) {
      const rows = await all(client, `${path}?status=${status}&page_size=4`, 'registrants')
      expect(new Set(rows.map(({ id }) => id)).size).toBe(size)
      expect(rows.every((row) => (row.join_url !== undefined) === (status === 'approved'))).toBe(true)
    }
    expect((await client.get(`${path}?page_size=4&page_number=2`)).body.page_number).toBe(2)
    client.zoom.switches.registrantsByNumber = false
    const ignored = await client.get(`${path}?page_size=4&page_number=2`)
    expect(ignored.body).not.toHaveProperty('page_number')
    expect(ignored.body.registrants).toEqual((await client.get(`${path}?page_size=4`)).body.registrants)
  })

  test('receive a join URL at once, or after a manual approval', async () => {
    const person = { first_name: 'Jill', email: 'jill@example.org' }
    const auto = await client.call('POST', `/meetings/${await open({ approval_type: 0 })}/registrants`, person)
    expect(auto.status).toBe(201)
    expect(auto.body.join_url).toContain(`tk=${auto.body.registrant_id}`)

    const id = await open({ approval_type: 1 })
    const manual = await client.call('POST', `/meetings/${id}/registrants`, person)
    expect(manual.body).toMatchObject({ id })
    expect(manual.body).not.toHaveProperty('join_url')
    const path = `/meetings/${id}/registrants`
    const wrongKey = { action: 'approve', registrant: [{ email: person.email }] }
    expect((await client.call('PUT', `${path}/status`, wrongKey)).status).toBe(204)
    expect((await client.get(`${path}/${manual.body.registrant_id}`)).body.status).toBe('pending')
    const right = { action: 'approve', registrants: [{ id: manual.body.registrant_id }] }
    expect((await client.call('PUT', `${path}/status`, right)).status).toBe(204)
    expect((await client.get(path)).body.registrants[0].join_url).toContain('tk=')
    await client.call('PUT', `${path}/status`, { action: 'cancel', registrants: [{ email: person.email }] })
    expect((await client.get(path)).body.registrants).toEqual([])
    expect((await client.call('DELETE', `${path}/${manual.body.registrant_id}`)).status).toBe(204)
    expect((await client.call('DELETE', `${path}/${manual.body.registrant_id}`)).body.code).toBe(300)
    expect(client.zoom.effects.filter(({ id: ref }) => ref === String(id)).map(({ kind }) => kind)).toEqual([
      'createConference',
      'inviteParticipant',
      'approveParticipant',
      'removeParticipant',
      'removeParticipant',
    ])
  })

  test('are rejected if registration is off, or the meeting is unknown, full, or of a host without a license', async () => {
    const person = { first_name: 'Jill', email: 'jill@example.org' }
    const closed = await open({})
    const post = (id: number | string) => client.call('POST', `/meetings/${id}/registrants`, person)
    expect(await post(closed)).toMatchObject({
      status: 404,
      body: { code: 404, message: `Registration has not been enabled for this meeting: ${closed}.` },
    })
    expect((await client.get(`/meetings/${closed}/registrants`)).body.code).toBe(300)
    expect(await post(81_111_111_111)).toMatchObject({ status: 404, body: { code: 1001 } })
    const full = await open({ approval_type: 0 })
    const [registrant] = one(({ registrants }) => registrants.length > 0).registrants
    client.zoom.data.meetings.get(full)!.registrants = Array.from({ length: 4999 }, () => ({ ...registrant! }))
    expect((await post(full)).body.code).toBe(3043)
    client.zoom.data.users[0]!.type = 1
    expect((await post(full)).body.code).toBe(200)
  })

  test('can be added in a batch, for scheduled meetings only', async () => {
    const registrants = [1, 2, 3].map((n) => ({ first_name: `P${n}`, email: `p${n}@example.org` }))
    const path = async (more: object) => `/meetings/${await open({ approval_type: 0 }, more)}/batch_registrants`
    const added = await client.call('POST', await path({ type: 2 }), { registrants })
    expect(added.status).toBe(201)
    expect(added.body.registrants.map(({ email }: { email: string }) => email)).toEqual(registrants.map((r) => r.email))
    expect((await client.call('POST', await path({ type: 3 }), { registrants })).body.code).toBe(303)
  })
})

describe('other invitations', () => {
  test('creates an invite link for each name', async () => {
    const { id } = one(({ type }) => type === 2)
    const attendees = [{ name: 'Jill' }, { name: '佐藤', disable_video: true }]
    const response = await client.call('POST', `/meetings/${id}/invite_links`, { attendees, ttl: 1000 })
    expect(response.status).toBe(201)
    expect(new Set(response.body.attendees.map(({ join_url }: { join_url: string }) => join_url)).size).toBe(2)
    expect(client.zoom.effects.map(({ detail }) => detail)).toMatchObject([{ name: 'Jill' }, { name: '佐藤' }])
    expect((await client.call('POST', `/meetings/${id}/invite_links`, { attendees: [] })).body.code).toBe(300)
    expect((await client.get(`/meetings/${id}/invitation`)).body.invitation).toContain(`Meeting ID: ${id}\r\n`)
    expect((await client.call('POST', `/meetings/${id}/sip_dialing`)).body).toMatchObject({ expire_in: 7200 })
  })

  test('calls users of the account while the meeting is running, and responds with 202 without a body', async () => {
    const { id } = one(({ live }) => live)
    const ring = (contacts: object[], meeting: number = id) =>
      client.call('PATCH', `/live_meetings/${meeting}/events`, { method: 'participant.invite', params: { contacts } })
    const email = client.zoom.data.users[5]!.email
    const rung = await ring([{ email }])
    expect([rung.status, rung.body, rung.headers.get('content-type')]).toEqual([202, null, null])
    expect(client.zoom.effects).toMatchObject([{ kind: 'inviteParticipant', id: String(id), detail: { email } }])
    expect((await ring([{ email: 'out@example.org' }])).body.code).toBe(300)
    const idle = one(({ live }) => !live).id
    expect((await ring([{ email }], idle)).body.message).toBe(`Meeting ${idle} is not found or has expired.`)
    const phone = { method: 'participant.invite.callout', params: { invitee_name: 'J', phone_number: '5550100' } }
    expect((await client.call('PATCH', `/live_meetings/${idle}/events`, phone)).status).toBe(202)
  })
})

describe('past meetings', () => {
  const findPastMeeting = () => one(({ past }) => past.length > 0)

  test('returns the latest instance for a number, or the one with a UUID, which can require two encodings', async () => {
    const { id, past } = findPastMeeting()
    expect((await client.get(`/past_meetings/${id}`)).body).toMatchObject({ id, uuid: past.at(-1)!.uuid, duration: 50 })
    const instances = (await client.get(`/past_meetings/${id}/instances`)).body.meetings
    // Zoom does not guarantee an order.
    expect(instances.map(({ uuid }: { uuid: string }) => uuid).toSorted()).toEqual(
      past.map(({ uuid }) => uuid).toSorted(),
    )
    const [slash, twoSlashes, plain] = past.map(({ uuid }) => uuid) as [string, string, string]
    expect(slash).toMatch(/^\//)
    expect(twoSlashes).toContain('//')
    for (const uuid of [slash, twoSlashes, plain])
      for (const family of ['past_meetings', 'report/meetings'])
        expect((await client.get(`/${family}/${twice(uuid)}`)).body.uuid).toBe(uuid)
    expect((await client.get(`/past_meetings/${once(plain)}`)).body.uuid).toBe(plain)
    const lost = { code: 3001, message: `Meeting does not exist: ${slash.slice(1)}.` }
    expect((await client.get(`/past_meetings/${once(slash)}`)).body).toEqual(lost)
    expect((await client.get(`/past_meetings/${slash}/participants`)).body).toEqual(lost)
    expect((await client.get(`/past_meetings/${once(twoSlashes)}/participants`)).status).toBe(404)
  })

  test('lists one row for each join, only the names of guests, and pages by token', async () => {
    const { id, past } = findPastMeeting()
    for (const family of ['past_meetings', 'report/meetings']) {
      const rows = await all(client, `/${family}/${id}/participants?page_size=10`, 'participants')
      expect(rows).toHaveLength(past.at(-1)!.attendances.length)
      const guest = rows.find(({ name }) => name === 'Guest 2')
      expect(guest).toMatchObject({ id: '', user_email: '' })
      expect(guest.duration).toBe(3000 - 20)
      expect(new Set(rows.map(({ user_id }) => user_id)).size).toBe(rows.length)
      expect(new Set(rows.map(({ name }) => name)).size).toBeLessThan(rows.length)
      expect((await client.get(`/${family}/${id}/participants?page_number=2`)).body).not.toHaveProperty('page_number')
    }
    const withIds = await client.get(`/report/meetings/${id}/participants?include_fields=registrant_id`)
    expect(withIds.body.participants[0]).toHaveProperty('registrant_id')
    const host = client.zoom.data.users.find((user) => user.id === findPastMeeting().host_id)!
    const report = await client.get(`/report/users/${host.id}/meetings?from=2026-10-30&to=2026-11-20`)
    expect(report.body.meetings).toHaveLength(3)
  })

  test('lists rows after the end, durations after a delay, and no rows for a single participant', async () => {
    client.zoom.switches.reportLag = 60_000
    const { id } = (await client.call('POST', '/users/me/meetings', {})).body
    const rows = async () => (await client.get(`/past_meetings/${id}/participants`)).body
    const host = (what: string, body?: object) => client.call('POST', `/__host/meetings/${id}/${what}`, body)
    await host('start')
    expect(await rows()).toEqual({ code: 3001, message: 'Meeting ID is invalid or has not ended.' })
    await host('end')
    expect((await rows()).participants).toEqual([])
    await host('start')
    await host('join', { name: 'Guest' })
    client.clock.now += 30_000
    await host('leave', { name: 'Guest' })
    await host('end')
    expect((await rows()).participants.map(({ duration }: { duration: number }) => duration)).toEqual([0, 0])
    client.clock.now += 60_000
    expect((await rows()).participants.map(({ duration }: { duration: number }) => duration)).toEqual([30, 30])
  })

  test('rejects meetings older than a year, and accounts without a paid plan', async () => {
    const { id, past } = findPastMeeting()
    past.at(-1)!.start -= 400 * 24 * 3600_000
    expect((await client.get(`/past_meetings/${id}`)).body.code).toBe(12702)
    client.zoom.switches.paid = false
    expect((await client.get(`/past_meetings/${id}`)).body.code).toBe(200)
    expect((await client.get(`/report/meetings/${id}`)).body.code).toBe(200)
  })
})

describe('metrics', () => {
  test('lists the participants of a running meeting, by number and by UUID', async () => {
    const { id, uuid, live } = meetings().filter(({ live }) => live)[1]!
    const rows = await all(client, `/metrics/meetings/${id}/participants?page_size=4`, 'participants')
    expect(rows).toHaveLength(live!.attendances.length)
    expect(rows[0]).toMatchObject({ role: 'host', status: 'in_meeting' })
    expect(rows[0]).not.toHaveProperty('leave_time')
    expect(uuid).toMatch(/^\//)
    expect((await client.get(`/metrics/meetings/${twice(uuid)}/participants`)).body.meeting_number).toBe(String(id))
    expect((await client.get(`/metrics/meetings/${twice(uuid)}`)).body).toMatchObject({ id, participants: rows.length })
    await client.call('POST', `/__host/meetings/${id}/join`, { name: 'Late', waiting: true })
    const more = await all(client, `/metrics/meetings/${id}/participants`, 'participants')
    expect(more.at(-1)).toMatchObject({ user_name: 'Late', email: '', status: 'in_waiting_room' })
    expect((await client.get(`/metrics/meetings/${id}/participants?type=past`)).body.code).toBe(3001)
    const idle = one(({ live }) => !live)
    expect((await client.get(`/metrics/meetings/${idle.id}/participants`)).body.code).toBe(3001)
  })

  test('requires dates and a dashboard for the list of the account', async () => {
    const list = (query: string) => client.get(`/metrics/meetings?${query}`)
    expect((await list('from=2026-11-01&to=2026-11-20')).body.meetings).toHaveLength(2)
    const past = await list('type=past&from=2026-11-01%2000:00:00&to=2026-11-20%2023:00:00')
    expect(past.body.meetings[0].duration).toBe('00:50:00')
    expect((await list('from=2026-11-01')).body.errors[0].field).toBe('to')
    expect((await list('from=2026-01-01&to=2026-11-01')).body.code).toBe(300)
    client.zoom.switches.dashboard = false
    expect((await list('from=2026-11-01&to=2026-11-20')).body.code).toBe(400)
  })
})
