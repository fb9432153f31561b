import { createHash } from 'node:crypto'
import net from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { ApiClient } from '../../../src/auth/caller.ts'
import { openStream, type ReceivedStream } from './read-events.ts'
import { startTicks, type TickServer } from './ticks.ts'

const keyOf = (caller: string): string => `parley-key-of-${caller}`
const clients = ['anna', 'bert'].map((name): ApiClient => ({
  name,
  apiKeySha256: createHash('sha256').update(keyOf(name)).digest('hex'),
  scopes: ['read'],
  accounts: null,
}))
const as = (caller: string) => ({ authorization: `Bearer ${keyOf(caller)}` })
const openAs = (server: TickServer, caller: string, query?: string): Promise<ReceivedStream> =>
  openStream(server, { headers: as(caller), ...(query !== undefined && { query }) })

async function expectRejection(stream: ReceivedStream, limit: string): Promise<void> {
  await stream.ended
  const { status, headers } = stream.response
  expect(status).toBe(429)
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(headers.get('retry-after')).toBe('1')
  expect(JSON.parse(stream.text)).toMatchObject({
    errors: [
      {
        message: expect.stringContaining(`"${limit}"`),
        extensions: { code: 'TOO_MANY_SUBSCRIPTIONS', retryable: true },
      },
    ],
  })
}

describe('streamsPerCaller', () => {
  test('rejects a further stream of the caller until one of them ends, and no other request', async () => {
    const server = await startTicks({ clients, limits: { streamsPerCaller: 2 } })
    const [first] = await Promise.all([openAs(server, 'anna'), openAs(server, 'anna')])
    await expectRejection(await openAs(server, 'anna'), 'streamsPerCaller')
    expect(await server.post({ query: '{ hello }' }, as('anna'))).toMatchObject({ status: 200 })
    expect((await openAs(server, 'bert')).response.status).toBe(200)
    first.leave()
    await vi.waitFor(async () => expect((await openAs(server, 'anna')).response.status).toBe(200))
  })

  test('counts the streams of a caller exactly after many of them have opened and closed', async () => {
    const server = await startTicks({ clients, limits: { streamsPerCaller: 20 } })
    for (let round = 0; round < 5; round++) {
      const streams = await Promise.all(Array.from({ length: 20 }, () => openAs(server, 'anna')))
      expect(streams.every(({ response }) => response.status === 200)).toBe(true)
      for (const stream of streams) stream.leave()
      await vi.waitFor(() => expect(server.http.streams.size).toBe(0), { interval: 1 })
    }
    expect(server.ticks.returned).toBe(100)
    expect(server.logs.filter(({ level }) => level !== 'info')).toEqual([])
    expect(server.http.budget.usedBytes).toBe(0)
    await vi.waitFor(() => expect(server.http.connections.size).toBe(0))
  })
})

test('limits the streams of all callers to "streams"', async () => {
  const server = await startTicks({ clients, limits: { streams: 2 } })
  const [first] = await Promise.all([openAs(server, 'anna'), openAs(server, 'anna')])
  await expectRejection(await openAs(server, 'bert'), 'streams')
  first.leave()
  await vi.waitFor(async () => expect((await openAs(server, 'bert')).response.status).toBe(200))
})

describe('an open stream', () => {
  test('counts toward no other limit', async () => {
    const limits = { operationsInFlight: 2, operationsPerCaller: 2, connections: 3, bufferBytes: 256 * 1024 }
    const server = await startTicks({ clients, limits })
    const streams: ReceivedStream[] = []
    for (let count = 0; count < 20; count++) streams.push(await openAs(server, 'anna'))
    expect(server.http.streams.size).toBe(20)
    expect(server.http.budget.usedBytes).toBe(0)
    expect(await server.post({ query: '{ hello }' }, as('anna'))).toMatchObject({ status: 200 })
    server.ticks.send()
    for (const stream of streams) await stream.waitForEvents(1)
    expect(server.cuts).toEqual([])
  })

  test('reserves memory only for a document of unusual size', async () => {
    const limits = { bufferBytes: 8 * 1024 ** 2, cost: 5_000, aliases: 2_000 }
    const server = await startTicks({ clients, limits })
    const fields = Array.from({ length: 600 }, (_, index) => `a${index}: number`).join(' ')
    const opened: ReceivedStream[] = []
    for (let count = 0; count < 3; count++)
      opened.push(await openAs(server, 'anna', `subscription { ticks { ${fields} } }`))
    expect(opened.map(({ response }) => response.status)).toEqual([200, 429, 429])
    expect((await openAs(server, 'anna')).response.status).toBe(200)
    opened[0]!.leave()
    await vi.waitFor(() => expect(server.http.budget.usedBytes).toBe(0))
  })
})

describe('many messages', () => {
  test('do not delay other requests', async () => {
    const server = await startTicks({ clients, limits: { streamsPerCaller: 100 } })
    const streams = await Promise.all(Array.from({ length: 100 }, () => openAs(server, 'anna')))
    server.ticks.send(50)
    // All messages together take far longer than one query.
    expect(await server.post({ query: '{ hello }' }, as('bert'))).toMatchObject({ status: 200 })
    expect(server.ticks.taken.reduce((sum, count) => sum + count, 0)).toBeLessThan(100 * 50)
    for (const stream of streams) await stream.waitForEvents(50)
  })
})

describe('a client that does not read', () => {
  /** Opens a stream over a socket that reads only its headers. */
  async function openUnread(server: TickServer, query: string): Promise<net.Socket> {
    const body = JSON.stringify({ query })
    const socket = net.connect(server.port, '127.0.0.1', () =>
      socket.write(
        `POST /graphql HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      ),
    )
    onTestFinished(() => void socket.destroy())
    socket.on('error', () => {})
    await new Promise((resolve) => socket.once('data', resolve))
    socket.pause()
    return socket
  }
  const large = 'subscription { ticks { number text(size: 100000) } }'

  test('is disconnected after streamStall, and delays no other client', async () => {
    const server = await startTicks({ limits: { streamStall: 200 } })
    const reader = await openStream(server, { query: large })
    await openUnread(server, large)
    await vi.waitFor(() => expect(server.ticks.subscribed).toHaveLength(2))
    server.ticks.send(150)
    await reader.waitForEvents(150)
    await vi.waitFor(() => expect(server.http.streams.size).toBe(1))
    expect(server.cuts).toEqual(['slow_reader'])
    expect(server.logs.map(({ fields, message }) => [message, fields['reason']])).toContainEqual([
      'stream ended',
      'slow_reader',
    ])
    expect(server.ticks.taken[1]).toBeLessThan(150)
    expect(server.ticks.returned).toBe(1)
    server.ticks.send()
    await reader.waitForEvents(151)
  })

  test('uses the memory of one message only, which is released when the client leaves', async () => {
    const server = await startTicks()
    const socket = await openUnread(server, large)
    await vi.waitFor(() => expect(server.ticks.subscribed).toHaveLength(1))
    server.ticks.send(1_000)
    let taken = -1
    // The buffers of the operating system are full when no further value is taken.
    await vi.waitFor(() => {
      const before = taken
      taken = server.ticks.taken[0]!
      expect(taken).toBe(before)
      expect(taken).toBeGreaterThan(1)
    })
    expect(taken).toBeLessThan(1_000)
    expect(server.http.budget.usedBytes).toBeGreaterThan(100_000)
    expect(server.http.budget.usedBytes).toBeLessThan(110_000)
    socket.destroy()
    await vi.waitFor(() => expect(server.http.budget.usedBytes).toBe(0))
  })

  test('receives everything once when it reads again in time', async () => {
    const server = await startTicks()
    const socket = await openUnread(server, large)
    await vi.waitFor(() => expect(server.ticks.subscribed).toHaveLength(1))
    server.ticks.send(100)
    server.ticks.end()
    let text = ''
    socket.on('data', (chunk) => (text += String(chunk))).resume()
    await new Promise((resolve) => socket.once('close', resolve))
    expect([...text.matchAll(/"number":(\d+)/g)].map(([, number]) => Number(number))).toEqual(
      Array.from({ length: 100 }, (_, index) => index + 1),
    )
    expect(text).toMatch(/event: complete\ndata:\n\n\r\n0\r\n\r\n$/)
  })

  test('gets an error instead of a message for which its caller has no memory', async () => {
    const server = await startTicks({ limits: { bufferBytes: 150_000 } })
    const stream = await openStream(server, { query: 'subscription { ticks { text(size: 100000) } }' })
    server.ticks.send(1)
    await stream.waitForEvents(1)
    expect(stream.codes).toEqual(['OVERLOADED'])
  })
})
