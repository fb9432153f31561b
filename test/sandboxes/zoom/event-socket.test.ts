import { once } from 'node:events'
import { connect as connectSocket } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { connect, type Client } from './client.ts'

interface EventClient {
  socket: WebSocket
  frames: unknown[]
}

/** Opens a connection to the event WebSocket. @param query Replaces the valid token and subscription. */
async function open({ zoom, token }: Client, query: Record<string, string> = {}): Promise<EventClient> {
  const { eventUrl, eventSubscription } = zoom.eventSettings
  const access = query['access_token'] ?? (await token())
  const parameters = new URLSearchParams({ subscriptionId: eventSubscription, ...query, access_token: access })
  const socket = new WebSocket(`${eventUrl}?${parameters}`)
  const frames: unknown[] = []
  socket.addEventListener('message', ({ data }) => frames.push(JSON.parse(String(data))))
  onTestFinished(() => socket.close())
  return { socket, frames }
}

async function connectClient(): Promise<Client> {
  const client = await connect()
  onTestFinished(() => client.zoom.close())
  return client
}

const accepted = { module: 'build_connection', success: true, content: 'success', header: {} }

describe('the event WebSocket', () => {
  test('accepts a token, and acknowledges heartbeats', async () => {
    const client = await connectClient()
    const { socket, frames } = await open(client)
    await vi.waitFor(() => expect(frames).toEqual([accepted]))
    socket.send('not JSON')
    socket.send('{"module":"heartbeat"}')
    await vi.waitFor(() => expect(frames).toHaveLength(2))
    expect(frames[1]).toEqual({ module: 'heartbeat', success: true, content: 'live', header: {} })
    expect(client.zoom.eventSocket.connections).toEqual([
      { openedAt: client.clock.now, closedAt: null, isAccepted: true, heartbeats: [client.clock.now] },
    ])
  })

  test.each([
    ['an empty token', { access_token: '' }, 'token is empty'],
    ['an unknown token', { access_token: 'wrong' }, 'Invalid Token'],
    ['an unknown subscription', { subscriptionId: 'wrong' }, 'Invalid Subscription'],
  ])('rejects %s, and closes the connection', async (_, query, content) => {
    const { socket, frames } = await open(await connectClient(), query)
    await once(socket, 'close')
    expect(frames).toEqual([{ module: 'build_connection', success: false, content, header: {} }])
  })

  test('closes the earlier connection of the subscription when another one is accepted', async () => {
    const client = await connectClient()
    const first = await open(client)
    await vi.waitFor(() => expect(first.frames).toHaveLength(1))
    const closed = once(first.socket, 'close')
    const rejected = await open(client, { access_token: 'wrong' })
    await once(rejected.socket, 'close')
    expect(first.socket.readyState).toBe(WebSocket.OPEN)
    const second = await open(client)
    await closed
    client.zoom.eventSocket.send('{"module":"message"}')
    await vi.waitFor(() => expect(second.frames).toEqual([accepted, { module: 'message' }]))
    expect(first.frames).toEqual([accepted])
  })

  test('rejects a connection that a website opens', async () => {
    const { zoom } = await connectClient()
    const socket = connectSocket(Number(new URL(zoom.url).port), '127.0.0.1')
    let response = ''
    socket.on('data', (chunk) => (response += String(chunk)))
    socket.write(
      'GET /ws HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    )
    await once(socket, 'close')
    expect(response).toMatch(/^HTTP\/1\.1 403 /)
    expect(zoom.eventSocket.connections).toEqual([])
  })

  test('serves a request to another path as if it had no upgrade', async () => {
    const { zoom } = await connectClient()
    const socket = connectSocket(Number(new URL(zoom.url).port), '127.0.0.1')
    let response = ''
    socket.on('data', (chunk) => (response += String(chunk)))
    socket.write('GET /v2/users HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
    await vi.waitFor(() => expect(response).toMatch(/^HTTP\/1\.1 401 /))
    socket.destroy()
  })
})
