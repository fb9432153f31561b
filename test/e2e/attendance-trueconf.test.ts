import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { encodeId } from '../../src/schema/ids.ts'
import { start, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { joinNodes, post, listAllPages } from '../support/post.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'
import { addSession, type TestJoin } from '../support/trueconf-sessions.ts'

const minute = 60_000
const day = 1_440 * minute
const now = Math.floor(Date.now() / 1000) * 1000

let sandbox: TrueConfSandbox
let server: OpenServer
let room: string

beforeAll(async () => {
  sandbox = await start({ users: 10, conferences: 0, timeZone: 'Asia/Kolkata' })
  server = await openServer({ accounts: { tc: sandbox.account }, limits: { attendanceRows: 1000 } })
})
afterAll(async () => {
  await server.close()
  await sandbox.close()
})
beforeEach(() => {
  sandbox.clearFaults()
  sandbox.data.calls.length = 0
  sandbox.data.conferences.clear()
  sandbox.settings.maxPageSize = 1000
  room = sandbox.others.create('Room')
  sandbox.ledger.length = 0
})

const formatTime = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')

const query = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  node(id: $id) { ... on Session {
    attendance(first: $first, after: $after, last: $last, before: $before) {
      nodes {
        displayName email identifiedBy role firstJoinedAt lastLeftAt seconds
        user { vendorId displayName }
        joins { displayName joinedAt leftAt seconds raw }
      }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      totalCount
      sources { status problem { code message } }
    }
  } }
}`

async function listAttendance(session: string, args: object = {}) {
  const { data, errors } = await post(server.graphqlUrl, query, { id: encodeId('Session', 'tc', session), ...args })
  expect(errors).toEqual([])
  return data!['node'].attendance
}

/** Creates a join from minutes after `startedAt`. */
const join = (startedAt: number, id: string, from: number, to: number | null, name?: string): TestJoin => ({
  id,
  joinedAt: startedAt + from * minute,
  leftAt: to === null ? null : startedAt + to * minute,
  ...(name !== undefined && { name }),
})

describe('Session.attendance of TrueConf', () => {
  test('combines the joins of a user, with times from the time zone of the server', async () => {
    const startedAt = now - day
    const session = addSession(sandbox, room, startedAt, startedAt + 60 * minute, [
      join(startedAt, 'dean', 5, 20),
      join(startedAt, 'helen', 0, 60),
      join(startedAt, 'dean', 30, 50),
      join(startedAt, 'dean', 40, 55),
    ])
    const { nodes, totalCount, sources } = await listAttendance(session)
    expect(totalCount).toBe(2)
    expect(sources).toEqual([{ status: 'OK', problem: null }])
    expect(nodes[0]).toMatchObject({ identifiedBy: 'USER', role: 'OWNER', user: { vendorId: 'helen' }, seconds: 3600 })
    expect(nodes[1]).toMatchObject({
      displayName: 'Dean García',
      email: null,
      identifiedBy: 'USER',
      user: { vendorId: 'dean', displayName: 'Dean García' },
      firstJoinedAt: formatTime(startedAt + 5 * minute),
      lastLeftAt: formatTime(startedAt + 55 * minute),
      seconds: 40 * 60,
    })
    expect(nodes[1].joins).toMatchObject([
      { joinedAt: formatTime(startedAt + 5 * minute), seconds: 15 * 60, raw: { call_id: 'dean@ruwu1.trueconf.name' } },
      { joinedAt: formatTime(startedAt + 30 * minute), seconds: 20 * 60 },
      { joinedAt: formatTime(startedAt + 40 * minute), seconds: 15 * 60 },
    ])
  })

  test('has no end for a person who is still in the session, and counts the stays that have ended', async () => {
    const startedAt = now - 60 * minute
    const session = addSession(sandbox, room, startedAt, null, [
      join(startedAt, 'helen', 0, 10),
      join(startedAt, 'helen', 20, null),
      join(startedAt, 'dean', 30, null),
    ])
    const { nodes } = await listAttendance(session)
    expect(nodes).toMatchObject([
      { user: { vendorId: 'helen' }, lastLeftAt: null, seconds: 600, joins: [{ seconds: 600 }, { leftAt: null }] },
      { user: { vendorId: 'dean' }, lastLeftAt: null, seconds: null, joins: [{ leftAt: null, seconds: null }] },
    ])
  })

  test('does not take guests and users of other servers for users, whatever their names are', async () => {
    const startedAt = now - day
    const session = addSession(sandbox, room, startedAt, startedAt + 60 * minute, [
      join(startedAt, 'helen', 0, 60),
      join(startedAt, 'helen@partner.trueconf.name', 1, 60, 'Helen Smith'),
      join(startedAt, '#guest2:1', 2, 10, 'Helen Smith'),
      join(startedAt, '#guest2:2', 3, 10, 'Alex Kim'),
      join(startedAt, '#guest2:3', 4, 10, 'Alex Kim'),
    ])
    const { nodes, totalCount } = await listAttendance(session)
    expect(totalCount).toBe(5)
    expect(nodes.map(({ user }: { user: object | null }) => user === null)).toEqual([false, true, true, true, true])
    expect(nodes.slice(1).map(({ identifiedBy }: { identifiedBy: string }) => identifiedBy)).toEqual(
      Array.from({ length: 4 }, () => 'NONE'),
    )
    const userLookups = sandbox.ledger.filter(({ path }) => /users\/.*(partner|guest)/.test(path))
    expect(userLookups).toEqual([])
  })

  test.each(['first', 'last'] as const)('has each of 250 guests once, in pages with "%s"', async (direction) => {
    sandbox.settings.maxPageSize = 100
    const startedAt = now - day
    const joins = Array.from({ length: 250 }, (_, index) =>
      join(startedAt, `#guest2:${index}`, index / 10, 60, `Guest ${index}`),
    )
    const session = addSession(sandbox, room, startedAt, startedAt + 60 * minute, joins)
    const pages = await listAllPages((args) => listAttendance(session, args), direction, 100)
    expect(joinNodes(pages, direction).map(({ displayName }) => displayName)).toEqual(joins.map(({ name }) => name))
    expect(pages.map(({ totalCount }) => totalCount)).toEqual([250, 250, 250])
  })

  test('reports a time that cannot be read', async () => {
    const session = addSession(sandbox, room, now - day)
    const row = { call_id: 'helen@ruwu1.trueconf.name', display_name: 'Helen', leave_time: null }
    const list = [{ ...row, join_time: { date: '2026-11-20 12:00:00.000000', timezone_type: 2, timezone: 'IST' } }]
    const body = JSON.stringify({ cnt: 1, list })
    sandbox.fault({ match: { path: /\/participants/ }, kind: 'status', status: 200, body })
    const { nodes, sources } = await listAttendance(session)
    expect(nodes).toMatchObject([{ firstJoinedAt: null, lastLeftAt: null, seconds: null }])
    expect(sources).toMatchObject([{ status: 'PARTIAL', problem: { code: 'VENDOR_BAD_RESPONSE' } }])
  })

  test('names the permission that is missing, and reports too many rows and failures as errors', async () => {
    const session = addSession(sandbox, room, now - day)
    const fail = async (fault: { status: number; body?: string }) => {
      const clear = sandbox.fault({ match: { path: /\/participants/ }, kind: 'status', ...fault })
      const { data, errors } = await post(server.graphqlUrl, query, { id: encodeId('Session', 'tc', session) })
      clear()
      expect(data!['node']).toEqual({ attendance: null })
      return errors[0]!
    }
    const denied = { error: { code: 403, message: 'Forbidden', errors: [{ reason: 'forbidden' }] } }
    const forbidden = await fail({ status: 403, body: JSON.stringify(denied) })
    expect(forbidden.extensions.code).toBe('VENDOR_FORBIDDEN')
    expect(forbidden.message).toContain('"logs.calls.participants:read"')
    expect((await fail({ status: 500 })).extensions.code).toBe('VENDOR_UNAVAILABLE')
    const list = Array.from({ length: 1001 }, (_, index) => ({ call_id: `#guest2:${index}` }))
    const large = await fail({ status: 200, body: JSON.stringify({ cnt: 1001, list }) })
    expect(large.extensions).toMatchObject({ code: 'VENDOR_RESPONSE_TOO_LARGE', retryable: false })
  })
})
