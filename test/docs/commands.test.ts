import { spawnSync } from 'node:child_process'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { linesOf, startCommand } from '../cli/run.ts'
import { openSandboxServer, type SandboxServer } from '../support/sandbox-server.ts'
import { blocksOf } from './blocks.ts'
import { installCommands } from './install-commands.ts'

const has = (command: string): boolean => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0

let server: SandboxServer
let folder: string

beforeAll(async () => {
  server = await openSandboxServer()
  folder = await mkdtemp(join(tmpdir(), 'parley-docs-'))
  symlinkSync(resolve('examples'), join(folder, 'examples'))
  installCommands(join(folder, 'bin'))
})
afterAll(async () => {
  await server?.close()
  await rm(folder, { recursive: true })
})

/** The recipes as printed, with another URL. */
async function run(command: string, args: string[], text: string) {
  const env = { PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, PARLEY_URL: server.graphqlUrl, HOME: folder }
  const input = text.replaceAll('http://127.0.0.1:4000/graphql', server.graphqlUrl)
  const ran = await startCommand(command, args, { env, input, cwd: folder }).ended
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  return ran.stdout
}

const shell = (text: string): Promise<string> => run('bash', ['--norc', '-eo', 'pipefail', '-s'], text)
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
/** Runs the recipes in one shell, as if they were pasted one after another. */
const pasted = (blocks: string[]): string => blocks.map((text) => `echo '--- block'\n${text}`).join('\n')

describe('README.md', () => {
  const blocks = blocksOf('README.md', 'sh').filter((text) => !text.startsWith('npm '))

  test.runIf(has('curl'))('has commands with the results that it describes', { timeout: 120_000 }, async () => {
    const said = await shell(pasted(blocks))
    expect(said).toContain('"nodes":[{"displayName":"Наталья Müller"')
    expect(said).toMatch(/^[0-9a-f]{64}$/m)
    expect(said).toContain('trueconf: running\n')
    expect(said).toMatch(/^2000$/m)
    expect(linesOf(read('users.jsonl'))).toHaveLength(2000)
  })
})

describe('docs/recipes.md', () => {
  test.runIf(has('curl'))('has shell recipes that run one after the other', { timeout: 120_000 }, async () => {
    const { effects } = server.sandboxes.running['zoom']!
    effects.length = 0
    const outputs = (await shell(pasted(blocksOf('docs/recipes.md', 'sh')))).split('--- block\n').slice(1)
    expect(outputs).toHaveLength(13)
    expect(linesOf(read('users.jsonl'))).toHaveLength(2000)
    const [, , emails, running, accounts, , series, , upload, piped, again, curl, multipart] = outputs
    expect(JSON.parse(series!)).toMatchObject({ title: 'Standup', account: { key: 'zoom' } })
    expect(linesOf(emails!).every((email) => /^\S+@example\.com$/.test(email))).toBe(true)
    expect(linesOf(running!).map((line) => Object.keys(JSON.parse(line) as object))).toContainEqual([
      'title',
      'joinUrl',
      'owner',
    ])
    expect(JSON.parse(accounts!)).toMatchObject({ data: { accounts: [{ key: 'zoom' }, {}, {}] } })
    expect(JSON.parse(upload!)).toMatchObject({ outcome: 'SUCCEEDED', file: { name: 'minutes.txt', size: 6 } })
    expect(JSON.parse(piped!)).toMatchObject({ outcome: 'SUCCEEDED', file: { name: 'notes.txt', size: 7 } })
    expect(JSON.parse(again!)).toMatchObject({ data: { createConference: { outcome: 'SUCCEEDED' } } })
    expect(effects.map(({ kind }) => kind)).toEqual([
      'createConference',
      'createConference',
      'uploadFile',
      'uploadFile',
    ])
    expect(JSON.parse(curl!)).toMatchObject({ data: { users: { nodes: [{}, {}, {}] } } })
    expect(JSON.parse(multipart!)).toMatchObject({
      data: { uploadFile: { outcome: 'SUCCEEDED', file: { state: 'DEFERRED' } } },
    })
  })

  test('has a Node.js recipe that runs', async () => {
    const [text] = blocksOf('docs/recipes.md', 'js')
    expect(await run('node', ['--input-type=module', '-'], text!)).toBe('2000\n')
  })

  test.runIf(has('python3'))('has a Python recipe that runs', async () => {
    const [text] = blocksOf('docs/recipes.md', 'python')
    expect(linesOf(await run('python3', ['-'], text!))).toHaveLength(3)
  })

  test('has queries that succeed', async () => {
    const [person, colleague, invitation, tomorrow, some, later] = blocksOf('docs/recipes.md', 'graphql')
    const runQuery = async (query: string, variables: object): Promise<Record<string, any>> => {
      writeFileSync(join(folder, 'variables.json'), JSON.stringify(variables))
      return (
        JSON.parse(await shell(`parley query - --variables variables.json <<'EOF'\n${query}\nEOF`)) as { data: object }
      ).data
    }
    const { users } = await runQuery(person!, { email: 'ada.1200@example.com' })
    expect(users.nodes[0].sameAs).toHaveLength(2)
    const { userBy } = await runQuery(colleague!, { email: 'ada.1200@example.com' })
    expect(userBy).toMatchObject({ displayName: expect.any(String) })
    const { account } = await runQuery(
      '{ account(key: "zoom") { conferences(first: 1) { nodes { id joinUrl } } } }',
      {},
    )
    const [{ id, joinUrl }] = account.conferences.nodes
    expect((await runQuery(invitation!, { link: joinUrl }))['conferenceBy']).toMatchObject({ id })
    const day = 86_400_000
    const at = (days: number) => new Date(Date.now() + days * day).toISOString()
    // Meetings start at quarters of an hour, when the next start of a series changes.
    const countQuarters = () => Math.floor(Date.now() / 900_000)
    let conferences: Record<string, any>
    let begun: number
    do {
      begun = countQuarters()
      const window = { from: at(0), before: at(365) }
      conferences = (await runQuery(tomorrow!, window))['conferences']
      for (let pages = 1; conferences['nodes'].length === 0 && pages < 50; pages++)
        conferences = (await runQuery(tomorrow!, { ...window, after: conferences['pageInfo'].endCursor }))[
          'conferences'
        ]
    } while (countQuarters() !== begun)
    const starts = conferences['nodes'].map(({ schedule }: any) => schedule.startsAt ?? schedule.nextStartsAt)
    expect(starts.length).toBeGreaterThan(0)
    expect(starts).toEqual(starts.toSorted())
    const made = await runQuery(
      'mutation { createConference(input: { account: "imeetcentral", title: "Plan" }) { conference { id } operation { id } } }',
      {},
    )
    const { conference, operation } = made['createConference']
    expect((await runQuery(some!, { ids: [conference.id] }))['nodes']).toMatchObject([{ title: 'Plan' }])
    expect((await runQuery(later!, operation))['operation']).toMatchObject({ outcome: 'SUCCEEDED', result: conference })
  })
})
