import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseCsv } from '../../src/cli/parse-csv.ts'
import type { TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'
import { parseLines, run } from './run.ts'
import { scriptedServer } from './scripted-server.ts'
import { startSandbox } from '../../src/sandboxes/index.ts'

/** Serves one user, and returns the output of `users list` for it. */
async function listUser(displayName: string, format: string): Promise<string> {
  const node = { id: '1', account: { key: 'a' }, email: '-x@example.com', displayName, status: 'ACTIVE' }
  const pageInfo = { hasNextPage: false, endCursor: null }
  const scripted = await scriptedServer({ data: { users: { nodes: [node], pageInfo, sources: [] } } })
  const ran = await run(['users', 'list', format, '--url', scripted.url])
  expect(ran.code).toBe(0)
  return ran.stdout
}

describe('CSV cell', () => {
  test.each([
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ['+1 555 0100', `'+1 555 0100`],
    ['-2+3', `'-2+3`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ['\t=1', `"'\t=1"`],
    ['\r=1', `"'\r=1"`],
    ['\n=1', `"'\n=1"`],
    ['＝1+1', `'＝1+1`],
    ['＠SUM(A1)', `'＠SUM(A1)`],
    [`'=1`, `''=1`],
    ['a;=1', `"a;=1"`],
    ['Ada', 'Ada'],
    [`'Ada`, `'Ada`],
    ['a=b', 'a=b'],
  ])('is guarded if a spreadsheet would run it: %j', async (name, cell) => {
    const csv = await listUser(name, '--csv')
    expect(csv).toBe(`id,account,email,displayName,status\n1,a,'-x@example.com,${cell},ACTIVE\n`)
    const [row] = parseCsv(csv)
    expect(row).toMatchObject({ email: '-x@example.com', displayname: name })
  })

  test('does not change JSON', async () => {
    const json = await listUser('=1+1', '--json')
    expect(JSON.parse(json)).toMatchObject({ displayName: '=1+1', email: '-x@example.com' })
  })
})

describe('conference invite', () => {
  let sandbox: TrueConfSandbox
  let server: OpenServer
  let cwd: string
  let env: Record<string, string>

  beforeAll(async () => {
    sandbox = await startSandbox('trueconf')
    for (const [id, user] of sandbox.data.users) if (id !== 'helen') user.display_name = `=cmd|${id}`
    server = await openServer({ accounts: { trueconf: sandbox.account } })
    env = { PARLEY_URL: server.graphqlUrl }
    cwd = await mkdtemp(join(tmpdir(), 'parley-csv-'))
  })
  afterAll(async () => {
    await server?.close()
    await sandbox?.close()
    await rm(cwd, { recursive: true })
  })

  async function createConference(): Promise<string> {
    const options = ['--account', 'trueconf', '--title', 'Plan', '--owner', await findHelen()]
    return JSON.parse((await run(['conference', 'create', ...options], { env })).stdout).id as string
  }

  async function findHelen(): Promise<string> {
    const users = parseLines((await run(['users', 'list', '--all'], { env })).stdout)
    const { email } = sandbox.data.users.get('helen')!
    return users.find((user) => user.email === email).id as string
  }

  const listInvited = (): any[] =>
    sandbox.effects.filter(({ kind }) => kind === 'inviteParticipant').map(({ detail }) => detail)

  test('reads the output of users list --csv', async () => {
    const { stdout } = await run(['users', 'list', '--first', '3', '--csv'], { env })
    expect(stdout).toMatch(/,'=cmd\|/)
    writeFileSync(join(cwd, 'users.csv'), stdout)
    const room = await createConference()
    const ran = await run(['conference', 'invite', room, '--file', 'users.csv'], { env, cwd })
    expect(ran).toMatchObject({ code: 0, stderr: expect.stringContaining('3 rows: 3 invited,') })
    expect(listInvited()).toHaveLength(3)
  })

  test('removes the guard from the cells of its file', async () => {
    const room = await createConference()
    const id = [...sandbox.data.users.keys()].find((key) => key !== 'helen')
    const { email } = sandbox.data.users.get(id!)!
    writeFileSync(join(cwd, 'names.csv'), `email,name\n${email},'=1+1\n`)
    const before = listInvited().length
    const ran = await run(['conference', 'invite', room, '--file', 'names.csv', '--csv'], { env, cwd })
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining(`,SUCCEEDED,`) })
    expect(listInvited()).toHaveLength(before + 1)
    const participants = await run(['participants', 'list', '--conference', room], { env })
    expect(participants.stdout).toContain('"displayName":"=1+1"')
  })
})
