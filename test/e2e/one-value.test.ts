import { afterAll, beforeAll, expect, test } from 'vitest'
import { start, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'

interface Node {
  id: string
  title?: string
  schedule?: { __typename: string; rrule?: string; nextStartsAt?: string }
}
interface ReceivedResponse {
  data: { list: { nodes: Node[]; sources: { status: string }[] }; node: Node; createConference: { outcome: string } }
  errors?: object[]
}

const day = 86_400_000
const minute = 60_000
const startOfDay = Math.floor(Date.now() / day) * day
/** Returns noon of a day, this number of days from today. */
const inDays = (days: number): string => new Date(startOfDay + days * day + 720 * minute).toISOString()
const description = 'agenda '.repeat(60).trim()

let zoom: ZoomSandbox
let server: OpenServer

beforeAll(async () => {
  zoom = await start({ seed: { active: 3, inactive: 1, pending: 1 } })
  zoom.data.meetings.clear()
  server = await openServer({ accounts: { zoom: zoom.account } })
  await create('Single', { oneTime: { startsAt: inDays(3), durationMinutes: 30 } })
  const rrule = 'FREQ=DAILY;INTERVAL=2;COUNT=10'
  const times = { startsAt: inDays(1), durationMinutes: 30, timeZone: 'Europe/Berlin' }
  await create('Series', { recurring: { rrule, ...times } })
  await create('Room', { permanent: true })
})
afterAll(async () => {
  await server.close()
  await zoom.close()
})

async function sendQuery(query: string, variables: object = {}): Promise<ReceivedResponse['data']> {
  const response = await fetch(server.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = (await response.json()) as ReceivedResponse
  expect(errors).toBeUndefined()
  return data
}

async function create(title: string, schedule: object): Promise<void> {
  const owner = { vendorId: zoom.data.users[0]!.id }
  const input = { account: 'zoom', title, description, owner, schedule }
  const text = 'mutation ($input: CreateConferenceInput!) { createConference(input: $input) { outcome } }'
  expect((await sendQuery(text, { input })).createConference.outcome).toBe('SUCCEEDED')
}

/** Counts the requests for single objects in Zoom's ledger since the index `from`. */
const countLookUps = (from: number, folder: 'meetings' | 'users'): number =>
  zoom.ledger.slice(from).filter(({ path }) => new RegExp(`^/v2/${folder}/[^/]+$`).test(path)).length

const agenda = `query ($filter: ConferenceFilter, $orderBy: ConferenceOrder) {
  list: conferences(filter: $filter, orderBy: $orderBy) {
    nodes { id title schedule { __typename ... on RecurringSchedule { rrule nextStartsAt } } }
    sources { status }
  }
}`
const titlesOf = ({ list }: ReceivedResponse['data']): (string | undefined)[] => list.nodes.map(({ title }) => title)

test('finds a series by any of its occurrences in the time range', async () => {
  const window = (from: number, before: number) => ({
    filter: { startsFrom: inDays(from), startsBefore: inDays(before) },
  })
  const week = await sendQuery(agenda, window(0, 8))
  expect(titlesOf(week).toSorted()).toEqual(['Series', 'Single'])
  expect(week.list.sources).toEqual([{ status: 'OK' }])
  expect(titlesOf(await sendQuery(agenda, window(4, 6)))).toEqual(['Series'])
  expect(titlesOf(await sendQuery(agenda, window(2, 2.5)))).toEqual([])
  expect(titlesOf(await sendQuery(agenda, window(18, 19.5)))).toEqual(['Series'])
  expect(titlesOf(await sendQuery(agenda, window(20, 40)))).toEqual([])
})

test('sorts a series by its next start', async () => {
  const orderBy = { field: 'STARTS_AT', direction: 'ASC' }
  expect(titlesOf(await sendQuery(agenda, { orderBy }))).toEqual(['Series', 'Single', 'Room'])
})

test('reports a series as a RecurringSchedule in a list and by ID', async () => {
  const from = zoom.ledger.length
  const { list } = await sendQuery(agenda)
  const series = list.nodes.find(({ title }) => title === 'Series')!
  expect(series.schedule).toEqual({
    __typename: 'RecurringSchedule',
    rrule: 'FREQ=DAILY;INTERVAL=2;COUNT=10',
    nextStartsAt: inDays(1).replace('.000', ''),
  })
  expect(countLookUps(from, 'meetings')).toBe(1)
  const text =
    'query ($id: ID!) { node(id: $id) { ... on Conference { schedule { __typename ... on RecurringSchedule { rrule nextStartsAt } } } } }'
  expect((await sendQuery(text, { id: series.id })).node.schedule).toEqual(series.schedule)
})

test.each([
  { list: 'conferences', type: 'Conference', fields: 'description allowGuests schedule { __typename }' },
  { list: 'users', type: 'User', fields: 'phoneNumbers company avatarUrl department' },
])('reports the same values in $list and by ID', async ({ list, type, fields }) => {
  const { list: listed } = await sendQuery(`{ list: ${list} { nodes { id ${fields} } sources { status } } }`)
  expect(listed.nodes.length).toBeGreaterThan(2)
  for (const expected of listed.nodes) {
    const text = `query ($id: ID!) { node(id: $id) { ... on ${type} { id ${fields} } } }`
    expect((await sendQuery(text, { id: expected.id })).node).toEqual(expected)
  }
  if (list === 'conferences')
    for (const node of listed.nodes) expect(node).toMatchObject({ description, allowGuests: true })
})

test('fetches a field that a list omits only if it is selected', async () => {
  const from = zoom.ledger.length
  await sendQuery('{ list: users { nodes { id displayName email } sources { status } } }')
  await sendQuery('{ list: conferences { nodes { id title } sources { status } } }')
  expect([countLookUps(from, 'users'), countLookUps(from, 'meetings')]).toEqual([0, 0])
  await sendQuery(
    '{ list: users(filter: { status: [ACTIVE] }) { nodes { id phoneNumbers avatarUrl } sources { status } } }',
  )
  expect(countLookUps(from, 'users')).toBe(3)
})
