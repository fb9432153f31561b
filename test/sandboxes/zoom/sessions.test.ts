import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Meeting } from '../../../src/sandboxes/zoom/index.ts'
import { holdSession } from '../../../src/sandboxes/zoom/hold-session.ts'
import type { UnfinishedReport } from '../../../src/sandboxes/zoom/world.ts'
import { all, connect, type Client } from './client.ts'

let client: Client
beforeEach(async () => void (client = await connect({ seed: { active: 60, inactive: 0, pending: 0 } })))
afterEach(() => client.zoom.close())

const minute = 60_000
const day = 24 * 60 * minute
const encode = (uuid: string) => encodeURIComponent(encodeURIComponent(uuid))
const meetings = () => [...client.zoom.data.meetings.values()]
/** The meeting whose sessions are recorded. */
const recorded = (): Meeting => meetings().find(({ past }) => past.some(({ recordings }) => recordings.length > 0))!
const empty = (): Meeting => meetings().find(({ past, live }) => past.length === 0 && !live)!
const alex = { name: 'Alex Kim' }

describe('sessions of a meeting', () => {
  test('are listed without an order, and by number only the latest has details', async () => {
    const { id, past } = recorded()
    const { body } = await client.get(`/past_meetings/${id}/instances`)
    const starts = body.meetings.map(({ start_time }: { start_time: string }) => start_time)
    expect(starts).toHaveLength(past.length)
    expect(starts).not.toEqual(starts.toSorted())
    expect(starts).not.toEqual(starts.toSorted().toReversed())
    expect((await client.get(`/past_meetings/${id}`)).body.uuid).toBe(past.at(-1)!.uuid)
  })

  test('have no rows if only one person attended, and others waited', async () => {
    const meeting = empty()
    const [start, end] = [client.clock.now - 30 * minute, client.clock.now]
    const waiting = { ...alex, status: 'in_waiting_room' as const }
    const { uuid } = holdSession(meeting, { start, end, joins: [{ name: 'Host', id: meeting.host_id }, waiting] })
    const details = await client.get(`/past_meetings/${encode(uuid)}`)
    expect(details.body).toMatchObject({ participants_count: 1, total_minutes: 30, duration: 30 })
    const rows = await client.get(`/past_meetings/${encode(uuid)}/participants`)
    expect([rows.status, rows.body.participants]).toEqual([200, []])
  })

  test('have rows for the waiting room, and registrations only on request', async () => {
    const meeting = recorded()
    const path = `/past_meetings/${encode(meeting.past[0]!.uuid)}/participants`
    const rows = await all(client, path, 'participants')
    expect(rows.filter(({ status }) => status === 'in_waiting_room')).toHaveLength(2)
    expect(rows[0]).not.toHaveProperty('registrant_id')
    const withIds = await all(client, `${path}?include_fields=registrant_id`, 'participants')
    expect(withIds.filter(({ registrant_id }) => registrant_id !== '')).toHaveLength(2)
  })

  test.each<[UnfinishedReport['state'], object]>([
    ['missing', { status: 404, body: { code: 3001 } }],
    ['empty', { status: 200, body: { participants: [] } }],
    ['unsettled', { body: { participants: [{ duration: 0, leave_time: expect.stringMatching(/Z$/) }, {}] } }],
    ['blank', { body: { participants: [{ join_time: '', leave_time: '', duration: 0 }, {}] } }],
  ])('have a report that is %s for some time after the end', async (state, expected) => {
    const [start, end] = [client.clock.now - 30 * minute, client.clock.now]
    const report = { state, until: end + minute }
    const joins = [{ name: 'Host', id: 'one' }, alex]
    const { uuid } = holdSession(empty(), { start, end, joins, report })
    for (const family of ['past_meetings', 'report/meetings'])
      expect(await client.get(`/${family}/${encode(uuid)}/participants`)).toMatchObject(expected)
    const { participants_count } = (await client.get(`/past_meetings/${encode(uuid)}`)).body
    expect(participants_count).toBe(state === 'blank' ? 0 : 2)
    client.clock.now += minute
    const { body } = await client.get(`/past_meetings/${encode(uuid)}/participants`)
    expect(body.participants).toMatchObject([{ duration: 1800 }, { duration: 1800 }])
  })
})

describe('the history of the account', () => {
  const list = (query: string) => all(client, `/report/history_meetings?${query}`, 'history_meetings')

  test('lists sessions of at most one month, without a total and an order', async () => {
    const rows = await list('from=2026-10-20&to=2026-11-20&page_size=4')
    const [since, until] = [Date.parse('2026-10-20'), Date.parse('2026-11-21')]
    const sessions = meetings().flatMap(({ past }) => past.filter(({ start }) => start >= since && start < until))
    expect(rows.map(({ meeting_uuid }) => meeting_uuid).toSorted()).toEqual(sessions.map(({ uuid }) => uuid).toSorted())
    const starts = rows.map(({ start_time }) => start_time)
    expect(starts).not.toEqual(starts.toSorted().toReversed())
    const { body } = await client.get('/report/history_meetings?from=2026-10-20&to=2026-11-20')
    expect(Object.keys(body)).toEqual(['next_page_token', 'page_size', 'history_meetings'])
    for (const period of ['from=2026-10-19&to=2026-11-20', 'from=2026-11-21&to=2026-11-20', 'from=soon'])
      expect((await client.get(`/report/history_meetings?${period}`)).body.code).toBe(300)
  })

  test('lists the end and the host of a session, and whether it was recorded', async () => {
    const meeting = recorded()
    const host = client.zoom.data.users.find(({ id }) => id === meeting.host_id)!
    const session = meeting.past.at(-4)!
    const rows = await list('from=2026-11-10&to=2026-11-20')
    const row = rows.find(({ meeting_uuid }) => meeting_uuid === session.uuid)
    expect(row).toMatchObject({
      meeting_id: meeting.id,
      type: 'Meeting',
      host_email: host.email,
      end_time: new Date(session.end!).toISOString().replace('.000', ''),
      participants: 7,
      duration: 45,
      feature_used: { record_to_cloud: true },
    })
    expect(row).not.toHaveProperty('host_id')
  })
})

describe('the seeded sessions', () => {
  test('belong to a series with a moved and a canceled occurrence', async () => {
    const { id } = recorded()
    const { body } = await client.get(`/meetings/${id}?show_previous_occurrences=true`)
    expect(body).toMatchObject({ type: 8, recurrence: { type: 2, repeat_interval: 1, end_times: 40 } })
    expect(body.occurrences).toHaveLength(40)
    const moved = body.occurrences.filter(
      ({ occurrence_id, start_time }: Record<string, string>) => Date.parse(start_time!) !== Number(occurrence_id),
    )
    expect(moved).toMatchObject([{ duration: 30, status: 'available' }])
    expect(Date.parse(moved[0].start_time)).toBeGreaterThan(client.clock.now)
    const canceled = body.occurrences.filter(({ status }: { status: string }) => status === 'deleted')
    expect(canceled).toHaveLength(1)
  })

  test('reach ten weeks back, and include one whose report and video are not ready', async () => {
    const { past } = recorded()
    expect(past).toHaveLength(23)
    expect(client.clock.now - past[0]!.start).toBeGreaterThanOrEqual(70 * day)
    const { uuid } = past.at(-1)!
    expect((await client.get(`/past_meetings/${encode(uuid)}`)).body.participants_count).toBeGreaterThan(2)
    expect((await client.get(`/past_meetings/${encode(uuid)}/participants`)).body.code).toBe(3001)
    const { body } = await client.get(`/meetings/${encode(uuid)}/recordings`)
    expect(body.recording_files).toMatchObject([{ status: 'processing' }, { status: 'completed' }])
    const types = past.at(-2)!.recordings.map(({ file_type }) => file_type)
    expect(types).toEqual(['MP4', 'M4A', 'TRANSCRIPT', 'CHAT', 'TIMELINE', 'WHITEBOARD'])
  })
})
