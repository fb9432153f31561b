import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startMcpStage, type McpReply, type McpStage } from '../../mcp/stage.ts'
import { runs } from '../../support/property.ts'

let stage: McpStage

beforeAll(async () => {
  stage = await startMcpStage()
})
afterAll(() => stage.close())

const often = runs(200, 10_000)
const meta = 'io.modelcontextprotocol/'
const anything = fc.oneof(fc.jsonValue(), fc.constantFrom('__proto__', 'constructor', '\u2028', '2026-07-28', 1e308))
const anyMeta = fc.oneof(
  anything,
  fc.record({
    [`${meta}protocolVersion`]: fc.oneof(fc.constant('2026-07-28'), anything),
    [`${meta}clientCapabilities`]: fc.oneof(fc.constant({}), anything),
    [`${meta}clientInfo`]: fc.oneof(fc.constant({ name: 'test', version: '1' }), anything),
  }),
)
const anyParameters = fc.oneof(
  anything,
  fc.record(
    {
      name: fc.oneof(fc.constantFrom('list_accounts', 'get_operation', 'create_conference', 'constructor'), anything),
      arguments: fc.oneof(fc.record({ id: anything }), fc.record({ title: anything }), anything),
      _meta: anyMeta,
      requestState: anything,
    },
    { requiredKeys: [] },
  ),
)
const anyMethod = fc.oneof(
  fc.constantFrom('tools/call', 'tools/list', 'initialize', 'ping', 'server/discover', 'subscriptions/listen'),
  fc.constantFrom('notifications/cancelled', 'resources/list', 'tasks/get', 'constructor'),
  anything,
)
const anyMessage = fc.record({
  jsonrpc: fc.constant('2.0'),
  id: fc.constantFrom(1, 'one'),
  method: anyMethod,
  params: anyParameters,
})
const anyHeaders = fc.record(
  {
    'mcp-protocol-version': fc.constantFrom('2026-07-28', '2025-11-25', '2025-03-26', 'x'),
    'mcp-method': fc.constantFrom('tools/call', 'tools/list'),
    'mcp-name': fc.constantFrom('list_accounts', 'get_operation'),
  },
  { requiredKeys: [] },
)

function expectResponse({ status, json }: McpReply): void {
  expect(status).toBeOneOf([200, 202, 400, 404])
  if (status === 202) return expect(json).toBeNull()
  expect(json).toMatchObject({ jsonrpc: '2.0' })
  expect(Object.hasOwn(json, 'result')).toBe(status === 200 && !Object.hasOwn(json, 'error'))
  if (json.error) expect(json.error.code).toBeOneOf([-32_600, -32_601, -32_602, -32_700, -32_020, -32_022])
  expect(JSON.stringify(json)).not.toContain('INTERNAL')
}

test('responds to random messages without an internal error, and changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(anyMessage, anyHeaders, async (message, headers) =>
      expectResponse(await stage.post(message, headers as Record<string, string>)),
    ),
    often,
  )
  expect(Object.values(stage.sandboxes.running).flatMap(({ effects }) => effects)).toEqual([])
})

test('responds to random JSON without an internal error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), async (text) => expectResponse(await stage.post(text))),
    often,
  )
})
