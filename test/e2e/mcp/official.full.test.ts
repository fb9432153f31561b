import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isInstalled, runOfficial } from './official-programs.ts'
import { startMcpStage, type McpStage } from '../../mcp/stage.ts'

describe.skipIf(!isInstalled)('the conformance suite', () => {
  let stage: McpStage

  beforeAll(async () => {
    stage = await startMcpStage()
  })
  afterAll(() => stage.close())

  test.each(['server-initialize', 'ping', 'tools-list', 'dns-rebinding-protection'])('passes %s', async (scenario) => {
    const { stdout } = await runOfficial('conformance', ['server', '--url', stage.url, '--scenario', scenario])
    expect(stdout).toMatch(/Passed: ([1-9])\/\1, 0 failed, 0 warnings/)
  })
})

describe.skipIf(!isInstalled)("the Inspector's command line", () => {
  let stage: McpStage

  beforeAll(async () => {
    const apiKeySha256 = createHash('sha256').update('inspector-key').digest('hex')
    stage = await startMcpStage({ clients: [{ name: 'inspector', apiKeySha256, scopes: ['read', 'write'] }] })
  })
  afterAll(() => stage.close())

  const inspect = async (...args: string[]): Promise<any> => {
    const header = ['--header', 'Authorization: Bearer inspector-key']
    const { stdout } = await runOfficial('inspector', ['--cli', stage.url, '--transport', 'http', ...header, ...args])
    return JSON.parse(stdout)
  }

  test('lists the tools', async () => {
    expect((await inspect('--method', 'tools/list')).tools).toHaveLength(13)
  })

  test('lists and calls tools through parley mcp', async () => {
    const command = [process.execPath, resolve('bin/parley.js'), 'mcp', '--url', stage.url, '--key', 'inspector-key']
    const inspectCommand = async (...args: string[]): Promise<any> =>
      JSON.parse((await runOfficial('inspector', ['--cli', ...command, ...args])).stdout)
    expect((await inspectCommand('--method', 'tools/list')).tools).toHaveLength(13)
    const users = ['--tool-name', 'list_users', '--tool-arg', 'first=2']
    const { structuredContent } = await inspectCommand('--method', 'tools/call', ...users)
    expect(structuredContent.users.nodes).toHaveLength(2)
  })

  test('calls a tool with an argument', async () => {
    const users = ['--tool-name', 'list_users', '--tool-arg', 'first=2']
    const { structuredContent, isError } = await inspect('--method', 'tools/call', ...users)
    expect(isError).toBeUndefined()
    expect(structuredContent.users.nodes).toHaveLength(2)
  })

  test('creates a conference once', async () => {
    const args = ['idempotencyKey=inspector-1', 'account=trueconf', 'title=Inspected', 'owner={"vendorId":"helen"}']
    const call = ['--method', 'tools/call', '--tool-name', 'create_conference', '--tool-arg', ...args]
    const outcomes = [await inspect(...call), await inspect(...call)].map(
      ({ structuredContent }) => structuredContent.createConference,
    )
    expect(outcomes).toMatchObject([
      { outcome: 'SUCCEEDED', replayed: false },
      { outcome: 'SUCCEEDED', replayed: true },
    ])
    const { effects } = stage.sandboxes.running['trueconf']!
    expect(effects.filter(({ kind }) => kind === 'createConference')).toHaveLength(1)
  })
})
