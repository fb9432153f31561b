import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hashSources } from '../../bin/hash-sources.js'
import { environment } from '../support/environment.ts'

const execute = promisify(execFile)
const sources = ['package.json', 'package-lock.json', 'scripts/build.ts', 'src/cli/run.ts', 'src/core/version.ts']
/** A checkout that was built after its last change, whose sources and build print their own names. */
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-build-'))
  cpSync('bin', join(folder, 'bin'), { recursive: true })
  for (const name of ['scripts', 'src/cli', 'src/core', 'dist/cli']) mkdirSync(join(folder, name), { recursive: true })
  for (const name of sources) writeFileSync(join(folder, name), '{ "type": "module" }')
  writeFileSync(join(folder, 'src/cli/run.ts'), `process.stdout.write('source' satisfies string)`)
  writeFileSync(join(folder, 'dist/cli/run.js'), `process.stdout.write('build')`)
  writeFileSync(join(folder, 'dist/cli/sources.sha256'), hashSources(folder)!)
})
afterEach(() => rm(folder, { recursive: true }))

async function run(): Promise<string> {
  const { stdout } = await execute(process.execPath, [join(folder, 'bin/parley.js')], { env: environment })
  return stdout
}

describe('bin/parley.js', () => {
  test('runs the build if no source has changed', async () => {
    expect(await run()).toBe('build')
  })

  test('runs the build if there are no sources, as in the package', async () => {
    for (const name of ['src', 'scripts', 'package-lock.json']) rmSync(join(folder, name), { recursive: true })
    expect(await run()).toBe('build')
  })

  test.each(sources)('runs the sources after %s was changed', async (name) => {
    writeFileSync(join(folder, name), `${readFileSync(join(folder, name), 'utf8')}\n`)
    expect(await run()).toBe('source')
  })

  test('runs the sources after one of them was replaced by an older file of the same size', async () => {
    utimesSync(join(folder, 'src/core/version.ts'), 1_000_000_000, 1_000_000_000)
    expect(await run()).toBe('source')
  })

  test('runs the sources after a source was deleted', async () => {
    rmSync(join(folder, 'src/core/version.ts'))
    expect(await run()).toBe('source')
  })

  test('runs the sources after a source was added, even a link to a file that does not exist', async () => {
    symlinkSync('missing', join(folder, 'src/core/new.ts'))
    expect(await run()).toBe('source')
  })

  test('runs the sources if there is no build', async () => {
    rmSync(join(folder, 'dist'), { recursive: true })
    expect(await run()).toBe('source')
  })
})
