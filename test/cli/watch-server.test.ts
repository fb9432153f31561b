import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { start as startZoom, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { findFreePort } from '../support/free-port.ts'
import '../support/patience.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'
import { sendHook } from '../support/zoom-hook.ts'
import { linesOf, parseLines, run, start } from './run.ts'

const secret = 'a-secret-of-the-test'
let zoom: ZoomSandbox
let server: ServerProcess

beforeAll(async () => {
  zoom = await startZoom({ seed: { active: 3, inactive: 0, pending: 0 } })
  const createCaller = (name: string, scopes: string[]) => ({
    name,
    apiKeySha256: createHash('sha256').update(`key-of-${name}`).digest('hex'),
    scopes,
  })
  const clients = [createCaller('reader', ['read']), createCaller('writer', ['write'])]
  // The command needs the same port after a restart of the server.
  const environment = { PORT: String(await findFreePort()) }
  server = await startProcess(
    { accounts: { zoom: { ...zoom.account, webhookSecret: secret } }, clients },
    { environment },
  )
})
afterAll(async () => {
  await server.stop('SIGKILL')
  await zoom.close()
})

const watch = (...args: string[]): string[] => ['watch', '--url', server.graphqlUrl, ...args]
const env = { PARLEY_API_KEY: 'key-of-reader' }

async function send(event: string): Promise<void> {
  const { id, uuid } = zoom.data.meetings.values().next().value!
  const { accountId } = zoom.account as { accountId: string }
  expect(await sendHook({ url: `${server.url}/hooks/zoom`, secret, accountId }, event, { id, uuid })).toBe(204)
}

test('prints the events of a server, and the gap after a restart', async () => {
  const { child, ended } = start(watch('--account', 'zoom', '--count', '2'), { env })
  onTestFinished(() => void child.kill('SIGKILL'))
  const printed = { stdout: '', stderr: '' }
  child.stdout!.on('data', (text: Buffer) => (printed.stdout += text.toString()))
  child.stderr!.on('data', (text: Buffer) => (printed.stderr += text.toString()))
  await vi.waitFor(() => expect(printed.stderr).toContain('zoom: watched by webhooks'))
  await send('meeting.started')
  await vi.waitFor(() => expect(linesOf(printed.stdout)).toHaveLength(1))
  await server.restart()
  await vi.waitFor(() => expect(linesOf(printed.stdout)).toHaveLength(2))
  await send('meeting.ended')
  const { code, stdout, stderr } = await ended
  expect(code).toBe(0)
  expect(parseLines(stdout)).toMatchObject([
    { event: { type: 'STARTED', account: { key: 'zoom' }, conference: { state: 'RUNNING' } }, gaps: [] },
    { event: null, gaps: [{ account: { key: 'zoom' }, reason: 'NOT_KEPT' }] },
    { event: { type: 'ENDED', origin: 'WEBHOOK' }, gaps: [] },
  ])
  expect(stderr).toContain('Connected again.')
})

test('continues after the cursor that it printed when it was interrupted', async () => {
  const { child, ended } = start(watch(), { env })
  let stderr = ''
  child.stderr!.on('data', (text: Buffer) => (stderr += text.toString()))
  await vi.waitFor(() => expect(stderr).toContain('zoom: watched by webhooks'))
  child.kill('SIGINT')
  const interrupted = await ended
  expect(interrupted).toMatchObject({ code: 130, stdout: '' })
  const [, cursor] = /--after (\S+)$/m.exec(interrupted.stderr)!
  await send('meeting.started')
  const continued = await run(watch('--type', 'STARTED', '--after', cursor!, '--count', '1'), { env })
  expect(continued.code).toBe(0)
  expect(JSON.parse(continued.stdout)).toMatchObject({ event: { type: 'STARTED' }, gaps: [] })
})

test.each([
  ['UNAUTHENTICATED', [], {}],
  ['FORBIDDEN', [], { PARLEY_API_KEY: 'key-of-writer' }],
  ['BAD_USER_INPUT', ['--account', 'other'], env],
  ['INVALID_CURSOR', ['--after', 'damaged'], env],
  ['INVALID_ID', ['--conference', 'nonsense'], env],
])('exits with 1 if the server rejects the subscription with %s', async (code, args, environment) => {
  const ran = await run(watch(...args), { env: environment as Record<string, string> })
  expect(ran).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(new RegExp(`^${code}: .*\\n$`)) })
})
