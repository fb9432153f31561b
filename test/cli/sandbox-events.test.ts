import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openStream } from '../http/stream/read-events.ts'
import { start } from './run.ts'

const query =
  'subscription { conferenceEvents(filter: { accounts: ["zoom"] }) { event { type origin participant { displayName } } } }'
type Data = { conferenceEvents: { event: null | { type: string; origin: string; participant: unknown } } }

/** Starts a command that runs until the test has finished. Returns the first match of `pattern` in its output. */
async function startUntil(args: readonly string[], pattern: RegExp): Promise<RegExpExecArray> {
  const cwd = await mkdtemp(join(tmpdir(), 'parley-test-'))
  const { child, ended } = start(args, { env: { PORT: '0', PARLEY_SANDBOX_PORT: '0' }, cwd })
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
    await rm(cwd, { recursive: true, force: true })
  })
  let output = ''
  child.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return vi.waitFor(() => {
    const match = pattern.exec(output)
    if (!match) throw new Error(output)
    return match
  })
}

/** Starts a meeting of the sandbox, and lets a person join. Returns the events of the server's stream. */
async function watchMeeting(server: string, sandbox: string): Promise<unknown[]> {
  const list = '{ conferences(first: 1, filter: { accounts: ["zoom"], state: [SCHEDULED] }) { nodes { vendorId } } }'
  const post = (url: string, body?: object) =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) })
  const response = await post(`${server}/graphql`, { query: list })
  const { data } = (await response.json()) as { data: { conferences: { nodes: [{ vendorId: string }] } } }
  const [{ vendorId }] = data.conferences.nodes
  const stream = await openStream({ url: server }, { query })
  await stream.waitForEvents(1)
  for (const [action, body] of [['start'], ['join', { name: 'Jill' }], ['end']] as const)
    expect((await post(`${sandbox}/__host/meetings/${vendorId}/${action}`, body)).status).toBe(204)
  const read = () => stream.events.flatMap((sent) => (sent.data!.data as Data).conferenceEvents.event ?? [])
  await vi.waitFor(() => expect(read().at(-1)?.type).toBe('ENDED'))
  return read().filter(({ type }) => type !== 'PARTICIPANT_LEFT')
}

const listEvents = (origin: string) => [
  { type: 'STARTED', origin, participant: null },
  { type: 'PARTICIPANT_JOINED', origin, participant: { displayName: expect.any(String) } },
  { type: 'PARTICIPANT_JOINED', origin, participant: { displayName: 'Jill' } },
  { type: 'ENDED', origin, participant: null },
]

test('receives the webhooks of its sandbox in parley serve', async () => {
  const [, server, sandbox] = await startUntil(['serve'], /(http:\S+)\/graphql[^]*zoom +(http:\S+)\n/)
  expect(await watchMeeting(server!, sandbox!)).toEqual(listEvents('WEBHOOK'))
})

test('receives events over the event WebSocket with the configuration of parley sandbox', async () => {
  const [line] = await startUntil(['sandbox'], /^\{.*\}\n/)
  const { zoom, config } = JSON.parse(line) as { zoom: { url: string }; config: string }
  const [, server] = await startUntil(['serve', '--config', config], /(http:\S+)\/graphql/)
  const { sources } = await readFirst(server!)
  expect(sources).toMatchObject([{ origins: ['SOCKET', 'WEBHOOK'] }])
  expect(await watchMeeting(server!, zoom.url)).toEqual(listEvents('SOCKET'))
})

/** Waits until the account is live, and returns the message that reports it. */
async function readFirst(server: string) {
  const text = 'subscription { conferenceEvents(filter: { accounts: ["zoom"] }) { sources { status origins } } }'
  const stream = await openStream({ url: server }, { query: text })
  return vi.waitFor(() => {
    const { conferenceEvents } = stream.events.at(-1)!.data!.data as {
      conferenceEvents: { sources: { status: string }[] }
    }
    expect(conferenceEvents.sources[0]!.status).toBe('LIVE')
    return conferenceEvents
  })
}
