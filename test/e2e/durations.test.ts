import { afterAll, beforeAll, expect, test } from 'vitest'
import { start, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'

let trueconf: TrueConfSandbox
let server: OpenServer

beforeAll(async () => {
  trueconf = await start({ users: 2, conferences: 0, running: 0 })
  server = await openServer({ accounts: { trueconf: trueconf.account } })
})
afterAll(async () => {
  await server.close()
  await trueconf.close()
})

test('reports the duration of single conferences and of series, and 0 if the vendor does not report it', async () => {
  const schedules = [
    { type: 1, start_time: 1_900_000_000, duration: 2700 },
    { type: 1, start_time: 1_900_000_000 },
    { type: 0, start_time: 1_900_000_000, duration: 1800, days: ['monday'] },
    { type: 0, start_time: 1_900_000_000, days: ['monday'] },
  ]
  const conferences = schedules.map((schedule, index) => ({ id: String(index), topic: 'Duration', schedule }))
  const body = JSON.stringify({ conferences, cnt: conferences.length })
  const headers = { 'content-type': 'application/json' }
  trueconf.fault({ match: { path: /\/conferences/ }, kind: 'body', status: 200, headers, body })
  const query = `{ conferences(first: 10) { nodes { schedule {
    ... on OneTimeSchedule { startsAt durationMinutes timeZone }
    ... on RecurringSchedule { rrule durationMinutes timeZone }
  } } } }`
  const response = await fetch(server.graphqlUrl, { method: 'POST', headers, body: JSON.stringify({ query }) })
  const result = (await response.json()) as {
    data: { conferences: { nodes: { schedule: { durationMinutes: number } }[] } }
    errors?: object[]
  }
  expect(result.errors).toBeUndefined()
  const durations = result.data.conferences.nodes.map(({ schedule }) => schedule.durationMinutes)
  expect(durations).toEqual([45, 0, 30, 0])
  const requests = trueconf.ledger.filter(({ path }) => path.startsWith('/api/'))
  expect(requests.map(({ method, path, query }) => `${method} ${path}?${query}`)).toEqual([
    expect.stringMatching(/^GET \/api\/v3\.\d+\/conferences\?page_id=1&page_size=\d+$/),
  ])
})
