import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { Configuration } from '../../src/config/configuration.ts'
import { serverLimits } from '../../src/config/configuration.ts'
import type { DocumentMode } from '../../src/documents/document-settings.ts'
import { OpenDocuments } from '../../src/server/open-documents.ts'
import { createManifest, DocumentFolder } from '../e2e/documents/stage.ts'
import { watchLists } from './watch-lists.ts'

const keys = '{ accounts { key } }'
const labels = '{ accounts { label } }'
const caller = { name: 'local' }

async function watch(files: Record<string, string | object>, subfolder = '.') {
  const folder = new DocumentFolder()
  folder.write(files)
  const settings = { mode: 'only' as DocumentMode, from: [{ name: 'ops', path: join(folder.path, subfolder) }] }
  const configuration = {
    documents: settings,
    clients: [],
    accounts: [],
    limits: { ...serverLimits, upstream: {} },
  } satisfies Pick<Configuration, 'documents' | 'clients' | 'accounts' | 'limits'>
  const documents = new OpenDocuments()
  documents.apply(await documents.load(configuration))
  onTestFinished(() => folder.remove())
  const watching = watchLists({ getLists: () => documents.lists, getConfiguration: () => configuration })
  return {
    ...watching,
    folder,
    documents,
    configuration,
    has: (id: string) => documents.getPolicy(caller).list.findById(id) !== null,
    find: (id: string) => documents.getPolicy(caller).list.findById(id),
  }
}

test('[D20] adds, changes, and removes documents with their files', async () => {
  const { folder, has, find, check, lines, countReloads } = await watch({ 'a.graphql': keys, 'b.graphql': keys })
  await check()
  expect(lines).toEqual([])
  const before = find('a')
  folder.write({ 'b.graphql': labels, 'sub/c.json': createManifest({ d: keys }) })
  await check()
  expect([has('a'), has('b'), has('d')]).toEqual([true, true, true])
  expect(find('b')?.prepared.key).toBe(labels)
  // An unchanged document keeps its plans.
  expect(find('a')?.prepared).toBe(before?.prepared)
  rmSync(join(folder.path, 'b.graphql'))
  await check()
  expect([has('a'), has('b'), has('d')]).toEqual([true, false, true])
  expect(lines.map(({ level, msg, count }) => [level, msg, count])).toEqual([
    [30, 'documents reloaded', 3],
    [30, 'documents reloaded', 2],
  ])
  expect(await countReloads()).toEqual({ ok: 2, kept: 0 })
})

test('[D20] reads a folder that Kubernetes has replaced', async () => {
  const { folder, has, check } = await watch({ 'one/a.graphql': keys }, 'one')
  const mount = join(folder.path, 'mount')
  const swap = (version: string, id: string): void => {
    folder.write({ [`mount/..${version}/${id}.graphql`]: keys })
    symlinkSync(`..${version}`, join(mount, '..new'))
    renameSync(join(mount, '..new'), join(mount, '..data'))
  }
  swap('1', 'a')
  symlinkSync('..data/a.graphql', join(mount, 'a.graphql'))
  rmSync(join(folder.path, 'one'), { recursive: true })
  symlinkSync('mount', join(folder.path, 'one'))
  await check()
  expect(has('a')).toBe(true)
  swap('2', 'b')
  symlinkSync('..data/b.graphql', join(mount, 'b.graphql'))
  rmSync(join(mount, 'a.graphql'))
  await check()
  expect([has('a'), has('b')]).toEqual([false, true])
})

test('[D21] keeps the last valid list if a file is broken or the folder disappears', async () => {
  const { folder, has, check, lines, countReloads } = await watch({ 'a.graphql': keys, 'b.graphql': labels })
  folder.write({ 'c.graphql': '{ nope }', 'd.graphql': keys })
  await check()
  expect([has('a'), has('b'), has('c'), has('d')]).toEqual([true, true, false, false])
  expect(lines).toMatchObject([{ msg: 'documents rejected', count: 1 }])
  expect(lines[0]!.level).toBe(40)
  expect(lines[0]!.problems).toEqual([expect.stringMatching(/^ops\/c\.graphql:1: c: Cannot query field "nope"/)])
  await check()
  expect(lines).toHaveLength(1)
  renameSync(folder.path, `${folder.path}-away`)
  await check()
  expect([has('a'), has('b')]).toEqual([true, true])
  expect(lines[1]!.problems).toEqual([expect.stringMatching(/^ops: cannot be read \(ENOENT\)/)])
  mkdirSync(folder.path)
  writeFileSync(join(folder.path, 'e.graphql'), keys)
  await check()
  expect([has('a'), has('e')]).toEqual([false, true])
  expect(await countReloads()).toEqual({ ok: 1, kept: 2 })
  rmSync(`${folder.path}-away`, { recursive: true })
})

test('keeps the lists of unchanged settings when the configuration is loaded again', async () => {
  const { folder, documents, configuration, has, find } = await watch({ 'a.graphql': keys })
  folder.write({ 'broken.graphql': '{' })
  const before = find('a')
  documents.apply(await documents.load({ ...configuration, documents: { ...configuration.documents, mode: 'allow' } }))
  expect(documents.getPolicy(caller).mode).toBe('allow')
  expect(find('a')).toBe(before)
  const other = [{ name: 'other', path: join(folder.path, 'missing') }]
  const changed = { ...configuration, documents: { ...configuration.documents, from: other } }
  await expect(documents.load(changed)).rejects.toThrow(/other: cannot be read/)
  expect(has('a')).toBe(true)
})
