import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSandboxServer, type SandboxServer } from '../support/sandbox-server.ts'
import { linesOf, run, start, startCommand } from './run.ts'
import { page, createRejection, scriptedServer } from './scripted-server.ts'

const idOf = (line: string): string => (JSON.parse(line) as { id: string }).id
const failed = {
  account: { key: 'berlin' },
  status: 'FAILED',
  problem: { code: 'VENDOR_TIMEOUT', message: 'No response.' },
}
const at = (time: number) => new Date(time).toISOString()

describe('query --all with the sandbox', () => {
  let server: SandboxServer
  let env: Record<string, string>

  beforeAll(async () => {
    server = await openSandboxServer()
    env = { PARLEY_URL: server.graphqlUrl }
  })
  afterAll(() => server?.close())

  test('prints every user once, one per line', async () => {
    const ran = await run(['query', '--all', 'users'], { env })
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    const ids = linesOf(ran.stdout).map(idOf)
    expect(ids).toHaveLength(2000)
    expect(new Set(ids).size).toBe(2000)
  })

  test('prints every user once when it is interrupted and resumed with --after', async () => {
    const { child, ended } = start(['query', '--all', 'users'], { env })
    await once(child.stdout!, 'readable')
    child.kill('SIGINT')
    const first = await ended
    expect(first.code).toBe(130)
    const cursor = /--after (\S+)/.exec(first.stderr)?.[1]
    expect(cursor).toBeDefined()
    const second = await run(['query', '--all', 'users', '--after', cursor!], { env })
    expect(second.code).toBe(0)
    const ids = [...linesOf(first.stdout), ...linesOf(second.stdout)].map(idOf)
    expect(ids).toHaveLength(2000)
    expect(new Set(ids).size).toBe(2000)
  })

  test('prints a list inside another object, by its edges, with the page size of the document', async () => {
    const input = `
      query ($key: String!, $size: Int) { one: account(key: $key) { ...list } }
      fragment list on Account { users(first: $size) { edges { node { id } } } }`
    const args = ['query', '-', '--var', 'key=trueconf', '--var', 'size=70', '--all', 'one.users']
    const before = server.sandboxes.running['trueconf']!.ledger.length
    const ran = await run(args, { env, input })
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(new Set(linesOf(ran.stdout)).size).toBe(500)
    expect(server.sandboxes.running['trueconf']!.ledger.length - before).toBeGreaterThanOrEqual(8)
  })

  test('rejects an invalid cursor, and does not print it for resuming', async () => {
    const ran = await run(['query', '--all', 'users', '--after', 'garbage'], { env })
    expect(ran).toMatchObject({ code: 1, stdout: '' })
    expect(ran.stderr).toMatch(/^INVALID_CURSOR: .*\n$/)
  })

  test('reports NOT_FOUND if the object with the list does not exist', async () => {
    const input = '{ account(key: "other") { users { nodes { id } } } }'
    const ran = await run(['query', '-', '--all', 'account.users'], { env, input })
    expect(ran).toMatchObject({ code: 1, stdout: '' })
  })

  test('exits without an error when the reader closes the pipe', async () => {
    const script = '"$NODE" "$MAIN" query --all users | head -n 2; echo "${PIPESTATUS[0]}"'
    const command = { NODE: process.execPath, MAIN: new URL('../../bin/parley.js', import.meta.url).pathname }
    const { stdout, stderr } = await startCommand('bash', ['--norc', '-c', script], { env: { ...env, ...command } })
      .ended
    expect(linesOf(stdout)).toHaveLength(3)
    expect(linesOf(stdout).at(-1)).toBe('0')
    expect(stderr).toBe('')
  })
})

test('adds paging to the document, and sends the cursor of each page', async () => {
  const server = await scriptedServer(page(['1'], 'c1', true), page(['2'], 'c2', false))
  const ran = await run(['query', '-', '--url', server.url, '--all', 'users'], { input: '{ users { nodes { id } } }' })
  expect(ran).toMatchObject({ code: 0, stdout: '{"id":"1"}\n{"id":"2"}\n', stderr: '' })
  expect(server.received.map(({ json }) => json?.variables)).toEqual([{ parleyAfter: null }, { parleyAfter: 'c1' }])
  expect(server.received[0]?.json?.query).toContain('users(after: $parleyAfter, first: 100)')
})

test('uses the cursor variable and the page size of the document', async () => {
  const server = await scriptedServer(page(['1'], 'c1', false))
  const input = 'query Mine($after: String) { users(first: 7, after: $after) { nodes { id } } }'
  const args = ['query', '-', '--url', server.url, '--all', 'users', '--var', 'after=c0']
  expect(await run(args, { input })).toMatchObject({ code: 0 })
  expect(server.received[0]?.json).toMatchObject({ variables: { after: 'c0' }, operationName: 'Mine' })
  expect(server.received[0]?.json?.query).toContain('users(first: 7, after: $after)')
})

test('reports a failed account once, and resumes it with the next page', async () => {
  const server = await scriptedServer(
    page(['1'], 'c1', true, [failed]),
    page(['2'], 'c2', true, [failed]),
    page(['3'], 'c3', false),
  )
  const ran = await run(['query', '--url', server.url, '--all', 'users'])
  expect(ran).toMatchObject({ code: 0, stdout: '{"id":"1"}\n{"id":"2"}\n{"id":"3"}\n' })
  expect(ran.stderr).toBe('berlin: FAILED, VENDOR_TIMEOUT: No response.\n')
})

test('requests a page without progress once more, then exits with 4 and prints the cursor', async () => {
  const standing = page([], 'c1', true, [{ ...failed, problem: { ...failed.problem, retryAt: at(0) } }])
  const server = await scriptedServer(page(['1'], 'c1', true), standing)
  const ran = await run(['query', '--url', server.url, '--all', 'users'])
  expect(ran).toMatchObject({ code: 4, stdout: '{"id":"1"}\n' })
  expect(ran.stderr).toContain('--after c1\n')
  expect(server.received).toHaveLength(3)
})

test('stops if a cursor repeats', async () => {
  const server = await scriptedServer(page(['1'], 'c1', true), page(['2'], 'c2', true), page(['3'], 'c1', true))
  expect(await run(['query', '--url', server.url, '--all', 'users'])).toMatchObject({ code: 4 })
  expect(server.received).toHaveLength(3)
})

test('requests a page once more if every account failed', async () => {
  const server = await scriptedServer(
    page(['1'], 'c1', true),
    { data: { users: null }, ...createRejection('VENDOR_UNAVAILABLE', { retryable: true, retryAt: at(0) }) },
    page(['2'], 'c2', false),
  )
  const ran = await run(['query', '--url', server.url, '--all', 'users'])
  expect(ran).toMatchObject({ code: 0, stdout: '{"id":"1"}\n{"id":"2"}\n' })
  expect(server.received.map(({ json }) => json?.variables['parleyAfter'])).toEqual([null, 'c1', 'c1'])
})

test('does not wait longer than 60 s, and does not retry a rejection', async () => {
  const later = {
    data: { users: null },
    ...createRejection('VENDOR_RATE_LIMITED', { retryable: true, retryAt: at(9e12) }),
  }
  const limited = await scriptedServer(later)
  expect(await run(['query', '--url', limited.url, '--all', 'users'])).toMatchObject({ code: 4 })
  const forbidden = await scriptedServer(createRejection('FORBIDDEN'))
  expect(await run(['query', '--url', forbidden.url, '--all', 'users'])).toMatchObject({ code: 1 })
  expect([limited.received.length, forbidden.received.length]).toEqual([1, 1])
})

test('rejects backward paging, mutations, and documents that do not select the list', async () => {
  const server = await scriptedServer({})
  const runQuery = (input: string) => run(['query', '-', '--url', server.url, '--all', 'users'], { input })
  expect(await runQuery('{ users(last: 3) { nodes { id } } }')).toMatchObject({ code: 2 })
  expect(await runQuery('{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }')).toMatchObject({
    code: 2,
  })
  expect(await runQuery('mutation { users { nodes { id } } }')).toMatchObject({ code: 2 })
  expect(server.received).toHaveLength(0)
})
