import { createServer } from 'node:http'
import { connect } from 'node:net'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { PortListener } from '../../src/http/listener.ts'

const host = '127.0.0.1'

async function open() {
  const server = createServer((_, response) => response.end('hello'))
  const listener = new PortListener(server, { reusePort: false })
  onTestFinished(() => {
    server.closeAllConnections()
    return listener.close()
  })
  const { port } = await listener.listen(0, host)
  return { server, listener, port }
}

test('accepts connections on every socket of the port', async () => {
  const { port } = await open()
  const responses = await Promise.all(Array.from({ length: 60 }, () => fetch(`http://${host}:${port}/`)))
  expect(await Promise.all(responses.map((result) => result.text()))).toEqual(Array(60).fill('hello'))
})

test('fails if the address is in use, also by another server', async () => {
  const { port } = await open()
  await expect(new PortListener(createServer(), { reusePort: false }).listen(port, host)).rejects.toMatchObject({
    code: 'EADDRINUSE',
  })
})

test('shares a port with another server, which gets all new connections after it closes', async () => {
  const listenAt = async (port: number, name: string) => {
    const server = createServer((_, response) => response.end(name))
    const listener = new PortListener(server, { reusePort: true })
    onTestFinished(() => {
      server.closeAllConnections()
      return listener.close()
    })
    return { listener, server, port: (await listener.listen(port, host)).port }
  }
  const listResponses = async (port: number) => {
    const headers = { connection: 'close' }
    const responses = Array.from({ length: 60 }, () => fetch(`http://${host}:${port}/`, { headers }))
    return new Set(await Promise.all((await Promise.all(responses)).map((result) => result.text())))
  }
  const first = await listenAt(0, 'first')
  await listenAt(first.port, 'second')
  expect([...(await listResponses(first.port))].sort()).toEqual(['first', 'second'])
  await first.listener.close()
  expect([...(await listResponses(first.port))]).toEqual(['second'])
})

test('stops accepting connections and waits for the open connections when it closes', async () => {
  const { listener, port, server } = await open()
  const clients = Array.from({ length: 30 }, () => connect(port, host))
  await Promise.all(clients.map((client) => once(client, 'connect')))
  for (const client of clients) client.write('GET / HTTP/1.1\r\nHost: x\r\n')
  await Promise.all(Array.from({ length: 30 }, () => fetch(`http://${host}:${port}/`).then((result) => result.text())))
  let isClosed = false
  const closed = listener.close().then(() => (isClosed = true))
  await expect(fetch(`http://${host}:${port}/`)).rejects.toThrow()
  expect(isClosed).toBe(false)
  server.closeAllConnections()
  await closed
  await Promise.all(
    clients.map(
      (client) =>
        client.destroyed ||
        once(
          client.on('error', () => {}),
          'close',
        ),
    ),
  )
})
