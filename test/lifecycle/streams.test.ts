import { createHash } from 'node:crypto'
import { afterAll, expect, onTestFinished, test, vi } from 'vitest'
import { startSandbox } from '../../src/sandboxes/index.ts'
import { openStream, type ReceivedStream } from '../http/stream/read-events.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'
import { signHook } from '../support/zoom-hook.ts'

const sandbox = await startSandbox('zoom', { port: 0, latency: () => 5 })
afterAll(() => sandbox.close())

const webhookSecret = 'secret-of-the-webhook'
const accounts = { zoom: { ...sandbox.account, webhookSecret } }
const createClient = (name: string) => ({
  name,
  apiKeySha256: createHash('sha256').update(`key-of-${name}`).digest('hex'),
  scopes: ['read'],
})
const query = 'subscription { conferenceEvents { event { type } sources { account { key } status } } }'
const open = (server: ServerProcess, name: string): Promise<ReceivedStream> =>
  openStream(server, { query, headers: { authorization: `Bearer key-of-${name}` } })

async function start(): Promise<ServerProcess> {
  const server = await startProcess({ accounts, clients: [createClient('anna'), createClient('bert')] })
  onTestFinished(() => server.dispose())
  return server
}

test('delivers a webhook to the stream, and ends the stream and the process at a stop', async () => {
  const server = await start()
  const stream = await open(server, 'anna')
  await stream.waitForEvents(1)
  expect(stream.events[0]!.data).toEqual({
    data: { conferenceEvents: { event: null, sources: [{ account: { key: 'zoom' }, status: 'LIVE' }] } },
  })
  const object = {
    id: '81234567890',
    uuid: 'abc==',
    host_id: 'h',
    topic: 'T',
    type: 2,
    start_time: '2026-11-30T00:00:00Z',
  }
  const payload = { account_id: sandbox.account['accountId'] as string, object }
  const body = JSON.stringify({ event: 'meeting.started', event_ts: Date.now(), payload })
  const headers = { 'content-type': 'application/json', ...signHook(body, webhookSecret) }
  const response = await fetch(`${server.url}/hooks/zoom`, { method: 'POST', headers, body })
  expect(response.status).toBe(204)
  await stream.waitForEvents(2)
  expect(stream.events[1]!.data).toMatchObject({ data: { conferenceEvents: { event: { type: 'STARTED' } } } })
  server.kill('SIGTERM')
  expect(await stream.ended).toBe(true)
  expect(stream.codes).toEqual(['SHUTTING_DOWN'])
  expect(stream.events.map(({ event }) => event)).toEqual(['next', 'next', 'next'])
  expect(await server.exited).toBe(0)
  const ended = server.lines().filter(({ msg }) => msg === 'stream ended')
  expect(ended).toMatchObject([{ caller: 'anna', messages: 2, reason: 'shutdown', code: 'SHUTTING_DOWN' }])
  expect(server.stderr()).not.toContain('81234567890')
})

test('ends only the streams of a removed API key at a reload', async () => {
  const server = await start()
  const [anna, bert] = [await open(server, 'anna'), await open(server, 'bert')]
  await bert.waitForEvents(1)
  await server.configure({ accounts, clients: [createClient('bert')] })
  server.kill('SIGHUP')
  expect(await anna.ended).toBe(true)
  expect(anna.codes).toEqual(['UNAUTHENTICATED'])
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  expect(metrics).toMatch(/^parley_streams 1$/m)
  bert.leave()
  await vi.waitFor(() => expect(server.lines().filter(({ msg }) => msg === 'stream ended')).toHaveLength(2))
})
