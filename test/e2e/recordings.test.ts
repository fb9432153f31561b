import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { encodeId } from '../../src/schema/ids.ts'
import { start, type Instance, type RecordingFile, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { createRecordingFile } from '../../src/sandboxes/zoom/recording-files.ts'
import { start as startTrueConf, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { joinNodes, listAllPages } from '../support/post.ts'
import { sendQuery } from '../support/send-query.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'

const minute = 60_000
const day = 1_440 * minute

const editorKey = 'key-of-an-editor-4f1d'
const writerKey = 'key-of-a-writer-4f1d'

let zoom: ZoomSandbox
let trueconf: TrueConfSandbox
let server: OpenServer

beforeAll(async () => {
  zoom = await start({ seed: { active: 20, inactive: 0, pending: 0 } })
  const client = (name: string, key: string, scopes: string[]) => ({
    name,
    apiKeySha256: createHash('sha256').update(key).digest('hex'),
    scopes,
  })
  trueconf = await startTrueConf({ users: 5, conferences: 3, running: 0 })
  server = await openServer({
    accounts: { zoom: zoom.account, trueconf: trueconf.account },
    clients: [
      client('editor', editorKey, ['read', 'write', 'recordings']),
      client('writer', writerKey, ['read', 'write']),
    ],
  })
})
afterAll(async () => {
  await server.close()
  await trueconf.close()
  await zoom.close()
})

const listMeetings = () => [...zoom.data.meetings.values()]
type Meeting = ReturnType<typeof listMeetings>[number]
let meeting: Meeting
let other: Meeting

beforeEach(() => {
  for (const held of listMeetings()) held.past = []
  ;[meeting, other] = listMeetings().filter(({ live }) => live === null) as [Meeting, Meeting]
  zoom.ledger.length = 0
  zoom.effects.length = 0
})

/** Adds a session without recordings. */
function hold(held: Meeting, start: number, uuid = Buffer.from(`${held.id}:${start}`).toString('base64')): Instance {
  const session = { uuid, start, end: start + 45 * minute, attendances: [], recordings: [] }
  held.past = [...held.past, session]
  return session
}

/** Adds a file to a session. */
function record(session: Instance, fields: Partial<RecordingFile> = {}): RecordingFile {
  const file = createRecordingFile(`${session.uuid}:${session.recordings.length}`, session, { size: 2_000, ...fields })
  session.recordings.push(file)
  return file
}

/** Middle of the last month, so that a few days around it are in one month. */
const middle = Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth() - 1, 15)

const wholeSecond = (time: number): number => Math.floor(time / 1_000) * 1_000

const listCalls = (): string[] =>
  zoom.ledger
    .filter(({ path }) => path.startsWith('/v2/'))
    .map(({ method, path, query }) => `${method} ${path.slice(3)}${query && `?${query}`}`)

const ask = async (query: string, variables: object = {}, key = editorKey): Promise<any> => {
  const { data, errors } = await sendQuery(server.graphqlUrl, query, { ...variables }, key)
  return { ...data, errors }
}

const page = `pageInfo { hasNextPage hasPreviousPage startCursor endCursor } sources { status problem { code } }`

/** Lists all recordings of accounts, page by page. */
async function listAll(filter: object, direction: 'first' | 'last', size: number) {
  const query = `query ($filter: RecordingFilter, $first: Int, $after: String, $last: Int, $before: String) {
    recordings(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      nodes { vendorId kind } ${page}
    }
  }`
  const load = async (args: object) => (await ask(query, { filter, ...args })).recordings
  return joinNodes(await listAllPages(load, direction, size), direction)
}

describe('recordings of accounts', () => {
  test('have the kind, size, and state of each file, and neither links nor passcodes', async () => {
    const start = wholeSecond(Date.now() - day)
    const session = hold(meeting, start, '/a//b+c==')
    for (const type of ['MP4', 'M4A', 'TRANSCRIPT', 'CHAT', 'TIMELINE', 'HOLOGRAM'])
      record(session, { file_type: type, file_extension: type === 'HOLOGRAM' ? '' : type.slice(0, 4) })
    record(session, { status: 'processing' })
    const { recordings, errors } = await ask(
      `query ($from: DateTime) {
        recordings(filter: { startedFrom: $from, accounts: ["zoom"] }) {
          nodes { vendorId title kind state name contentType size startedAt durationSeconds raw account { key } conference { vendorId } }
          ${page}
        }
      }`,
      { from: new Date(start) },
    )
    expect(errors).toBeUndefined()
    expect(recordings.sources).toEqual([{ status: 'OK', problem: null }])
    expect(recordings.nodes.map(({ kind, state, size }: any) => [kind, state, size])).toEqual([
      ['VIDEO', 'READY', 2_000],
      ['AUDIO', 'READY', 2_000],
      ['TRANSCRIPT', 'READY', 2_000],
      ['CHAT', 'READY', 2_000],
      ['OTHER', 'READY', 2_000],
      ['OTHER', 'READY', 2_000],
      ['VIDEO', 'PROCESSING', null],
    ])
    expect(recordings.nodes[0]).toMatchObject({
      vendorId: session.recordings[0]!.id,
      title: meeting.topic,
      contentType: 'video/mp4',
      startedAt: new Date(start).toISOString().replace('.000Z', 'Z'),
      durationSeconds: 45 * 60,
      account: { key: 'zoom' },
      conference: { vendorId: String(meeting.id) },
    })
    expect(recordings.nodes.at(-1).durationSeconds).toBeNull()
    expect(recordings.nodes[5].contentType).toBe('application/octet-stream')
    for (const { raw } of recordings.nodes) expect(JSON.stringify(raw)).not.toMatch(/https?:|_url|pass/)
  })

  test('are complete over 65 days, each once, in periods of at most a month', async () => {
    const now = wholeSecond(Date.now())
    const sessions = Array.from({ length: 66 }, (_, index) =>
      hold(index % 2 ? meeting : other, now - day - index * day),
    )
    for (const session of sessions) {
      record(session)
      record(session, { file_type: 'CHAT', file_extension: 'TXT' })
    }
    const [startedFrom, startedBefore] = [sessions.at(-1)!.start, sessions[0]!.start]
    const period = { startedFrom: new Date(startedFrom), startedBefore: new Date(startedBefore) }
    const filter = { ...period, kind: ['VIDEO'], accounts: ['zoom'] }
    const ids = sessions.slice(1).map(({ recordings }) => recordings[0]!.id)
    for (const direction of ['first', 'last'] as const)
      expect((await listAll(filter, direction, 20)).map(({ vendorId }) => vendorId)).toEqual(ids)
    const periods = zoom.ledger.flatMap(({ path, query }) =>
      path === '/v2/accounts/me/recordings' ? [new URLSearchParams(query)] : [],
    )
    expect(periods.length).toBeGreaterThan(3)
    for (const period of periods) {
      const [from, to] = [period.get('from')!, period.get('to')!]
      expect(from.slice(0, 7)).toBe(to.slice(0, 7))
      expect(from <= to).toBe(true)
    }
  })

  test('are read again from the start of the month if a page token expires', async () => {
    const ids = Array.from({ length: 301 }, (_, index) => record(hold(meeting, middle - index * minute)).id)
    const expired = JSON.stringify({ code: 300, message: 'The next page token is invalid or expired.' })
    const fault = { kind: 'body', status: 400, body: expired, times: 1 } as const
    zoom.fault({ match: { path: /next_page_token=./ }, ...fault })
    const filter = { accounts: ['zoom'], startedFrom: new Date(middle - day), startedBefore: new Date(middle + day) }
    const { recordings } = await ask(
      `query ($filter: RecordingFilter) { recordings(first: 100, filter: $filter) { nodes { vendorId } ${page} } }`,
      { filter },
    )
    expect(recordings.sources).toEqual([{ status: 'OK', problem: null }])
    expect(recordings.nodes.map(({ vendorId }: any) => vendorId)).toEqual(ids.slice(0, 100))
    expect(listCalls().filter((call) => call.includes('next_page_token'))).toHaveLength(2)
  })

  test('are listed once if Zoom repeats their session', async () => {
    const row = (uuid: string, start: number) => ({
      uuid,
      id: 123,
      topic: 'Weekly',
      start_time: new Date(start).toISOString(),
      recording_files: [
        { id: `${uuid}-video`, file_type: 'MP4', status: 'completed' },
        { file_type: 'TIMELINE', recording_start: new Date(start).toISOString() },
      ],
    })
    const [older, newer] = [row('older', middle - minute), row('newer', middle)]
    const body = JSON.stringify({ meetings: [older, newer, older, newer], next_page_token: '' })
    onTestFinished(zoom.fault({ match: { path: /accounts\/me\/recordings/ }, kind: 'body', status: 200, body }))
    const filter = { accounts: ['zoom'], startedFrom: new Date(middle - day), startedBefore: new Date(middle + day) }
    for (const direction of ['first', 'last'] as const)
      expect((await listAll(filter, direction, 1)).map(({ kind }) => kind)).toEqual([
        'VIDEO',
        'OTHER',
        'VIDEO',
        'OTHER',
      ])
  })

  test('are not read of later months if the page does not need them', async () => {
    const now = wholeSecond(Date.now())
    record(hold(meeting, now - minute * 60))
    record(hold(meeting, now - 400 * day))
    await ask(
      `query ($from: DateTime) { recordings(first: 1, filter: { startedFrom: $from, accounts: ["zoom"] }) { nodes { id } } }`,
      {
        from: new Date(now - 500 * day),
      },
    )
    expect(listCalls().length).toBeLessThanOrEqual(2)
  })

  test('are listed of the other accounts if one account fails', async () => {
    record(hold(meeting, wholeSecond(Date.now() - day)))
    zoom.fault({ match: { path: /\/recordings/ }, kind: 'status', status: 429 })
    const { recordings, errors } = await ask(
      `query ($from: DateTime) {
        recordings(filter: { startedFrom: $from }) { pageInfo { hasNextPage } sources { account { key } status } }
      }`,
      { from: new Date(Date.now() - 2 * day) },
    )
    zoom.clearFaults()
    expect(errors).toBeUndefined()
    expect(recordings).toEqual({
      pageInfo: { hasNextPage: true },
      sources: [
        { account: { key: 'zoom' }, status: 'RATE_LIMITED' },
        { account: { key: 'trueconf' }, status: 'OK' },
      ],
    })
  })

  test.each([
    ['omitted', {}],
    ['reversed', { startedFrom: '2026-02-01T00:00:00Z', startedBefore: '2026-01-01T00:00:00Z' }],
    ['empty', { startedFrom: '2026-02-01T00:00:00Z', startedBefore: '2026-02-01T00:00:00Z' }],
  ])('require a period: rejects one that is %s without a vendor call', async (_, filter) => {
    const query = `query ($filter: RecordingFilter) {
      recordings(filter: $filter) { nodes { id } }
      account(key: "zoom") { recordings(filter: $filter) { nodes { id } } }
    }`
    const { recordings, account, errors } = await ask(query, { filter })
    expect({ recordings, account }).toEqual({ recordings: null, account: { recordings: null } })
    expect(errors).toMatchObject(
      [['recordings'], ['account', 'recordings']].map((path) => ({
        path,
        message: expect.stringContaining('"filter.startedFrom"'),
        extensions: { code: 'BAD_USER_INPUT' },
      })),
    )
    expect(listCalls()).toEqual([])
  })

  test('are an error if the vendor fails, not an empty list', async () => {
    record(hold(meeting, wholeSecond(Date.now() - day)))
    zoom.fault({ match: { path: /\/recordings/ }, kind: 'status', status: 500, times: 20 })
    const { recordings, errors } = await ask(
      `query ($from: DateTime) { recordings(filter: { startedFrom: $from, accounts: ["zoom"] }) { nodes { id } } }`,
      { from: new Date(Date.now() - 2 * day) },
    )
    zoom.clearFaults()
    expect(recordings).toBeNull()
    expect(errors).toMatchObject([{ path: ['recordings'], extensions: { code: 'VENDOR_UNAVAILABLE' } }])
  })
})

describe('recordings of a conference', () => {
  const query = `query ($id: ID!, $filter: RecordingFilter) {
    conference(id: $id) { recordings(filter: $filter, first: 100) { nodes { vendorId } ${page} } }
  }`
  const getId = () => encodeId('Conference', 'zoom', String(meeting.id))

  test('are those of all its sessions, newest first, without months that have none', async () => {
    const now = wholeSecond(Date.now())
    meeting.created = now - 900 * day
    const sessions = [10, 100, 200, 800].map((days) => hold(meeting, now - days * day))
    const files = sessions.flatMap((session) => [record(session), record(session, { file_type: 'M4A' })])
    record(hold(other, now - 10 * day))
    const { conference } = await ask(query, { id: getId() })
    expect(conference.recordings.sources).toEqual([{ status: 'OK', problem: null }])
    expect(conference.recordings.nodes.map(({ vendorId }: any) => vendorId)).toEqual(files.map(({ id }) => id))
    expect(listCalls().filter((call) => call.includes(`/users/${meeting.host_id}/recordings`)).length).toBeLessThan(22)
  })

  test('are an error if one month cannot be read', async () => {
    const now = wholeSecond(Date.now())
    for (const days of [10, 70]) record(hold(meeting, now - days * day))
    const body = JSON.stringify({ code: 1010, message: 'User not found on this account.' })
    const from = new Date(now - 70 * day).toISOString().slice(0, 7)
    zoom.fault({ match: { path: new RegExp(`from=${from}`) }, kind: 'body', status: 400, body })
    const { conference, errors } = await ask(query, { id: getId() })
    zoom.clearFaults()
    expect(conference.recordings).toBeNull()
    expect(errors).toMatchObject([{ path: ['conference', 'recordings'], extensions: { code: 'VENDOR_BAD_RESPONSE' } }])
  })

  test('can be limited to a period', async () => {
    const now = wholeSecond(Date.now())
    const [, second] = [10, 40, 70].map((days) => record(hold(meeting, now - days * day)))
    const filter = { startedFrom: new Date(now - 40 * day), startedBefore: new Date(now - 10 * day) }
    const { conference } = await ask(query, { id: getId(), filter })
    expect(conference.recordings.nodes).toEqual([{ vendorId: second!.id }])
  })
})

describe('recordings of a session', () => {
  const query = `query ($id: ID!, $filter: RecordingFilter) {
    node(id: $id) { ... on Session { recordings(filter: $filter) { nodes { vendorId } totalCount ${page} } } }
  }`

  test('are those of its UUID, with one vendor call for the list', async () => {
    const now = wholeSecond(Date.now())
    const [session] = [hold(meeting, now - 2 * day, '/a//b+c=='), hold(meeting, now - day)]
    const files = [record(session!), record(session!, { file_type: 'CHAT' })]
    const id = encodeId('Session', 'zoom', session!.uuid)
    const { node } = await ask(query, { id })
    expect(node.recordings).toMatchObject({
      nodes: files.map(({ id }) => ({ vendorId: id })),
      totalCount: 2,
      sources: [{ status: 'OK', problem: null }],
    })
    expect(listCalls().filter((call) => call.includes('/recordings'))).toHaveLength(1)
    const chats = await ask(query, { id, filter: { kind: ['CHAT'] } })
    expect(chats.node.recordings.nodes).toEqual([{ vendorId: files[1]!.id }])
    const later = await ask(query, { id, filter: { startedFrom: new Date(now - day) } })
    expect(later.node.recordings.nodes).toEqual([])
  })

  test('are empty if Zoom reports that there are none, and an error if the call fails otherwise', async () => {
    const session = hold(meeting, wholeSecond(Date.now() - day))
    const id = encodeId('Session', 'zoom', session.uuid)
    const { node } = await ask(query, { id })
    expect(node.recordings).toMatchObject({ nodes: [], totalCount: 0, sources: [{ status: 'OK' }] })
    zoom.fault({ match: { path: /\/recordings/ }, kind: 'body', status: 404, body: '<html>Not found</html>' })
    const { node: failed, errors } = await ask(query, { id })
    zoom.clearFaults()
    expect(failed.recordings).toBeNull()
    expect(errors).toMatchObject([{ path: ['node', 'recordings'], extensions: { code: 'VENDOR_BAD_RESPONSE' } }])
  })
})

describe('Recording', () => {
  test('leads to its session and conference, read once for all files', async () => {
    const session = hold(meeting, middle)
    for (let index = 0; index < 3; index++) record(session)
    const filter = { accounts: ['zoom'], startedFrom: new Date(middle), startedBefore: new Date(middle + day) }
    const { recordings } = await ask(
      `query ($filter: RecordingFilter) {
        recordings(filter: $filter) { nodes { session { vendorId } conference { vendorId } } }
      }`,
      { filter },
    )
    const links = { session: { vendorId: session.uuid }, conference: { vendorId: String(meeting.id) } }
    expect(recordings.nodes).toEqual([links, links, links])
    expect(listCalls()).toHaveLength(3)
  })

  test('is found by its ID, also if the UUID of its session has slashes', async () => {
    const session = hold(meeting, wholeSecond(Date.now() - day), '/a//b+c==')
    const { id } = record(session)
    const node = `query ($id: ID!) { node(id: $id) { id ... on Recording { vendorId kind } } }`
    const recordingId = encodeId('Recording', 'zoom', session.uuid, id)
    expect(await ask(node, { id: recordingId })).toMatchObject({
      node: { id: recordingId, vendorId: id, kind: 'VIDEO' },
    })
    for (const missing of [
      encodeId('Recording', 'zoom', session.uuid, 'other'),
      encodeId('Recording', 'zoom', 'other==', id),
      encodeId('Recording', 'zoom', String(meeting.id), id),
    ])
      expect(await ask(node, { id: missing })).toMatchObject({ node: null, errors: undefined })
  })
})

describe('deleteRecording', () => {
  const mutation = `mutation ($input: DeleteRecordingInput!) {
    deleteRecording(input: $input) { outcome deletedRecordingId replayed problems { code path } }
  }`
  const deleteRecording = async (input: object, key?: string) => (await ask(mutation, { input }, key)).deleteRecording

  test.each([
    [false, 'trash'],
    [true, 'delete'],
  ])('deletes one file (permanently: %s)', async (permanently, action) => {
    const session = hold(meeting, wholeSecond(Date.now() - day), '/a//b+c==')
    const [video, audio] = [record(session), record(session, { file_type: 'M4A' })]
    const recordingId = encodeId('Recording', 'zoom', session.uuid, video.id)
    const input = { recordingId, permanently, idempotencyKey: `delete-${action}` }
    const result = { outcome: 'SUCCEEDED', deletedRecordingId: recordingId, problems: [] }
    expect(await deleteRecording(input)).toEqual({ ...result, replayed: false })
    expect(await deleteRecording(input)).toEqual({ ...result, replayed: true })
    expect(zoom.effects.filter(({ id }) => id === video.id)).toMatchObject([{ detail: { uuid: session.uuid, action } }])
    expect(zoom.effects.filter(({ id }) => id === audio.id)).toEqual([])
    expect(await deleteRecording({ recordingId })).toEqual({
      outcome: 'REJECTED',
      deletedRecordingId: null,
      replayed: false,
      problems: [{ code: 'NOT_FOUND', path: ['input', 'recordingId'] }],
    })
  })

  test('requires the scope `recordings`', async () => {
    const session = hold(meeting, wholeSecond(Date.now() - day))
    const recordingId = encodeId('Recording', 'zoom', session.uuid, record(session).id)
    expect(await deleteRecording({ recordingId }, writerKey)).toMatchObject({
      outcome: 'REJECTED',
      problems: [{ code: 'FORBIDDEN' }],
    })
    expect(listCalls()).toEqual([])
  })

  test('is not supported by TrueConf, which is not called', async () => {
    trueconf.ledger.length = 0
    const recordingId = encodeId('Recording', 'trueconf', '100', 'record.mp4')
    expect(await deleteRecording({ recordingId })).toMatchObject({
      outcome: 'REJECTED',
      deletedRecordingId: null,
      problems: [{ code: 'UNSUPPORTED_BY_VENDOR', path: ['input', 'recordingId'] }],
    })
    expect(trueconf.ledger).toEqual([])
  })

  test('never deletes a file that has no ID, because Zoom would delete all files of the session', async () => {
    const session = hold(meeting, wholeSecond(Date.now() - day))
    record(session)
    const recordingId = encodeId('Recording', 'zoom', session.uuid, 'timeline:2026-11-30T00:00:00Z')
    expect(await deleteRecording({ recordingId })).toMatchObject({
      outcome: 'REJECTED',
      problems: [{ code: 'UNSUPPORTED_BY_VENDOR', path: ['input', 'recordingId'] }],
    })
    expect(listCalls()).toEqual([])
  })
})
