import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Meeting } from '../../../src/sandboxes/zoom/index.ts'
import { joinNodes, listAllPages } from '../../support/post.ts'
import { addFile, addSession, day, middle, minute, openStage, page, wholeSecond, type Stage } from './stage.ts'

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

/** Lists all recordings of accounts, page by page. */
async function listAll(filter: object, direction: 'first' | 'last', size: number) {
  const query = `query ($filter: RecordingFilter, $first: Int, $after: String, $last: Int, $before: String) {
    recordings(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      nodes { vendorId kind } ${page}
    }
  }`
  const load = async (args: object) => (await stage.query(query, { filter, ...args })).recordings
  return joinNodes(await listAllPages(load, direction, size), direction)
}

describe('recordings of accounts', () => {
  test('have the kind, size, and state of each file, and neither links nor passcodes', async () => {
    const start = wholeSecond(Date.now() - day)
    const session = addSession(meeting, start, '/a//b+c==')
    for (const type of ['MP4', 'M4A', 'TRANSCRIPT', 'CHAT', 'TIMELINE', 'HOLOGRAM'])
      addFile(session, { file_type: type, file_extension: type === 'HOLOGRAM' ? '' : type.slice(0, 4) })
    addFile(session, { status: 'processing' })
    const { recordings, errors } = await stage.query(
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
      addSession(index % 2 ? meeting : other, now - day - index * day),
    )
    for (const session of sessions) {
      addFile(session)
      addFile(session, { file_type: 'CHAT', file_extension: 'TXT' })
    }
    const [startedFrom, startedBefore] = [sessions.at(-1)!.start, sessions[0]!.start]
    const period = { startedFrom: new Date(startedFrom), startedBefore: new Date(startedBefore) }
    const filter = { ...period, kind: ['VIDEO'], accounts: ['zoom'] }
    const ids = sessions.slice(1).map(({ recordings }) => recordings[0]!.id)
    for (const direction of ['first', 'last'] as const)
      expect((await listAll(filter, direction, 20)).map(({ vendorId }) => vendorId)).toEqual(ids)
    const periods = stage.zoom.ledger.flatMap(({ path, query }) =>
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
    const ids = Array.from({ length: 301 }, (_, index) => addFile(addSession(meeting, middle - index * minute)).id)
    const expired = JSON.stringify({ code: 300, message: 'The next page token is invalid or expired.' })
    const fault = { kind: 'body', status: 400, body: expired, times: 1 } as const
    stage.zoom.fault({ match: { path: /next_page_token=./ }, ...fault })
    const filter = { accounts: ['zoom'], startedFrom: new Date(middle - day), startedBefore: new Date(middle + day) }
    const { recordings } = await stage.query(
      `query ($filter: RecordingFilter) { recordings(first: 100, filter: $filter) { nodes { vendorId } ${page} } }`,
      { filter },
    )
    expect(recordings.sources).toEqual([{ status: 'OK', problem: null }])
    expect(recordings.nodes.map(({ vendorId }: any) => vendorId)).toEqual(ids.slice(0, 100))
    expect(stage.listCalls().filter((call) => call.includes('next_page_token'))).toHaveLength(2)
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
    onTestFinished(stage.zoom.fault({ match: { path: /accounts\/me\/recordings/ }, kind: 'body', status: 200, body }))
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
    addFile(addSession(meeting, now - minute * 60))
    addFile(addSession(meeting, now - 400 * day))
    await stage.query(
      `query ($from: DateTime) { recordings(first: 1, filter: { startedFrom: $from, accounts: ["zoom"] }) { nodes { id } } }`,
      {
        from: new Date(now - 500 * day),
      },
    )
    expect(stage.listCalls().length).toBeLessThanOrEqual(2)
  })

  test('are listed of the other accounts if one account fails', async () => {
    addFile(addSession(meeting, wholeSecond(Date.now() - day)))
    stage.zoom.fault({ match: { path: /\/recordings/ }, kind: 'status', status: 429 })
    const { recordings, errors } = await stage.query(
      `query ($from: DateTime) {
        recordings(filter: { startedFrom: $from }) { pageInfo { hasNextPage } sources { account { key } status } }
      }`,
      { from: new Date(Date.now() - 2 * day) },
    )
    stage.zoom.clearFaults()
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
    const { recordings, account, errors } = await stage.query(query, { filter })
    expect({ recordings, account }).toEqual({ recordings: null, account: { recordings: null } })
    expect(errors).toMatchObject(
      [['recordings'], ['account', 'recordings']].map((path) => ({
        path,
        message: expect.stringContaining('"filter.startedFrom"'),
        extensions: { code: 'BAD_USER_INPUT' },
      })),
    )
    expect(stage.listCalls()).toEqual([])
  })

  test('are an error if the vendor fails, not an empty list', async () => {
    addFile(addSession(meeting, wholeSecond(Date.now() - day)))
    stage.zoom.fault({ match: { path: /\/recordings/ }, kind: 'status', status: 500, times: 20 })
    const { recordings, errors } = await stage.query(
      `query ($from: DateTime) { recordings(filter: { startedFrom: $from, accounts: ["zoom"] }) { nodes { id } } }`,
      { from: new Date(Date.now() - 2 * day) },
    )
    stage.zoom.clearFaults()
    expect(recordings).toBeNull()
    expect(errors).toMatchObject([{ path: ['recordings'], extensions: { code: 'VENDOR_UNAVAILABLE' } }])
  })
})
