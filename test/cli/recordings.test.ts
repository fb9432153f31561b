import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { start, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { createRecordingFile } from '../../src/sandboxes/zoom/recording-files.ts'
import { encodeId } from '../../src/schema/ids.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'
import { linesOf, parseLines, run } from './run.ts'

const day = 86_400_000

let zoom: ZoomSandbox
let server: OpenServer
let env: Record<string, string>
/** Conferences with a session each: 3 and 10 days ago. */
let conferences: { id: string; title: string }[]

beforeAll(async () => {
  zoom = await start({ seed: { active: 20, inactive: 0, pending: 0 } })
  const meetings = [...zoom.data.meetings.values()].filter(({ live }) => live === null)
  for (const meeting of meetings) meeting.past = []
  conferences = meetings.slice(0, 2).map((meeting, index) => {
    const startedAt = Date.now() - [3 * day, 10 * day][index]!
    const session = {
      uuid: `session${index}`,
      start: startedAt,
      end: startedAt + 60_000,
      attendances: [],
      recordings: [],
    }
    const add = (fields: object) =>
      session.recordings.push(createRecordingFile(`${index}${JSON.stringify(fields)}`, session, fields) as never)
    add({ size: 300_000 })
    add({ size: 2_000, file_type: 'CHAT', file_extension: 'TXT', recording_type: 'chat_file' })
    meeting.past = [session]
    return { id: encodeId('Conference', 'zoom', String(meeting.id)), title: meeting.topic }
  })
  server = await openServer({ accounts: { zoom: zoom.account } })
  env = { PARLEY_URL: server.graphqlUrl }
})
afterAll(async () => {
  await server.close()
  await zoom.close()
})

const ago = (days: number): string => new Date(Date.now() - days * day).toISOString()

describe('recordings list', () => {
  test('prints the recordings of a period, newest session first', async () => {
    const ran = await run(['recordings', 'list', '--from', ago(20), '--all'], { env })
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    const [newer, older] = conferences
    const titles = [newer, newer, older, older].map((conference) => conference!.title)
    expect(parseLines(ran.stdout).map(({ title }) => title)).toEqual(titles)
    const early = await run(['recordings', 'list', '--from', ago(20), '--before', ago(5), '--all'], { env })
    expect(parseLines(early.stdout).map(({ title }) => title)).toEqual(titles.slice(2))
  })

  test('prints the kinds of one conference as CSV', async () => {
    const { id, title } = conferences[1]!
    const ran = await run(['recordings', 'list', '--conference', id, '--kind', 'chat', '--csv'], { env })
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    const [header, ...rows] = linesOf(ran.stdout)
    expect(header).toBe('id,account,startedAt,title,kind,state,name,size')
    expect(rows).toHaveLength(1)
    expect(rows[0]).toContain(title)
    expect(rows[0]).toMatch(/,CHAT,READY,.*,2000$/)
  })

  test.each([
    [[], '"--from" or "--conference" is required.'],
    [['--conference', 'x', '--account', 'zoom'], '"--account" cannot be combined with "--conference".'],
  ])('rejects the options %j with exit code 2', async (options, message) => {
    const ran = await run(['recordings', 'list', ...options], { env })
    expect(ran).toMatchObject({ code: 2, stdout: '' })
    expect(ran.stderr).toContain(message)
  })
})

async function createFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-recordings-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

const listFiles = (folder: string): string[] => readdirSync(folder).toSorted()
const countDownloads = (): number => zoom.ledger.filter(({ path }) => path.startsWith('/rec/')).length

describe('recordings download', () => {
  test('saves the recordings of a period, and downloads nothing that the folder has', async () => {
    const folder = join(await createFolder(), 'new')
    const options = ['recordings', 'download', '--from', ago(20), '--folder', folder]
    const ran = await run(options, { env })
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    const rows = parseLines(ran.stdout)
    expect(rows.map(({ sizeBytes, existed }) => [sizeBytes, existed])).toEqual(
      [300_000, 2_000, 300_000, 2_000].map((size) => [size, false]),
    )
    expect(listFiles(folder)).toEqual(rows.map(({ path }) => path.slice(folder.length + 1)).toSorted())
    for (const { path, sizeBytes } of rows) expect(readFileSync(path)).toHaveLength(sizeBytes)
    zoom.ledger.length = 0
    const again = await run(options, { env })
    expect(again).toMatchObject({ code: 0, stderr: '' })
    expect(parseLines(again.stdout)).toEqual(rows.map((row) => ({ ...row, existed: true })))
    expect(countDownloads()).toBe(0)
  })

  test('saves the recordings with the given IDs', async () => {
    const folder = await createFolder()
    const listed = parseLines((await run(['recordings', 'list', '--from', ago(20), '--kind', 'chat'], { env })).stdout)
    const ran = await run(['recordings', 'download', ...listed.map(({ id }) => id), '--folder', folder], { env })
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(parseLines(ran.stdout).map(({ id }) => id)).toEqual(listed.map(({ id }) => id))
    expect(listFiles(folder)).toHaveLength(2)
  })

  test('saves the others and exits with 4 if a recording is not ready yet', async () => {
    const folder = await createFolder()
    const [file] = [...zoom.data.meetings.values()].flatMap(({ past }) => past.flatMap(({ recordings }) => recordings))
    file!.status = 'processing'
    const ran = await run(['recordings', 'download', '--from', ago(20), '--folder', folder], { env })
    file!.status = 'completed'
    expect(ran.code).toBe(4)
    expect(ran.stderr).toMatch(/: the recording is not ready yet\.\n$/)
    expect(listFiles(folder)).toHaveLength(3)
  })

  test('exits with 1 and names the account if its recordings cannot be listed', async () => {
    const folder = await createFolder()
    const clear = zoom.fault({
      match: { path: /accounts\/me\/recordings/ },
      kind: 'status',
      status: 400,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: 4711, message: 'Invalid access token, does not contain scopes:[a:b].' }),
    })
    const ran = await run(['recordings', 'download', '--from', ago(20), '--folder', folder], { env })
    clear()
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(ran.stderr).toContain('VENDOR_FORBIDDEN')
  })

  test('exits with 1 at the first recording if the caller lacks the scope "recordings"', async () => {
    const folder = await createFolder()
    const key = 'key-of-a-reader-4f1d'
    const reader = { name: 'reader', apiKeySha256: createHash('sha256').update(key).digest('hex'), scopes: ['read'] }
    const other = await openServer({ accounts: { zoom: zoom.account }, clients: [reader] })
    onTestFinished(() => other.close())
    const options = ['recordings', 'download', '--from', ago(20), '--folder', folder, '--url', other.graphqlUrl]
    const ran = await run(options, { env: { PARLEY_API_KEY: key } })
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(ran.stderr).toMatch(/^FORBIDDEN: .*"recordings"/)
    expect(linesOf(ran.stderr)).toHaveLength(1)
  })

  test.each([
    [[], '"--from" or "--conference" is required.'],
    [['ID', '--from', '2026-11-01T00:00:00Z'], '"--from" cannot be combined with IDs.'],
  ])('rejects the options %j with exit code 2', async (options, message) => {
    const ran = await run(['recordings', 'download', ...options], { env })
    expect(ran).toMatchObject({ code: 2, stdout: '' })
    expect(ran.stderr).toContain(message)
  })

  test('exits with 2 if the folder cannot be written', async () => {
    const folder = await createFolder()
    await writeFile(join(folder, 'file'), '')
    const ran = await run(['recordings', 'download', '--from', ago(20), '--folder', join(folder, 'file')], { env })
    expect(ran).toMatchObject({ code: 2, stdout: '' })
    expect(ran.stderr).toContain('cannot be written (EEXIST)')
    expect(existsSync(join(folder, 'file'))).toBe(true)
  })
})
