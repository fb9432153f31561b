import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { encodeId } from '../../../src/schema/ids.ts'
import type { Meeting } from '../../../src/sandboxes/zoom/index.ts'
import { addFile, addSession, day, middle, openStage, page, wholeSecond, type Stage } from './stage.ts'

let stage: Stage
let meeting: Meeting
let other: Meeting
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage?.close())
beforeEach(() => {
  ;[meeting, other] = stage.clear()
})

describe('recordings of a conference', () => {
  const query = `query ($id: ID!, $filter: RecordingFilter) {
    conference(id: $id) { recordings(filter: $filter, first: 100) { nodes { vendorId } ${page} } }
  }`
  const getId = () => encodeId('Conference', 'zoom', String(meeting.id))

  test('are those of all its sessions, newest first, without months that have none', async () => {
    const now = wholeSecond(Date.now())
    meeting.created = now - 900 * day
    const sessions = [10, 100, 200, 800].map((days) => addSession(meeting, now - days * day))
    const files = sessions.flatMap((session) => [addFile(session), addFile(session, { file_type: 'M4A' })])
    addFile(addSession(other, now - 10 * day))
    const { conference } = await stage.query(query, { id: getId() })
    expect(conference.recordings.sources).toEqual([{ status: 'OK', problem: null }])
    expect(conference.recordings.nodes.map(({ vendorId }: any) => vendorId)).toEqual(files.map(({ id }) => id))
    expect(
      stage.listCalls().filter((call) => call.includes(`/users/${meeting.host_id}/recordings`)).length,
    ).toBeLessThan(22)
  })

  test('are an error if one month cannot be read', async () => {
    const now = wholeSecond(Date.now())
    for (const days of [10, 70]) addFile(addSession(meeting, now - days * day))
    const body = JSON.stringify({ code: 1010, message: 'User not found on this account.' })
    const from = new Date(now - 70 * day).toISOString().slice(0, 7)
    stage.zoom.fault({ match: { path: new RegExp(`from=${from}`) }, kind: 'body', status: 400, body })
    const { conference, errors } = await stage.query(query, { id: getId() })
    stage.zoom.clearFaults()
    expect(conference.recordings).toBeNull()
    expect(errors).toMatchObject([{ path: ['conference', 'recordings'], extensions: { code: 'VENDOR_BAD_RESPONSE' } }])
  })

  test('can be limited to a period', async () => {
    const now = wholeSecond(Date.now())
    const [, second] = [10, 40, 70].map((days) => addFile(addSession(meeting, now - days * day)))
    const filter = { startedFrom: new Date(now - 40 * day), startedBefore: new Date(now - 10 * day) }
    const { conference } = await stage.query(query, { id: getId(), filter })
    expect(conference.recordings.nodes).toEqual([{ vendorId: second!.id }])
  })
})

describe('recordings of a session', () => {
  const query = `query ($id: ID!, $filter: RecordingFilter) {
    node(id: $id) { ... on Session { recordings(filter: $filter) { nodes { vendorId } totalCount ${page} } } }
  }`

  test('are those of its UUID, with one vendor call for the list', async () => {
    const now = wholeSecond(Date.now())
    const [session] = [addSession(meeting, now - 2 * day, '/a//b+c=='), addSession(meeting, now - day)]
    const files = [addFile(session!), addFile(session!, { file_type: 'CHAT' })]
    const id = encodeId('Session', 'zoom', session!.uuid)
    const { node } = await stage.query(query, { id })
    expect(node.recordings).toMatchObject({
      nodes: files.map(({ id }) => ({ vendorId: id })),
      totalCount: 2,
      sources: [{ status: 'OK', problem: null }],
    })
    expect(stage.listCalls().filter((call) => call.includes('/recordings'))).toHaveLength(1)
    const chats = await stage.query(query, { id, filter: { kind: ['CHAT'] } })
    expect(chats.node.recordings.nodes).toEqual([{ vendorId: files[1]!.id }])
    const later = await stage.query(query, { id, filter: { startedFrom: new Date(now - day) } })
    expect(later.node.recordings.nodes).toEqual([])
  })

  test('are empty if Zoom reports that there are none, and an error if the call fails otherwise', async () => {
    const session = addSession(meeting, wholeSecond(Date.now() - day))
    const id = encodeId('Session', 'zoom', session.uuid)
    const { node } = await stage.query(query, { id })
    expect(node.recordings).toMatchObject({ nodes: [], totalCount: 0, sources: [{ status: 'OK' }] })
    stage.zoom.fault({ match: { path: /\/recordings/ }, kind: 'body', status: 404, body: '<html>Not found</html>' })
    const { node: failed, errors } = await stage.query(query, { id })
    stage.zoom.clearFaults()
    expect(failed.recordings).toBeNull()
    expect(errors).toMatchObject([{ path: ['node', 'recordings'], extensions: { code: 'VENDOR_BAD_RESPONSE' } }])
  })
})

describe('Recording', () => {
  test('leads to its session and conference, read once for all files', async () => {
    const session = addSession(meeting, middle)
    for (let index = 0; index < 3; index++) addFile(session)
    const filter = { accounts: ['zoom'], startedFrom: new Date(middle), startedBefore: new Date(middle + day) }
    const { recordings } = await stage.query(
      `query ($filter: RecordingFilter) {
        recordings(filter: $filter) { nodes { session { vendorId } conference { vendorId } } }
      }`,
      { filter },
    )
    const links = { session: { vendorId: session.uuid }, conference: { vendorId: String(meeting.id) } }
    expect(recordings.nodes).toEqual([links, links, links])
    expect(stage.listCalls()).toHaveLength(3)
  })

  test('is found by its ID, also if the UUID of its session has slashes', async () => {
    const session = addSession(meeting, wholeSecond(Date.now() - day), '/a//b+c==')
    const { id } = addFile(session)
    const node = `query ($id: ID!) { node(id: $id) { id ... on Recording { vendorId kind } } }`
    const recordingId = encodeId('Recording', 'zoom', session.uuid, id)
    expect(await stage.query(node, { id: recordingId })).toMatchObject({
      node: { id: recordingId, vendorId: id, kind: 'VIDEO' },
    })
    for (const missing of [
      encodeId('Recording', 'zoom', session.uuid, 'other'),
      encodeId('Recording', 'zoom', 'other==', id),
      encodeId('Recording', 'zoom', String(meeting.id), id),
    ])
      expect(await stage.query(node, { id: missing })).toMatchObject({ node: null, errors: undefined })
  })
})
