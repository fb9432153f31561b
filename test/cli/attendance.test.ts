import { afterAll, beforeAll, expect, test } from 'vitest'
import { holdSession } from '../../src/sandboxes/zoom/hold-session.ts'
import { start, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { encodeId } from '../../src/schema/ids.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'
import { linesOf, parseLines, run } from './run.ts'

const minute = 60_000
const day = 1_440 * minute

let zoom: ZoomSandbox
let server: OpenServer
let env: Record<string, string>
let conference: string
/** IDs of a session with 130 people, one whose report is late, one whose report lacks times, and one with one person. */
let [full, late, partial, lonely]: string[] = []

beforeAll(async () => {
  zoom = await start({ seed: { active: 20, inactive: 0, pending: 0, sessions: 0 } })
  const [meeting, other] = [...zoom.data.meetings.values()].filter(({ live }) => live === null)
  for (const { past } of zoom.data.meetings.values()) past.length = 0
  const now = Math.floor(Date.now() / 1_000) * 1_000
  const until = now + 100 * day
  const names = Array.from({ length: 130 }, (_, index) => ({ name: `Guest ${index}` }))
  const hold = (startedAt: number, session: Partial<Parameters<typeof holdSession>[1]>) => {
    const { uuid } = holdSession(meeting!, { start: startedAt, end: startedAt + 60 * minute, ...session })
    return encodeId('Session', 'zoom', uuid)
  }
  full = hold(now - 4 * day, { joins: names })
  late = hold(now - 120 * minute, { joins: names.slice(0, 2), report: { state: 'missing', until } })
  partial = hold(now - 240 * minute, { joins: names.slice(0, 2), report: { state: 'blank', until } })
  lonely = hold(now - 5 * day, { joins: names.slice(0, 1) })
  holdSession(other!, { start: now - 4 * day, end: now - 4 * day + minute, joins: [{ name: '=1+1' }, { name: 'B' }] })
  conference = encodeId('Conference', 'zoom', String(meeting!.id))
  server = await openServer({ accounts: { zoom: zoom.account } })
  env = { PARLEY_URL: server.graphqlUrl }
})
afterAll(async () => {
  await server.close()
  await zoom.close()
})

const ago = (days: number): string => new Date(Date.now() - days * day).toISOString()

test('prints everyone who attended a session', async () => {
  const ran = await run(['attendance', full!], { env })
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  const rows = parseLines(ran.stdout)
  expect(new Set(rows.map(({ displayName }) => displayName)).size).toBe(130)
  expect(rows[0]).toMatchObject({ sessionId: full, account: 'zoom', identifiedBy: 'NONE', seconds: 3_600 })
})

test('prints the sessions of a period as CSV, without formulas', async () => {
  const ran = await run(['attendance', '--from', ago(4.5), '--before', ago(3), '--csv'], { env })
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  const [header, ...rows] = linesOf(ran.stdout)
  expect(header).toBe(
    'sessionId,account,title,startedAt,displayName,email,identifiedBy,role,firstJoinedAt,lastLeftAt,seconds',
  )
  expect(rows).toHaveLength(132)
  expect(rows.filter((row) => row.includes("'=1+1"))).toHaveLength(1)
})

test('names the sessions whose report is not ready at once, prints the others, and exits with 4', async () => {
  const ran = await run(['attendance', '--conference', conference], { env })
  expect(ran.code).toBe(4)
  const rows = parseLines(ran.stdout)
  expect(rows.filter(({ sessionId }) => sessionId === full)).toHaveLength(130)
  expect(rows.filter(({ sessionId }) => sessionId === late)).toEqual([])
  expect(rows.filter(({ sessionId }) => sessionId === partial)).toMatchObject([{ seconds: null }, { seconds: null }])
  const lines = linesOf(ran.stderr)
  expect(lines).toHaveLength(3)
  expect(lines.filter((line) => /: NOT_READY: .* \(retryAt: \d{4}-\d\d-\d\dT[\d:.]+Z\)$/.test(line))).toHaveLength(2)
})

test('prints the reason if the vendor has no report of a session, and exits with 0', async () => {
  const ran = await run(['attendance', lonely!], { env })
  expect(ran).toMatchObject({ code: 0, stdout: '' })
  expect(ran.stderr).toContain(': UNSUPPORTED_BY_VENDOR: ')
})

test('exits with 1 for a session that does not exist', async () => {
  const ran = await run(['attendance', encodeId('Session', 'zoom', 'AAAAAAAAAAAAAAAAAAAAAA==')], { env })
  expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('NOT_FOUND') })
})

test.each([
  [[], '"--from" or "--conference" is required.'],
  [['ID', '--account', 'zoom'], '"--account" cannot be combined with IDs.'],
  [['--conference', 'ID', '--account', 'zoom'], '"--account" cannot be combined with "--conference".'],
])('rejects the options %j with exit code 2', async (options, message) => {
  const ran = await run(['attendance', ...options], { env })
  expect(ran).toMatchObject({ code: 2, stdout: '' })
  expect(ran.stderr).toContain(message)
})
