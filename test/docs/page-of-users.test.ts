import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Server } from '../../src/server/server.ts'
import { zoom } from '../../src/vendors/zoom/index.ts'
import { startSandboxOf, type VendorSandbox } from '../support/sandbox.ts'
import { startInProcess } from '../support/server-in-process.ts'

const data = mkdtempSync(join(tmpdir(), 'parley-test-'))
const { stackTraceLimit } = Error
let sandbox: VendorSandbox
let server: Server

beforeAll(async () => {
  sandbox = await startSandboxOf(zoom)
  server = await startInProcess({ accounts: { zoom: sandbox.account }, limits: {}, data, lines: [] })
  Error.stackTraceLimit = 100
})

afterAll(async () => {
  Error.stackTraceLimit = stackTraceLimit
  await server.stop()
  await sandbox.close()
  rmSync(data, { recursive: true })
})

async function queryUsers(): Promise<void> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ users(first: 5) { nodes { id } } }' }),
  })
  expect(await response.json()).toMatchObject({ data: { users: { nodes: { length: 5 } } } })
}

/** Returns the files of the stack in which a request is passed to undici, from the resolver on. */
async function traceFiles(): Promise<string[]> {
  const stacks: string[] = []
  const onRequest = (message: unknown): void => {
    const { origin } = (message as { request: { origin: string } }).request
    if (String(origin) === new URL(sandbox.url).origin) stacks.push(new Error('request').stack!)
  }
  subscribe('undici:request:create', onRequest)
  await queryUsers()
  unsubscribe('undici:request:create', onRequest)
  expect(stacks).toHaveLength(1)
  const frames = stacks[0]!.match(/src\/[\w/-]+\.ts/g)!.toReversed()
  const files = frames.filter((file, index) => file !== frames[index - 1])
  return files.slice(files.indexOf('src/schema/user.ts'))
}

test('docs/architecture.md names the files from the resolver of `users` to the socket in order', async () => {
  // With a token and a connection, nothing is awaited on the way, so that the stack is complete.
  await queryUsers()
  const page = readFileSync('docs/architecture.md', 'utf8')
  const list = /^\*\*A page of users\*\*[^]*?\n\n((?:\d+\. .*\n)+)/m.exec(page)![1]!
  const named = list.match(/(?<=^\d+\. `)[^`]+/gm)
  expect(named).toEqual(await traceFiles())
})
