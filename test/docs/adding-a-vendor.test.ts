import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { blocksOf } from './blocks.ts'

const page = 'docs/adding-a-vendor.md'
const copied = ['src', 'test/support', 'test/vendors', 'vitest.config.ts', 'tsconfig.json', 'package.json']

/** A copy of the sources of the repository, in which the steps of the page are executed. */
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-huddle-'))
  for (const path of copied) await cp(path, join(folder, path), { recursive: true })
  await symlink(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
  const include = [
    'src/**/*.d.ts',
    'src/vendors/huddle',
    'src/sandboxes',
    'src/vendors/index.ts',
    'test/vendors/contract',
  ]
  await writeFile(join(folder, 'tsconfig.huddle.json'), JSON.stringify({ extends: './tsconfig.json', include }))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

/**
 * Executes the instruction in the first line of a block: writes a file, or changes the only line that begins with a
 * text.
 */
async function apply(block: string): Promise<void> {
  const [first = '', ...rest] = block.split('\n')
  const [, path, how, start] = /^\/\/ (\S+)(?:, (after|instead of) "(.+)")?$/.exec(first) ?? []
  if (path === undefined) throw new Error(`A block of ${page} names no file: ${first}`)
  const file = join(folder, path)
  const text = rest.join('\n').trimEnd()
  await mkdir(dirname(file), { recursive: true })
  if (how === undefined) return writeFile(file, `${text}\n`)
  const lines = (await readFile(file, 'utf8')).split('\n')
  const at = lines.findIndex((line) => line.startsWith(start!))
  if (at === -1) throw new Error(`${path} has no line that begins with ${start}`)
  lines.splice(how === 'after' ? at + 1 : at, how === 'after' ? 0 : 1, text)
  return writeFile(file, lines.join('\n'))
}

/** Runs a program of node_modules in the copy. Returns its exit code and what it printed. */
function run(program: string, ...args: string[]): Promise<{ code: unknown; output: string }> {
  const { VITEST: _, ...env } = process.env
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join('node_modules', program), ...args],
      { cwd: folder, env: { ...env, NO_COLOR: '1' }, maxBuffer: 1 << 24 },
      (error, stdout, stderr) => resolve({ code: error ? error.code : 0, output: stdout + stderr }),
    )
  })
}

async function check(): Promise<void> {
  // One thread takes half of the processor time, because each of several threads checks the types of the dependencies.
  const options = ['--noEmit', '--singleThreaded', '--project', 'tsconfig.huddle.json']
  expect(await run('typescript/bin/tsc', ...options)).toEqual({ code: 0, output: '' })
  const suite = ['run', '--project', 'unit', 'test/vendors/contract.test.ts', '--testNamePattern', 'Huddle']
  const { code, output } = await run('vitest/vitest.mjs', ...suite)
  expect([code, output]).toEqual([0, expect.stringMatching(/Tests +\d{2,} passed/)])
}

const blocks = blocksOf(page, 'ts')
/** Part 2 begins with the errors. */
const firstOfPart2 = blocks.findIndex((block) => block.startsWith('// src/vendors/huddle/errors.ts'))

test('builds a vendor with users that passes the contract suite', { timeout: 180_000 }, async () => {
  for (const block of blocks.slice(0, firstOfPart2)) await apply(block)
  await check()
})

test('adds rooms that pass the contract suite', { timeout: 180_000 }, async () => {
  for (const block of blocks.slice(firstOfPart2)) await apply(block)
  await check()
})
