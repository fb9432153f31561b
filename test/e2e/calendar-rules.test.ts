import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { post, type PostedData } from '../support/post.ts'
import { openSandboxServer, type SandboxServer } from '../support/sandbox-server.ts'

let server: SandboxServer

beforeAll(async () => {
  server = await openSandboxServer()
})
afterAll(() => server?.close())

const createDocument = `mutation ($input: CreateConferenceInput!) {
  result: createConference(input: $input) { outcome problems { code message path } conference { id } }
}`
const updateDocument = `mutation ($input: UpdateConferenceInput!) {
  result: updateConference(input: $input) { outcome problems { code message path } conference { id } }
}`
const readDocument = `query ($id: ID!) {
  node(id: $id) { ... on Conference { schedule { ... on RecurringSchedule { rrule nextStartsAt } } } }
}`

/** The series starts on Tuesday, 2030-01-08 at 09:00, in Berlin. */
const toSchedule = (rrule: string): object => ({
  recurring: { rrule, startsAt: '2030-01-08T08:00:00Z', durationMinutes: 30, timeZone: 'Europe/Berlin' },
})

async function mutate(document: string, input: object): Promise<PostedData> {
  const { data, errors } = await post(server.graphqlUrl, document, { input })
  expect(errors).toEqual([])
  return data!['result']
}

const create = (account: string, rrule: string): Promise<PostedData> => {
  const owner = { email: 'ada.1200@example.com' }
  return mutate(createDocument, { account, title: 'Series', owner, schedule: toSchedule(rrule) })
}

async function readSchedule(id: string): Promise<PostedData> {
  const { data, errors } = await post(server.graphqlUrl, readDocument, { id })
  expect(errors).toEqual([])
  return data!['node'].schedule
}

describe.each(['zoom', 'trueconf'] as const)('a recurrence rule of %s', (account) => {
  const countCalls = (): number => server.sandboxes.running[account]!.ledger.length

  test('is read as a rule that is accepted unchanged', async () => {
    const { outcome, conference } = await create(account, 'rrule:wkst=mo;byday=tu,\r\n th;freq=weekly')
    expect(outcome).toBe('SUCCEEDED')
    const schedule = await readSchedule(conference.id)
    expect(schedule).toEqual({ rrule: 'FREQ=WEEKLY;BYDAY=TU,TH', nextStartsAt: '2030-01-08T08:00:00Z' })
    const input = { conferenceId: conference.id, schedule: toSchedule(schedule['rrule']) }
    expect(await mutate(updateDocument, input)).toMatchObject({ outcome: 'SUCCEEDED', problems: [] })
    expect(await readSchedule(conference.id)).toEqual(schedule)
  })

  test.each([
    ['FREQ=YEARLY', 'FREQ=YEARLY', 'UNSUPPORTED_BY_VENDOR'],
    ['FREQ=WEEKLY;BYDAY=TU,TH;INTERVAL=2;WKST=MO', account === 'zoom' ? 'WKST' : 'INTERVAL', 'UNSUPPORTED_BY_VENDOR'],
    ['FREQ=DAILY;COUNT=1000000000', 'COUNT', 'UNSUPPORTED_BY_VENDOR'],
    [`FREQ=WEEKLY;BYDAY=${'MO,'.repeat(399)}MO`, '500', 'BAD_USER_INPUT'],
    ['X'.repeat(100_000), '500', 'BAD_USER_INPUT'],
  ])('is rejected before any call if it is %.60s', async (rrule, words, code) => {
    const before = countCalls()
    expect(await create(account, rrule)).toMatchObject({
      outcome: 'REJECTED',
      conference: null,
      problems: [{ code, message: expect.stringContaining(words), path: ['input', 'schedule', 'recurring', 'rrule'] }],
    })
    expect(countCalls()).toBe(before)
  })
})

test('keeps the local times of a rule across the change to daylight saving time in Zoom', async () => {
  const { conference } = await create('zoom', 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20300402')
  const query = 'query ($id: ID!) { node(id: $id) { ... on Conference { raw } } }'
  const { data } = await post(server.graphqlUrl, query, { id: conference.id })
  const occurrences: PostedData[] = data!['node'].raw.occurrences
  expect(occurrences.map(({ start_time }) => start_time).slice(-2)).toEqual([
    '2030-03-26T08:00:00Z',
    '2030-04-02T07:00:00Z',
  ])
})
