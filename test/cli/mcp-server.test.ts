import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { start as startZoom, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { findFreePort } from '../support/free-port.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'
import { openMcp, toLine } from './open-mcp.ts'
import { linesOf, run } from './run.ts'

const keys = { reader: 'reader-key-0123456789abcdef0123456789', writer: 'writer-key-0123456789abcdef0123456789' }
const hash = (key: string): string => createHash('sha256').update(key).digest('hex')
const clients = [
  { name: 'reader', apiKeySha256: hash(keys.reader), scopes: ['read'] },
  { name: 'writer', apiKeySha256: hash(keys.writer), scopes: ['read', 'write'] },
]

let zoom: ZoomSandbox
let server: ServerProcess

beforeAll(async () => {
  zoom = await startZoom({ seed: { active: 3, inactive: 0, pending: 0 } })
  const environment = { PORT: String(await findFreePort()) }
  server = await startProcess({ accounts: { zoom: zoom.account }, clients, mcp: {} }, { environment })
})
afterAll(async () => {
  await server?.stop()
  await zoom?.close()
})

async function exchange(messages: object[], key: string): Promise<Map<unknown, any>> {
  const args = ['mcp', '--url', server.graphqlUrl, '--key', key]
  const { code, stdout, stderr } = await run(args, { input: messages.map(toLine).join('') })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return new Map(
    linesOf(stdout)
      .map((line) => JSON.parse(line))
      .map((message) => [message.id, message]),
  )
}

test('[M17] parley mcp exits with 1 if the server does not know the API key', async () => {
  for (const key of [['--key', 'unknown-key-0123456789'], []]) {
    const { code, stdout, stderr } = await run(['mcp', '--url', server.url, ...key])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^UNAUTHENTICATED: .*\n$/)
    expect(stderr).not.toContain('unknown-key')
  }
})

test('[M17] parley mcp exits with 1 if the configuration does not open /mcp', async () => {
  const closed = await startProcess({ accounts: { zoom: zoom.account } })
  onTestFinished(() => closed.dispose())
  const ran = await run(['mcp', '--url', closed.graphqlUrl])
  expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^NOT_FOUND: .*mcp: \{\}.*\n$/) })
})

test('parley mcp passes on the scopes, errors, and limits of the server', async () => {
  const call = (id: string, name: string, input: object) => ({
    id,
    method: 'tools/call',
    params: { name, arguments: input },
  })
  const messages = await exchange(
    [
      { id: 'tools', method: 'tools/list' },
      call('forbidden', 'end_conference', { conferenceId: 'x', idempotencyKey: 'key-0000' }),
      call('unknown', 'Überblick', {}),
      call('long', 'list_users', { search: 'x'.repeat(2 * 1024 ** 2) }),
      call('argument', 'list_users', { firts: 1 }),
      { id: 'method', method: 'resources/list' },
    ],
    keys.reader,
  )
  expect(messages.get('tools').result.tools).toHaveLength(6)
  expect(messages.get('forbidden').error.data).toMatchObject({ code: 'FORBIDDEN' })
  expect(messages.get('unknown').error).toMatchObject({ code: -32_602 })
  expect(messages.get('long').error.data).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' })
  expect(messages.get('argument').result).toMatchObject({ isError: true })
  expect(messages.get('method').error).toMatchObject({ code: -32_601 })
})

test('parley mcp connects to a server that was killed and started again, and the same key is executed once', async () => {
  zoom.effects.length = 0
  const { lines, send, child, ended } = openMcp(server.graphqlUrl, keys.writer)
  const call = (id: unknown, name: string, input: object) =>
    send({ id, method: 'tools/call', params: { name, arguments: input } })
  const find = (id: unknown) => vi.waitFor(() => lines.find((line) => line.id === id) ?? expect.unreachable())
  call('owner', 'list_users', { first: 1 })
  const [{ vendorId }] = (await find('owner')).result.structuredContent.users.nodes
  const input = { idempotencyKey: randomUUID(), account: 'zoom', title: 'Planning', owner: { vendorId } }
  call(1, 'create_conference', input)
  expect((await find(1)).result.structuredContent.createConference).toMatchObject({ outcome: 'SUCCEEDED' })
  server.kill('SIGKILL')
  await server.exited
  call(2, 'create_conference', input)
  expect((await find(2)).error).toMatchObject({ message: expect.stringContaining('idempotencyKey') })
  await server.start()
  call(3, 'create_conference', input)
  const { createConference } = (await find(3)).result.structuredContent
  expect(createConference).toMatchObject({ outcome: 'SUCCEEDED', replayed: true })
  expect(zoom.effects.map(({ kind }) => kind)).toEqual(['createConference'])
  child.stdin.end()
  expect(await ended).toEqual({ code: 0, signal: null })
})
