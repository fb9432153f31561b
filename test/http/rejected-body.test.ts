import { once } from 'node:events'
import net from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { startServer } from './harness.ts'

const client = { name: 'test', apiKeySha256: '0'.repeat(64), scopes: ['read'] as const, accounts: null }

test.each([1, 100, 65_536])('stops reading the rest of a rejected body in chunks of %i bytes', async (size) => {
  const server = await startServer({ clients: [client] })
  onTestFinished(() => server.http.drain())
  const connecting = once(server.http.server, 'connection') as Promise<[net.Socket]>
  const socket = net.connect(server.port, '127.0.0.1').on('error', () => {})
  const response = once(socket, 'data')
  const closed = new Promise((resolve) => socket.on('close', resolve))
  socket.write('POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n')
  socket.write('Transfer-Encoding: chunked\r\n\r\n')
  const chunk = `${size.toString(16)}\r\n${'x'.repeat(size)}\r\n`
  const chunks = chunk.repeat(Math.ceil(65_536 / chunk.length))
  const send = (): void => void socket.write(chunks, () => setImmediate(send))
  send()
  const [connection] = await connecting
  expect(String(await response)).toContain('401 Unauthorized')
  await closed
  // Three reads of at most 64 KiB: before the response, within the limit, and beyond it.
  expect(connection.bytesRead).toBeLessThan(5 * 65_536)
})
