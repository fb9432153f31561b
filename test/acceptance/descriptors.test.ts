import net from 'node:net'
import { expect, test } from 'vitest'
import { ask, graphqlType } from './reply.ts'
import { startServer } from './server.ts'
import { startVendors } from './world.ts'

test('D16 no file descriptors left: the process lives, and answers when there are some again', async () => {
  const vendors = await startVendors()
  const server = await startServer({ accounts: vendors.accounts }, { openFiles: 64 })
  const sockets = Array.from({ length: 300 }, () => net.connect(server.port, '127.0.0.1').on('error', () => {}))
  const connected = () => sockets.filter(({ readyState }) => readyState === 'open').length
  await expect.poll(connected).toBeGreaterThan(30)
  expect(server.alive()).toBe(true)
  for (const socket of sockets) socket.destroy()
  const query = '{ users(first: 3) { nodes { id } sources { status } } }'
  const reply = await ask(server, { json: { query }, headers: { accept: graphqlType } })
  expect(reply.data?.['users'].nodes).toHaveLength(3)
  expect(server.alive()).toBe(true)
  await server.stop()
  await vendors.close()
})
