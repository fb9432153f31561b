import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSandboxServer, type SandboxServer } from '../support/sandbox-server.ts'
import { linesOf, parseLines, run, startCommand } from './run.ts'
import { page, createRejection, scriptedServer } from './scripted-server.ts'

let server: SandboxServer
let env: Record<string, string>
let cwd: string

beforeAll(async () => {
  server = await openSandboxServer()
  env = { PARLEY_URL: server.graphqlUrl }
  cwd = await mkdtemp(join(tmpdir(), 'parley-lists-'))
})
afterAll(async () => {
  await server.close()
  await rm(cwd, { recursive: true })
})

const effectsOf = (account: string) => server.sandboxes.running[account]!.effects.map(({ kind }) => kind)

describe('users list', () => {
  test('prints 20 users as JSON lines and how to continue', async () => {
    const ran = await run(['users', 'list'], { env })
    expect(ran.code).toBe(0)
    const users = parseLines(ran.stdout)
    expect(users).toHaveLength(20)
    const cursor = /--after (\S+)/.exec(ran.stderr)![1]!
    const next = parseLines((await run(['users', 'list', '--first', '5', '--after', cursor], { env })).stdout)
    expect(next).toHaveLength(5)
    expect(new Set([...users, ...next].map(({ id }) => id)).size).toBe(25)
  })

  test('prints exactly the given number of users over several pages', async () => {
    const { stdout } = await run(['users', 'list', '--first', '250'], { env })
    expect(new Set(parseLines(stdout).map(({ id }) => id)).size).toBe(250)
  })

  test('prints all users of an account as CSV', async () => {
    const ran = await run(['users', 'list', '--account', 'trueconf', '--all', '--csv'], { env })
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    const [header, first, ...others] = linesOf(ran.stdout)
    expect(header).toBe('id,account,email,displayName,status')
    expect(first).toMatch(/^[\w=-]+,trueconf,/)
    expect(others).toHaveLength(499)
  })

  test('prints a table on a terminal', async () => {
    const main = new URL('../../bin/parley.js', import.meta.url).pathname
    const command = `'${process.execPath}' '${main}' users list --email ada.1200@example.com`
    const ran = await startCommand('script', ['-qec', command, '/dev/null'], { env }).ended
    const [header, ...rows] = linesOf(ran.stdout.replaceAll('\r', ''))
    expect(header).toMatch(/^id +account +email +displayName +status$/)
    expect(rows).toHaveLength(3)
    expect(rows.map((row) => row.indexOf('ada.1200@'))).toEqual([0, 0, 0].map(() => header!.indexOf('email')))
  })

  test.each([
    ['--all', '--first', '3'],
    ['--first', 'ten'],
    ['--json', '--csv'],
  ])('rejects %s %s %s with exit code 2', async (...options) => {
    expect(await run(['users', 'list', ...options], { env })).toMatchObject({ code: 2, stdout: '' })
  })

  test.each(['FAILED', 'STALE'])('reports an account with the status %s and exits with 0', async (status) => {
    const sources = [{ account: { key: 'a' }, status, problem: { code: 'VENDOR_TIMEOUT', message: 'Late.' } }]
    const { parleyPage: pageInfo, ...rest } = page(['1'], 'c', false).data.users
    const scripted = await scriptedServer({ data: { users: { ...rest, pageInfo, sources } } })
    const ran = await run(['users', 'list', '--url', scripted.url])
    expect(ran).toMatchObject({ code: 0, stderr: `a: ${status}, VENDOR_TIMEOUT: Late.\n` })
  })

  test('quotes CSV cells', async () => {
    const node = { id: '1', account: { key: 'a' }, email: null, displayName: 'Ada "A", B\nC', status: 'ACTIVE' }
    const pageInfo = { hasNextPage: false, endCursor: null }
    const scripted = await scriptedServer({ data: { users: { nodes: [node], pageInfo, sources: [] } } })
    const ran = await run(['users', 'list', '--csv', '--url', scripted.url])
    expect(ran.stdout).toBe('id,account,email,displayName,status\n1,a,,"Ada ""A"", B\nC",ACTIVE\n')
  })
})

test('conferences list filters by account and state', async () => {
  const ran = await run(['conferences', 'list', '--account', 'trueconf', '--state', 'running', '--all'], { env })
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  const conferences = parseLines(ran.stdout)
  expect(conferences.length).toBeGreaterThan(0)
  for (const { account, state } of conferences) expect([account.key, state]).toEqual(['trueconf', 'RUNNING'])
})

describe('conference and participants commands', () => {
  test('creates, invites, runs, waits, lists participants, and ends', async () => {
    const { effects } = server.sandboxes.running['trueconf']!
    effects.length = 0
    const [owner, ...guests] = parseLines(
      (await run(['users', 'list', '--account', 'trueconf', '--status', 'active', '--first', '4'], { env })).stdout,
    )
    const create = ['conference', 'create', '--account', 'trueconf', '--title', 'Plan', '--owner', owner.id]
    const created = await run([...create, '--idempotency-key', 'plan'], { env })
    expect(created).toMatchObject({ code: 0, stderr: '' })
    const { id } = JSON.parse(created.stdout)
    expect(await run([...create, '--idempotency-key', 'plan'], { env })).toMatchObject({
      code: 0,
      stdout: created.stdout,
    })

    const rows = guests.map((guest) => `${guest.id},"${guest.displayName.replaceAll('"', '""')}"\r\n`)
    writeFileSync(join(cwd, 'team.csv'), `\uFEFFID,Name\r\n${rows.join('')}${rows[0]}`)
    const invite = ['conference', 'invite', id, '--file', 'team.csv']
    const first = await run(invite, { env, cwd })
    expect(first).toMatchObject({ code: 0 })
    expect(first.stderr).toBe('4 rows: 3 invited, 1 already invited, 0 rejected, 0 unknown, 0 not sent.\n')
    expect(parseLines(first.stdout).slice(0, 3)).toMatchObject(
      guests.map((guest, index) => ({ row: index + 1, user: guest.id, outcome: 'SUCCEEDED' })),
    )
    const second = await run(invite, { env, cwd })
    expect(second.stderr).toContain(' 0 invited, 4 already invited, ')
    expect(effectsOf('trueconf')).toEqual([
      'createConference',
      'inviteParticipant',
      'inviteParticipant',
      'inviteParticipant',
    ])

    expect(await run(['conference', 'run', id], { env })).toMatchObject({ code: 0 })
    const waited = await run(['wait', '--conference', id, '--state', 'running'], { env })
    expect(waited).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(waited.stdout)).toMatchObject({ id, state: 'RUNNING' })
    const participants = await run(['participants', 'list', '--conference', id, '--csv', '--all'], { env })
    for (const guest of guests) expect(participants.stdout).toContain(guest.displayName.split(' ')[0])
    expect(await run(['conference', 'end', id], { env })).toMatchObject({ code: 0 })
    expect(effectsOf('trueconf').slice(4)).toEqual(['runConference', 'endConference'])
  })

  test('prints why an invitation was rejected, and sends the other rows', async () => {
    const created = await run(['conference', 'create', '--account', 'imeetcentral', '--title', 'Rows'], { env })
    const { id } = JSON.parse(created.stdout)
    const csv = 'email;role\nnobody@nowhere.example;\nada.1200@example.com;attendee\n'
    const ran = await run(['conference', 'invite', id, '--file', '-', '--csv'], { env, input: csv })
    expect(ran.code).toBe(1)
    const [header, rejected, invited] = linesOf(ran.stdout)
    expect(header).toBe('row,user,outcome,replayed,code,message,participantId')
    expect(rejected).toMatch(/^1,nobody@nowhere\.example,REJECTED,false,[A-Z_]+,/)
    expect(invited).toMatch(/^2,ada\.1200@example\.com,SUCCEEDED,false,,,/)
    expect(ran.stderr).toContain('2 rows: 1 invited, 0 already invited, 1 rejected,')
  })

  test('exits with 3 and prints the command to run again if an outcome is unknown', async () => {
    const succeeded = { outcome: 'SUCCEEDED', replayed: false, problems: [], operation: null, participant: { id: 'P' } }
    const scripted = await scriptedServer('reset', { data: { inviteParticipant: succeeded } })
    const args = [
      'conference',
      'invite',
      'C',
      '--user',
      'a@example.com',
      '--user',
      'b@example.com',
      '--url',
      scripted.url,
    ]
    const ran = await run(args)
    expect(ran.code).toBe(3)
    expect(parseLines(ran.stdout).map(({ outcome }) => outcome)).toEqual(['UNKNOWN', 'SUCCEEDED'])
    expect(ran.stderr).toContain(
      `parley conference invite C --user a@example.com --user b@example.com --url ${scripted.url}\n`,
    )
    await run(args)
    const keys = scripted.received.map(({ json }) => (json!.variables['input'] as any).idempotencyKey)
    expect(new Set(keys).size).toBe(2)
    expect(keys.slice(0, 2)).toEqual(keys.slice(2))
    await run([...args, '--run-key', 'again'])
    expect(
      scripted.received.map(({ json }) => (json!.variables['input'] as any).idempotencyKey).slice(4),
    ).not.toContain(keys[0])
  })

  test.each([
    ['no invitee', ['conference', 'invite', 'C'], ''],
    ['an unknown column', ['conference', 'invite', 'C', '--file', '-'], 'mail\na@example.com\n'],
    ['a row without a user', ['conference', 'invite', 'C', '--file', '-'], 'email,name\n,Ada\n'],
    ['an open quotation mark', ['conference', 'invite', 'C', '--file', '-'], 'email\n"a@example.com\n'],
    ['an empty file', ['conference', 'invite', 'C', '--file', '-'], ''],
    ['no title', ['conference', 'create', '--account', 'zoom'], ''],
    ['a duration without a start', ['conference', 'create', '--account', 'a', '--title', 't', '--duration', '5'], ''],
    ['no conference', ['participants', 'list'], ''],
    ['nothing to wait for', ['wait'], ''],
    ['a conference without a state', ['wait', '--conference', 'C'], ''],
    ['a group without a command', ['conference'], ''],
  ])('rejects %s with exit code 2', async (_, args, input) => {
    expect(await run(args, { env, input })).toMatchObject({ code: 2, stdout: '' })
  })
})

describe('wait', () => {
  test('waits until the outcome of an operation is known', async () => {
    const operation = (outcome: string) => ({ data: { operation: { id: 'O', outcome } } })
    const scripted = await scriptedServer(
      operation('PENDING'),
      createRejection('OVERLOADED', { retryable: true }),
      operation('UNKNOWN'),
      operation('REJECTED'),
    )
    const ran = await run(['wait', '--operation', 'O', '--url', scripted.url])
    expect(ran).toMatchObject({ code: 1, stderr: '' })
    expect(JSON.parse(ran.stdout)).toEqual({ id: 'O', outcome: 'REJECTED' })
    expect(scripted.received).toHaveLength(4)
  })

  test('exits with 3 if the outcome is unknown after the timeout, and with 4 if the state was not reached', async () => {
    const operation = await scriptedServer({ data: { operation: { id: 'O', outcome: 'PENDING' } } })
    const waitFor = (...args: string[]) => run(['wait', ...args, '--timeout', '0'])
    expect(await waitFor('--operation', 'O', '--url', operation.url)).toMatchObject({ code: 3 })
    const conference = await scriptedServer({ data: { conference: { id: 'C', state: 'IDLE' } } })
    expect(await waitFor('--conference', 'C', '--state', 'ended', '--url', conference.url)).toMatchObject({ code: 4 })
    const missing = await scriptedServer({ data: { conference: null } })
    expect(await waitFor('--conference', 'C', '--state', 'ended', '--url', missing.url)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^NOT_FOUND: /),
    })
  })
})
