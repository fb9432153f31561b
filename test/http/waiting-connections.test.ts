import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { startServer } from './harness.ts'

const clients = 20

/** Sends a request over each of several new connections, and reports the status lines. */
const sendRequests = `
import net from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
const { port, sent, clients } = workerData
const send = () => new Promise((resolve) => {
  let text = ''
  const socket = net.connect(port, '127.0.0.1', () =>
    socket.write('GET /healthz HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\n\\r\\n', () => {
      Atomics.add(sent, 0, 1)
      Atomics.notify(sent, 0)
    }))
  socket.on('data', (data) => { text += data })
  socket.on('error', ({ code }) => resolve(code))
  socket.on('end', () => resolve(text.slice(0, 12)))
})
parentPort.once('message', async () => parentPort.postMessage(await Promise.all(Array.from({ length: clients }, send))))
`

test('a stop answers requests over connections that were not accepted yet', async () => {
  const drainAnnounce = 50
  const server = await startServer({ limits: { drainAnnounce } })
  const sent = new Int32Array(new SharedArrayBuffer(4))
  const workerData = { port: server.port, sent, clients }
  const source = new URL(`data:text/javascript,${encodeURIComponent(sendRequests)}`)
  const worker = new Worker(source, { workerData })
  await once(worker, 'online')
  const answered = once(worker, 'message')
  const drained = server.http.drain()
  const isAnnouncedAt = performance.now() + 2 * drainAnnounce
  worker.postMessage('send')
  // The event loop is blocked until all requests wait in the kernel, and the server is due to close its sockets.
  for (let count = 0; count < clients; count = Atomics.load(sent, 0)) Atomics.wait(sent, 0, count)
  while (performance.now() < isAnnouncedAt);
  const [lines] = (await answered) as [string[]]
  expect(lines).toEqual(Array.from({ length: clients }, () => 'HTTP/1.1 200'))
  await drained
  await worker.terminate()
})
