import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { Client as CurrentClient } from '@modelcontextprotocol/client'
import { StdioClientTransport as CurrentTransport } from '@modelcontextprotocol/client/stdio'
import { Client as OlderClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport as OlderTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { start as startZoom, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { environment } from '../support/environment.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'

const main = new URL('../../bin/parley.js', import.meta.url).pathname
const info = { name: 'test', version: '1.0.0' }

interface Call {
  name: string
  arguments: Record<string, unknown>
}

/** What the tests need of a client. */
interface ConnectedClient {
  listTools(): Promise<{ tools: object[] }>
  /** Returns `structuredContent`. */
  callTool(call: Call, signal?: AbortSignal): Promise<any>
}

let zoom: ZoomSandbox
let server: OpenServer
/** Vendor calls that wait until the test serves them. Null: none. */
let heldCalls: RegExp | null = null
const waitingCalls: { response: ServerResponse; serve: () => void }[] = []

beforeAll(async () => {
  zoom = await startZoom({
    seed: { active: 5, inactive: 0, pending: 0 },
    before: (request, response, serve) => {
      if (heldCalls?.test(`${request.method} ${request.url}`)) waitingCalls.push({ response, serve })
      else serve()
    },
  })
  server = await openServer({ accounts: { zoom: zoom.account }, mcp: {} })
})
afterAll(async () => {
  await server?.close()
  await zoom?.close()
})

const getCommand = () => ({
  command: process.execPath,
  args: [main, 'mcp', '--url', server.graphqlUrl],
  env: environment as Record<string, string>,
})

async function connectCurrent(mode: 'auto' | 'legacy'): Promise<ConnectedClient> {
  const client = new CurrentClient(info, { versionNegotiation: { mode } })
  await client.connect(new CurrentTransport(getCommand()))
  onTestFinished(() => client.close())
  return {
    listTools: () => client.listTools(),
    callTool: async (call, signal) => (await client.callTool(call, signal && { signal })).structuredContent,
  }
}

async function connectOlder(): Promise<ConnectedClient> {
  const client = new OlderClient(info)
  await client.connect(new OlderTransport(getCommand()))
  onTestFinished(() => client.close())
  return {
    listTools: () => client.listTools(),
    callTool: async (call, signal) =>
      (await client.callTool(call, undefined, signal && { signal }))['structuredContent'],
  }
}

describe.each([
  ['@modelcontextprotocol/client, 2026-07-28', () => connectCurrent('auto')],
  ['@modelcontextprotocol/client, 2025-11-25', () => connectCurrent('legacy')],
  ['@modelcontextprotocol/sdk', connectOlder],
] as const)('parley mcp with %s', (_, connect) => {
  test('[M01] lists the tools, and calls them at the same time', async () => {
    const client = await connect()
    const { tools } = await client.listTools()
    expect(tools).toHaveLength(13)
    const [users, accounts] = await Promise.all([
      client.callTool({ name: 'list_users', arguments: { first: 5 } }),
      client.callTool({ name: 'list_accounts', arguments: {} }),
    ])
    expect(users.users.nodes).toHaveLength(5)
    expect(accounts.accounts).toMatchObject([{ key: 'zoom' }])
  })

  test('[M01] calls every tool that reads', async () => {
    const client = await connect()
    const call = (name: string, input: Record<string, unknown> = {}) => client.callTool({ name, arguments: input })
    const { users } = await call('list_users')
    const owner = { id: users.nodes[0].id }
    const input = { idempotencyKey: randomUUID(), account: 'zoom', title: 'Planning', owner }
    const { createConference } = await call('create_conference', input)
    const conferenceId = createConference.conference.id
    expect(await call('get_operation', { id: createConference.operation.id })).toMatchObject({
      operation: { outcome: 'SUCCEEDED', result: { id: conferenceId } },
    })
    expect(await call('get_conference', { id: conferenceId })).toMatchObject({ conference: { title: 'Planning' } })
    expect(await call('list_participants', { conferenceId })).toHaveProperty('conference.participants.nodes')
    expect((await call('list_conferences', { first: 1 })).conferences.nodes).toHaveLength(1)
    expect(await call('list_accounts', { details: true })).toMatchObject({ accounts: [{ health: {} }] })
  })

  test('[M15] cancels the vendor call of a read', async () => {
    const client = await connect()
    heldCalls = /^GET .*\/users/
    onTestFinished(() => {
      heldCalls = null
    })
    const controller = new AbortController()
    const call = client.callTool({ name: 'list_users', arguments: {} }, controller.signal)
    call.catch(() => {})
    await vi.waitFor(() => expect(waitingCalls).toHaveLength(1))
    const { response } = waitingCalls.pop()!
    controller.abort()
    await vi.waitFor(() => expect(response.destroyed).toBe(true))
    await expect(call).rejects.toThrow()
  })

  test('[M15] executes a canceled write once, and returns its result to the same key', async () => {
    const client = await connect()
    zoom.effects.length = 0
    const { users } = await client.callTool({ name: 'list_users', arguments: { first: 1 } })
    const ownerId = users.nodes[0].vendorId
    heldCalls = /^POST .*\/meetings$/
    const input = { idempotencyKey: randomUUID(), account: 'zoom', title: 'Canceled', owner: { vendorId: ownerId } }
    const create = { name: 'create_conference', arguments: input }
    const controller = new AbortController()
    client.callTool(create, controller.signal).catch(() => {})
    await vi.waitFor(() => expect(waitingCalls).toHaveLength(1))
    heldCalls = null
    controller.abort()
    // The server has noticed the cancellation when it responds to a later call.
    await client.callTool({ name: 'list_accounts', arguments: {} })
    const repeated = client.callTool(create)
    waitingCalls.pop()!.serve()
    expect((await repeated).createConference).toMatchObject({ outcome: 'SUCCEEDED', replayed: true })
    expect(zoom.effects.map(({ kind }) => kind)).toEqual(['createConference'])
  })
})
