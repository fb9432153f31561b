import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { encodeId } from '../../src/schema/ids.ts'
import { start, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { joinNodes, post, listAllPages } from '../support/post.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'

const minute = 60_000
const day = 1_440 * minute

let zoom: ZoomSandbox
let server: OpenServer

beforeAll(async () => {
  zoom = await start({ seed: { active: 20, inactive: 0, pending: 0 } })
  server = await openServer({ accounts: { zoom: zoom.account } })
})
afterAll(async () => {
  await server.close()
  await zoom.close()
})

const listMeetings = () => [...zoom.data.meetings.values()]
type Meeting = ReturnType<typeof listMeetings>[number]

/** Replaces the sessions of a meeting by others, the newest `age` ms old, in the order of their UUIDs. Returns them newest first. */
function hold(meeting: Meeting, count: number, age = day): Meeting['past'] {
  const sessions = Array.from({ length: count }, (_, index) => {
    const start = Math.floor((Date.now() - age - index * 0.6 * day) / 1000) * 1000
    const uuid = Buffer.from(`${meeting.id}:${(index * 7) % 1_000}`).toString('base64')
    return { uuid, start, end: start + 45 * minute + 7_000, attendances: [], recordings: [] }
  })
  meeting.past = sessions.toSorted((a, b) => a.uuid.localeCompare(b.uuid))
  return sessions
}

/** Lists the vendor calls that `work` causes, except for access tokens. */
async function listCalls(work: () => Promise<unknown>): Promise<string[]> {
  const first = zoom.ledger.length
  await work()
  return zoom.ledger
    .slice(first)
    .filter(({ path }) => path.startsWith('/v2/'))
    .map(({ method, path, query }) => `${method} ${path.slice(3)}${query && `?${query}`}`)
}

const formatTime = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')

const pageFields = `pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  totalCount sources { status problem { code } }`

describe('Conference.sessions of Zoom', () => {
  let meeting: Meeting
  const list = async (fields: string, args: object) => {
    const query = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $filter: SessionFilter) {
      conference(id: $id) {
        sessions(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
          nodes { ${fields} } ${pageFields}
        }
      }
    }`
    const id = encodeId('Conference', 'zoom', String(meeting.id))
    const { data, errors } = await post(server.graphqlUrl, query, { id, ...args })
    expect(errors).toEqual([])
    return data!['conference'].sessions
  }

  beforeEach(() => {
    meeting = listMeetings()[2]!
  })

  test.each(['first', 'last'] as const)(
    'lists 624 sessions once, newest first, in pages by `%s`',
    async (direction) => {
      const sessions = hold(meeting, 624)
      const pages = await listAllPages((args) => list('vendorId startedAt', args), direction, 100)
      expect(pages.map(({ nodes }) => nodes.length)).toEqual([100, 100, 100, 100, 100, 100, 24])
      const expected = sessions.map(({ uuid, start }) => ({ vendorId: uuid, startedAt: formatTime(start) }))
      expect(joinNodes(pages, direction)).toEqual(expected)
      expect(pages.every(({ totalCount }) => totalCount === 624)).toBe(true)
    },
  )

  test('lists each session once if Zoom repeats some, in any order, with IDs that differ only in their case', async () => {
    const starts = { '/a//b+c==': 3, 'aBcDeFgH==': 1, 'abcdefgh==': 2, '+starts/late': 0, 'older==': 4 }
    const rows = Object.entries(starts).map(([uuid, age]) => ({ uuid, start_time: formatTime(Date.now() - age * day) }))
    const body = JSON.stringify({ meetings: [...rows, { uuid: 'unknown==', start_time: '' }, ...rows] })
    const clear = zoom.fault({ match: { path: /instances/ }, kind: 'body', status: 200, body })
    const expected = ['+starts/late', 'aBcDeFgH==', 'abcdefgh==', '/a//b+c==', 'older==', 'unknown==']
    for (const direction of ['first', 'last'] as const) {
      const pages = await listAllPages((args) => list('vendorId startedAt', args), direction, 2)
      expect(joinNodes(pages, direction).map(({ vendorId }) => vendorId)).toEqual(expected)
      expect(pages.every(({ totalCount }) => totalCount === expected.length)).toBe(true)
    }
    const filter = { startedFrom: formatTime(Date.now() - 10 * day) }
    const { nodes, sources } = await list('vendorId', { filter })
    clear()
    expect(nodes.map(({ vendorId }: { vendorId: string }) => vendorId)).toEqual(expected.slice(0, 5))
    expect(sources).toEqual([{ status: 'PARTIAL', problem: { code: 'VENDOR_BAD_RESPONSE' } }])
  })

  test('makes one call for the list, and one for each session whose details are selected', async () => {
    hold(meeting, 30)
    const list5 = (fields: string) => listCalls(() => list(fields, { first: 5 }))
    const instances = `GET /past_meetings/${meeting.id}/instances`
    const conference = `GET /meetings/${meeting.id}`
    expect(await list5('id vendorId startedAt raw')).toEqual([conference, instances])
    const calls = await list5('title endedAt durationSeconds participantCount owner { id }')
    expect(calls.slice(0, 2)).toEqual([conference, instances])
    expect(calls.filter((call) => /^GET \/past_meetings\/[^/]+$/.test(call))).toHaveLength(5)
    expect(calls.filter((call) => call.startsWith('GET /users'))).toHaveLength(1)
    expect(calls).toHaveLength(8)
  })

  test('reports the details of a session, by list and by `node`', async () => {
    const [{ uuid, start, end }] = hold(meeting, 1) as [Meeting['past'][number]]
    const fields = `id vendorId title startedAt endedAt durationSeconds participantCount
      owner { vendorId } account { key } conference { vendorId }`
    const { nodes } = await list(fields, {})
    const expected = {
      vendorId: uuid,
      title: meeting.topic,
      startedAt: formatTime(start),
      endedAt: formatTime(end!),
      durationSeconds: 45 * 60 + 7,
      participantCount: 0,
      owner: { vendorId: meeting.host_id },
      account: { key: 'zoom' },
      conference: { vendorId: String(meeting.id) },
    }
    expect(nodes).toEqual([{ id: encodeId('Session', 'zoom', uuid), ...expected }])
    const query = `query ($id: ID!) { node(id: $id) { ... on Session { ${fields} } } }`
    const { data, errors } = await post(server.graphqlUrl, query, { id: nodes[0].id })
    expect(errors).toEqual([])
    expect(data!['node']).toEqual(nodes[0])
  })

  test('includes sessions of exactly the period of the filter', async () => {
    const sessions = hold(meeting, 10)
    const filter = { startedFrom: formatTime(sessions[6]!.start), startedBefore: formatTime(sessions[2]!.start) }
    const { nodes, totalCount } = await list('vendorId', { filter })
    expect(nodes).toEqual(sessions.slice(3, 7).map(({ uuid }) => ({ vendorId: uuid })))
    expect(totalCount).toBeNull()
  })

  test('lists a session whose details have expired, with the title of the conference', async () => {
    const [{ uuid }] = hold(meeting, 1, 400 * day) as [Meeting['past'][number]]
    const { nodes } = await list('vendorId title endedAt durationSeconds participantCount owner { id }', {})
    const expired = { endedAt: null, durationSeconds: null, participantCount: null, owner: null }
    expect(nodes).toEqual([{ vendorId: uuid, title: meeting.topic, ...expired }])
  })

  test('finds sessions whose UUIDs have slashes', async () => {
    const uuids = ['/ab+cdefghijklmnopqrst==', 'ab//cdefghijklmnopqrst==', 'ab/cdefghijklmnopqrstu==']
    hold(meeting, 3)
    for (const [index, uuid] of uuids.entries()) meeting.past[index]!.uuid = uuid
    for (const uuid of uuids) {
      const query = `query ($id: ID!) { node(id: $id) { ... on Session { vendorId endedAt } } }`
      const { data } = await post(server.graphqlUrl, query, { id: encodeId('Session', 'zoom', uuid) })
      const { end } = meeting.past.find((session) => session.uuid === uuid)!
      expect(data!['node']).toEqual({ vendorId: uuid, endedAt: formatTime(end!) })
    }
  })

  test('does not take the number of a meeting for a session', async () => {
    hold(meeting, 2)
    const query = 'query ($id: ID!) { node(id: $id) { id } }'
    const id = encodeId('Session', 'zoom', String(meeting.id))
    expect((await post(server.graphqlUrl, query, { id })).data).toEqual({ node: null })
  })

  test('rejects a reversed period without a call for the list', async () => {
    const query = `query ($id: ID!, $filter: SessionFilter) { conference(id: $id) { sessions(filter: $filter) { totalCount } } }`
    const filter = { startedFrom: '2026-02-01T00:00:00Z', startedBefore: '2026-02-01T00:00:00Z' }
    const id = encodeId('Conference', 'zoom', String(meeting.id))
    const calls = await listCalls(async () => {
      const { data, errors } = await post(server.graphqlUrl, query, { id, filter })
      expect(data).toEqual({ conference: { sessions: null } })
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }])
    })
    expect(calls).toEqual([`GET /meetings/${meeting.id}`])
  })
})
