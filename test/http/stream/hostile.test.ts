import net from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { startTicks, type TickServer } from './ticks.ts'

const body = JSON.stringify({ query: 'subscription { ticks { number } }' })
const createRequest = (version = '1.1', method = 'POST'): string =>
  `${method} /graphql HTTP/${version}\r\nHost: x\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`

/** Sends bytes over a connection of its own. */
function connect(server: TickServer, bytes: string, options: net.NetConnectOpts = { port: server.port }) {
  const socket = net.connect({ host: '127.0.0.1', ...options }, () => socket.write(bytes))
  onTestFinished(() => void socket.destroy())
  const received = { socket, text: '', closed: new Promise<void>((resolve) => socket.once('close', () => resolve())) }
  socket.on('data', (chunk) => (received.text += String(chunk))).on('error', () => {})
  return received
}

const waitForStreams = (server: TickServer, count: number) =>
  vi.waitFor(() => expect(server.http.streams.size).toBe(count), { interval: 1 })

test('sends a stream over HTTP/1.0 without chunks, and ends it with the connection', async () => {
  const server = await startTicks()
  const stream = connect(server, createRequest('1.0'))
  await waitForStreams(server, 1)
  server.ticks.send()
  server.ticks.end()
  await stream.closed
  const [head, content] = stream.text.split(/\r\n\r\n(.*)/s)
  expect(head).not.toMatch(/transfer-encoding/i)
  expect(content).toBe(':\n\nevent: next\ndata: {"data":{"ticks":{"number":1}}}\n\nevent: complete\ndata:\n\n')
})

test('opens no stream for HEAD and PUT', async () => {
  const server = await startTicks()
  for (const method of ['HEAD', 'PUT']) {
    const response = await fetch(`${server.url}/graphql`, { method, headers: { accept: 'text/event-stream' } })
    expect(response.status).toBe(405)
  }
  expect(server.ticks.subscribed).toEqual([])
})

test('ends the stream of a client that closes its half of the connection', async () => {
  const server = await startTicks()
  const stream = connect(server, createRequest(), { port: server.port, allowHalfOpen: true } as net.NetConnectOpts)
  await waitForStreams(server, 1)
  stream.socket.end()
  await waitForStreams(server, 0)
  expect(server.ticks.returned).toBe(1)
})

test('ends the stream of a client that resets its connection', async () => {
  const server = await startTicks()
  const stream = connect(server, createRequest())
  await waitForStreams(server, 1)
  stream.socket.resetAndDestroy()
  await waitForStreams(server, 0)
  expect(server.ticks.returned).toBe(1)
})

test('ends only the stream of a connection with bytes that are not HTTP', async () => {
  const server = await startTicks()
  const [hostile, honest] = [connect(server, createRequest()), connect(server, createRequest())]
  await waitForStreams(server, 2)
  hostile.socket.write('\0\0 this is not HTTP\r\n\r\n')
  await hostile.closed
  await waitForStreams(server, 1)
  server.ticks.send()
  await vi.waitFor(() => expect(honest.text).toContain('"number":1'))
})

describe('further requests on the connection of a stream', () => {
  test('are not executed, neither during the stream nor after it', async () => {
    const server = await startTicks()
    const query = JSON.stringify({ query: 'subscription { other { caller } }' })
    const further = createRequest().replace(body, query).replace(`${body.length}`, `${query.length}`)
    const stream = connect(server, createRequest() + further)
    await waitForStreams(server, 1)
    stream.socket.write(further)
    server.ticks.send()
    await vi.waitFor(() => expect(stream.text).toContain('"number":1'))
    server.ticks.end()
    await stream.closed
    expect(stream.text.match(/HTTP\/1.1 200/g)).toHaveLength(1)
    expect(server.ticks.subscribed).toHaveLength(1)
    expect(server.http.budget.usedBytes).toBe(0)
  })

  test('end the stream if there are too many', async () => {
    const server = await startTicks()
    const stream = connect(server, createRequest())
    await waitForStreams(server, 1)
    stream.socket.write(createRequest().repeat(100))
    await stream.closed
    await waitForStreams(server, 0)
    expect(server.cuts).toEqual(['pipelining'])
    expect(server.http.budget.usedBytes).toBe(0)
  })
})

test('ends a subscription whose client leaves while it starts', async () => {
  const server = await startTicks()
  for (let round = 0; round < 50; round++) {
    const stream = connect(server, createRequest())
    await new Promise((resolve) => stream.socket.once('connect', resolve))
    setImmediate(() => stream.socket.destroy())
    await stream.closed
  }
  await vi.waitFor(() => expect(server.http.connections.size).toBe(0))
  expect(server.http.streams.size).toBe(0)
  expect(server.ticks.returned).toBe(server.ticks.subscribed.length)
})

test('rejects a subscription in a multipart request', async () => {
  const server = await startTicks()
  const form = new FormData()
  form.append('operations', JSON.stringify({ query: 'subscription { ticks { number } }', variables: { file: null } }))
  form.append('map', JSON.stringify({ 0: ['variables.file'] }))
  form.append('0', new Blob(['x']), 'a')
  const headers = { accept: 'text/event-stream', 'x-parley-csrf': '1' }
  const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body: form })
  expect(response.status).toBe(415)
  expect(server.http.streams.size).toBe(0)
})
