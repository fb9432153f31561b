import { afterAll, beforeAll, expect, test } from 'vitest'
import { postMessage } from '../../mcp/stage.ts'
import { startTools, type ToolServer } from './tool-server.ts'

let tools: ToolServer
beforeAll(async () => {
  tools = await startTools()
})
afterAll(() => tools.close())

const meta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
}

test.each([
  ['2025-11-25', {}, {}],
  ['2026-07-28', { _meta: meta }, { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/list' }],
])('lists the tools in at most 32 KiB, sorted by name, in version %s', async (_, params, headers) => {
  const message = { jsonrpc: '2.0', id: 1, method: 'tools/list', params }
  const { status, json } = await postMessage(`${tools.server.url}/mcp`, message, headers)
  expect(status).toBe(200)
  expect(Buffer.byteLength(JSON.stringify(json.result))).toBeLessThanOrEqual(32 * 1024)
  const names = json.result.tools.map(({ name }: { name: string }) => name)
  expect(names).toHaveLength(13)
  expect(names).toEqual(names.toSorted())
  for (const { description, inputSchema, outputSchema } of json.result.tools) {
    expect(description).toMatch(/\.$/)
    for (const used of [inputSchema, outputSchema])
      expect(Object.keys(used)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(one|any|all)Of$/)]))
  }
})
