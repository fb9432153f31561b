import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { ConferenceEventsDocument, createClient, type ConferenceEventsSubscription } from '../../src/client/index.ts'
import { start as startTrueconf } from '../../src/sandboxes/trueconf/index.ts'
import { start as startZoom, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { startProcess, traceLog, type ServerProcess } from '../support/server.ts'
import { signHook } from '../support/zoom-hook.ts'

const webhookSecret = 'hook-secret'

let sandbox: ZoomSandbox
let other: Awaited<ReturnType<typeof startTrueconf>>
let server: ServerProcess

beforeAll(async () => {
  sandbox = await startZoom({ seed: { active: 5 } })
  other = await startTrueconf()
  server = await startProcess(createConfiguration(), traceLog)
})
afterAll(async () => {
  await server.dispose()
  await other.close()
  await sandbox.close()
})

const createConfiguration = (settings: object = {}) => ({
  accounts: {
    zoom: { ...sandbox.account, ...sandbox.eventSettings, webhookSecret, ...settings },
    trueconf: other.account,
  },
})

type Message = ConferenceEventsSubscription['conferenceEvents']

/** Collects the messages of a stream of Zoom's events. */
function collectMessages(): Message[] {
  const messages: Message[] = []
  const filter = { accounts: ['zoom'] }
  const stream = createClient({ url: server.graphqlUrl }).watch(
    ConferenceEventsDocument,
    { filter },
    (result) => result.conferenceEvents,
  )
  void (async () => {
    for await (const message of stream) messages.push(message)
  })()
  onTestFinished(async () => void (await stream.return()))
  return messages
}

const findLatestSource = (messages: readonly Message[]) => messages.at(-1)?.sources[0]
/** Returns the gaps that ended after this time. */
const findGapsAfter = (messages: readonly Message[], time: number) =>
  messages.flatMap(({ gaps }) => gaps).filter(({ until }) => Date.parse(until) > time)
const findEvents = (messages: readonly Message[]) => messages.flatMap(({ event }) => event ?? [])

let meetings = 80_000_000

/** Creates the envelope of an event of a new meeting. */
const createEnvelope = () => ({
  event: 'meeting.deleted',
  event_ts: Date.now(),
  payload: { account_id: sandbox.accountId, operation: 'all', object: { id: ++meetings, uuid: `uuid-${meetings}` } },
})

const sendOverSocket = (envelope: object): void =>
  sandbox.eventSocket.send(JSON.stringify({ module: 'message', content: JSON.stringify(envelope) }))

async function sendWebhook(envelope: object): Promise<number> {
  const body = JSON.stringify(envelope)
  const headers = { 'content-type': 'application/json', ...signHook(body, webhookSecret) }
  return (await fetch(`${server.url}/hooks/zoom`, { method: 'POST', headers, body })).status
}

async function sendOperation(query: string, variables: object = {}): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(server.graphqlUrl, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query, variables }),
  })
  const { data } = (await response.json()) as { data: Record<string, unknown> }
  return data
}

/** Waits until the newest message reports this status, and returns its source. */
const waitForStatus = (messages: readonly Message[], status: string) =>
  vi.waitFor(() => {
    const source = findLatestSource(messages)
    expect(source).toMatchObject({ status })
    return source!
  })

test('delivers an event once that arrives over the event connection and in a webhook', async () => {
  const messages = collectMessages()
  expect(await waitForStatus(messages, 'LIVE')).toMatchObject({
    origins: ['SOCKET', 'WEBHOOK'],
    interval: null,
    problem: null,
    heardAt: expect.any(String),
  })
  expect(sandbox.eventSocket.connections.filter(({ closedAt }) => closedAt === null)).toHaveLength(1)
  const [both, webhookFirst, last] = [createEnvelope(), createEnvelope(), createEnvelope()]
  sendOverSocket(both)
  await vi.waitFor(() => expect(findEvents(messages)).toHaveLength(1))
  expect(await sendWebhook(both)).toBe(204)
  expect(await sendWebhook(webhookFirst)).toBe(204)
  sendOverSocket(webhookFirst)
  sendOverSocket(last)
  await vi.waitFor(() => expect(findEvents(messages)).toHaveLength(3))
  expect(findEvents(messages)).toMatchObject([
    { type: 'DELETED', origin: 'SOCKET' },
    { type: 'DELETED', origin: 'WEBHOOK' },
    { type: 'DELETED', origin: 'SOCKET' },
  ])
})

test('delivers what happens at the vendor', async () => {
  const messages = collectMessages()
  await waitForStatus(messages, 'LIVE')
  const input = { account: 'zoom', title: 'Planning', owner: { email: sandbox.userMailOfOwner } }
  const created = await sendOperation(
    'mutation ($input: CreateConferenceInput!) { createConference(input: $input) { outcome conference { id } } }',
    { input },
  )
  const { outcome, conference } = created['createConference'] as { outcome: string; conference: { id: string } }
  expect(outcome).toBe('SUCCEEDED')
  await vi.waitFor(() => expect(findEvents(messages)).toHaveLength(1))
  expect(findEvents(messages)).toMatchObject([{ type: 'CREATED', origin: 'SOCKET', conferenceId: conference.id }])
})

test('reports the interruption and the gap of a connection that was cut, and renews a rejected token once', async () => {
  const messages = collectMessages()
  await waitForStatus(messages, 'LIVE')
  const cutAt = Date.now()
  const before = sandbox.ledger.length
  // Without this, the connection can be open again before the stream has reported the interruption.
  const accept = sandbox.fault({ match: { path: /^\/ws/ }, kind: 'status', status: 503 })
  sandbox.revokeTokens()
  sandbox.eventSocket.cut()
  expect((await waitForStatus(messages, 'INTERRUPTED')).problem).toMatchObject({ code: 'VENDOR_UNAVAILABLE' })
  accept()
  await vi.waitFor(() => expect(findGapsAfter(messages, cutAt)).toHaveLength(1))
  await waitForStatus(messages, 'LIVE')
  const [gap] = findGapsAfter(messages, cutAt)
  expect(gap).toMatchObject({ account: { key: 'zoom' }, reason: 'INTERRUPTED' })
  expect(Date.parse(gap!.since)).toBeLessThanOrEqual(cutAt)
  expect(Date.parse(gap!.until)).toBeGreaterThan(cutAt)
  expect(sandbox.ledger.slice(before).filter(({ path }) => path === '/oauth/token')).toHaveLength(1)
})

test('keeps the other accounts working while the vendor rejects every connection', async () => {
  const messages = collectMessages()
  await waitForStatus(messages, 'LIVE')
  onTestFinished(() => void (sandbox.eventSocket.rejection = null))
  sandbox.eventSocket.rejection = 'Invalid Token'
  sandbox.eventSocket.cut()
  await vi.waitFor(() => expect(findLatestSource(messages)?.problem).toMatchObject({ code: 'VENDOR_AUTH_FAILED' }))
  const data = await sendOperation('{ users(first: 1) { sources { status } } }')
  const { sources } = data['users'] as { sources: { status: string }[] }
  expect(sources.map(({ status }) => status)).not.toContain('FAILED')
  expect(await sendWebhook(createEnvelope())).toBe(204)
  await vi.waitFor(() => expect(findEvents(messages)).toMatchObject([{ origin: 'WEBHOOK' }]))
})

test('connects again after a reload with other settings of the account, and reports the gap', async () => {
  const messages = collectMessages()
  await waitForStatus(messages, 'LIVE')
  await server.configure(createConfiguration({ webhookSecret: ['another-secret', webhookSecret] }))
  const reloadedAt = Date.now()
  server.kill('SIGHUP')
  await vi.waitFor(() => expect(findGapsAfter(messages, reloadedAt)).toMatchObject([{ reason: 'INTERRUPTED' }]))
  await waitForStatus(messages, 'LIVE')
  sendOverSocket(createEnvelope())
  await vi.waitFor(() => expect(findEvents(messages)).toMatchObject([{ origin: 'SOCKET' }]))
  expect(sandbox.eventSocket.connections.filter(({ closedAt }) => closedAt === null)).toHaveLength(1)
})

test('writes neither tokens nor the subscription to the log, and counts connections and skipped frames', async () => {
  await waitForStatus(collectMessages(), 'LIVE')
  sandbox.eventSocket.send('{"module":"mess')
  await vi.waitFor(async () => {
    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    expect(metrics).toMatch(/^parley_event_connections_total\{account="zoom",outcome="ok"\} [1-9]/m)
    expect(metrics).toMatch(/^parley_event_frames_skipped_total\{account="zoom"\} 1$/m)
  })
  expect(
    server
      .lines()
      .filter(({ account }) => account === 'zoom')
      .map(({ msg }) => msg),
  ).toEqual(expect.arrayContaining(['event connection opened', 'event connection failed']))
  const queries = sandbox.ledger.filter(({ path }) => path === '/ws').map(({ query }) => new URLSearchParams(query))
  for (const secret of queries.flatMap((query) => [...query.values()])) {
    expect(secret).not.toBe('')
    expect(server.stderr() + server.stdout()).not.toContain(secret)
  }
  expect(server.stderr()).not.toContain('access_token')
})
