import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { all, connect, type Client } from './client.ts'

let client: Client
beforeEach(async () => void (client = await connect()))
afterEach(() => client.zoom.close())

async function create(body: object, host = 'me') {
  const response = await client.call('POST', `/users/${host}/meetings`, body)
  expect(response.status).toBe(201)
  return response.body
}
const effects = () => client.zoom.effects.map(({ kind, id }) => `${kind} ${id}`)

describe('lists', () => {
  test('return every planned meeting once over all hosts, and fail with 3161 for restricted users', async () => {
    const found: number[] = []
    const rejected: string[] = []
    for (const user of client.zoom.data.users) {
      const { status, body } = await client.get(`/users/${user.id}/meetings?page_size=300`)
      if (status === 200) found.push(...body.meetings.map(({ id }: { id: number }) => id))
      else rejected.push(`${status}/${body.code}`)
    }
    const planned = [...client.zoom.data.meetings.values()].filter(({ type }) => type !== 4)
    expect(found.toSorted()).toEqual(planned.map(({ id }) => id).toSorted())
    expect(rejected).toEqual(['400/3161', '400/3161'])
    expect(new Set(planned.map(({ type }) => type))).toEqual(new Set([2, 3, 8]))
  })

  test('items have no status, links for hosts, password or settings', async () => {
    const [meeting] = (await client.get('/users/me/meetings')).body.meetings
    for (const absent of ['status', 'start_url', 'password', 'settings', 'host_email'])
      expect(meeting).not.toHaveProperty(absent)
    expect(meeting.agenda).toHaveLength(250)
    expect((await client.get(`/meetings/${meeting.id}`)).body.agenda.length).toBeGreaterThan(250)
  })

  test('support page tokens, page numbers, types, and dates', async () => {
    const host = client.zoom.data.users[4]!
    const path = `/users/${host.id}/meetings`
    expect(await all(client, `${path}?page_size=2`, 'meetings')).toHaveLength(5)
    expect((await client.get(`${path}?page_size=2&page_number=3`)).body.meetings).toHaveLength(1)
    const live = await all(client, `${path}?type=live`, 'meetings')
    expect(live).toHaveLength(1)
    const later = await create({ start_time: '2026-12-24T10:00:00Z' }, host.id)
    const onDay = await all(client, `${path}?from=2026-12-24&to=2026-12-24`, 'meetings')
    expect(onDay.map(({ id }) => id)).toContain(later.id)
    expect((await all(client, `${path}?type=previous_meetings`, 'meetings')).map(({ id }) => id)).not.toContain(
      later.id,
    )
    expect((await client.get(`${path}?type=nonsense`)).body.code).toBe(300)
    expect((await client.get('/users/x/meetings')).body.code).toBe(1001)
  })

  test('return the meetings and invitations of the next day as upcoming_meetings', async () => {
    const [, , guest] = client.zoom.data.users
    const settings = { meeting_invitees: [{ email: guest!.email }] }
    const { id } = await create({ start_time: '2026-11-20T20:00:00Z', settings })
    const { body } = await client.get(`/users/${guest!.id}/upcoming_meetings`)
    expect(body.meetings).toMatchObject([{ id, is_host: false }])
    expect((await client.get('/users/x/upcoming_meetings')).body.code).toBe(3001)
  })
})

describe('create', () => {
  test('returns the whole meeting, with the same values in lists and by ID', async () => {
    const fields = {
      topic: 'Weekly',
      type: 2,
      start_time: '2026-12-01T10:00:00Z',
      duration: 30,
      timezone: 'Europe/Berlin',
    }
    const made = await create({ ...fields, settings: { waiting_room: true, join_before_host: true } })
    expect(made).toMatchObject({ ...fields, status: 'waiting', host_email: client.zoom.userMailOfOwner })
    expect(made.settings).toMatchObject({ waiting_room: true, join_before_host: false, approval_type: 2 })
    expect(made.id).toBeGreaterThan(2 ** 31)
    expect(made.start_url).toContain('zak=')
    const { start_url: _url, ...read } = (await client.get(`/meetings/${made.id}`)).body
    expect(made).toMatchObject(read)
    expect(effects()).toEqual([`createConference ${made.id}`])
  })

  test('reads a start with Z as UTC, and without it as local time', async () => {
    const timezone = 'America/New_York'
    const utc = await create({ start_time: '2026-12-01T10:00:00Z', timezone })
    const local = await create({ start_time: '2026-12-01T10:00:00', timezone })
    expect([utc.start_time, local.start_time]).toEqual(['2026-12-01T10:00:00Z', '2026-12-01T15:00:00Z'])
    const odd = await client.call('POST', '/users/me/meetings', { start_time: '2026-12-01T10:00:00+01:00' })
    expect(odd.body.errors).toEqual([{ field: 'start_time', message: 'Invalid field.' }])
  })

  test('keeps the local time of a series across daylight saving time, with at most 50 occurrences', async () => {
    const recurrence = { type: 2, weekly_days: '2', end_times: 60 }
    const series = { type: 8, start_time: '2027-03-22T09:00:00', timezone: 'Europe/Berlin', recurrence }
    const { occurrences } = await create(series)
    expect(occurrences).toHaveLength(50)
    expect(occurrences[0]).toEqual({
      occurrence_id: String(Date.parse('2027-03-22T08:00:00Z')),
      start_time: '2027-03-22T08:00:00Z',
      duration: 60,
      status: 'available',
    })
    expect(occurrences[1].start_time).toBe('2027-03-29T07:00:00Z')
  })

  test.each([
    [{ type: 1, repeat_interval: 2, end_times: 2 }, ['2026-12-01', '2026-12-03']],
    [{ type: 2, weekly_days: '3,5', end_times: 3 }, ['2026-12-01', '2026-12-03', '2026-12-08']],
    [{ type: 3, monthly_day: 15, end_times: 2 }, ['2026-12-15', '2027-01-15']],
    [{ type: 3, monthly_week: -1, monthly_week_day: 6, end_times: 2 }, ['2026-12-25', '2027-01-29']],
    [{ type: 3, monthly_week: 2, monthly_week_day: 3, end_times: 2 }, ['2026-12-08', '2027-01-12']],
    [{ type: 1, end_date_time: '2026-12-02T23:00:00Z' }, ['2026-12-01', '2026-12-02']],
  ])('creates the occurrences of %j', async (recurrence, days) => {
    const { occurrences } = await create({ type: 8, start_time: '2026-12-01T09:00:00Z', timezone: 'UTC', recurrence })
    expect(occurrences.map(({ start_time }: { start_time: string }) => start_time.slice(0, 10))).toEqual(days)
  })

  test('removes unavailable settings without an error, and names invalid fields', async () => {
    const { settings } = await create({
      settings: { breakout_room: { enable: true }, nonsense: 1, mute_upon_entry: true },
    })
    expect(settings.mute_upon_entry).toBe(true)
    expect(settings).not.toHaveProperty('breakout_room')
    expect(settings).not.toHaveProperty('nonsense')
    const bad = await client.call('POST', '/users/me/meetings', { duration: 5000, settings: { approval_type: 9 } })
    expect(bad.body.errors.map(({ field }: { field: string }) => field)).toEqual(['duration', 'settings.approval_type'])
  })

  test('creates meetings for another user, with a personal ID, and with a continuous chat, and does not list instant ones', async () => {
    const [owner, other] = client.zoom.data.users
    expect(await create({ schedule_for: other!.email })).toMatchObject({ host_id: other!.id })
    const instant = await client.call('POST', '/users/me/meetings', { type: 1, schedule_for: other!.email })
    expect(instant.body.code).toBe(3000)
    const chat = { use_pmi: true, continuous_meeting_chat: { enable: true } }
    const made = await create({ settings: chat })
    expect(made.pmi).toBe(String(owner!.pmi))
    expect(made.settings.continuous_meeting_chat.channel_id).toMatch(/.{20}/)
    const now = await create({ type: 1 })
    expect(now).not.toHaveProperty('start_time')
    expect((await all(client, '/users/me/meetings', 'meetings')).map(({ id }) => id)).not.toContain(now.id)
    const restricted = await client.call('POST', `/users/${client.zoom.data.users[15]!.id}/meetings`, {})
    expect(restricted.body.code).toBe(3161)
  })
})

describe('change and delete', () => {
  test('changes the given fields with PATCH, merges settings, ignores a past start, and responds with 204', async () => {
    const before = await create({ topic: 'A', start_time: '2026-12-01T10:00:00Z', settings: { waiting_room: true } })
    const change = { topic: 'B', start_time: '2020-01-01T00:00:00Z', settings: { mute_upon_entry: true } }
    const response = await client.call('PATCH', `/meetings/${before.id}`, change)
    expect([response.status, response.body, response.headers.get('content-type')]).toEqual([204, null, null])
    const { body } = await client.get(`/meetings/${before.id}`)
    expect(body).toMatchObject({ topic: 'B', start_time: '2026-12-01T10:00:00Z' })
    expect(body.settings).toMatchObject({ waiting_room: true, mute_upon_entry: true })
    expect(effects()).toEqual([`createConference ${before.id}`, `updateConference ${before.id}`])
  })

  test('changes one occurrence, and lists a deleted one as deleted', async () => {
    const recurrence = { type: 1, end_times: 3 }
    const made = await create({ type: 8, start_time: '2026-12-01T10:00:00Z', timezone: 'UTC', recurrence })
    const [first, second] = made.occurrences
    const change = { duration: 15, agenda: 'Only here', settings: { mute_upon_entry: true, approval_type: 1 } }
    await client.call('PATCH', `/meetings/${made.id}?occurrence_id=${first.occurrence_id}`, change)
    const one = await client.get(`/meetings/${made.id}?occurrence_id=${first.occurrence_id}`)
    expect(one.body).toMatchObject({ duration: 15, agenda: 'Only here' })
    expect(one.body.settings).toMatchObject({ mute_upon_entry: true, approval_type: 2 })
    expect((await client.call('DELETE', `/meetings/${made.id}?occurrence_id=${second.occurrence_id}`)).status).toBe(204)
    const { body } = await client.get(`/meetings/${made.id}`)
    expect(body.occurrences.map(({ status }: { status: string }) => status)).toEqual([
      'available',
      'deleted',
      'available',
    ])
    expect(body.duration).toBe(60)
    expect((await client.call('DELETE', `/meetings/${made.id}?occurrence_id=1`)).body.code).toBe(300)
  })

  test('does not find a deleted meeting until it is recovered, and does not delete a personal room', async () => {
    const { id } = await create({})
    expect((await client.call('DELETE', `/meetings/${id}`)).status).toBe(204)
    const deleted = await client.get(`/meetings/${id}`)
    expect([deleted.status, deleted.body]).toEqual([404, { code: 3001, message: `Meeting does not exist: ${id}.` }])
    expect((await client.call('DELETE', `/meetings/${id}`)).status).toBe(404)
    expect((await client.call('PUT', `/meetings/${id}/status`, { action: 'recover' })).status).toBe(204)
    expect((await client.get(`/meetings/${id}`)).status).toBe(200)
    const room = [...client.zoom.data.meetings.values()].find(({ type }) => type === 4)!
    expect((await client.call('DELETE', `/meetings/${room.id}`)).body).toEqual({
      code: 3018,
      message: 'Not allowed to delete PMI.',
    })
    expect((await client.get('/meetings/abc')).body.code).toBe(300)
  })

  test('expires a meeting 30 days after its end', async () => {
    const { id } = await create({ start_time: '2026-11-21T10:00:00Z' })
    client.clock.now += 29 * 24 * 3600_000
    expect((await client.call('GET', `/meetings/${id}`, undefined, await client.token())).status).toBe(200)
    client.clock.now += 3 * 24 * 3600_000
    expect((await client.call('GET', `/meetings/${id}`, undefined, await client.token())).body.code).toBe(3001)
  })
})

describe('running', () => {
  test('starts a meeting only through the host, and ends it with PUT status', async () => {
    const { id, uuid } = await create({})
    const path = `/meetings/${id}`
    expect((await client.call('PUT', `${path}/status`, { action: 'end' })).status).toBe(204)
    expect((await client.call('PUT', `${path}/status`, { action: 'start' })).body.code).toBe(300)
    expect((await client.get(path)).body.status).toBe('waiting')
    expect((await client.call('POST', `/__host/meetings/${id}/start`)).status).toBe(204)
    expect((await client.get(path)).body).toMatchObject({ status: 'started', uuid })
    expect((await client.call('DELETE', path)).body.code).toBe(3002)
    expect((await client.call('PUT', `${path}/status`, { action: 'end' })).status).toBe(204)
    const after = (await client.get(path)).body
    expect(after.status).toBe('waiting')
    expect(after.uuid).not.toBe(uuid)
    expect(effects()).toEqual(['createConference', 'runConference', 'endConference'].map((kind) => `${kind} ${id}`))
  })

  test('starts a meeting with its start URL until the zak expires', async () => {
    const { id, start_url, join_url } = await create({})
    expect(await (await fetch(join_url)).text()).toContain('waiting')
    expect((await fetch(`${start_url}x`)).status).toBe(401)
    client.clock.now += 7200_000
    expect((await fetch(start_url)).status).toBe(401)
    const again = await client.call('GET', `/meetings/${id}`, undefined, await client.token())
    expect((await fetch(again.body.start_url)).status).toBe(200)
    expect(await (await fetch(join_url)).text()).toContain('running')
  })
})

test('has no recordings', async () => {
  const { id } = await create({})
  expect((await client.get(`/meetings/${id}/recordings`)).body.code).toBe(3301)
  expect((await client.get('/users/me/recordings')).body).toMatchObject({ meetings: [], total_records: 0 })
})
