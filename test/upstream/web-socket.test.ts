import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createProxyServer } from '../../src/config/proxies.ts'
import { ServerWebSocket } from '../../src/sandboxes/web-socket.ts'
import type { FindProxy } from '../../src/upstream/proxy/find-proxy.ts'
import { Upstream } from '../../src/upstream/upstream.ts'
import type { WebSocketFrame } from '../../src/upstream/web-socket.ts'
import { certificate } from '../support/certificates.ts'
import { startConnectProxy, type ConnectProxy } from '../support/connect-proxy.ts'

const tls = certificate({ host: 'vendor.test' })

interface Row {
  proxy: ConnectProxy
  requests: IncomingMessage[]
  sockets: ServerWebSocket[]
  received: string[]
  messages: (string | null)[]
  /** Runs a connection until it ends. */
  run(): Promise<unknown>
  stop(): void
}

interface RowOptions {
  ca?: string
  accept?: (request: IncomingMessage, socket: Socket, head: Buffer, row: Row) => void
  readFrame?: (text: string) => WebSocketFrame<string>
}

function acceptAndGreet(request: IncomingMessage, socket: Socket, head: Buffer, { received, sockets }: Row): void {
  const onText = (text: string): void => void received.push(text)
  const server = new ServerWebSocket(request, socket, head, { onText, onClose: () => {} })
  sockets.push(server)
  server.send('hello')
}

/** Opens an account whose vendor has TLS and is behind a proxy, which alone can resolve the name of the vendor. */
async function open({ ca = tls.cert, accept = acceptAndGreet, readFrame }: RowOptions = {}): Promise<Row> {
  const server = createServer(tls).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const proxy = await startConnectProxy({ 'vendor.test': port })
  const proxyServer = createProxyServer(`http://${proxy.host}`, 'HTTPS_PROXY')
  const findProxy: FindProxy = () => proxyServer
  const upstream = new Upstream({
    account: 'one',
    apiUrl: 'https://vendor.test',
    authScheme: { fetchToken: async () => ({ value: 'token-canary', expiresAt: null }) },
    errorParser: { parseError: () => null },
    secrets: [],
    ca,
    findProxy,
  })
  const stopping = new AbortController()
  const row: Row = {
    proxy,
    requests: [],
    sockets: [],
    received: [],
    messages: [],
    stop: () => stopping.abort(),
    run: async () =>
      upstream.runWebSocket(
        {
          createUrl: (token) => `wss://vendor.test/ws?token=${token}`,
          heartbeat: 'beat',
          heartbeatMs: 20,
          maxSilenceMs: 60_000,
          readFrame: readFrame ?? ((text) => ({ kind: 'message', message: text })),
        },
        await upstream.getToken(stopping.signal),
        { onAccepted: () => row.messages.push('accepted'), onMessage: (message) => row.messages.push(message) },
        stopping.signal,
      ),
  }
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    row.requests.push(request)
    socket.on('error', () => {})
    onTestFinished(() => void socket.destroy())
    accept(request, socket, head, row)
  })
  onTestFinished(async () => {
    stopping.abort()
    await upstream.close()
    await proxy.close()
    server.close()
    server.closeAllConnections()
  })
  return row
}

test('opens a WebSocket with the ca and the proxy of the account, and sends heartbeats', async () => {
  const row = await open()
  const ended = row.run()
  await vi.waitFor(() => expect(row.received.slice(0, 2)).toEqual(['beat', 'beat']))
  expect(row.messages).toEqual(['hello'])
  expect(row.proxy.requests).toMatchObject([{ method: 'CONNECT', target: 'vendor.test:443' }])
  expect(row.requests).toMatchObject([{ url: '/ws?token=token-canary' }])
  expect(row.requests[0]?.headers).toMatchObject({ 'user-agent': expect.stringMatching(/^Parley\//) })
  expect(row.requests[0]?.headers).not.toHaveProperty('authorization')
  row.stop()
  expect(await ended).toMatchObject({ code: 'DEADLINE_EXCEEDED' })
  await vi.waitFor(() => expect(row.proxy.openConnections()).toBe(0))
})

test('reports a certificate of an unknown authority', async () => {
  const row = await open({ ca: certificate({ host: 'vendor.test' }).cert })
  expect(await row.run()).toMatchObject({ code: 'VENDOR_TLS_ERROR', account: 'one' })
  expect(row.requests).toEqual([])
})

test('reports a proxy that rejects the connection', async () => {
  const row = await open()
  row.proxy.fault = 407
  expect(await row.run()).toMatchObject({ code: 'VENDOR_UNAVAILABLE', retryable: false })
})

test('reports a response that does not open a WebSocket', async () => {
  const row = await open({
    accept: (_, socket) =>
      void socket.write(
        'HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n',
      ),
  })
  expect(await row.run()).toMatchObject({ code: 'VENDOR_BAD_RESPONSE' })
  await vi.waitFor(() => expect(row.proxy.openConnections()).toBe(0))
})

test.each([
  ['a connection that is closed during the handshake', (socket: Socket) => socket.destroy(), 'VENDOR_UNAVAILABLE'],
  ['a response that is not HTTP', (socket: Socket) => socket.end('SSH-2.0-vendor\r\n'), 'VENDOR_BAD_RESPONSE'],
])('reports %s', async (_, respond, code) => {
  const row = await open({ accept: (__, socket) => void respond(socket) })
  expect(await row.run()).toMatchObject({ code })
})

test('closes a connection whose message is larger than 4 MiB', async () => {
  const row = await open()
  const ended = row.run()
  await vi.waitFor(() => expect(row.messages).toEqual(['hello']))
  row.sockets[0]!.send('x'.repeat(5 * 1024 ** 2))
  expect(await ended).toMatchObject({ code: 'VENDOR_UNAVAILABLE' })
  expect(row.messages).toEqual(['hello'])
})

test('ends the connection, not the process, if the code that reads a message fails', async () => {
  const row = await open({
    readFrame: () => {
      throw new Error('canary')
    },
  })
  expect(await row.run()).toMatchObject({ code: 'INTERNAL', cause: { message: 'canary' } })
})
