import { readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { holdSession, type HeldSession } from '../../src/sandboxes/zoom/hold-session.ts'
import { start, type Instance, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { createRecordingFile } from '../../src/sandboxes/zoom/recording-files.ts'
import { sendQuery } from '../support/send-query.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'
import { linesOf, startCommand, type Ran } from './run.ts'

const day = 86_400_000
const [today, month] = [Math.floor(Date.now() / day) * day, new Date().getUTCMonth()]
const lastMonday = today - ((new Date(today).getUTCDay() + 6) % 7) * day - 7 * day
const lastMonth = Date.UTC(new Date().getUTCFullYear(), month - 1)
const nextMonth = Date.UTC(new Date().getUTCFullYear(), month)

let zoom: ZoomSandbox
let server: OpenServer
let env: Record<string, string>

beforeAll(async () => {
  zoom = await start({ seed: { active: 20, inactive: 0, pending: 0, sessions: 0 } })
  server = await openServer({ accounts: { zoom: zoom.account } })
  env = { PARLEY_URL: server.graphqlUrl }
})
afterAll(async () => {
  await server.close()
  await zoom.close()
})

/** Removes all sessions, and holds new ones of a minute. */
function hold(...sessions: (Partial<HeldSession> & { start: number })[]): Instance[] {
  const meetings = [...zoom.data.meetings.values()]
  for (const { past } of meetings) past.length = 0
  return sessions.map((session) => holdSession(meetings[0]!, { end: session.start + 60_000, ...session }))
}

function runExample(name: string, ...args: string[]): Promise<Ran> {
  const path = fileURLToPath(new URL(`../../examples/${name}`, import.meta.url))
  return startCommand(process.execPath, [path, ...args], { env }).ended
}

const joins = [{ name: 'Ada, "A"' }, { name: '=1+1' }]

test('attendance-csv.ts prints the people of exactly last week', async () => {
  hold(
    { start: lastMonday - 1_000, joins },
    { start: lastMonday, joins },
    { start: lastMonday + 7 * day - 1_000, joins },
    { start: lastMonday + 7 * day, joins },
  )
  const ran = await runExample('attendance-csv.ts')
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  const [header, ...rows] = linesOf(ran.stdout)
  expect(header).toBe('account,session,title,started,name,email,"recognized by",joined,left,seconds')
  expect(rows).toHaveLength(4)
  expect(rows.filter((row) => row.includes(',"Ada, ""A""",,NONE,'))).toHaveLength(2)
  expect(rows.filter((row) => row.includes(",'=1+1,,NONE,"))).toHaveLength(2)
})

test('attendance-csv.ts names the sessions whose report is not complete, and exits with 1', async () => {
  hold(
    { start: lastMonday, joins },
    { start: lastMonday + day, joins, report: { state: 'blank', until: Date.now() + day } },
  )
  const ran = await runExample('attendance-csv.ts')
  expect(ran.code).toBe(1)
  expect(linesOf(ran.stdout)).toHaveLength(1 + 4)
  expect(linesOf(ran.stderr)).toHaveLength(1)
})

test('save-recordings.ts saves the recordings of exactly last month, and continues them in the next run', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-recordings-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const sessions = hold(
    ...[lastMonth - 1_000, lastMonth, nextMonth - 1_000, nextMonth].map((startedAt) => ({ start: startedAt })),
  )
  for (const [index, session] of sessions.entries())
    session.recordings.push(createRecordingFile(`file${index}`, session, { size: 100_000 + index }))
  const ran = await runExample('save-recordings.ts', folder)
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  const files = readdirSync(folder)
  const bytes = files.map((file) => readFileSync(join(folder, file)))
  expect(bytes.map(({ length }) => length).toSorted()).toEqual([100_001, 100_002])

  // As if the first run had been interrupted in one of the files.
  const [name] = files
  renameSync(join(folder, name!), join(folder, `${name}.part`))
  truncateSync(join(folder, `${name}.part`), 60_000)
  const version = { etag: await getEntityTag(bytes[0]!.length), sizeBytes: bytes[0]!.length }
  writeFileSync(join(folder, `${name}.part.json`), JSON.stringify(version))
  const requested = zoom.downloads.length
  const again = await runExample('save-recordings.ts', folder)
  expect(again).toMatchObject({ code: 0, stderr: '' })
  expect(again.stdout.match(/saved before/g)).toHaveLength(1)
  expect(readdirSync(folder)).toEqual(files)
  expect(files.map((file) => readFileSync(join(folder, file)))).toEqual(bytes)
  expect(zoom.downloads.slice(requested).map(({ range }) => range)).toEqual(['bytes=60000-'])
})

/** Returns the entity tag of the recording with this size. */
async function getEntityTag(size: number): Promise<string | null> {
  const startedFrom = new Date(lastMonth).toISOString()
  const query = `{ recordings(filter: { startedFrom: "${startedFrom}" }) { nodes { size downloadUrl } } }`
  const { data } = await sendQuery(server.graphqlUrl, query)
  const { nodes } = (data as { recordings: { nodes: { size: number; downloadUrl: string }[] } }).recordings
  const link = nodes.find((node) => node.size === size)!.downloadUrl
  return (await fetch(link, { method: 'HEAD' })).headers.get('etag')
}

test('save-recordings.ts names the recordings that are not ready, and exits with 1', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-recordings-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const [session] = hold({ start: Date.UTC(2026, 8, 30) })
  session!.recordings.push(
    createRecordingFile('ready', session!, { size: 10 }),
    createRecordingFile('late', session!, { status: 'processing' }),
  )
  const ran = await runExample('save-recordings.ts', folder, '2026-09')
  expect(ran.code).toBe(1)
  expect(ran.stderr).toMatch(/: not ready yet\n$/)
  expect(readdirSync(folder)).toHaveLength(1)
})
