import net from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { sendRequest } from '../harness.ts'
import { openStream } from './read-events.ts'
import { startTicks } from './ticks.ts'

test('ends every stream at once with SHUTTING_DOWN and without complete', async () => {
  const server = await startTicks({ limits: { drainAnnounce: 60_000 } })
  const streams = await Promise.all(Array.from({ length: 6 }, () => openStream(server)))
  server.ticks.send()
  for (const stream of streams) await stream.waitForEvents(1)
  void server.http.drain()
  expect(server.http.streams.size).toBe(0)
  for (const stream of streams) {
    expect(await stream.ended).toBe(true)
    expect(stream.events.map(({ event }) => event)).toEqual(['next', 'next'])
    expect(stream.codes).toEqual(['SHUTTING_DOWN'])
    expect(stream.events[1]!.data!.errors![0]!.extensions).toMatchObject({ retryable: true })
  }
  expect(server.ticks.returned).toBe(6)
  const rejected = await openStream(server)
  await rejected.ended
  expect(rejected.response.status).toBe(503)
  expect(rejected.response.headers.get('retry-after')).toBe('1')
  expect(rejected.response.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(rejected.text).toContain('SHUTTING_DOWN')
  expect(await server.post({ query: '{ hello }' })).toMatchObject({ status: 200 })
})

test('is not delayed by clients that connect again at once', async () => {
  const server = await startTicks()
  const isStopped = { value: false }
  const reconnect = async (): Promise<void> => {
    while (!isStopped.value) {
      const stream = await openStream(server).catch(() => null)
      await stream?.ended
    }
  }
  const clients = Array.from({ length: 6 }, reconnect)
  await vi.waitFor(() => expect(server.http.streams.size).toBe(6))
  await server.http.drain()
  isStopped.value = true
  await Promise.all(clients)
  await expect(sendRequest(`${server.url}/healthz`)).rejects.toThrow()
})

test('is not delayed by a client that does not read, or that connects without a request', async () => {
  const server = await startTicks({ limits: { shutdownGrace: 60_000 } })
  const body = JSON.stringify({ query: 'subscription { ticks { text(size: 100000) } }' })
  const request = `POST /graphql HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  const [stalled, unused] = ['stalled', 'unused'].map((name) => {
    const socket = net.connect(server.port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.on('error', () => {})
    if (name === 'stalled') socket.write(request)
    return socket
  })
  await new Promise((resolve) => stalled!.once('data', resolve))
  stalled!.pause()
  server.ticks.send(1_000)
  await vi.waitFor(() => expect(server.http.budget.usedBytes).toBeGreaterThan(100_000))
  let text = ''
  unused!.on('data', (chunk) => (text += String(chunk)))
  const closed = new Promise((resolve) => unused!.once('close', resolve))
  await server.http.drain()
  await closed
  // Without the stop, the connection would get 408 after socketHeadersTimeout.
  expect(text).toBe('')
})
