import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { startCommand } from '../cli/run.ts'
import { findFreePort } from '../support/free-port.ts'

const compose = (argument: string) => startCommand(process.execPath, ['examples/federation/compose.js', argument]).ended

test('examples/federation/compose.js says what to do if it cannot read a subgraph', async () => {
  const server = createServer((_, response) => response.writeHead(404).end('Not found.')).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const results = await Promise.all([
    compose(`parley=http://127.0.0.1:${await findFreePort()}/subgraph`),
    compose(`parley=http://127.0.0.1:${port}/subgraph`),
    compose(`http://127.0.0.1:${port}/subgraph`),
  ])
  expect(results.map(({ code, stdout }) => ({ code, stdout }))).toEqual(results.map(() => ({ code: 1, stdout: '' })))
  expect(results.map(({ stderr }) => stderr)).toEqual([
    expect.stringMatching(/^\S+ could not be reached \(ECONNREFUSED\)\. Check the URL, and start the subgraph\.\n$/),
    expect.stringMatching(/^\S+ does not exist\. For Parley, add "federation: \{\}" to its configuration\.\n$/),
    'Each argument must be NAME=URL.\n',
  ])
})
