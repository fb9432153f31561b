import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { FileWatch } from '../../src/config/watch-files.ts'

/** A watch of one file, which looks at it when the test says so. */
function watch(file = 'parley.config.yaml') {
  const folder = mkdtempSync(join(tmpdir(), 'parley-watch-'))
  const path = join(folder, file)
  const sleeps: { end(): void; signal: AbortSignal }[] = []
  const sleep = (_: number, signal: AbortSignal): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    signal.addEventListener('abort', () => reject(signal.reason as Error))
    sleeps.push({ end: resolve, signal })
    return promise
  }
  const onChange = vi.fn<() => void>()
  const files = new FileWatch({ now: Date.now, sleep }, onChange)
  onTestFinished(() => {
    files.close()
    rmSync(folder, { recursive: true })
  })
  /** Lets the watch look once. Returns how often it has reported a change so far. */
  const look = async (): Promise<number> => {
    const count = sleeps.length
    sleeps[count - 1]?.end()
    await vi.waitFor(() => expect(sleeps).toHaveLength(count + 1))
    return onChange.mock.calls.length
  }
  return { folder, path, files, onChange, sleeps, look }
}

describe('FileWatch', () => {
  test('reports one change for a file that is written in several steps', async () => {
    const { path, files, look } = watch()
    writeFileSync(path, 'before')
    files.watch([path])
    expect([await look(), await look()]).toEqual([0, 0])
    writeFileSync(path, 'the first half')
    expect(await look()).toBe(0)
    writeFileSync(path, 'the first half, and the second')
    expect([await look(), await look(), await look()]).toEqual([0, 1, 1])
  })

  test('reports a file that is replaced, that disappears, and that returns', async () => {
    const { path, files, look } = watch()
    writeFileSync(path, 'one')
    files.watch([path])
    writeFileSync(`${path}.new`, 'two')
    renameSync(`${path}.new`, path)
    expect([await look(), await look()]).toEqual([0, 1])
    rmSync(path)
    expect([await look(), await look()]).toEqual([1, 2])
    writeFileSync(path, 'three')
    expect([await look(), await look()]).toEqual([2, 3])
  })

  test('reports a symbolic link to another folder, as Kubernetes replaces it', async () => {
    const { folder, path, files, look } = watch('..data/parley.config.yaml')
    const publish = (version: string): void => {
      mkdirSync(join(folder, version))
      writeFileSync(join(folder, version, 'parley.config.yaml'), 'same')
      symlinkSync(version, join(folder, '..data.new'))
      renameSync(join(folder, '..data.new'), join(folder, '..data'))
    }
    publish('one')
    files.watch([path])
    publish('two')
    expect([await look(), await look()]).toEqual([0, 1])
  })

  test('reports nothing about files that it was told of again, or after its end', async () => {
    const { path, files, look, onChange, sleeps } = watch()
    files.watch([path])
    writeFileSync(path, 'one')
    files.watch([path])
    expect([await look(), await look()]).toEqual([0, 0])
    writeFileSync(path, 'two and more')
    files.close()
    sleeps.at(-1)?.end()
    await new Promise((resolve) => setImmediate(resolve))
    expect(onChange).not.toHaveBeenCalled()
  })
})
