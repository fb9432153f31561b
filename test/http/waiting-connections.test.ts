import { once } from 'node:events'
import net from 'node:net'
import { Worker } from 'node:worker_threads'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { startServer } from './harness.ts'

const clients = 20

/** Sends a request on each of several new connections, and reports the status lines. */
const sendRequests = `
import net from 'node:net'
import { parentPort, workerData } from 'node:worker_threads'
const { sent, clients } = workerData
const send = (port) => new Promise((resolve) => {
  let text = ''
  const socket = net.connect(port, '127.0.0.1', () =>
    socket.write('GET /healthz HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nConnection: close\\r\\n\\r\\n', () => {
      Atomics.add(sent, 0, 1)
      Atomics.notify(sent, 0)
    }))
  socket.on('data', (data) => { text += data })
  socket.on('error', ({ code }) => resolve(code))
  socket.on('end', () => resolve(text.slice(0, 12)))
})
parentPort.once('message', async (port) =>
  parentPort.postMessage(await Promise.all(Array.from({ length: clients }, () => send(port)))))
`

let worker: Worker
let sent: Int32Array<SharedArrayBuffer>
let statusLines: Promise<[string[]]>

beforeEach(async () => {
  sent = new Int32Array(new SharedArrayBuffer(4))
  const source = new URL(`data:text/javascript,${encodeURIComponent(sendRequests)}`)
  worker = new Worker(source, { workerData: { sent, clients } })
  onTestFinished(() => void worker.terminate())
  statusLines = once(worker, 'message') as Promise<[string[]]>
  await once(worker, 'online')
})

/** Blocks the event loop until all requests wait in the kernel. */
function sendWhileBlocked(port: number): void {
  worker.postMessage(port)
  for (let count = 0; count < clients; count = Atomics.load(sent, 0)) Atomics.wait(sent, 0, count)
}

const allResponded = [Array.from({ length: clients }, () => 'HTTP/1.1 200')]

test('responds to requests on connections that were not accepted when it stops', async () => {
  const drainAnnounce = 50
  const server = await startServer({ limits: { drainAnnounce } })
  const drained = server.http.drain()
  const isAnnouncedAt = performance.now() + 2 * drainAnnounce
  sendWhileBlocked(server.port)
  while (performance.now() < isAnnouncedAt);
  expect(await statusLines).toEqual(allResponded)
  await drained
})

test('responds to requests that arrive as soon as the port is bound', async () => {
  type Bindable = net.Server & { _listen2(...args: unknown[]): void }
  const prototype = net.Server.prototype as Bindable
  const bind = prototype._listen2
  vi.spyOn(prototype, '_listen2').mockImplementationOnce(function (this: net.Server, ...args) {
    bind.apply(this, args)
    sendWhileBlocked((this.address() as net.AddressInfo).port)
  })
  const server = await startServer()
  expect(await statusLines).toEqual(allResponded)
  await server.http.drain()
})
