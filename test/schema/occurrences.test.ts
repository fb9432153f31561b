import { describe, expect, test } from 'vitest'
import type { TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import type { ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { imeetcentral } from '../../src/vendors/imeetcentral/index.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { zoom } from '../../src/vendors/zoom/index.ts'
import { mutate, open, type Opened } from '../operations/open.ts'

const day = 86_400_000
const start = Math.floor(Date.now() / 60_000) * 60_000
const inDays = (days: number): string => new Date(start + days * day).toISOString().replace('.000Z', 'Z')

interface Occurrence {
  id: string
  startsAt: string
  durationMinutes: number | null
  cancelled: boolean
}

const query = `query ($id: ID!, $first: Int! = 50, $from: DateTime, $before: DateTime) {
  conference(id: $id) {
    schedule { ... on RecurringSchedule { nextStartsAt } }
    occurrences(first: $first, startsFrom: $from, startsBefore: $before) { id startsAt durationMinutes cancelled conference { id } }
  }
}`
const readConference = (opened: Opened, id: string, variables: object = {}) =>
  opened.execute(query, { id, ...variables })

async function listOccurrences(opened: Opened, id: string, variables: object = {}): Promise<Occurrence[]> {
  const { conference } = await readConference(opened, id, variables)
  return conference.occurrences as Occurrence[]
}

const findNode = async (opened: Opened, id: string) => {
  const { node } = await opened.execute(
    'query ($id: ID!) { node(id: $id) { ... on Occurrence { id startsAt durationMinutes cancelled conference { id } } } }',
    { id },
  )
  return node as Occurrence | null
}

/** Creates a Zoom series of which two occurrences are over, one is moved and shortened, and one is canceled. */
async function openSeries() {
  const opened = await open(zoom)
  const { data } = opened.sandbox as ZoomSandbox
  const id = 80_000_000_001
  const [host] = data.users
  const template = [...data.meetings.values()].find(({ type }) => type === 8)!
  const occurrences = [-14, -7, 1, 8, 15].map((days, index) => ({
    occurrence_id: `${1_700_000_000_000 + index}`,
    start_time: inDays(days),
    duration: 60,
    status: 'available' as 'available' | 'deleted',
  }))
  Object.assign(occurrences[2]!, { start_time: inDays(9), duration: 20 })
  occurrences[3]!.status = 'deleted'
  data.meetings.set(id, {
    ...template,
    id,
    uuid: 'series',
    host_id: host!.id,
    start: Date.parse(inDays(-14)),
    occurrences,
  })
  const from = opened.sandbox.ledger.length
  const calls = () => opened.sandbox.ledger.slice(from).map(({ path, query }) => (query ? `${path}?${query}` : path))
  return { opened, id: opened.encodeId('Conference', String(id)), occurrences, calls }
}

describe('Zoom', () => {
  test('lists the occurrences that the vendor reports, with one call', async () => {
    const { opened, id, calls } = await openSeries()
    const { conference } = await readConference(opened, id)
    expect(conference.schedule).toEqual({ nextStartsAt: inDays(9) })
    expect(conference.occurrences).toMatchObject([
      { startsAt: inDays(8), durationMinutes: 60, cancelled: true, conference: { id } },
      { startsAt: inDays(9), durationMinutes: 20, cancelled: false },
      { startsAt: inDays(15), durationMinutes: 60, cancelled: false },
    ])
    expect(calls().filter((path) => path.includes('/meetings/'))).toEqual(['/v2/meetings/80000000001'])
  })

  test('lists past occurrences only if the period begins in the past', async () => {
    const { opened, id, calls } = await openSeries()
    const starts = async (variables: object) =>
      (await listOccurrences(opened, id, variables)).map(({ startsAt }) => startsAt)
    expect(await starts({ from: inDays(-10) })).toEqual([-7, 8, 9, 15].map((days) => inDays(days)))
    expect(calls().at(-1)).toBe('/v2/meetings/80000000001?show_previous_occurrences=true')
    expect(await starts({ from: inDays(8), before: inDays(15) })).toEqual([8, 9].map((days) => inDays(days)))
    expect(await starts({ from: inDays(-20), first: 3 })).toEqual([-14, -7, 8].map((days) => inDays(days)))
    expect(await starts({ from: inDays(-20), before: inDays(-6) })).toEqual([-14, -7].map((days) => inDays(days)))
  })

  test('finds an occurrence by ID, until the schedule changes', async () => {
    const { opened, id } = await openSeries()
    for (const occurrence of await listOccurrences(opened, id, { from: inDays(-20) }))
      expect(await findNode(opened, occurrence.id)).toEqual(occurrence)
    const [next] = await listOccurrences(opened, id)
    const recurring = { rrule: 'FREQ=DAILY;COUNT=5', startsAt: inDays(3.5), durationMinutes: 30, timeZone: 'UTC' }
    const updated = await mutate(opened, 'updateConference', { conferenceId: id, schedule: { recurring } })
    expect(updated.outcome).toBe('SUCCEEDED')
    expect(await findNode(opened, next!.id)).toBeNull()
    expect(await listOccurrences(opened, id)).toHaveLength(5)
    expect(await findNode(opened, opened.encodeId('Occurrence', '80000000099', '1'))).toBeNull()
  })

  test('keeps the local time of a series when daylight-saving time begins', async () => {
    const opened = await open(zoom)
    const { data } = opened.sandbox as ZoomSandbox
    const year = new Date().getUTCFullYear() + 1
    const march = Date.UTC(year, 2, 31)
    const change = march - new Date(march).getUTCDay() * day
    const startsAt = new Date(change - 3 * day + 8 * 3_600_000).toISOString()
    const recurring = { rrule: 'FREQ=WEEKLY;COUNT=2', startsAt, durationMinutes: 30, timeZone: 'Europe/Berlin' }
    const { conference } = await mutate(opened, 'createConference', {
      account: 'zoom',
      title: 'Weekly',
      owner: { vendorId: data.users[0]!.id },
      schedule: { recurring },
    })
    const occurrences = await listOccurrences(opened, conference.id)
    expect(occurrences.map((occurrence) => occurrence.startsAt.slice(11))).toEqual(['08:00:00Z', '07:00:00Z'])
  })

  test('reads a series of a list once for all fields that need it', async () => {
    const { opened, calls } = await openSeries()
    const window = { startsFrom: inDays(1), startsBefore: inDays(12) }
    const { next } = await opened.execute(
      `query ($next: ConferenceFilter, $past: ConferenceFilter, $from: DateTime) {
        next: conferences(filter: $next) { nodes { title schedule { ...rule } occurrences { id } } }
        past: conferences(filter: $past) { nodes { schedule { ...rule } occurrences(startsFrom: $from) { id } } }
        all: conferences { nodes { title schedule { ...rule } occurrences(startsFrom: $from) { id } description } }
      }
      fragment rule on RecurringSchedule { rrule nextStartsAt }`,
      { next: window, past: { startsFrom: inDays(-20), startsBefore: inDays(-1) }, from: inDays(-30) },
    )
    expect(next.nodes.length).toBeGreaterThan(0)
    const reads = calls().filter((path) => /^\/v2\/meetings\/\d+/.test(path))
    expect(reads.filter((path) => path.includes('/80000000001'))).toHaveLength(1)
    expect(new Set(reads.map((path) => path.split('?')[0])).size).toBe(reads.length)
  })

  test('returns the same schedule in a list as by ID', async () => {
    const { opened } = await openSeries()
    const schedule =
      'id schedule { __typename ... on RecurringSchedule { rrule nextStartsAt durationMinutes timeZone } }'
    const { conferences } = await opened.execute(`{ conferences(first: 100) { nodes { ${schedule} } } }`)
    const series = conferences.nodes.filter((node: any) => node.schedule?.__typename === 'RecurringSchedule')
    expect(series.length).toBeGreaterThan(3)
    for (const node of series.slice(0, 10))
      expect((await opened.execute(`{ node(id: "${node.id}") { ... on Conference { ${schedule} } } }`)).node).toEqual(
        node,
      )
  })

  test.each([
    ['an empty page', 'first', { first: 0 }],
    ['a page of more than 100 occurrences', 'first', { first: 101 }],
    ['an empty period', 'startsBefore', { from: inDays(-2), before: inDays(-2) }],
    ['a period before now', 'startsBefore', { from: null, before: inDays(-1) }],
    [
      'a period of more than two years',
      'startsBefore',
      { from: '2020-01-01T00:00:00Z', before: '2022-01-01T00:00:01Z' },
    ],
  ])('rejects %s, and names "%s"', async (_, argument, variables) => {
    const { opened, id, calls } = await openSeries()
    await expect(readConference(opened, id, { from: inDays(-10), ...variables })).rejects.toMatchObject({
      message: expect.stringContaining(`"${argument}" must be`) as string,
      cause: { code: 'BAD_USER_INPUT', path: [argument] },
    })
    expect(calls().filter((path) => path.includes('show_previous'))).toEqual([])
  })

  test('accepts a period of exactly two years', async () => {
    const { opened, id } = await openSeries()
    const period = { from: '2028-02-29T00:00:00Z', before: '2030-03-01T00:00:00Z' }
    expect(await listOccurrences(opened, id, period)).toEqual([])
  })

  test('returns one occurrence of a single meeting, and none of a meeting without a time', async () => {
    const opened = await open(zoom)
    const owner = { vendorId: (opened.sandbox as ZoomSandbox).data.users[0]!.id }
    const oneTime = { startsAt: inDays(3), durationMinutes: 45 }
    const input = { account: 'zoom', title: 'Review', owner }
    const { conference } = await mutate(opened, 'createConference', { ...input, schedule: { oneTime } })
    const occurrences = await listOccurrences(opened, conference.id)
    expect(occurrences).toMatchObject([{ startsAt: inDays(3), durationMinutes: 45, cancelled: false }])
    expect(await findNode(opened, occurrences[0]!.id)).toEqual(occurrences[0])
    expect(await listOccurrences(opened, conference.id, { before: inDays(2) })).toEqual([])
    const room = await mutate(opened, 'createConference', { ...input, schedule: { permanent: true } })
    expect(await listOccurrences(opened, room.conference.id)).toEqual([])
  })
})

describe('TrueConf Server', () => {
  async function openWeekly(schedule: object) {
    const opened = await open(trueconf)
    const { data } = opened.sandbox as TrueConfSandbox
    const [conference] = data.conferences.values()
    Object.assign(conference!, { schedule })
    return { opened, id: opened.encodeId('Conference', conference!.id), conference: conference! }
  }

  test('computes the occurrences at the offset of the schedule, with the call for the conference only', async () => {
    // 01:15 at an offset of 5 hours and 30 minutes is on the day before in UTC.
    const schedule = { type: 0, time: '01:15', time_offset: 330, duration: 2_700, days: ['monday', 'thursday'] }
    const { opened, id } = await openWeekly(schedule)
    const from = opened.sandbox.ledger.length
    const occurrences = await listOccurrences(opened, id, {
      from: '2037-06-01T00:00:00Z',
      before: '2037-06-11T00:00:00Z',
    })
    expect(occurrences.map(({ startsAt }) => startsAt)).toEqual([
      '2037-06-03T19:45:00Z',
      '2037-06-07T19:45:00Z',
      '2037-06-10T19:45:00Z',
    ])
    expect(occurrences[0]).toMatchObject({ durationMinutes: 45, cancelled: false, conference: { id } })
    expect(opened.sandbox.ledger.slice(from).filter(({ path }) => /conferences/.test(path))).toHaveLength(1)
    expect(await findNode(opened, occurrences[1]!.id)).toEqual(occurrences[1])
  })

  test('does not find an occurrence after its schedule has changed', async () => {
    const schedule = { type: 0, time: '10:00', time_offset: 180, duration: 3_600, days: ['monday', 'thursday'] }
    const { opened, id, conference } = await openWeekly(schedule)
    const [next] = await listOccurrences(opened, id)
    Object.assign(conference, { schedule: { ...schedule, days: ['monday', 'tuesday', 'thursday'] } })
    expect(await findNode(opened, next!.id)).toBeNull()
    expect(await findNode(opened, opened.encodeId('Occurrence', conference.id, '17-other'))).toBeNull()
    expect(await findNode(opened, opened.encodeId('Occurrence', conference.id, 'other'))).toBeNull()
  })
})

test('returns no occurrences of iMeet Central, without a call for them', async () => {
  const opened = await open(imeetcentral)
  const { conferences } = await opened.execute('{ conferences(first: 2) { nodes { occurrences { id } } } }')
  expect(conferences.nodes).toEqual([{ occurrences: [] }, { occurrences: [] }])
})
