import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { Client as SdkClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as SdkTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startMcpStage, type McpStage } from './stage.ts'

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

describe.each(Object.entries(clients))('%s', (_, connect) => {
  test('lists the built-in tools and calls one', async () => {
    const client = await connect()
    const { tools } = await client.listTools()
    const names = tools.map(({ name }) => name)
    expect(names).toEqual(names.toSorted())
    expect(names).toHaveLength(13)
    const result = await client.callTool({ name: 'list_accounts', arguments: {} })
    expect(result.isError).toBeFalsy()
    expect(result.structuredContent).toMatchObject({
      accounts: [{ key: 'zoom' }, { key: 'trueconf' }, { key: 'imeetcentral' }],
    })
    await client.close()
  })
})
