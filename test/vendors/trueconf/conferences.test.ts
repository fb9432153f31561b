import { afterEach, expect, test } from 'vitest'
import { asList, open, type Opened, readAll } from './client.ts'

let opened: Opened
afterEach(() => opened.close())

const respond = (conferences: object[], total: { cnt?: unknown } = { cnt: conferences.length }) =>
  opened.sandbox.fault({
    match: { path: /\/conferences\?/ },
    kind: 'body',
    status: 200,
    body: JSON.stringify({ conferences, ...total }),
  })

test('loads a page by its number, which the vendor counts from 1, with the total', async () => {
  opened = await open()
  const list = asList(opened.vendor.conferences({}))
  const page = await list.loadPage({ size: 10, number: 2 }, opened.call())
  expect(opened.takeRequests()).toEqual(['GET /conferences?page_id=3&page_size=10'])
  expect(page.items.map((item) => list.getId(item))).toEqual([...opened.sandbox.data.conferences.keys()].slice(20, 30))
  expect(page).toMatchObject({ total: 35, next: '3' })
})

test('requests no page after a last page that is not full', async () => {
  opened = await open()
  const found = await readAll(opened.vendor.conferences({}), opened.call(), 8)
  expect(found.map((conference) => conference!.vendorId)).toEqual([...opened.sandbox.data.conferences.keys()])
  expect(opened.takeRequests()).toHaveLength(5)
})

test('reads the whole list if the server returns smaller pages than requested', async () => {
  opened = await open({ maxPageSize: 4 })
  const found = await readAll(opened.vendor.conferences({}), opened.call(), 20)
  expect(found.map((conference) => conference!.vendorId)).toEqual([...opened.sandbox.data.conferences.keys()])
})

test.each([0, 2, 3, undefined, 'many'])('assumes a next page after a full page with a total of %j', async (cnt) => {
  opened = await open()
  respond([{ id: 'a' }, { id: 'b' }], { cnt })
  const page = await asList(opened.vendor.conferences({})).loadPage({ size: 2, number: 0 }, opened.call())
  expect(page).toMatchObject({ next: '1', isNextAssumed: cnt !== 3 })
})

test.each([0, 1, 3, -1, undefined, null, 'many'])(
  'assumes a next page after a short page with a total of %j',
  async (cnt) => {
    opened = await open()
    respond([{ id: 'a' }, { id: 'b' }], { cnt })
    const page = await asList(opened.vendor.conferences({})).loadPage({ size: 20, number: 0 }, opened.call())
    expect(page).toMatchObject({ next: '1', isNextAssumed: cnt !== 3 })
  },
)

test.each([
  [{ tag: 'board' }, 'tag=board&'],
  [{ tag: '' }, ''],
  [{ state: ['RUNNING'] as const }, 'state=running&'],
  [{ state: ['ENDED', 'IDLE'] as const }, 'state=stopped&'],
  [{ state: ['RUNNING', 'IDLE'] as const }, ''],
  [{ state: ['UNKNOWN'] as const }, ''],
  [{ search: 'x', ownerId: 'helen' }, ''],
])('sends the filter %j as %j', async (filter, query) => {
  opened = await open()
  await asList(opened.vendor.conferences(filter)).loadPage({ size: 5, number: 0 }, opened.call())
  expect(opened.takeRequests()).toEqual([`GET /conferences?${query}page_id=1&page_size=5`])
})

test('reads each kind of conference', async () => {
  opened = await open()
  const seconds = (days: number) => Math.floor(Date.now() / 1000) + days * 86_400
  const weekly = { type: 0, start_time: 2_100_000_000, duration: 90, time: '11:30', days: ['monday', 'SUNDAY', 'x'] }
  respond([
    { id: '01', state: 'stopped', schedule: { type: -1 }, created_at: 1_573_653_531, owner: 'helen@own.example' },
    { id: '02', state: 'running', schedule: { type: '1', start_time: String(seconds(-1)), duration: 600 }, type: 3 },
    { id: '03', state: 'stopped', schedule: { type: 1, start_time: seconds(-1), duration: 600 }, type: 9 },
    { id: '04', state: 'stopped', schedule: { type: 1, start_time: seconds(1), duration: 600, time_offset: 180 } },
    { id: '05', state: 'stopped', schedule: { ...weekly, time_offset: -330 }, type: '3', vad_selector: '1' },
    { id: '06', state: 'paused' },
    { id: '07', state: 'stopped', schedule: { type: 1, start_time: '0000-00-00', duration: 600 } },
  ])
  const read = await readAll(opened.vendor.conferences({}), opened.call())
  expect(read.map((conference) => [conference!.kind, conference!.state, conference!.mode])).toEqual([
    ['ROOM', 'IDLE', null],
    ['MEETING', 'RUNNING', 'MODERATED'],
    ['MEETING', 'ENDED', null],
    ['MEETING', 'SCHEDULED', null],
    ['MEETING', 'SCHEDULED', 'SMART_MEETING'],
    ['UNKNOWN', 'UNKNOWN', null],
    ['MEETING', 'UNKNOWN', null],
  ])
  expect(read[0]).toMatchObject({
    vendorId: '01',
    title: '',
    ownerId: 'helen',
    schedule: { kind: 'permanent', since: new Date(1_573_653_531_000) },
  })
  expect(read[3]!.schedule).toMatchObject({ durationMinutes: 10, timeZone: 'Etc/GMT-3' })
  expect(read[4]!.schedule).toEqual({
    kind: 'recurring',
    rrule: 'FREQ=WEEKLY;BYDAY=MO,SU',
    nextStartsAt: new Date(2_100_000_000_000),
    durationMinutes: 2,
    timeZone: null,
  })
  expect(read[6]!.schedule).toBeNull()
})

test.each([
  [1_573_653_531, '2019-11-13T13:58:51.000Z'],
  ['1573653531', '2019-11-13T13:58:51.000Z'],
  [1_573_653_531_000, '2019-11-13T13:58:51.000Z'],
  ['2019-11-13T13:58:51', '2019-11-13T13:58:51.000Z'],
  ['2019-11-13 13:58:51.000000', '2019-11-13T13:58:51.000Z'],
  ['2019-11-13T16:58:51+0300', '2019-11-13T13:58:51.000Z'],
  ['2019-11-13', '2019-11-13T00:00:00.000Z'],
  ['0000-00-00', null],
  [253_402_300_800, null],
  ['10000-01-01T00:00:00Z', null],
  ['soon', null],
  [0, null],
  [null, null],
])('reads the date %j as %j', async (created_at, expected) => {
  opened = await open()
  respond([{ id: '1', topic: 'A', created_at }])
  const [read] = await readAll(opened.vendor.conferences({}), opened.call())
  expect(read).toMatchObject({ title: 'A', raw: { created_at } })
  expect(read!.createdAt?.toISOString() ?? null).toBe(expected)
})

test('reads an invalid optional field as null, and names an invalid required field', async () => {
  opened = await open()
  respond([{ id: '1', max_participants: 'lots' }])
  expect(await readAll(opened.vendor.conferences({}), opened.call())).toMatchObject([{ maxParticipants: null }])
  opened.sandbox.clearFaults()
  respond([{ id: ['1'], max_participants: 5 }])
  await expect(readAll(opened.vendor.conferences({}), opened.call())).rejects.toMatchObject({
    code: 'VENDOR_BAD_RESPONSE',
    message: expect.stringContaining('"id"'),
  })
})

test('removes PINs from raw objects', async () => {
  opened = await open()
  respond([{ id: '1', pin: '1234', pin_enabled: true, nested: [{ password: 'x', topic: 'y' }] }])
  const [read] = await readAll(opened.vendor.conferences({}), opened.call())
  expect(read!.raw).toEqual({ id: '1', pin_enabled: true, nested: [{ topic: 'y' }] })
})

test('returns null for a missing conference', async () => {
  opened = await open()
  expect(await opened.vendor.getConference('0000000000', opened.call())).toBeNull()
})

test('starts and ends a conference, and returns its new state', async () => {
  opened = await open({ running: 0 })
  const id = [...opened.sandbox.data.conferences.keys()][0]!
  const call = opened.call()
  expect(await opened.vendor.getConference(id, call)).toMatchObject({ state: 'IDLE' })
  expect(await opened.vendor.runConference(id, call)).toMatchObject({
    conference: { state: 'RUNNING' },
    startUrl: null,
  })
  expect(await opened.vendor.endConference(id, call)).toMatchObject({ state: 'IDLE' })
  expect(opened.sandbox.effects.map(({ kind }) => kind)).toEqual(['runConference', 'endConference'])
  expect(call.writesSucceeded).toBe(2)
})

test.each([200, 204] as const)('deletes a conference if the server responds with %i', async (deleteStatus) => {
  opened = await open({ deleteStatus })
  const id = [...opened.sandbox.data.conferences.keys()][0]!
  await opened.vendor.deleteConference(id, opened.call())
  expect(opened.sandbox.data.conferences.has(id)).toBe(false)
  await expect(opened.vendor.deleteConference(id, opened.call())).rejects.toMatchObject({
    code: 'NOT_FOUND',
    delivery: 'rejected',
  })
})

test('changes only the fields of an update', async () => {
  opened = await open({ running: 0 })
  const stored = [...opened.sandbox.data.conferences.values()].find(
    ({ type, schedule }) => type === 3 && schedule.type === 0,
  )!
  const before = structuredClone({ ...stored, call: null })
  const changes = { title: 'Anew 🎉', tags: ['a', 'b'] }
  const { conference: read } = await opened.vendor.updateConference(stored.id, changes, opened.call())
  expect(read).toMatchObject({ title: 'Anew 🎉', tags: ['a', 'b'] })
  expect({ ...stored, call: null }).toEqual({ ...before, topic: 'Anew 🎉', tags: ['a', 'b'] })
  expect(opened.sandbox.effects).toMatchObject([
    { kind: 'updateConference', detail: { topic: 'Anew 🎉', tags: ['a', 'b'] } },
  ])
})

test('names the input that the server does not change in a running conference', async () => {
  opened = await open()
  const running = [...opened.sandbox.data.conferences.values()].find(({ call }) => call)
  await opened.vendor.updateConference(running!.id, { description: 'Later' }, opened.call())
  expect(running!.description).toBe('Later')
  await expect(opened.vendor.updateConference(running!.id, { title: 'No' }, opened.call())).rejects.toMatchObject({
    code: 'VENDOR_REJECTED',
    path: ['input', 'title'],
    vendorCode: 'conferenceIsRunning',
    delivery: 'rejected',
  })
})

test('sends nothing for a rejected update', async () => {
  opened = await open()
  await expect(opened.vendor.updateConference('x', { title: '' }, opened.call())).rejects.toMatchObject({
    path: ['input', 'title'],
  })
  const startsAt = new Date(Date.now() + 86_400_000)
  const schedule = { kind: 'once', startsAt, durationMinutes: 0, timeZone: null } as const
  await expect(opened.vendor.updateConference('x', { schedule }, opened.call())).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
  })
  expect(opened.sandbox.ledger).toEqual([])
})
