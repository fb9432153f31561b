import { describe, expect, test } from 'vitest'
import type { TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import type { ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { zoom } from '../../src/vendors/zoom/index.ts'
import { open, type Opened } from '../operations/open.ts'

const day = 86_400_000
const now = Math.floor(Date.now() / 60_000) * 60_000
const inDays = (days: number): string => new Date(now + days * day).toISOString().replace('.000Z', 'Z')
/** From the day after the next 7 days to 7 days later. */
const window = { startsFrom: inDays(7), startsBefore: inDays(14) }

const document = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: ConferenceFilter, $orderBy: ConferenceOrder) {
  conferences(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
    nodes { id title schedule { ... on RecurringSchedule { nextStartsAt } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    sources { status problem { code } }
  }
}`
interface Page {
  nodes: { id: string; title: string; schedule: { nextStartsAt?: string } | null }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string }
  sources: { status: string; problem: { code: string } | null }[]
}

const load = async (opened: Opened, variables: object): Promise<Page> =>
  (await opened.execute(document, variables)).conferences as Page
const order = (direction: 'ASC' | 'DESC') => ({ orderBy: { field: 'STARTS_AT', direction } })
const titlesOf = ({ nodes }: Page): string[] => nodes.map(({ title }) => title)

interface Row {
  title: string
  type: 2 | 8
  /** Days from now. The list row of a series has the first. */
  starts: number[]
  canceled?: number[]
}

/** Opens a Zoom account with these meetings only. */
async function openMeetings(rows: readonly Row[]) {
  const opened = await open(zoom, { seed: { seed: { active: 12, hosts: 3 } } })
  const { users, meetings } = (opened.sandbox as ZoomSandbox).data
  const template = [...meetings.values()].find(({ type }) => type === 8)!
  const { recurrence: _, occurrences: __, ...single } = template
  meetings.clear()
  for (const [index, { title, type, starts, canceled = [] }] of rows.entries()) {
    const occurrences = starts.map((days, nth) => ({
      occurrence_id: String(nth + 1),
      start_time: inDays(days),
      duration: 30,
      status: canceled.includes(days) ? ('deleted' as const) : ('available' as const),
    }))
    const id = 80_000_000_000 + index
    const own = { id, uuid: `u${index}`, topic: title, type, host_id: users[0]!.id, start: now + starts[0]! * day }
    const meeting = type === 8 ? { ...template, ...own, occurrences } : { ...single, ...own }
    meetings.set(id, { ...meeting, past: [], live: null })
  }
  const from = opened.sandbox.ledger.length
  const reads = () =>
    opened.sandbox.ledger.slice(from).flatMap(({ path }) => /^\/v2\/meetings\/(\d+)$/.exec(path)?.[1] ?? [])
  return { opened, reads }
}

const agenda: Row[] = [
  { title: 'weekly', type: 8, starts: [-21, -14, -7, 1, 8, 15] },
  { title: 'single', type: 2, starts: [9] },
  { title: 'later', type: 8, starts: [10, 11, 17] },
  { title: 'canceled', type: 8, starts: [1, 8, 15], canceled: [8] },
  { title: 'over', type: 8, starts: [-21, -14] },
  { title: 'begins after', type: 8, starts: [14, 21] },
  { title: 'other day', type: 2, starts: [20] },
]

describe('agenda of a Zoom account', () => {
  test('contains series and single meetings in the order of their first time in the period', async () => {
    const { opened } = await openMeetings(agenda)
    const ascending = await load(opened, { filter: window, ...order('ASC') })
    expect(titlesOf(ascending)).toEqual(['weekly', 'single', 'later'])
    expect(ascending.nodes.map(({ schedule }) => schedule?.nextStartsAt)).toEqual([inDays(1), undefined, inDays(10)])
    expect(ascending.sources).toEqual([{ status: 'OK', problem: null }])
    expect(titlesOf(await load(opened, { filter: window, ...order('DESC') }))).toEqual(['later', 'single', 'weekly'])
    expect(titlesOf(await load(opened, { filter: window })).toSorted()).toEqual(['later', 'single', 'weekly'])
  })

  test('reads each series once, and not a series that begins after the period', async () => {
    const { opened, reads } = await openMeetings(agenda)
    await load(opened, { filter: window, ...order('ASC') })
    expect(reads().toSorted()).toEqual(['80000000000', '80000000002', '80000000003', '80000000004'])
  })

  test('uses the next occurrence if the period has no end', async () => {
    const { opened } = await openMeetings(agenda)
    const all = await load(opened, order('ASC'))
    expect(titlesOf(all)).toEqual(['weekly', 'canceled', 'single', 'later', 'begins after', 'other day', 'over'])
    const past = await load(opened, { filter: { startsFrom: inDays(-30) }, ...order('ASC') })
    expect(titlesOf(past)).toEqual(['weekly', 'canceled', 'single', 'later', 'begins after', 'other day'])
    const future = await load(opened, { filter: { startsFrom: inDays(16) }, ...order('ASC') })
    expect(titlesOf(future)).toEqual(['later', 'other day', 'begins after'])
  })

  test('finds past occurrences in a period of the past', async () => {
    const { opened } = await openMeetings(agenda)
    const filter = { startsFrom: inDays(-15), startsBefore: inDays(-1) }
    expect(titlesOf(await load(opened, { filter }))).toEqual(['weekly', 'over'])
  })

  test.each([
    ['with an order', order('ASC')],
    ['without an order', {}],
  ])('returns the other conferences if one series cannot be read, %s', async (_, variables) => {
    const { opened } = await openMeetings(agenda)
    const clear = opened.sandbox.fault({ match: { path: /\/meetings\/80000000000\b/ }, kind: 'status', status: 500 })
    const page = await load(opened, { filter: window, ...variables })
    expect(titlesOf(page)).toEqual(['single', 'later'])
    expect(page.sources).toEqual([{ status: 'PARTIAL', problem: { code: 'VENDOR_UNAVAILABLE' } }])
    expect(page.pageInfo.hasNextPage).toBe(false)
    clear()
    expect(titlesOf(await load(opened, { filter: window, ...variables }))).toContain('weekly')
  })

  test.each([
    ['forward, with an order', 'first', order('ASC')],
    ['backward, with an order', 'last', order('DESC')],
    ['forward, without an order', 'first', {}],
    ['backward, without an order', 'last', {}],
  ])('returns each of 80 series once, %s', async (_, size, variables) => {
    const rows = Array.from({ length: 80 }, (_, index): Row => {
      return { title: `series ${index}`, type: 8, starts: [-3, 7.5 + (index % 60) / 10, 21] }
    })
    const { opened, reads } = await openMeetings(rows)
    const titles: string[] = []
    let place: object = {}
    for (let pages = 0; ; pages++) {
      expect(pages).toBeLessThan(200)
      const from = reads().length
      const page = await load(opened, { filter: window, [size]: 20, ...place, ...variables })
      const pageReads = reads().slice(from)
      expect(new Set(pageReads).size).toBe(pageReads.length)
      if (!('orderBy' in variables)) expect(pageReads.length).toBeLessThanOrEqual(30)
      expect(page.sources[0]!.status).not.toBe('FAILED')
      titles.push(...(size === 'first' ? titlesOf(page) : titlesOf(page).toReversed()))
      const { hasNextPage, hasPreviousPage, endCursor, startCursor } = page.pageInfo
      if (!(size === 'first' ? hasNextPage : hasPreviousPage)) break
      place = size === 'first' ? { after: endCursor } : { before: startCursor }
    }
    expect(titles).toHaveLength(rows.filter(({ starts }) => starts[1]! < 14).length)
    expect(new Set(titles).size).toBe(titles.length)
  })

  test('ends a page at the scan limit, and continues there', async () => {
    const rows = Array.from({ length: 140 }, (_, index): Row => ({
      title: `series ${index}`,
      type: 8,
      starts: [1, 30],
    }))
    const { opened, reads } = await openMeetings([...rows, { title: 'last', type: 8, starts: [1, 8] }])
    const first = await load(opened, { filter: window })
    expect(first).toMatchObject({ nodes: [], pageInfo: { hasNextPage: true }, sources: [{ status: 'PARTIAL' }] })
    expect(reads().length).toBeGreaterThan(20)
    expect(reads().length).toBeLessThanOrEqual(90)
    const titles: string[] = []
    let page = first
    for (let pages = 0; pages < 20 && page.pageInfo.hasNextPage; pages++) {
      page = await load(opened, { filter: window, after: page.pageInfo.endCursor })
      titles.push(...titlesOf(page))
    }
    expect(titles).toEqual(['last'])
    expect(page.sources).toEqual([{ status: 'OK', problem: null }])
  })
})

test('finds a weekly TrueConf conference weeks ahead, on its days only', async () => {
  const opened = await open(trueconf)
  const { conferences } = (opened.sandbox as TrueConfSandbox).data
  const [conference] = conferences.values()
  // At an offset of three hours, both times are on the day before in UTC.
  const schedule = { type: 0, time: '01:30', time_offset: 180, duration: 3_600, days: ['tuesday', 'friday'] }
  Object.assign(conference!, { schedule, topic: 'the weekly one' })
  const monday = now + 21 * day - ((new Date(now).getUTCDay() + 6) % 7) * day - (now % day)
  const find = async (from: number, hours: number) => {
    const startsFrom = new Date(monday + from * 3_600_000).toISOString()
    const startsBefore = new Date(monday + (from + hours) * 3_600_000).toISOString()
    const page = await load(opened, { first: 100, filter: { startsFrom, startsBefore } })
    return titlesOf(page).includes('the weekly one')
  }
  expect(await find(22, 1)).toBe(true)
  expect(await find(23, 24)).toBe(false)
  expect(await find(94, 1)).toBe(true)
  expect(await find(95, 70)).toBe(false)
})
