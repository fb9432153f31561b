import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { loadConfiguration } from '../../src/config/configuration.ts'
import { loadBuiltinTools } from '../../src/mcp/builtin-tools.ts'
import { startSandboxes, type Sandboxes } from '../../src/sandboxes/index.ts'
import { schema } from '../../src/schema/index.ts'
import { vendors } from '../../src/vendors/index.ts'
import { linesOf, startCommand } from '../cli/run.ts'
import { environment } from '../support/environment.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'
import { blocksOf } from './blocks.ts'
import { installCommands } from './install-commands.ts'

const page = 'docs/mcp.md'
const indent = /^ {3}/gm
const apiKey = randomBytes(32).toString('hex')
const [settings = '', , jwtSettings = ''] = blocksOf(page, 'yaml')
const [listTools = '', runExample = '', ...claudeCommands] = blocksOf(page, 'sh').map((text) =>
  text.replaceAll(indent, ''),
)

let sandboxes: Sandboxes
let server: ServerProcess
let folder: string
let env: Record<string, string>

beforeAll(async () => {
  sandboxes = await startSandboxes(0)
  const configuration = { accounts: sandboxes.accounts, ...(parse(settings) as object) }
  const apiKeySha256 = createHash('sha256').update(apiKey).digest('hex')
  server = await startProcess(configuration, { environment: { ASSISTANT_KEY_SHA256: apiKeySha256 } })
  folder = await mkdtemp(join(tmpdir(), 'parley-docs-'))
  symlinkSync(resolve('examples'), join(folder, 'examples'))
  const commands = join(folder, 'bin')
  installCommands(commands)
  // Adds a server as Claude Code does, and prints how it connects.
  writeFileSync(join(commands, 'claude'), `#!/bin/sh\nprintf '%s\\n' "$@"\n`, { mode: 0o755 })
  env = {
    ...(environment as Record<string, string>),
    PATH: `${commands}:${process.env['PATH']}`,
    PARLEY_URL: server.graphqlUrl,
    PARLEY_MCP_URL: `${server.url}/mcp`,
    PARLEY_API_KEY: apiKey,
  }
})
afterAll(async () => {
  await server?.stop()
  await sandboxes?.close()
  await rm(folder, { recursive: true })
})

const localize = (text: string): string =>
  text
    .replaceAll('https://meetings.example.com', server.url)
    .replaceAll(/YOUR_API_KEY|\$\{(input|env):[\w-]+\}/g, apiKey)

async function run(text: string): Promise<string> {
  const ran = await startCommand('bash', ['--norc', '-eo', 'pipefail', '-s'], { env, input: text, cwd: folder }).ended
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  return ran.stdout
}

interface ServerEntry {
  url?: string
  headers?: Record<string, string>
  command?: string
  args?: string[]
  env?: Record<string, string>
}

/** Connects as a client with this configuration does. */
async function countTools({ url, headers = {}, command = '', args = [], ...entry }: ServerEntry): Promise<number> {
  const client = new Client({ name: 'test', version: '1.0.0' })
  const transport = url
    ? new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } })
    : new StdioClientTransport({ command, args, env: { PATH: env['PATH']!, ...entry.env } })
  await client.connect(transport)
  onTestFinished(() => client.close())
  return (await client.listTools()).tools.length
}

const toolNames = loadBuiltinTools(schema).map(({ name }) => name)

test('docs/mcp.md begins with commands that list the tools and run a conference', async () => {
  expect(linesOf(await run(listTools))).toEqual(toolNames)
  const [expected = ''] = blocksOf(page, 'text')
  expect(await run(runExample)).toBe(expected.replaceAll(indent, ''))
  const kinds = sandboxes.running['trueconf']!.effects.map(({ kind }) => kind)
  expect(kinds).toEqual(['createConference', 'runConference', 'inviteParticipant', 'endConference'])
})

test('docs/mcp.md has configurations with which clients connect', async () => {
  const configurations = blocksOf(page, 'json').map((text) => JSON.parse(localize(text)) as Record<string, object>)
  expect(configurations).toHaveLength(5)
  for (const { mcpServers, servers = mcpServers } of configurations)
    expect(await countTools((servers as { parley: ServerEntry }).parley)).toBe(13)
})

test('docs/mcp.md has commands that add the server to Claude Code', async () => {
  const [http, stdio] = await Promise.all(claudeCommands.map(async (text) => linesOf(await run(localize(text)))))
  const [name = '', value = ''] = http!.at(-1)!.split(': ')
  expect(http!.slice(0, 5)).toEqual(['mcp', 'add', '--transport', 'http', 'parley'])
  expect(await countTools({ url: http![5]!, headers: { [name]: value } })).toBe(13)
  const end = stdio!.indexOf('--')
  expect(stdio!.slice(0, end)).toEqual(`mcp add --env PARLEY_API_KEY=${apiKey} --transport stdio parley`.split(' '))
  const [command = '', ...args] = stdio!.slice(end + 1)
  expect(await countTools({ command, args, env: { PARLEY_API_KEY: apiKey } })).toBe(13)
})

test('docs/mcp.md has a program that runs', async () => {
  const [program = ''] = blocksOf(page, 'ts')
  const { ended } = startCommand('node', ['--input-type=module-typescript', '-'], { env, input: localize(program) })
  const { code, stdout, stderr } = await ended
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('displayName')
})

test('docs/mcp.md lists every built-in tool', () => {
  const rows = [...readFileSync(page, 'utf8').matchAll(/^\| `(\w+)` \| `(read|write)` \|/gm)]
  const tools = loadBuiltinTools(schema).map(({ name, scope }) => [name, scope])
  expect(rows.map(([, ...row]) => row).toSorted()).toEqual(tools)
})

test('docs/mcp.md has settings for JWTs that are valid', () => {
  const file = join(folder, 'jwt.yaml')
  writeFileSync(file, `${jwtSettings}\naccounts: ${JSON.stringify(sandboxes.accounts)}\n`)
  const configuration = loadConfiguration({ file, environment: {}, directory: folder, vendors })
  expect(configuration).toMatchObject({ mcp: { url: 'https://meetings.example.com/mcp' } })
})
