import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { Client as SdkClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as SdkTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMcpStage, type McpStage } from '../../mcp/stage.ts'

let stage: McpStage

beforeAll(async () => {
  stage = await startMcpStage()
})
afterAll(() => stage.close())

const info = { name: 'test', version: '1' }

const clients = {
  'the client of 2026-07-28': async () => {
    const client = new Client(info, { versionNegotiation: { mode: 'auto' } })
    await client.connect(new StreamableHTTPClientTransport(new URL(stage.url)))
    return client
  },
  'the client of 2025-11-25': async () => {
    const client = new Client(info)
    await client.connect(new StreamableHTTPClientTransport(new URL(stage.url)))
    return client
  },
  'the SDK 1.x': async () => {
    const client = new SdkClient(info)
    await client.connect(new SdkTransport(new URL(stage.url)) as never)
    return client
  },
}

type McpClient = Pick<Client, 'listTools' | 'close'> & {
  callTool(call: { name: string; arguments: Record<string, unknown> }): Promise<unknown>
}

interface CalledResult {
  isError?: boolean
  structuredContent: any
  content: { type: string; text: string }[]
}

/** Calls every tool once. The client rejects data that its schema does not describe. Returns the results by tool. */
async function callEveryTool(client: McpClient, account: string): Promise<Map<string, CalledResult>> {
  const results = new Map<string, CalledResult>()
  const call = async (name: string, args: Record<string, unknown> = {}): Promise<any> => {
    const result = (await client.callTool({ name, arguments: args })) as CalledResult
    results.set(name, result)
    expect([name, result.isError]).toEqual([name, undefined])
    return Object.values(result.structuredContent)[0]
  }
  const change = (name: string, args: Record<string, unknown>): Promise<any> =>
    call(name, { idempotencyKey: randomUUID(), ...args })
  await call('list_accounts')
  const users = await call('list_users', { accounts: [account], first: 2, details: true })
  const [owner, guest] = users.nodes.map(({ vendorId }: { vendorId: string }) => ({ vendorId }))
  const created = await change('create_conference', { account, owner, title: 'Every tool' })
  const { id } = created.conference
  await call('list_conferences', { accounts: [account], first: 5, details: true, search: 'Every' })
  await call('get_conference', { id })
  await call('get_operation', { id: created.operation.id })
  await change('update_conference', { conferenceId: id, title: 'Every other tool' })
  await change('invite_participant', { conferenceId: id, user: guest })
  await change('run_conference', { conferenceId: id })
  const { participants } = await call('list_participants', { conferenceId: id, details: true })
  // Zoom lists an invitee only after the meeting has begun.
  const participant = participants.nodes.at(-1)
  if (participant) await change('remove_participant', { participantId: participant.id })
  await change('end_conference', { conferenceId: id })
  await change('delete_conference', { conferenceId: id })
  return results
}

describe.each(Object.entries(clients))('%s', (_, connect) => {
  test.each(['trueconf', 'zoom'])('lists and calls every tool of the account %s', async (account) => {
    const client = (await connect()) as unknown as McpClient
    const { tools } = await client.listTools()
    const names = tools.map(({ name }) => name)
    expect(names).toEqual(names.toSorted())
    expect(names).toHaveLength(13)
    const results = await callEveryTool(client, account)
    const called = account === 'zoom' ? names.filter((name) => name !== 'remove_participant') : names
    expect([...results.keys()].toSorted()).toEqual(called)
    for (const { content, structuredContent } of results.values()) {
      expect(content.every(({ type }) => type === 'text')).toBe(true)
      expect(JSON.parse(content.at(-1)!.text)).toEqual(structuredContent)
    }
    const { log, sandboxes } = stage
    const text = JSON.stringify([...results.values()])
    // Secrets of the account, of a host, and of the meeting that was created.
    const { clientSecret, clientId } = sandboxes.accounts[account] as Record<string, string>
    for (const secret of [clientSecret!, clientId!, 'zak=', '/s/', 'startUrl', 'start_url', 'password', 'access_token'])
      expect([secret, text.includes(secret)]).toEqual([secret, false])
    expect(JSON.stringify(log)).not.toContain(clientSecret)
    await client.close()
  })

  test('rejects a tool that does not exist', async () => {
    const client = (await connect()) as unknown as McpClient
    await expect(client.callTool({ name: 'drop_tables', arguments: {} })).rejects.toMatchObject({ code: -32_602 })
    await client.close()
  })
})
