import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { run } from '../cli/run.ts'
import { startMcpStage, type McpStage } from '../mcp/stage.ts'
import { blocksOf } from './blocks.ts'

const page = 'docs/mcp.md'
const indent = /^ {3}/gm
const [upcoming = '', createRoom = ''] = blocksOf(page, 'graphql')
const settings = parse(blocksOf(page, 'yaml')[1]!.replaceAll(indent, '')) as { mcp: { tools: string[] } }
const [, error = ''] = blocksOf(page, 'text')

let folder: string
let stage: McpStage

const write = (name: string, text: string): void => writeFileSync(join(folder, 'tools', name), text)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-docs-'))
  mkdirSync(join(folder, 'tools'))
  write('upcoming.graphql', upcoming)
  write('create.graphql', createRoom)
  stage = await startMcpStage({ mcp: { tools: [join(folder, settings.mcp.tools[0]!)] } })
})
afterAll(async () => {
  await stage?.close()
  await rm(folder, { recursive: true })
})

test('docs/mcp.md has tools that run', async () => {
  const listed = await stage.call('upcoming_at_trueconf', {})
  expect(listed.json.result.structuredContent.conferences.nodes).toHaveLength(5)
  const created = await stage.call('create_room', { idempotencyKey: randomUUID(), title: 'Planning' })
  expect(created.json.result.structuredContent.createConference).toMatchObject({
    conference: { joinUrl: expect.any(String) },
    outcome: 'SUCCEEDED',
    replayed: false,
  })
})

test('docs/mcp.md shows an error as parley check prints it', async () => {
  const { accounts } = stage.sandboxes
  writeFileSync(join(folder, 'parley.config.yaml'), JSON.stringify({ accounts, data: './data', ...settings }))
  expect((await run(['check'], { cwd: folder })).stdout).toContain('tools: ok, 15 tools\n')
  write('upcoming.graphql', upcoming.replace(/^ *".*"\n/, ''))
  expect((await run(['check'], { cwd: folder })).stdout).toContain(`tools: ${error}`)
})
