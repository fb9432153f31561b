import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { start, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { createRecordingFile } from '../../src/sandboxes/zoom/recording-files.ts'
import { encodeId } from '../../src/schema/ids.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'
import { linesOf, run } from './run.ts'

const day = 86_400_000

let zoom: ZoomSandbox
let server: ServerProcess
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
  server = await startProcess({ accounts: { zoom: zoom.account } })
  env = { PARLEY_URL: server.graphqlUrl }
})
afterAll(async () => {
  await server.dispose()
  await zoom.close()
})

const ago = (days: number): string => new Date(Date.now() - days * day).toISOString()
const parse = (text: string): any[] => linesOf(text).map((line) => JSON.parse(line))

describe('recordings list', () => {
  test('prints the recordings of a period, newest session first', async () => {
    const ran = await run(['recordings', 'list', '--from', ago(20), '--all'], { env })
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    const [newer, older] = conferences
    const titles = [newer, newer, older, older].map((conference) => conference!.title)
    expect(parse(ran.stdout).map(({ title }) => title)).toEqual(titles)
    const early = await run(['recordings', 'list', '--from', ago(20), '--before', ago(5), '--all'], { env })
    expect(parse(early.stdout).map(({ title }) => title)).toEqual(titles.slice(2))
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
