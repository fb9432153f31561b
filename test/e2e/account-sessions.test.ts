import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { start as startCentral, type IMeetCentralSandbox } from '../../src/sandboxes/imeetcentral/index.ts'
import { holdSession } from '../../src/sandboxes/zoom/hold-session.ts'
import { start as startZoom, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { createUuid, type Instance } from '../../src/sandboxes/zoom/world.ts'
import { joinNodes, post, listAllPages } from '../support/post.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'

const minute = 60_000
const day = 1_440 * minute
/** Fewer than the hours of 70 days, so that sessions begin at any time of the day. */
const sessionCount = 200
const stepMs = 8.4 * 60 * minute

let zoom: ZoomSandbox
let limited: ZoomSandbox
let central: IMeetCentralSandbox
let server: OpenServer
/** Sessions of `zoom`, newest first. */
let sessions: Instance[]

beforeAll(async () => {
  const seed = { active: 10, inactive: 0, pending: 0 }
  ;[zoom, limited, central] = await Promise.all([
    startZoom({ seed }),
    startZoom({ seed, switches: { scopes: ['meeting:read:admin', 'user:read:admin'] } }),
    startCentral({ seed: { users: 5, workspaces: 5 } }),
  ])
  for (const { data } of [zoom, limited]) for (const meeting of data.meetings.values()) meeting.past = []
  const meetings = [...zoom.data.meetings.values()]
  const now = Math.floor(Date.now() / 1000) * 1000
  sessions = Array.from({ length: sessionCount }, (_, index) => {
    const start = now - day - index * stepMs
    const joins = [{ name: 'One' }, { name: 'Two' }]
    const meeting = meetings[index % meetings.length]!
    return holdSession(meeting, { start, end: start + 30 * minute, uuid: createUuid(`session ${index}`), joins })
  })
  const accounts = { zoom: zoom.account, limited: limited.account, central: central.account }
  server = await openServer({ accounts })
})
afterAll(async () => {
  await server.close()
  await Promise.all([zoom.close(), limited.close(), central.close()])
})

const formatTime = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')
const idsOf = (sessions: readonly Instance[]): string[] => sessions.map(({ uuid }) => uuid)

const query = (
  fields: string,
) => `query ($first: Int, $after: String, $last: Int, $before: String, $filter: SessionFilter) {
  sessions(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
    nodes { ${fields} }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount
    sources { account { key } status nodes totalCount problem { code message retryAt } }
  }
}`

async function list(filter: object, args: object = {}, fields = 'vendorId') {
  const { data, errors } = await post(server.graphqlUrl, query(fields), { first: 100, ...args, filter })
  expect(errors).toEqual([])
  return data!['sessions']
}

/** Lists the periods that `work` requests of Zoom's report, as texts such as `2026-11-01 2026-11-16`. */
async function listPeriods(work: () => Promise<unknown>): Promise<string[]> {
  const first = zoom.ledger.length
  await work()
  return zoom.ledger.slice(first).flatMap(({ path, query: text }) => {
    const parameters = new URLSearchParams(text)
    return path.endsWith('/history_meetings') ? [`${parameters.get('from')} ${parameters.get('to')}`] : []
  })
}

const zoomOnly = { accounts: ['zoom'] }
const everything = (): object => ({ ...zoomOnly, startedFrom: formatTime(sessions.at(-1)!.start) })

describe('sessions of whole accounts', () => {
  test.each(['first', 'last'] as const)(
    'lists the sessions of 70 days once, newest first, in pages by `%s`',
    async (direction) => {
      const filter = everything()
      const pages = await listAllPages((args) => list(filter, { first: undefined, ...args }), direction, 30)
      expect(joinNodes(pages, direction).map(({ vendorId }) => vendorId)).toEqual(idsOf(sessions))
    },
  )

  test('includes sessions of exactly the period, and requests no period of more than a month', async () => {
    const [newest, oldest] = [sessions[20]!, sessions[110]!]
    const filter = { ...zoomOnly, startedFrom: formatTime(oldest.start), startedBefore: formatTime(newest.start) }
    const periods = await listPeriods(async () => {
      const { nodes, sources } = await list(filter)
      expect(nodes.map(({ vendorId }: { vendorId: string }) => vendorId)).toEqual(idsOf(sessions.slice(21, 111)))
      expect(sources).toMatchObject([{ status: 'OK', nodes: 90, problem: null }])
    })
    for (const period of periods) {
      const [from, to] = period.split(' ').map((date) => Date.parse(date)) as [number, number]
      expect((to - from) / day).toBeLessThan(28)
    }
  })

  test('requests only as many periods as the page needs, and no day in the future', async () => {
    const periods = await listPeriods(async () => {
      const { nodes, pageInfo } = await list(everything(), { first: 5 })
      expect(nodes.map(({ vendorId }: { vendorId: string }) => vendorId)).toEqual(idsOf(sessions.slice(0, 5)))
      expect(pageInfo.hasNextPage).toBe(true)
    })
    expect(periods.length).toBeLessThanOrEqual(2)
    const today = formatTime(Date.now()).slice(0, 10)
    for (const period of periods) expect(period.split(' ')[1]! <= today).toBe(true)
  })

  test('continues with a cursor after new sessions were held', async () => {
    const filter = everything()
    const page = await list(filter, { first: 50 })
    const meeting = [...zoom.data.meetings.values()][0]!
    const added = holdSession(meeting, { start: sessions[0]!.start + minute, end: sessions[0]!.start + 2 * minute })
    const { nodes } = await list(filter, { first: 20, after: page.pageInfo.endCursor })
    meeting.past = meeting.past.filter((session) => session !== added)
    expect(nodes.map(({ vendorId }: { vendorId: string }) => vendorId)).toEqual(idsOf(sessions.slice(50, 70)))
  })

  test('has the same fields as the session by ID', async () => {
    const fields = `id vendorId title startedAt endedAt durationSeconds participantCount
      owner { vendorId } conference { vendorId } account { key }`
    const { nodes } = await list(everything(), { first: 3 }, fields)
    expect(nodes[0]).toMatchObject({ participantCount: 2, durationSeconds: 1_800, account: { key: 'zoom' } })
    for (const node of nodes) {
      const byId = `query ($id: ID!) { node(id: $id) { ... on Session { ${fields} } } }`
      const { data } = await post(server.graphqlUrl, byId, { id: node.id })
      expect(data!['node']).toEqual(node)
    }
  })

  test('names the missing scope of one account, and lists the sessions of the others', async () => {
    const { data } = await post(server.graphqlUrl, query('vendorId'), {
      first: 100,
      filter: { startedFrom: formatTime(sessions[9]!.start) },
    })
    const found = data!['sessions']
    expect(found.nodes).toHaveLength(10)
    expect(found.sources).toMatchObject([
      { account: { key: 'zoom' }, status: 'OK', nodes: 10 },
      { account: { key: 'limited' }, status: 'FAILED', nodes: 0, problem: { code: 'VENDOR_FORBIDDEN' } },
      { account: { key: 'central' }, status: 'UNSUPPORTED', problem: { code: 'UNSUPPORTED_BY_VENDOR' } },
    ])
    expect(found.sources[1].problem.message).toContain('report:read:list_history_meetings')
    expect(found.totalCount).toBeNull()
  })

  test('lists the sessions of one account below `account`', async () => {
    const document =
      'query ($filter: SessionFilter) { accounts { key sessions(filter: $filter, first: 2) { nodes { vendorId } } } }'
    const filter = { startedFrom: formatTime(sessions[9]!.start) }
    const { data, errors } = await post(server.graphqlUrl, document, { filter })
    expect(data!['accounts']).toMatchObject([
      { key: 'zoom', sessions: { nodes: [{ vendorId: sessions[0]!.uuid }, { vendorId: sessions[1]!.uuid }] } },
      { key: 'limited', sessions: null },
      { key: 'central', sessions: { nodes: [] } },
    ])
    expect(errors).toMatchObject([{ path: ['accounts', 1, 'sessions'], extensions: { code: 'VENDOR_FORBIDDEN' } }])
  })

  test.each([
    ['no start of the period', {}, 'startedFrom'],
    [
      'a reversed period',
      { startedFrom: '2026-02-02T00:00:00Z', startedBefore: '2026-02-01T00:00:00Z' },
      'startedFrom',
    ],
    ['an empty period', { startedFrom: '2026-02-02T00:00:00Z', startedBefore: '2026-02-02T00:00:00Z' }, 'startedFrom'],
    ['an unknown account', { startedFrom: '2026-02-02T00:00:00Z', accounts: ['nobody'] }, 'accounts'],
  ])('rejects %s without a vendor call', async (_, filter, name) => {
    const before = [zoom, limited, central].map(({ ledger }) => ledger.length)
    const { data, errors } = await post(server.graphqlUrl, query('id'), { filter })
    expect(data).toEqual({ sessions: null })
    expect(errors).toMatchObject([{ message: expect.stringContaining(name), extensions: { code: 'BAD_USER_INPUT' } }])
    expect([zoom, limited, central].map(({ ledger }) => ledger.length)).toEqual(before)
  })
})

describe('faults of Zoom', () => {
  const fail = (match: RegExp, status: number, body: object, headers = {}) => {
    const clear = zoom.fault({ match: { path: match }, kind: 'status', status, body: JSON.stringify(body), headers })
    onTestFinished(clear)
    return clear
  }

  test('fails instead of ending the list at a period that cannot be read, and continues there later', async () => {
    const filter = everything()
    const newest = (await listPeriods(() => list(filter, { first: 1 })))[0]!
    const clear = fail(new RegExp(`history_meetings\\?(?!.*to=${newest.split(' ')[1]})`), 500, {})
    const first = await list(filter, { first: 1 })
    expect(first.nodes).toEqual([{ vendorId: sessions[0]!.uuid }])
    const after = first.pageInfo.endCursor
    const { data, errors } = await post(server.graphqlUrl, query('vendorId'), { first: 100, after, filter })
    expect(data).toEqual({ sessions: null })
    expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_UNAVAILABLE', retryable: true } }])
    clear()
    const { nodes } = await list(filter, { after })
    expect(nodes.map(({ vendorId }: { vendorId: string }) => vendorId)).toEqual(idsOf(sessions.slice(1, 101)))
  })

  test('reads a period again from its start if a page token expires', async () => {
    const filter = everything()
    const row = { meeting_uuid: 'A==', meeting_id: 1, start_time: formatTime(sessions[0]!.start), topic: 'A' }
    const page = { next_page_token: 'expired', page_size: 1, history_meetings: [row] }
    zoom.fault({
      match: { path: /history_meetings/ },
      kind: 'status',
      times: 1,
      status: 200,
      body: JSON.stringify(page),
    })
    const { nodes, sources } = await list(filter, { first: 5 })
    expect(nodes.map(({ vendorId }: { vendorId: string }) => vendorId)).toEqual(idsOf(sessions.slice(0, 5)))
    expect(sources).toMatchObject([{ status: 'OK' }])
  })

  test('reports a session without a start instead of omitting it without notice', async () => {
    const row = { meeting_uuid: 'A==', meeting_id: 1, start_time: '', end_time: '', topic: '', participants: 0 }
    fail(/history_meetings/, 200, { next_page_token: '', page_size: 300, history_meetings: [row] })
    const page = await list(everything(), { first: 1 })
    expect(page).toMatchObject({
      nodes: [],
      sources: [{ status: 'PARTIAL', problem: { code: 'VENDOR_BAD_RESPONSE' } }],
    })
  })

  test('reports a rate limit that lasts longer than the operation', async () => {
    const retryAfter = new Date(Date.now() + 60 * minute).toUTCString()
    fail(/history_meetings/, 429, { code: 429, message: 'Too many.' }, { 'retry-after': retryAfter })
    const { data, errors } = await post(server.graphqlUrl, query('id'), { filter: everything() })
    expect(data).toEqual({ sessions: null })
    expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_RATE_LIMITED', retryAt: expect.any(String) } }])
  })
})
