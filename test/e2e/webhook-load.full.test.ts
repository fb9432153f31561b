import net from 'node:net'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { start as startZoom, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { openStream } from '../http/stream/read-events.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'
import { signHook } from '../support/zoom-hook.ts'

const webhookSecret = 'webhook-secret'
const query = 'subscription { conferenceEvents { event { conferenceId } } }'
const [hookCount, streamCount, parallel] = [2_000, 20, 20]
let zoom: ZoomSandbox
let server: ServerProcess

beforeAll(async () => {
  zoom = await startZoom({ seed: { active: 5 } })
  const accounts = { zoom: { ...zoom.account, webhookSecret } }
  server = await startProcess({ accounts }, { environment: { LOG_LEVEL: 'warn' } })
})
afterAll(async () => {
  await server.dispose()
  await zoom.close()
})

async function postHook(index: number): Promise<number> {
  const object = { id: 1_000_000 + index, uuid: 'u==', topic: 'Plan' }
  const body = JSON.stringify({ event: 'meeting.started', event_ts: Date.now(), payload: { object } })
  const response = await fetch(`${server.url}/hooks/zoom`, {
    method: 'POST',
    body,
    headers: signHook(body, webhookSecret),
  })
  await response.arrayBuffer()
  return response.status
}

/** Opens a stream whose client reads nothing. */
function stall(): void {
  const body = JSON.stringify({ query })
  const lines = ['Host: localhost', 'Accept: text/event-stream', 'Content-Type: application/json']
  const head = ['POST /graphql HTTP/1.1', ...lines, `Content-Length: ${body.length}`, '', ''].join('\r\n')
  const socket = net.connect(server.port, '127.0.0.1', () => socket.write(head + body)).pause()
  onTestFinished(() => void socket.destroy())
}

test(`accepts ${hookCount} webhooks, and every stream receives each event once and in the same order`, async () => {
  stall()
  const streams = await Promise.all(Array.from({ length: streamCount }, () => openStream(server, { query })))
  await Promise.all(streams.map((stream) => stream.waitForEvents(1)))
  const statuses: number[] = []
  let next = 0
  const sendAll = async (): Promise<void> => {
    while (next < hookCount) statuses.push(await postHook(next++))
  }
  await Promise.all(Array.from({ length: parallel }, sendAll))
  expect(statuses).toEqual(Array(hookCount).fill(204))
  const readIds = (stream: (typeof streams)[number]): string[] =>
    stream.events.flatMap(({ data }) => {
      const { conferenceEvents } = data!.data as { conferenceEvents: { event: { conferenceId: string } | null } }
      return conferenceEvents.event?.conferenceId ?? []
    })
  const [first] = streams
  await vi.waitFor(() =>
    expect(streams.map((stream) => readIds(stream).length)).toEqual(Array(streamCount).fill(hookCount)),
  )
  const ids = readIds(first!)
  expect(new Set(ids).size).toBe(hookCount)
  for (const stream of streams) expect(readIds(stream)).toEqual(ids)
})
