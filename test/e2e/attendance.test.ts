import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { encodeId } from '../../src/schema/ids.ts'
import { holdSession, type HeldSession } from '../../src/sandboxes/zoom/hold-session.ts'
import { start, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { createUuid } from '../../src/sandboxes/zoom/world.ts'
import { joinNodes, post, listAllPages } from '../support/post.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'

const minute = 60_000
const hour = 60 * minute

let zoom: ZoomSandbox
let server: OpenServer
/** Start of the session of each test, in whole seconds. */
const startedAt = Math.floor((Date.now() - 5 * hour) / 1000) * 1000
const at = (minutes: number): number => startedAt + minutes * minute
const formatTime = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')

beforeAll(async () => {
  zoom = await start({ seed: { active: 20, inactive: 0, pending: 0 } })
  server = await openServer({ accounts: { zoom: zoom.account }, limits: { attendanceRows: 1_000 } })
})
afterAll(async () => {
  await server.close()
  await zoom.close()
})

let heldCount = 0

/** Holds a session of 60 minutes, at the same time as those of the other tests. Returns its UUID. */
function hold(joins: HeldSession['joins'] = [], session: Partial<HeldSession> = {}): string {
  const [meeting] = zoom.data.meetings.values()
  const uuid = createUuid(`held:${heldCount++}`)
  return holdSession(meeting!, { start: at(0), end: at(60), uuid, joins, ...session }).uuid
}

const member = (index: number) => zoom.data.users[index]!
const asMember = (index: number) => ({
  id: member(index).id,
  user_email: member(index).email,
  name: String(member(index).fields['display_name']),
})

const pageFields = `pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount
  sources { status nodes problem { code message retryable retryAt account { key } } }`

const readSession = (uuid: string, fields: string, args: object = {}, { graphqlUrl } = server) =>
  post(
    graphqlUrl,
    `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
      node(id: $id) {
        ... on Session {
          attendance(first: $first, after: $after, last: $last, before: $before) { nodes { ${fields} } ${pageFields} }
        }
      }
    }`,
    { id: encodeId('Session', 'zoom', uuid), ...args },
  )

async function readAttendance(uuid: string, fields: string, args: object = {}) {
  const { data, errors } = await readSession(uuid, fields, args)
  expect(errors).toEqual([])
  return data!['node'].attendance
}

const complete = [{ status: 'OK', problem: null }]

describe('people', () => {
  test('has one entry for each person, recognized by ID, email address, or registration, never by name', async () => {
    const uuid = hold([
      { ...asMember(1), join: at(0), leave: at(20) },
      { ...asMember(1), name: 'Phone', join: at(10), leave: at(30) },
      { name: 'Alex Kim', join: at(1), leave: at(5) },
      { name: 'Alex Kim', join: at(2), leave: at(6) },
      { name: asMember(1).name, join: at(3), leave: at(7) },
      { name: 'Jo', user_email: 'jo@partner.example', join: at(4), leave: at(5) },
      { name: 'Jo S', user_email: 'Jo@Partner.EXAMPLE', join: at(8), leave: at(9) },
      { name: 'Reg', registrant_id: 'registrant-1', join: at(5), leave: at(6) },
      { name: 'Reg', registrant_id: 'registrant-1', join: at(7), leave: at(8) },
      { name: 'Waited', status: 'in_waiting_room', join: at(1), leave: at(2) },
    ])
    const fields = `displayName email identifiedBy role firstJoinedAt lastLeftAt seconds
      user { vendorId } joins { displayName joinedAt leftAt seconds }`
    const { nodes, totalCount, sources } = await readAttendance(uuid, fields)
    expect(sources).toMatchObject(complete)
    expect(totalCount).toBe(6)
    expect(nodes[0]).toEqual({
      displayName: 'Phone',
      email: member(1).email,
      identifiedBy: 'USER',
      role: 'UNKNOWN',
      firstJoinedAt: formatTime(at(0)),
      lastLeftAt: formatTime(at(30)),
      seconds: 30 * 60,
      user: { vendorId: member(1).id },
      joins: [
        { displayName: asMember(1).name, joinedAt: formatTime(at(0)), leftAt: formatTime(at(20)), seconds: 1_200 },
        { displayName: 'Phone', joinedAt: formatTime(at(10)), leftAt: formatTime(at(30)), seconds: 1_200 },
      ],
    })
    const summaries = nodes.map((node: Record<string, any>) => [
      node['displayName'],
      node['identifiedBy'],
      node['seconds'],
      node['joins'].length,
      node['user'] && node['user'].vendorId,
    ])
    expect(summaries.slice(1)).toEqual([
      ['Alex Kim', 'NONE', 240, 1, null],
      ['Alex Kim', 'NONE', 240, 1, null],
      [asMember(1).name, 'NONE', 240, 1, null],
      ['Jo S', 'EMAIL', 120, 2, null],
      ['Reg', 'REGISTRATION', 120, 2, null],
    ])
    expect(nodes[4].email).toBe('jo@partner.example')
  })

  test('finds the user by email address if the vendor reports no ID', async () => {
    const email = member(2).email.toUpperCase()
    const uuid = hold([{ name: 'Ada', user_email: email }, { name: 'Other' }])
    const { nodes } = await readAttendance(uuid, 'email identifiedBy user { vendorId }')
    expect(nodes[0]).toEqual({ email, identifiedBy: 'EMAIL', user: { vendorId: member(2).id } })
  })

  test('looks up users only if they are selected', async () => {
    const uuid = hold(Array.from({ length: 10 }, (_, index) => asMember(index + 1)))
    const listUserCalls = async (fields: string) => {
      const first = zoom.ledger.length
      await readAttendance(uuid, fields)
      return zoom.ledger.slice(first).filter(({ path }) => path.startsWith('/v2/users')).length
    }
    expect(await listUserCalls('displayName email')).toBe(0)
    expect(await listUserCalls('user { displayName }')).toBe(1)
  })

  test('reads the list of users instead of looking up many people of other accounts', async () => {
    const strangers = Array.from({ length: 60 }, (_, index) => ({ id: `stranger-${index}`, name: `Stranger ${index}` }))
    const uuid = hold([...strangers, ...Array.from({ length: 15 }, (_, index) => asMember(index + 1))])
    const first = zoom.ledger.length
    const { nodes } = await readAttendance(uuid, 'displayName user { vendorId }', { first: 100 })
    const users = nodes.flatMap(({ user }: { user: { vendorId: string } | null }) => user ?? [])
    expect(users.map(({ vendorId }: { vendorId: string }) => vendorId).toSorted()).toEqual(
      Array.from({ length: 15 }, (_, index) => member(index + 1).id).toSorted(),
    )
    const calls = zoom.ledger.slice(first).filter(({ path }) => path.startsWith('/v2/users'))
    expect(calls.map(({ path }) => path)).toEqual(['/v2/users', '/v2/users', '/v2/users'])
  })

  test('returns 20 sessions with 100 people each', async () => {
    const meeting = [...zoom.data.meetings.values()][1]!
    meeting.past = []
    const joins = Array.from({ length: 100 }, (_, index) => ({
      name: `Person ${index}`,
      user_email: `p${index}@x.example`,
    }))
    for (let index = 0; index < 20; index++)
      holdSession(meeting, { start: at(-index * 100), end: at(-index * 100 + 50), joins })
    const query = `query ($id: ID!) {
      conference(id: $id) {
        sessions(first: 20) {
          nodes {
            title startedAt
            attendance(first: 100) {
              totalCount
              nodes {
                displayName email role identifiedBy firstJoinedAt lastLeftAt seconds
                user { id email } joins { joinedAt leftAt seconds }
              }
            }
          }
        }
      }
    }`
    const { data, errors } = await post(server.graphqlUrl, query, {
      id: encodeId('Conference', 'zoom', String(meeting.id)),
    })
    expect(errors).toEqual([])
    const { nodes } = data!['conference'].sessions
    expect(nodes).toHaveLength(20)
    for (const { attendance } of nodes) expect(attendance.nodes).toHaveLength(100)
  })

  test.each(['first', 'last'] as const)(
    'has 350 people whose second joins are on other pages of the report, by `%s`',
    async (direction) => {
      const people = Array.from({ length: 350 }, (_, index) => ({ id: `user-${index}`, name: `Person ${index}` }))
      const uuid = hold([
        ...people.map((person, index) => ({ ...person, join: at(0) + index * 1000, leave: at(10) })),
        ...people.map((person, index) => ({ ...person, join: at(20) + index * 1000, leave: at(30) })),
      ])
      const pages = await listAllPages(
        (args) => readAttendance(uuid, 'displayName seconds joins { seconds }', args),
        direction,
        100,
      )
      expect(pages.every(({ totalCount }) => totalCount === 350)).toBe(true)
      const nodes = joinNodes(pages, direction)
      expect(nodes.map(({ displayName }) => displayName)).toEqual(people.map(({ name }) => name))
      expect(nodes.every(({ joins }) => joins.length === 2)).toBe(true)
    },
  )

  test('rejects a report with more rows than the limit', async () => {
    const uuid = hold(Array.from({ length: 1_001 }, (_, index) => ({ name: `Guest ${index}` })))
    const { data, errors } = await readSession(uuid, 'displayName')
    expect(data).toEqual({ node: { attendance: null } })
    expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_RESPONSE_TOO_LARGE', retryable: false } }])
  })
})

describe('a report that is not ready', () => {
  const joins = [{ name: 'One' }, { name: 'Two' }]
  const until = Date.now() + 100 * hour
  const old = { start: startedAt - 24 * hour, end: startedAt - 23 * hour }

  test.each(['missing', 'empty'] as const)('fails with NOT_READY if the report is %s', async (state) => {
    const uuid = hold(joins, { end: Date.now() - 2 * minute, report: { state, until } })
    const { data, errors } = await readSession(uuid, 'displayName')
    expect(data).toEqual({ node: { attendance: null } })
    const [{ extensions }] = errors as [(typeof errors)[number]]
    expect(extensions).toMatchObject({ code: 'NOT_READY', retryable: true, account: 'zoom' })
    const wait = Date.parse(extensions.retryAt!) - Date.now()
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThan(hour)
  })

  test.each(['missing', 'empty'] as const)(
    'fails with VENDOR_BAD_RESPONSE if the report is still %s after a day',
    async (state) => {
      const uuid = hold(joins, { ...old, report: { state, until } })
      const { data, errors } = await readSession(uuid, 'displayName')
      expect(data).toEqual({ node: { attendance: null } })
      expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_BAD_RESPONSE', retryable: false } }])
    },
  )

  test.each([
    ['unsettled', 3_600],
    ['blank', null],
  ] as const)('returns the rows as PARTIAL if their times are %s', async (state, seconds) => {
    const uuid = hold(joins, { report: { state, until } })
    const page = await readAttendance(uuid, 'displayName seconds firstJoinedAt lastLeftAt joins { seconds }')
    expect(page.sources).toMatchObject([
      { status: 'PARTIAL', nodes: 2, problem: { code: 'NOT_READY', retryable: true } },
    ])
    expect(page.sources[0].problem.retryAt).not.toBeNull()
    expect(
      page.nodes.map((node: { displayName: string; seconds: number }) => [node.displayName, node.seconds]),
    ).toEqual([
      ['One', seconds],
      ['Two', seconds],
    ])
    if (state === 'blank')
      expect(page.nodes[0]).toMatchObject({ firstJoinedAt: null, lastLeftAt: null, joins: [{ seconds: null }] })
  })

  test('returns the rows as OK if a stay of less than a second has no duration', async () => {
    const uuid = hold(joins)
    const row = (name: string, seconds: number, duration: number) => ({
      name,
      join_time: formatTime(at(0)),
      leave_time: formatTime(at(0) + seconds * 1_000),
      duration,
    })
    const body = JSON.stringify({ participants: [row('One', 60, 60), row('Two', 1, 0)], next_page_token: '' })
    onTestFinished(zoom.fault({ match: { path: /participants/ }, kind: 'body', status: 200, body }))
    expect(await readAttendance(uuid, 'seconds')).toMatchObject({
      nodes: [{ seconds: 60 }, { seconds: 1 }],
      sources: [{ status: 'OK' }],
    })
  })

  test('reports VENDOR_BAD_RESPONSE if times are still missing after a day', async () => {
    const uuid = hold(joins, { ...old, report: { state: 'blank', until } })
    const page = await readAttendance(uuid, 'displayName')
    expect(page.sources).toMatchObject([
      { status: 'PARTIAL', problem: { code: 'VENDOR_BAD_RESPONSE', retryable: false } },
    ])
  })

  test('does not keep an unfinished report in the cache', async () => {
    const cached = await openServer({
      accounts: { zoom: zoom.account },
      cache: { participants: 600, conferences: 600 },
    })
    onTestFinished(() => cached.close())
    const uuid = hold(joins, { report: { state: 'blank', until } })
    const session = [...zoom.data.meetings.values()][0]!.past.find((instance) => instance.uuid === uuid)!
    const read = async () => (await readSession(uuid, 'seconds', {}, cached)).data!['node'].attendance
    expect(await read()).toMatchObject({
      sources: [{ status: 'PARTIAL' }],
      nodes: [{ seconds: null }, { seconds: null }],
    })
    delete session.report
    expect(await read()).toMatchObject({ sources: [{ status: 'OK' }], nodes: [{ seconds: 3_600 }, { seconds: 3_600 }] })
  })

  test('returns an empty list that is UNSUPPORTED if only one person attended', async () => {
    const uuid = hold([asMember(3)])
    const page = await readAttendance(uuid, 'displayName')
    expect(page).toMatchObject({
      nodes: [],
      totalCount: null,
      sources: [{ status: 'UNSUPPORTED', problem: { code: 'UNSUPPORTED_BY_VENDOR' } }],
    })
    expect(page.sources[0].problem.message).toContain('one participant')
  })

  test('fails with the code of the vendor if the report has expired', async () => {
    const uuid = hold(joins, { start: startedAt - 400 * 24 * hour, end: startedAt - 400 * 24 * hour + hour })
    const { data, errors } = await readSession(uuid, 'displayName')
    expect(data).toEqual({ node: { attendance: null } })
    expect(errors).toMatchObject([
      { message: expect.stringContaining('12702'), extensions: { code: 'VENDOR_REJECTED' } },
    ])
  })
})

describe('faults in the middle of a report', () => {
  const joins = Array.from({ length: 700 }, (_, index) => ({ name: `Guest ${index}` }))
  const laterPages = /participants\?.*next_page_token/

  const fail = (status: number, body: object, headers = {}) =>
    zoom.fault({ match: { path: laterPages }, kind: 'status', times: 1, status, body: JSON.stringify(body), headers })
  const listPages = async (work: () => Promise<unknown>) => {
    const first = zoom.ledger.length
    await work()
    return zoom.ledger.slice(first).flatMap(({ path, status }) => (path.endsWith('/participants') ? [status] : []))
  }

  test('reads the report again from its start if a page token expires', async () => {
    const uuid = hold(joins)
    fail(400, { code: 300, message: 'The next page token is invalid or expired.' })
    const pages = await listPages(async () => {
      const { totalCount, sources } = await readAttendance(uuid, 'displayName', { first: 1 })
      expect(totalCount).toBe(700)
      expect(sources).toMatchObject(complete)
    })
    expect(pages).toEqual([200, 400, 200, 200, 200])
  })

  test('fails with PAGING_LOOP if a page token repeats', async () => {
    const uuid = hold(joins)
    const body = { next_page_token: 'again', page_size: 300, participants: [{ name: 'Guest' }] }
    const clear = zoom.fault({
      match: { path: /participants\?/ },
      kind: 'status',
      status: 200,
      body: JSON.stringify(body),
    })
    const { data, errors } = await readSession(uuid, 'displayName')
    clear()
    expect(data).toEqual({ node: { attendance: null } })
    expect(errors).toMatchObject([{ extensions: { code: 'PAGING_LOOP' } }])
  })

  test('waits after a 429, and then returns the whole report', async () => {
    const uuid = hold(joins)
    fail(429, { code: 429, message: 'Too many.' }, { 'retry-after': '1' })
    const { totalCount, sources } = await readAttendance(uuid, 'displayName', { first: 1 })
    expect(totalCount).toBe(700)
    expect(sources).toMatchObject(complete)
  })

  test('fails with VENDOR_RATE_LIMITED if the wait after a 429 is longer than the deadline', async () => {
    const uuid = hold(joins)
    const retryAfter = new Date(Date.now() + hour).toUTCString()
    fail(429, { code: 429, message: 'Too many.' }, { 'retry-after': retryAfter })
    const { data, errors } = await readSession(uuid, 'displayName')
    expect(data).toEqual({ node: { attendance: null } })
    expect(errors).toMatchObject([
      { extensions: { code: 'VENDOR_RATE_LIMITED', retryable: true, retryAt: expect.any(String) } },
    ])
  })
})
