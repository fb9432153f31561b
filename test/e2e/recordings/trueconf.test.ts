import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { encodeId } from '../../../src/schema/ids.ts'
import { start, type TrueConfSandbox } from '../../../src/sandboxes/trueconf/index.ts'
import { joinNodes, post, listAllPages, type PostedData } from '../../support/post.ts'
import { openServer, type OpenServer } from '../../support/open-server.ts'
import { addSession } from '../../support/trueconf-sessions.ts'

const minute = 60_000
const day = 1_440 * minute
const now = Math.floor(Date.now() / 1000) * 1000

let sandbox: TrueConfSandbox
let server: OpenServer

beforeAll(async () => {
  sandbox = await start({ users: 10, conferences: 0, timeZone: 'America/New_York' })
  server = await openServer({ accounts: { tc: sandbox.account } })
})
afterAll(async () => {
  await server.close()
  await sandbox.close()
})
beforeEach(() => {
  sandbox.clearFaults()
  sandbox.data.calls.length = 0
  sandbox.data.conferences.clear()
  sandbox.ledger.length = 0
})

const formatTime = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')

/** Adds a record of a conference. @param created In milliseconds since the epoch. */
function addRecord(conferenceId: string, created: number, name?: string): void {
  sandbox.others.record(conferenceId, 2_000_000)
  const record = sandbox.data.conferences.get(conferenceId)!.records.at(-1)!
  Object.assign(record, { created: created / 1000, ...(name !== undefined && { name }) })
}

const fields = `nodes { id vendorId title kind state name contentType size startedAt durationSeconds conference { id } raw }
  pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount sources { status problem { code message } }`

/** Lists the recordings of sessions that began in the last 100 days. */
async function listRecordings(args: object = {}, filter: object = {}) {
  const query = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: RecordingFilter) {
    recordings(first: $first, after: $after, last: $last, before: $before, filter: $filter) { ${fields} }
  }`
  const variables = { ...args, filter: { startedFrom: formatTime(now - 100 * day), ...filter } }
  const { data, errors } = await post(server.graphqlUrl, query, variables)
  expect(errors).toEqual([])
  return data!['recordings']
}

const listNames = ({ nodes }: PostedData): string[] => nodes.map(({ vendorId }: PostedData) => vendorId)

describe('recordings of TrueConf', () => {
  test('are the records of the conferences that had sessions in the period, newest session first', async () => {
    const [first, second, third] = ['First', 'Second', 'Third'].map((topic) => sandbox.others.create(topic))
    for (const [index, id] of [first!, second!, first!].entries()) {
      const startedAt = now - (index + 1) * 30 * day
      addSession(sandbox, id, startedAt)
      addRecord(id, startedAt + 10 * minute, `${index}.mkv`)
    }
    addRecord(third!, now - 5 * day)
    const { nodes, sources } = await listRecordings()
    expect(listNames({ nodes })).toEqual(['0.mkv', '1.mkv', '2.mkv'])
    expect(sources).toEqual([{ status: 'OK', problem: null }])
    expect(nodes[1]).toMatchObject({
      id: encodeId('Recording', 'tc', second!, '1.mkv'),
      title: 'Second',
      kind: 'VIDEO',
      state: 'READY',
      name: '1.mkv',
      contentType: 'video/x-matroska',
      size: 2_000_000,
      startedAt: formatTime(now - 60 * day + 10 * minute),
      durationSeconds: null,
      conference: { id: encodeId('Conference', 'tc', second!) },
    })
    expect(Object.keys(nodes[1].raw)).toEqual(['name', 'size', 'created'])
    // No records are requested of the conference without a session in the period.
    expect(sandbox.ledger.map(({ path }) => path).filter((path) => path.includes(third!))).toEqual([])
  })

  test('belong to the session in whose time, or in the 5 minutes after it, they were created', async () => {
    const id = sandbox.others.create('Room')
    const [earlier, later] = [now - 3 * day, now - 3 * day + 62 * minute]
    addSession(sandbox, id, earlier)
    addSession(sandbox, id, later)
    addRecord(id, earlier - 1000, 'before.mkv')
    addRecord(id, earlier, 'start.mkv')
    addRecord(id, earlier + 61 * minute, 'after-end.mkv')
    addRecord(id, later, 'next.mkv')
    addRecord(id, later + 65 * minute, 'five-minutes.mkv')
    addRecord(id, later + 65 * minute + 1000, 'too-late.mkv')
    const all = listNames(await listRecordings())
    expect(all).toEqual(['next.mkv', 'five-minutes.mkv', 'start.mkv', 'after-end.mkv'])
    const filter = { startedBefore: formatTime(later) }
    const ofEarlier = await listRecordings({}, filter)
    expect(listNames(ofEarlier)).toEqual(['start.mkv', 'after-end.mkv'])
    // A file that was created after the session does not show when the recording began.
    expect(ofEarlier.nodes.map(({ startedAt }: PostedData) => startedAt)).toEqual([formatTime(earlier), null])
  })

  test.each(['first', 'last'] as const)(
    'has each of 60 records over 90 days once, in pages with "%s"',
    async (direction) => {
      const ids = ['A', 'B', 'C'].map((topic) => sandbox.others.create(topic))
      const names = Array.from({ length: 60 }, (_, index) => {
        // There are no sessions in the second month.
        const startedAt = now - (index < 30 ? index * 0.5 + 1 : index * 0.5 + 60) * day
        addSession(sandbox, ids[index % 3]!, startedAt)
        addRecord(ids[index % 3]!, startedAt + minute, `${index}.mkv`)
        return `${index}.mkv`
      })
      const pages = await listAllPages((args) => listRecordings(args), direction, 7)
      expect(joinNodes(pages, direction).map(({ vendorId }) => vendorId)).toEqual(names)
      for (const { sources } of pages) expect(sources[0].problem).toBeNull()
    },
  )

  test('have kinds and content types by the extension of their names', async () => {
    const id = sandbox.others.create('Room')
    addSession(sandbox, id, now - day)
    const names = ['a.mp4', 'b.MP3', 'c', 'd.html', 'quote"/..\u0007 é.mkv']
    for (const name of names) addRecord(id, now - day + minute, name)
    const { nodes } = await listRecordings()
    expect(nodes.map(({ kind, contentType, name }: PostedData) => [kind, contentType, name])).toEqual([
      ['VIDEO', 'video/mp4', 'a.mp4'],
      ['AUDIO', 'audio/mpeg', 'b.mp3'],
      ['OTHER', 'application/octet-stream', 'c.bin'],
      ['OTHER', 'application/octet-stream', 'd.html'],
      ['VIDEO', 'video/x-matroska', 'quote .. é.mkv'],
    ])
    const audio = await listRecordings({}, { kind: ['AUDIO'] })
    expect(listNames(audio)).toEqual(['b.MP3'])
  })

  test('omit those of a deleted conference, and report a conference whose records cannot be read', async () => {
    const [deleted, failing, fine] = ['Deleted', 'Failing', 'Fine'].map((topic) => sandbox.others.create(topic))
    for (const id of [deleted!, failing!, fine!]) {
      addSession(sandbox, id, now - day)
      addRecord(id, now - day + minute, `${id}.mkv`)
    }
    sandbox.others.delete(deleted!)
    expect(listNames(await listRecordings()).toSorted()).toEqual([`${failing}.mkv`, `${fine}.mkv`].toSorted())
    sandbox.fault({ match: { path: new RegExp(`${failing}/records`) }, kind: 'status', status: 400 })
    const { nodes, sources } = await listRecordings()
    expect(listNames({ nodes })).toEqual([`${fine}.mkv`])
    expect(sources).toMatchObject([{ status: 'PARTIAL', problem: { code: 'VENDOR_REJECTED' } }])
  })

  test('are not complete if a proxy does not find the records of a conference', async () => {
    addSession(sandbox, sandbox.others.create('Room'), now - day)
    sandbox.fault({ match: { path: /\/records/ }, kind: 'status', status: 404, body: '<html>Not found</html>' })
    const { nodes, sources } = await listRecordings()
    expect(nodes).toEqual([])
    expect(sources).toMatchObject([{ status: 'PARTIAL', problem: { code: 'VENDOR_BAD_RESPONSE' } }])
  })

  test.each(['logs/calls', '/records'])('are not an empty list if the call of %s fails', async (path) => {
    addSession(sandbox, sandbox.others.create('Room'), now - day)
    sandbox.fault({ match: { path: new RegExp(path) }, kind: 'status', status: 500 })
    const query = 'query ($from: DateTime!) { recordings(filter: { startedFrom: $from }) { nodes { id } } }'
    const { data, errors } = await post(server.graphqlUrl, query, { from: formatTime(now - 2 * day) })
    expect(data).toEqual({ recordings: null })
    expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_UNAVAILABLE', account: 'tc' } }])
  })

  test.each([
    ['logs.calls:read', 'logs/calls'],
    ['conferences.records:read', '/records'],
  ])('name the permission %s if it is missing', async (permission, path) => {
    addSession(sandbox, sandbox.others.create('Room'), now - day)
    const denied = { error: { code: 403, message: 'Forbidden', errors: [{ reason: 'forbidden' }] } }
    sandbox.fault({ match: { path: new RegExp(path) }, kind: 'status', status: 403, body: JSON.stringify(denied) })
    const query = 'query ($from: DateTime!) { recordings(filter: { startedFrom: $from }) { nodes { id } } }'
    const { errors } = await post(server.graphqlUrl, query, { from: formatTime(now - 2 * day) })
    expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_FORBIDDEN', retryable: false } }])
    expect(errors[0]!.message).toContain(`"${permission}"`)
  })
})

describe('Conference.recordings of TrueConf', () => {
  const listOf = async (id: string, filter: object = {}) => {
    const query = `query ($id: ID!, $filter: RecordingFilter) {
      node(id: $id) { ... on Conference { recordings(filter: $filter) { ${fields} } } }
    }`
    const { data, errors } = await post(server.graphqlUrl, query, { id: encodeId('Conference', 'tc', id), filter })
    expect(errors).toEqual([])
    return data!['node'].recordings
  }

  test('lists the records of all sessions, newest session first, and those without a session by their time', async () => {
    const id = sandbox.others.create('Room')
    for (const age of [40, 20, 1]) addSession(sandbox, id, now - age * day)
    addRecord(id, now - 40 * day, 'oldest.mkv')
    addRecord(id, now - 20 * day + 2 * minute, 'second.mkv')
    addRecord(id, now - 20 * day + minute, 'first.mkv')
    addRecord(id, now - 10 * day, 'unmatched.mkv')
    addRecord(id, now - day, 'newest.mkv')
    const { nodes } = await listOf(id)
    expect(listNames({ nodes })).toEqual(['newest.mkv', 'unmatched.mkv', 'second.mkv', 'first.mkv', 'oldest.mkv'])
    const filter = { startedFrom: formatTime(now - 20 * day), startedBefore: formatTime(now - day) }
    expect(listNames(await listOf(id, filter))).toEqual(['unmatched.mkv', 'second.mkv', 'first.mkv'])
  })

  test('lists the records without their sessions if the permission for the call log is missing', async () => {
    const id = sandbox.others.create('Room')
    addSession(sandbox, id, now - day)
    addRecord(id, now - day, 'a.mkv')
    const denied = { error: { code: 403, message: 'Forbidden', errors: [{ reason: 'forbidden' }] } }
    sandbox.fault({ match: { path: /logs\/calls/ }, kind: 'status', status: 403, body: JSON.stringify(denied) })
    const { nodes, sources } = await listOf(id)
    expect(nodes).toMatchObject([{ vendorId: 'a.mkv', title: 'Room' }])
    expect(sources).toMatchObject([{ status: 'PARTIAL', problem: { code: 'VENDOR_FORBIDDEN' } }])
  })

  test('takes one call if there are no records', async () => {
    const id = sandbox.others.create('Room')
    addSession(sandbox, id, now - day)
    expect((await listOf(id)).nodes).toEqual([])
    const paths = sandbox.ledger.map(({ path }) => path).filter((path) => /logs|records/.test(path))
    expect(paths).toEqual([`/api/v3.8/conferences/${id}/records`])
  })
})

describe('Session.recordings of TrueConf', () => {
  async function listOf(sessionId: string, filter: object = {}): Promise<string[]> {
    const query = `query ($id: ID!, $filter: RecordingFilter) {
      node(id: $id) { ... on Session { recordings(filter: $filter) { nodes { vendorId session { vendorId } } } } }
    }`
    const { data, errors } = await post(server.graphqlUrl, query, { id: encodeId('Session', 'tc', sessionId), filter })
    expect(errors).toEqual([])
    const { nodes } = data!['node'].recordings
    for (const { session } of nodes) expect(session.vendorId).toBe(sessionId)
    return listNames({ nodes })
  }

  test('lists only the records of the session, even if the next session begins within 5 minutes', async () => {
    const id = sandbox.others.create('Room')
    const [earlier, later] = [now - 3 * day, now - 3 * day + 62 * minute]
    const sessions = [
      addSession(sandbox, id, earlier),
      addSession(sandbox, id, later),
      addSession(sandbox, id, now - day),
    ]
    addRecord(id, earlier + minute, 'in-earlier.mkv')
    addRecord(id, earlier + 61 * minute, 'after-earlier.mkv')
    addRecord(id, later + minute, 'in-later.mkv')
    addRecord(id, later + 66 * minute, 'of-none.mkv')
    expect(await listOf(sessions[0]!)).toEqual(['in-earlier.mkv', 'after-earlier.mkv'])
    expect(await listOf(sessions[1]!)).toEqual(['in-later.mkv'])
    expect(await listOf(sessions[2]!)).toEqual([])
    expect(await listOf(sessions[0]!, { startedFrom: formatTime(later) })).toEqual([])
  })

  test('lists the records of a running session', async () => {
    const id = sandbox.others.create('Room')
    const running = addSession(sandbox, id, now - 30 * minute, null)
    addRecord(id, now - 10 * minute, 'running.mkv')
    addRecord(id, now - 40 * minute, 'before.mkv')
    expect(await listOf(running)).toEqual(['running.mkv'])
  })
})

describe('a recording of TrueConf by ID', () => {
  const getRecording = async (conferenceId: string, name: string) => {
    const query = 'query ($id: ID!) { node(id: $id) { ... on Recording { vendorId title size conference { title } } } }'
    const { data, errors } = await post(server.graphqlUrl, query, {
      id: encodeId('Recording', 'tc', conferenceId, name),
    })
    expect(errors).toEqual([])
    return data!['node']
  }

  test('is found, with the title of its session', async () => {
    const id = sandbox.others.create('Then')
    addSession(sandbox, id, now - day)
    addRecord(id, now - day, 'a b#1.mkv')
    addRecord(id, now - 2 * day, 'unmatched.mkv')
    sandbox.others.rename(id, 'Now')
    const size = 2_000_000
    expect(await getRecording(id, 'a b#1.mkv')).toMatchObject({ vendorId: 'a b#1.mkv', title: 'Then', size })
    expect(await getRecording(id, 'unmatched.mkv')).toMatchObject({ title: 'Now', conference: { title: 'Now' } })
    expect(await getRecording(id, 'none.mkv')).toBeNull()
    expect(await getRecording('404', 'a.mkv')).toBeNull()
  })
})
