import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { serverLimits } from '../../src/config/configuration.ts'
import type { Configuration } from '../../src/config/configuration.ts'
import { OpenTools } from '../../src/server/open-tools.ts'
import { DocumentFolder } from '../e2e/documents/stage.ts'
import { watchLists } from './watch-lists.ts'

const createTool = (name: string, description = 'Lists accounts.'): string =>
  `"${description}"\nquery ${name} { accounts { key } }`

const builtinNames = [
  'create_conference',
  'delete_conference',
  'end_conference',
  'get_conference',
  'get_operation',
  'invite_participant',
  'list_accounts',
  'list_conferences',
  'list_participants',
  'list_users',
  'remove_participant',
  'run_conference',
  'update_conference',
]

type ToolConfiguration = Pick<Configuration, 'mcp' | 'accounts' | 'limits'>

async function open(files: Record<string, string>, { builtin = false, from = '.' } = {}) {
  const folder = new DocumentFolder()
  folder.write(files)
  onTestFinished(() => folder.remove())
  const configuration: ToolConfiguration = {
    mcp: { url: null, builtin, tools: [{ name: 'tools', path: join(folder.path, from) }] },
    accounts: [],
    limits: { ...serverLimits, upstream: {} },
  }
  const tools = new OpenTools()
  const load = async (next: Partial<ToolConfiguration> = {}): Promise<void> =>
    tools.apply(await tools.load({ ...configuration, ...next }))
  return { folder, configuration, tools, load, listNames: () => tools.tools.map(({ name }) => name) }
}

async function watch(files: Record<string, string>) {
  const opened = await open(files)
  await opened.load()
  const watching = watchLists({ getLists: () => opened.tools.lists, getConfiguration: () => opened.configuration })
  return { ...opened, ...watching }
}

test('[M13] sorts built-in tools and those of all subfolders by name', async () => {
  const { load, listNames } = await open(
    {
      'a.graphql': createTool('zebra'),
      'deep/er/b.graphql': createTool('get_it'),
      'notes.json': '{"a": "{ nope }"}',
      'c.gql': '{ nope }',
      '.hidden/d.graphql': '{ nope }',
    },
    { builtin: true },
  )
  await load()
  expect(listNames()).toEqual([...builtinNames, 'get_it', 'zebra'].toSorted())
})

test('has no tools without "mcp", and only built-in tools without files', async () => {
  const { load, listNames, tools } = await open({})
  await load({ mcp: null })
  expect(listNames()).toEqual([])
  expect(tools.lists).toEqual([])
  await load({ mcp: { url: null, builtin: true, tools: [] } })
  expect(listNames()).toEqual(builtinNames)
})

test('[M13] adds, changes, and removes tools with their files', async () => {
  const { folder, tools, listNames, check, lines, countReloads } = await watch({
    'a.graphql': createTool('a'),
    'b.graphql': createTool('b'),
  })
  const [before] = tools.tools
  folder.write({ 'b.graphql': createTool('b', 'Lists all accounts.'), 'sub/c.graphql': createTool('c') })
  await check()
  expect(listNames()).toEqual(['a', 'b', 'c'])
  expect(tools.tools[1]!.description).toBe('Lists all accounts.')
  // An unchanged tool keeps its plans.
  expect(tools.tools[0]!.document.prepared).toBe(before!.document.prepared)
  rmSync(join(folder.path, 'b.graphql'))
  await check()
  expect(listNames()).toEqual(['a', 'c'])
  expect(lines.map(({ level, msg, count }) => [level, msg, count])).toEqual([
    [30, 'tools reloaded', 3],
    [30, 'tools reloaded', 2],
  ])
  expect(await countReloads()).toEqual({ ok: 2, kept: 0 })
})

test('[M13] keeps the last valid tools if a file is broken or the folder disappears', async () => {
  const { folder, listNames, check, lines, countReloads } = await watch({ 'a.graphql': createTool('a') })
  folder.write({ 'b.graphql': 'query b { accounts { key } }', 'c.graphql': createTool('c') })
  await check()
  expect(listNames()).toEqual(['a'])
  expect(lines).toMatchObject([{ level: 40, msg: 'tools rejected', count: 1 }])
  expect(lines[0]!.problems).toEqual([expect.stringMatching(/^tools\/b\.graphql:1: b: .*description/)])
  renameSync(folder.path, `${folder.path}-away`)
  await check()
  expect(listNames()).toEqual(['a'])
  expect(lines[1]!.problems).toEqual([expect.stringMatching(/^tools: cannot be read \(ENOENT\)/)])
  mkdirSync(folder.path)
  writeFileSync(join(folder.path, 'd.graphql'), createTool('d'))
  await check()
  expect(listNames()).toEqual(['d'])
  expect(await countReloads()).toEqual({ ok: 1, kept: 2 })
  rmSync(`${folder.path}-away`, { recursive: true })
})

test('rejects names that another tool has', async () => {
  const files = {
    'a.graphql': createTool('same'),
    'b.graphql': createTool('same', 'Lists them again.'),
    'c.graphql': createTool('list_users'),
  }
  const { load, listNames } = await open(files, { builtin: true })
  await expect(load()).rejects.toMatchObject({
    problems: [
      expect.stringMatching(/^tools\/b\.graphql:1: b: tools\/a\.graphql has another tool with the name "same"/),
      expect.stringMatching(/^tools\/c\.graphql:1: c: A built-in tool has the name "list_users"/),
    ],
  })
  expect(listNames()).toEqual([])
})

test('frees the names of the built-in tools if they are turned off', async () => {
  const { load, listNames } = await open({ 'a.graphql': createTool('list_users') })
  await load()
  expect(listNames()).toEqual(['list_users'])
})

test('rejects files of another type that are named directly', async () => {
  const { load } = await open({ 'a.json': '{}' }, { from: 'a.json' })
  await expect(load()).rejects.toThrow(/tools: must be a folder, or a file whose name ends with \.graphql\./)
})

test('reads the files again only if the configuration names others', async () => {
  const { folder, load, tools, configuration } = await open({ 'a.graphql': createTool('a') })
  await load()
  const before = tools.tools
  folder.write({ 'broken.graphql': '{' })
  await load()
  expect(tools.tools).toBe(before)
  const other = [{ name: 'other', path: join(folder.path, 'missing') }]
  await expect(load({ mcp: { ...configuration.mcp!, tools: other } })).rejects.toThrow(/other: cannot be read/)
  expect(tools.tools).toBe(before)
})
