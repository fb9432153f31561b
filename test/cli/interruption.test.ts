import { describe, expect, test, vi } from 'vitest'
import { openSandboxServer } from '../support/sandbox-server.ts'
import { run, start, startCommand } from './run.ts'
import { scriptedServer } from './scripted-server.ts'

const main = new URL('../../bin/parley.js', import.meta.url).pathname
const mutation = 'mutation { endConference(input: { conferenceId: "1" }) { outcome } }'
const keyPattern = /Its idempotency key is (\S+)\./

/** Runs the command that is printed after an interruption. */
function runPrinted(stderr: string, options: { env?: Record<string, string>; input?: string } = {}) {
  const command = /^ {2}(parley .*)$/m.exec(stderr)![1]!
  const script = `parley() { "${process.execPath}" "${main}" "$@"; }\n${command}`
  return startCommand('bash', ['--norc', '-c', script], options).ended
}

async function interrupt(args: string[], received: readonly unknown[], options: { input?: string } = {}) {
  const { child, ended } = start(args, { ...options, env: { PARLEY_API_KEY: 'secret' } })
  await vi.waitFor(() => expect(received).toHaveLength(1))
  child.kill('SIGINT')
  return ended
}

describe('interrupted mutation', () => {
  test('prints its idempotency key and the command that gets its outcome', async () => {
    const server = await scriptedServer('hold', { data: { endConference: { outcome: 'SUCCEEDED' } } })
    const ran = await interrupt(['query', '-', '--url', server.url, '--key', 'secret'], server.received, {
      input: mutation,
    })
    expect(ran).toMatchObject({ code: 3, stdout: '' })
    const key = keyPattern.exec(ran.stderr)![1]!
    expect(server.received[0]!.json!.query).toContain(`idempotencyKey: "${key}"`)
    expect(ran.stderr).not.toContain('secret')
    expect(await runPrinted(ran.stderr, { input: mutation })).toMatchObject({ code: 0 })
    expect(server.received[1]!.json!.query).toBe(server.received[0]!.json!.query)
  })

  test('keeps the key of a variable', async () => {
    const server = await scriptedServer('hold')
    const input = 'mutation ($input: EndConferenceInput!) { endConference(input: $input) { outcome } }'
    const variable = 'input={"conferenceId":"1","idempotencyKey":"mine"}'
    const ran = await interrupt(['query', '-', '--var', variable, '--url', server.url], server.received, { input })
    expect(ran.code).toBe(3)
    expect(keyPattern.exec(ran.stderr)![1]).toBe('mine')
    expect(ran.stderr).not.toContain('--idempotency-key')
  })
})

test('adds different keys if a document has the same mutation twice', async () => {
  const server = await scriptedServer({ data: {} })
  const input = `mutation ($other: EndConferenceInput!) {
    one: endConference(input: { conferenceId: "1" }) { outcome }
    two: endConference(input: $other) { outcome }
    issueUserToken(input: { userId: "1" }) { token }
  }`
  const args = ['query', '-', '--var', 'other={"conferenceId":"2"}', '--idempotency-key', 'k', '--url', server.url]
  await run(args, { input })
  const { query, variables } = server.received[0]!.json!
  expect(query).toContain('(input: {conferenceId: "1", idempotencyKey: "k"})')
  expect(query).toContain('issueUserToken(input: {userId: "1"})')
  expect(variables).toEqual({ other: { conferenceId: '2', idempotencyKey: 'k-2' } })
})

test('prints the idempotency key of an interrupted upload and the command that gets its outcome', async () => {
  const server = await scriptedServer('hold', { data: { uploadFile: { outcome: 'SUCCEEDED', problems: [] } } })
  const args = ['upload', import.meta.filename, '--user', 'U 1', '--url', server.url]
  const ran = await interrupt(args, server.received)
  expect(ran).toMatchObject({ code: 3, stdout: '' })
  expect(await runPrinted(ran.stderr)).toMatchObject({ code: 0 })
  const keys = server.received.map(({ body }) => /"idempotencyKey":"([^"]+)"/.exec(body)![1])
  expect(keys).toEqual([keys[0], keyPattern.exec(ran.stderr)![1]])
  expect(server.received[1]!.body).toContain('"userId":"U 1"')
})

test('executes a mutation once when it is run again with its idempotency key', async () => {
  const server = await openSandboxServer()
  const input = 'mutation { createConference(input: { account: "imeetcentral", title: "Plan" }) { replayed } }'
  const args = ['query', '-', '--idempotency-key', 'plan-1', '--url', server.graphqlUrl]
  const results = [await run(args, { input }), await run(args, { input })]
  expect(results.map(({ code }) => code)).toEqual([0, 0])
  expect(results.map(({ stdout }) => JSON.parse(stdout).data.createConference.replayed)).toEqual([false, true])
  expect(server.sandboxes.running['imeetcentral']!.effects).toHaveLength(1)
  await server.close()
})
