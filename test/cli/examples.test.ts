import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openSandboxServer, type SandboxServer } from '../support/sandbox-server.ts'
import { linesOf, startCommand } from './run.ts'

const example = (name: string): string => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url))
const main = fileURLToPath(new URL('../../bin/parley.js', import.meta.url))

let server: SandboxServer
let env: Record<string, string>

beforeAll(async () => {
  server = await openSandboxServer()
  env = { PARLEY_URL: server.graphqlUrl, PARLEY: `${process.execPath} ${main}` }
})
afterAll(() => server?.close())

test('list-users.ts prints every user', async () => {
  const ran = await startCommand(process.execPath, [example('list-users.ts')], { env }).ended
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  expect(linesOf(ran.stdout)).toHaveLength(2000)
})

test('export.sh writes complete files', { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-export-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const ran = await startCommand('bash', ['--norc', example('export.sh'), folder], { env }).ended
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  const titles = linesOf(readFileSync(join(folder, 'conferences.jsonl'), 'utf8')).map((line) => JSON.parse(line).title)
  expect(titles.length).toBeGreaterThan(1000)
  expect(ran.stdout).toBe(`users: 2000\nconferences: ${titles.length}\n`)
})

test('create-and-run.ts uses what each vendor supports', async () => {
  for (const { effects } of Object.values(server.sandboxes.running)) effects.length = 0
  const ran = await startCommand(process.execPath, [example('create-and-run.ts')], { env }).ended
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  expect(ran.stdout).toMatch(/zoom: the host can start the conference/)
  expect(ran.stdout).toMatch(/zoom: .* is ATTENDEE, REGISTERED/)
  expect(ran.stdout).toMatch(/trueconf: running\n/)
  expect(ran.stdout).toMatch(/trueconf: .* is ATTENDEE, INVITED/)
  for (const key of ['zoom', 'trueconf', 'imeetcentral']) {
    expect(ran.stdout).toMatch(new RegExp(`${key}: created "Weekly review"`))
    expect(ran.stdout).toMatch(new RegExp(`${key}: invited `))
    expect(ran.stdout).toMatch(new RegExp(`${key}: uploaded picture.png, 136 bytes`))
  }
  const effects = Object.entries(server.sandboxes.running).map(([key, { effects }]) => [
    key,
    effects.map(({ kind }) => kind),
  ])
  expect(Object.fromEntries(effects)).toMatchInlineSnapshot(`
    {
      "imeetcentral": [
        "createConference",
        "inviteParticipant",
        "uploadFile",
        "createMilestone",
        "attachFile",
      ],
      "trueconf": [
        "createConference",
        "inviteParticipant",
        "runConference",
        "uploadFile",
        "endConference",
      ],
      "zoom": [
        "createConference",
        "inviteParticipant",
        "uploadFile",
      ],
    }
  `)
})
