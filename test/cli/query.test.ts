import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { run } from './run.ts'
import { page, createRejection, scriptedServer } from './scripted-server.ts'

const document = `
  query ($key: ID!, $count: Int, $live: Boolean, $accounts: [String!], $filter: UserFilter, $at: DateTime) { users }
  `

test('sends the document unchanged and prints the response as JSON', async () => {
  const server = await scriptedServer({ data: { hello: 'fixture' } })
  const ran = await run(['query', '-', '--url', server.url], { input: '{ hello }', env: { PARLEY_API_KEY: 'secret' } })
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  expect(JSON.parse(ran.stdout)).toEqual({ data: { hello: 'fixture' } })
  expect(server.received).toMatchObject([
    { json: { query: '{ hello }', variables: {} }, headers: { authorization: 'Bearer secret' } },
  ])
})

test('asks the server to read the vendors again with --fresh, for one response and for every page', async () => {
  const once = await scriptedServer({ data: { hello: 'fixture' }, extensions: { cache: { age: 3, stale: [] } } })
  const ran = await run(['query', '-', '--fresh', '--url', once.url], { input: '{ hello }' })
  expect(JSON.parse(ran.stdout)).toEqual({
    data: { hello: 'fixture' },
    extensions: { cache: { age: 3, stale: [] } },
  })
  expect(once.received.map(({ headers }) => headers['cache-control'])).toEqual(['no-cache'])
  await run(['query', '-', '--url', once.url], { input: '{ hello }' })
  expect(once.received[1]?.headers['cache-control']).toBeUndefined()

  const pages = await scriptedServer(page(['a'], 'one', true), page(['b'], 'two', false))
  expect(await run(['query', '--all', 'users', '--fresh', '--url', pages.url], {})).toMatchObject({ code: 0 })
  expect(pages.received.map(({ headers }) => headers['cache-control'])).toEqual(['no-cache', 'no-cache'])
})

test('reads a document and variables that begin with a byte order mark', async () => {
  const server = await scriptedServer({ data: {} })
  const folder = await mkdtemp(join(tmpdir(), 'parley-query-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const [query, variables] = [join(folder, 'query.graphql'), join(folder, 'variables.json')]
  writeFileSync(query, `\ufeff${document}`)
  writeFileSync(variables, Buffer.from('\ufeff{ "key": "a", "count": 1 }', 'utf16le'))
  const env = { PARLEY_URL: server.url }
  expect(await run(['query', query, '--variables', variables], { env })).toMatchObject({ code: 0 })
  expect(await run(['query', '-', '--var', 'key=b'], { env, input: `\ufeff${document}` })).toMatchObject({ code: 0 })
  const sent = server.received.map(({ json }) => json)
  expect(sent).toMatchObject([{ variables: { key: 'a', count: 1 } }, { variables: { key: 'b' } }])
  for (const json of sent) expect(json?.query).not.toContain('\ufeff')
})

test('converts variables to their declared types, and prefers --var to --variables', async () => {
  const server = await scriptedServer({ data: {} })
  const folder = await mkdtemp(join(tmpdir(), 'parley-query-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const [query, variables] = [join(folder, 'query.graphql'), join(folder, 'variables.json')]
  writeFileSync(query, document)
  writeFileSync(variables, '{ "count": 1, "at": "2026-12-01T10:00:00Z" }')
  const values = ['key=007', 'count=3', 'live=true', 'accounts=zoom', 'accounts=b=c', 'filter={"search":"a"}']
  const args = ['query', query, '--variables', variables, ...values.flatMap((value) => ['--var', value])]
  expect(await run(args, { env: { PARLEY_URL: server.url } })).toMatchObject({ code: 0 })
  expect(server.received[0]?.json?.variables).toEqual({
    key: '007',
    count: 3,
    live: true,
    accounts: ['zoom', 'b=c'],
    filter: { search: 'a' },
    at: '2026-12-01T10:00:00Z',
  })
})

test.each([
  ['no file', ['query']],
  ['a file that is not there', ['query', 'nowhere.graphql']],
  ['an unknown option', ['query', '-', '--nope']],
  ['a variable without a value', ['query', '-', '--var', 'count']],
  ['a variable that is not declared', ['query', '-', '--var', 'other=1']],
  ['a number that is none', ['query', '-', '--var', 'count=three']],
  ['two values that are no list', ['query', '-', '--var', 'count=1', '--var', 'count=2']],
  ['an operation that is not there', ['query', '-', '--operation', 'Other']],
  ['an address that is none', ['query', '-', '--url', 'nowhere']],
  ['--after without --all', ['query', '-', '--after', 'x']],
  ['a list that the document does not select', ['query', '-', '--all', 'conferences']],
  ['a list that needs a document', ['query', '--all', 'accounts']],
  ['no such command', ['quarry']],
  ['no command', []],
])('exits with 2 for %s', async (_, args) => {
  const ran = await run(args, { input: document, env: { PARLEY_URL: 'http://127.0.0.1:9/graphql' } })
  expect(ran.code).toBe(2)
})

test.each([
  ['rejected', createRejection('FORBIDDEN'), 1],
  ['too much work', createRejection('OVERLOADED', { retryable: true }), 4],
  ['over a limit of the caller', createRejection('TOO_MANY_REQUESTS', { retryable: true }), 4],
  ['rejected by a proxy with 429', { status: 429, text: 'slow down' }, 4],
  ['returned by a server that is not Parley', { status: 404, text: '<html>' }, 2],
  ['returned by another web page', { status: 200, text: '<html>' }, 2],
  ['returned by a proxy without its server', { status: 502, text: '<html>' }, 4],
  ['cut off', 'reset' as const, 4],
])('returns the exit code of a query that is %s', async (_, response, code) => {
  const server = await scriptedServer(response)
  const ran = await run(['query', '-', '--url', server.url], { input: '{ hello }' })
  expect(ran.code).toBe(code)
  expect(ran.stderr).toMatch(/^[A-Z_]+: .+\n$/)
})

test('prints errors with the data to stdout, and one line for each to stderr', async () => {
  const response = { data: { hello: null }, errors: [{ ...createRejection('NOT_FOUND').errors[0], path: ['hello'] }] }
  const server = await scriptedServer(response)
  const ran = await run(['query', '-', '--url', server.url], { input: '{ hello }' })
  expect(JSON.parse(ran.stdout)).toEqual(response)
  expect(ran).toMatchObject({ code: 1, stderr: 'NOT_FOUND at hello: This is NOT_FOUND. (request r1)\n' })
})

test.each([
  ['SUCCEEDED', 0],
  ['REJECTED', 1],
  ['UNKNOWN', 3],
  ['PENDING', 3],
  ['NOT_SENT', 4],
])('returns the exit code of a mutation whose outcome is %s, and selects the outcome', async (outcome, code) => {
  const server = await scriptedServer({ data: { endConference: { outcome } } })
  const input = 'mutation { endConference(input: { conferenceId: "1" }) { replayed } }'
  expect(await run(['query', '-', '--url', server.url], { input })).toMatchObject({ code })
  expect(server.received).toHaveLength(1)
  expect(server.received[0]?.json?.query).toMatch(/\{\s*replayed\s*outcome\s*\}/)
})

test.each([
  ['cut off', 'reset' as const, 3],
  ['returned by a proxy', { status: 502, text: 'bad gateway' }, 3],
  ['out of time', createRejection('DEADLINE_EXCEEDED', { retryable: true }), 3],
  ['rejected', createRejection('FORBIDDEN'), 1],
  ['too much work', createRejection('OVERLOADED', { retryable: true }), 4],
])('returns the exit code of a mutation that is %s', async (_, response, code) => {
  const server = await scriptedServer(response)
  const input = 'mutation { endConference(input: { conferenceId: "1" }) { outcome } }'
  expect(await run(['query', '-', '--url', server.url], { input })).toMatchObject({ code })
  expect(server.received).toHaveLength(1)
})

test('exits with 4 and not with 3 if a mutation could not be sent', async () => {
  const input = 'mutation { endConference(input: { conferenceId: "1" }) { outcome } }'
  expect(await run(['query', '-', '--url', 'http://127.0.0.1:9/graphql'], { input })).toMatchObject({ code: 4 })
})
