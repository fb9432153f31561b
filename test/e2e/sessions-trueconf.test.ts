import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { encodeId } from '../../src/schema/ids.ts'
import { start, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { joinNodes, post, listAllPages } from '../support/post.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'
import { addSession } from '../support/trueconf-sessions.ts'

const minute = 60_000
const day = 1_440 * minute
const now = Math.floor(Date.now() / 1000) * 1000

let sandbox: TrueConfSandbox
let server: OpenServer
let room: string

beforeAll(async () => {
  sandbox = await start({ users: 10, conferences: 0, timeZone: 'Asia/Kolkata' })
  server = await openServer({ accounts: { tc: sandbox.account } })
})
afterAll(async () => {
  await server.close()
  await sandbox.close()
})
beforeEach(() => {
  sandbox.data.calls.length = 0
  sandbox.data.conferences.clear()
  Object.assign(sandbox.settings, { timeZone: 'Asia/Kolkata', maxPageSize: 1000, logsRunningCalls: true })
  room = sandbox.others.create('Room')
  sandbox.ledger.length = 0
})

const formatTime = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')
const listLogCalls = () => sandbox.ledger.filter(({ path }) => path.includes('/logs/'))

const fields = `nodes { id vendorId title startedAt endedAt durationSeconds participantCount conference { id } owner { vendorId } }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount sources { status nodes problem { code message } }`

async function listRoomSessions(args: object = {}) {
  const query = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $filter: SessionFilter) {
    node(id: $id) { ... on Conference {
      sessions(first: $first, after: $after, last: $last, before: $before, filter: $filter) { ${fields} }
    } }
  }`
  const { data, errors } = await post(server.graphqlUrl, query, { id: encodeId('Conference', 'tc', room), ...args })
  expect(errors).toEqual([])
  return data!['node'].sessions
}

describe('Conference.sessions of TrueConf', () => {
  test('lists sessions newest first, with times from the time zone of the server', async () => {
    const older = addSession(sandbox, room, now - 40 * day)
    const newer = addSession(sandbox, room, now - 2 * day, now - 2 * day + 30 * minute)
    const running = addSession(sandbox, room, now - 5 * minute, null)
    const { nodes, totalCount, sources } = await listRoomSessions()
    expect(nodes.map(({ vendorId }: { vendorId: string }) => vendorId)).toEqual([running, newer, older])
    expect(totalCount).toBe(3)
    expect(sources).toEqual([{ status: 'OK', nodes: 3, problem: null }])
    expect(nodes[0]).toMatchObject({ endedAt: null, durationSeconds: null, startedAt: formatTime(now - 5 * minute) })
    expect(nodes[1]).toMatchObject({
      title: 'Room',
      startedAt: formatTime(now - 2 * day),
      endedAt: formatTime(now - 2 * day + 30 * minute),
      durationSeconds: 1800,
      conference: { id: encodeId('Conference', 'tc', room) },
      owner: { vendorId: 'helen' },
    })
  })

  test.each(['first', 'last'] as const)('has each of 90 sessions once, in pages with "%s"', async (direction) => {
    const ids = Array.from({ length: 90 }, (_, index) => addSession(sandbox, room, now - (index + 1) * 0.7 * day))
    sandbox.settings.maxPageSize = 20
    const pages = await listAllPages(listRoomSessions, direction, 25)
    expect(joinNodes(pages, direction).map(({ vendorId }) => vendorId)).toEqual(ids)
  })

  test('is exact to the second at both ends of the period, in any time zone of the server', async () => {
    for (const timeZone of ['Asia/Kolkata', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', '-03:30']) {
      sandbox.settings.timeZone = timeZone
      sandbox.data.calls.length = 0
      const from = now - 10 * day
      const ids = [-1000, 0, 1000, day - 1000, day].map((offset) => addSession(sandbox, room, from + offset))
      const filter = { startedFrom: formatTime(from), startedBefore: formatTime(from + day) }
      const { nodes, totalCount } = await listRoomSessions({ filter })
      expect(nodes.map(({ vendorId }: { vendorId: string }) => vendorId)).toEqual([ids[3], ids[2], ids[1]])
      expect(totalCount).toBe(3)
    }
  })

  test('omits the sessions of other conferences if the server ignores the filter', async () => {
    const id = addSession(sandbox, room, now - day)
    const row = { conference_id: id, named_conf_id: room, topic: 'Room', class: 2, owner: 'helen@ruwu1.trueconf.name' }
    const list = [{ ...row, conference_id: 'x@ruwu1.trueconf.name#vcs', named_conf_id: '0123456789' }, row]
    sandbox.fault({
      match: { path: /logs\/calls/ },
      kind: 'status',
      status: 200,
      body: JSON.stringify({ cnt: 2, list }),
    })
    const { nodes, totalCount } = await listRoomSessions()
    sandbox.clearFaults()
    expect(nodes).toMatchObject([{ vendorId: id }])
    expect(totalCount).toBe(1)
  })

  test('reports a row without a usable time instead of omitting it without notice', async () => {
    addSession(sandbox, room, now - day)
    const row = { conference_id: 'x@ruwu1.trueconf.name#vcs', named_conf_id: room, topic: 'Room', class: 2 }
    const start_time = { date: '2026-11-20 12:00:00.000000', timezone_type: 2, timezone: 'IST' }
    const body = JSON.stringify({ cnt: 1, list: [{ ...row, owner: 'helen@ruwu1.trueconf.name', start_time }] })
    sandbox.fault({ match: { path: /logs\/calls/ }, kind: 'status', status: 200, body, times: 2 })
    const all = await listRoomSessions()
    expect(all.nodes).toMatchObject([{ startedAt: null, durationSeconds: null }])
    const inPeriod = await listRoomSessions({ filter: { startedFrom: formatTime(now - 30 * day) } })
    expect(inPeriod.nodes).toEqual([])
    expect(inPeriod.sources).toMatchObject([{ status: 'PARTIAL', problem: { code: 'VENDOR_BAD_RESPONSE' } }])
  })

  test('names the permission that is missing', async () => {
    const denied = {
      error: { code: 403, message: 'Forbidden', errors: [{ reason: 'forbidden', message: 'Forbidden' }] },
    }
    const clear = sandbox.fault({
      match: { path: /logs\/calls/ },
      kind: 'status',
      status: 403,
      body: JSON.stringify(denied),
    })
    const query = 'query ($id: ID!) { node(id: $id) { ... on Conference { title sessions { nodes { id } } } } }'
    const { data, errors } = await post(server.graphqlUrl, query, { id: encodeId('Conference', 'tc', room) })
    clear()
    expect(data!['node']).toEqual({ title: 'Room', sessions: null })
    expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_FORBIDDEN', retryable: false, account: 'tc' } }])
    expect(errors[0]!.message).toContain('"logs.calls:read"')
  })
})

describe('Query.sessions of TrueConf', () => {
  const listAll = async (filter: object, args: object = {}) => {
    const query = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: SessionFilter) {
      sessions(first: $first, after: $after, last: $last, before: $before, filter: $filter) { ${fields} }
    }`
    const { data, errors } = await post(server.graphqlUrl, query, { filter, ...args })
    expect(errors).toEqual([])
    return data!['sessions']
  }

  /** Adds sessions of two rooms and calls between two people over 70 days. Returns the IDs of the sessions, newest first. */
  function addSessions(): string[] {
    const rooms = [room, sandbox.others.create('Other')]
    return Array.from({ length: 100 }, (_, index) => {
      sandbox.others.callDirectly('helen', 'dean')
      const directCall = sandbox.data.calls.at(-1)!
      directCall.start_time = (now - index * 0.7 * day) / 1000
      return addSession(sandbox, rooms[index % 2]!, now - index * 0.7 * day - minute)
    })
  }

  test.each(['first', 'last'] as const)(
    'has each session once, without direct calls, in pages with "%s"',
    async (direction) => {
      const ids = addSessions()
      const filter = { startedFrom: formatTime(now - 71 * day) }
      const pages = await listAllPages((args) => listAll(filter, args), direction, 15)
      expect(joinNodes(pages, direction).map(({ vendorId }) => vendorId)).toEqual(ids)
      for (const { sources } of pages) expect(sources[0]).toMatchObject({ status: 'OK', problem: null })
    },
  )

  test('is exact to the second at both ends', async () => {
    const from = now - 50 * day
    const before = now - 10 * day
    const ids = [from - 1000, from, before - 1000, before].map((startedAt) => addSession(sandbox, room, startedAt))
    const { nodes } = await listAll({ startedFrom: formatTime(from), startedBefore: formatTime(before) })
    expect(nodes.map(({ vendorId }: { vendorId: string }) => vendorId)).toEqual([ids[2], ids[1]])
  })

  test('reads only as far back as the page requires', async () => {
    addSessions()
    await listAll({ startedFrom: formatTime(now - 365 * day) }, { first: 3 })
    expect(listLogCalls().length).toBeLessThanOrEqual(2)
  })
})

describe('a session of TrueConf by ID', () => {
  const getSession = async (vendorId: string) => {
    const query = 'query ($id: ID!) { node(id: $id) { ... on Session { vendorId title endedAt conference { id } } } }'
    const { data, errors } = await post(server.graphqlUrl, query, { id: encodeId('Session', 'tc', vendorId) })
    expect(errors).toEqual([])
    return data!['node']
  }

  test('is found after its conference was deleted, with the title of its time', async () => {
    const id = addSession(sandbox, room, now - day)
    sandbox.others.delete(room)
    expect(await getSession(id)).toMatchObject({ vendorId: id, title: 'Room', conference: null })
  })

  test('is found while it is running, even if the server returns only ended sessions by ID', async () => {
    const id = addSession(sandbox, room, now - 3 * day, null)
    expect(await getSession(id)).toMatchObject({ vendorId: id, endedAt: null })
    sandbox.settings.logsRunningCalls = false
    expect(await getSession(id)).toMatchObject({ vendorId: id, endedAt: null })
    expect(await getSession('00@ruwu1.trueconf.name#vcs')).toBeNull()
  })

  test.each([{}, { end_time: '' }])('is running if the end that the server reports is %j', async (end) => {
    const id = addSession(sandbox, room, now - day, null)
    const row = { conference_id: id, named_conf_id: room, topic: 'Room', class: 2, duration: 60, ...end }
    sandbox.fault({ match: { path: /logs\/calls\/./ }, kind: 'status', status: 404 })
    sandbox.fault({
      match: { path: /logs\/calls\?/ },
      kind: 'status',
      status: 200,
      body: JSON.stringify({
        cnt: 1,
        list: [{ ...row, start_time: { date: '2026-11-20 12:00:00', timezone: 'UTC' } }],
      }),
    })
    const query = 'query ($id: ID!) { node(id: $id) { ... on Session { endedAt durationSeconds } } }'
    const { data } = await post(server.graphqlUrl, query, { id: encodeId('Session', 'tc', id) })
    sandbox.clearFaults()
    expect(data!['node']).toEqual({ endedAt: null, durationSeconds: null })
  })

  test('is null for a call between two people', async () => {
    sandbox.others.callDirectly('helen', 'dean')
    const { id } = sandbox.data.calls.at(-1)!
    expect(await getSession(id)).toBeNull()
    expect(listLogCalls()).toHaveLength(1)
  })
})

// Must stay the last: the account keeps the long rate limit.
describe('a page of the call log that fails', () => {
  const query = 'query ($id: ID!) { node(id: $id) { ... on Conference { sessions { nodes { id } } } } }'
  const listWithFault = async (fault: { status: number; headers?: Record<string, string>; times?: number }) => {
    for (let index = 0; index < 30; index++) addSession(sandbox, room, now - (index + 1) * day)
    sandbox.settings.maxPageSize = 10
    const clear = sandbox.fault({ match: { path: /logs\/calls\?.*page_id=2/ }, kind: 'status', ...fault })
    const result = await post(server.graphqlUrl, query, { id: encodeId('Conference', 'tc', room) })
    clear()
    return result
  }

  test.each([
    [400, 'VENDOR_REJECTED'],
    [500, 'VENDOR_UNAVAILABLE'],
  ])('is an error after status %i, never a shorter list', async (status, code) => {
    const { data, errors } = await listWithFault({ status })
    expect(data!['node']).toEqual({ sessions: null })
    expect(errors).toMatchObject([{ extensions: { code } }])
  })

  test('is the end if the server rejects the number of a page after its total', async () => {
    const row = { named_conf_id: room, topic: 'Room', class: 2, owner: 'helen@ruwu1.trueconf.name', end_time: null }
    const list = Array.from({ length: 500 }, (_, index) => ({ ...row, conference_id: `${index}@x#vcs` }))
    const body = JSON.stringify({ cnt: 500, list })
    sandbox.fault({ match: { path: /page_id=1&/ }, kind: 'status', status: 200, body })
    sandbox.fault({ match: { path: /page_id=2&/ }, kind: 'status', status: 404 })
    const { totalCount } = await listRoomSessions({ first: 1 })
    sandbox.clearFaults()
    expect(totalCount).toBe(500)
    expect(listLogCalls()).toHaveLength(2)
  })

  test('is requested again after a short rate limit', async () => {
    const { data, errors } = await listWithFault({ status: 429, headers: { 'retry-after': '1' }, times: 1 })
    expect(errors).toEqual([])
    expect(data!['node'].sessions.nodes).toHaveLength(20)
    expect(listLogCalls().filter(({ query }) => query.includes('page_id=2'))).toHaveLength(2)
  })

  test('is an error with the time of the next attempt after a long rate limit', async () => {
    const { data, errors } = await listWithFault({ status: 429, headers: { 'retry-after': '600' } })
    expect(data!['node']).toEqual({ sessions: null })
    expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_RATE_LIMITED', retryAt: expect.any(String) } }])
  })
})
