import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Reloader } from '../../src/cli/reloader.ts'
import type { Configuration } from '../../src/config/configuration.ts'
import { FileWatch, readStatuses } from '../../src/config/watch-files.ts'
import { createLogger } from '../../src/telemetry/log.ts'
import { createMetrics } from '../../src/telemetry/metrics.ts'

/** Creates a clock whose sleeps end when the test calls `advance`. */
function createClock() {
  const sleeps: { end(): void; signal: AbortSignal }[] = []
  const sleep = (_: number, signal: AbortSignal): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    signal.addEventListener('abort', () => reject(signal.reason as Error))
    sleeps.push({ end: resolve, signal })
    return promise
  }
  /** Ends the last sleep, and waits for the next one. */
  const advance = async (): Promise<void> => {
    const count = sleeps.length
    sleeps[count - 1]?.end()
    await vi.waitFor(() => expect(sleeps).toHaveLength(count + 1))
  }
  return { clock: { now: Date.now, sleep }, sleeps, advance }
}

/** Watches one file, and reads its status only when the test calls `look`. */
function watch(file = 'parley.config.yaml') {
  const folder = mkdtempSync(join(tmpdir(), 'parley-watch-'))
  const path = join(folder, file)
  const { clock, sleeps, advance } = createClock()
  const onChange = vi.fn<() => void>()
  const files = new FileWatch(clock, onChange)
  onTestFinished(() => {
    files.close()
    rmSync(folder, { recursive: true })
  })
  /** Makes the watch read the status once. Returns how many changes it has reported so far. */
  const look = async (): Promise<number> => {
    await advance()
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

  test('reports a symbolic link that is replaced, as Kubernetes does', async () => {
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

  test('reports a file that has changed since its status was read', async () => {
    const { path, files, look } = watch()
    writeFileSync(path, 'one')
    const before = readStatuses([path])
    writeFileSync(path, 'two and more')
    files.watch([path], before)
    expect([await look(), await look(), await look()]).toEqual([0, 1, 1])
  })

  test('reports nothing after watch is called again for the same files, or after close', async () => {
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

describe('Reloader', () => {
  test.each([
    ['applied', () => {}],
    [
      'rejected',
      () => {
        throw new Error('not valid')
      },
    ],
  ])('reads a file again that changed while the configuration was read and %s', async (_, check) => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-reload-'))
    const path = join(folder, 'parley.config.yaml')
    const { clock, advance } = createClock()
    const texts: string[] = []
    writeFileSync(path, 'a first half')
    const reloader = new Reloader({
      load: () => {
        texts.push(readFileSync(path, 'utf8'))
        if (texts.length === 1) writeFileSync(path, 'a first half, and the second')
        check()
        return { files: [path] } as unknown as Configuration
      },
      reload: async () => ({
        isChanged: true,
        accounts: { added: [], removed: [], changed: [] },
        callers: false,
        limits: false,
        documents: false,
        tools: false,
        cache: false,
        restart: [],
      }),
      observers: { log: createLogger('silent', { write: () => {} }), metrics: createMetrics() },
      clock,
    })
    onTestFinished(() => {
      reloader.close()
      rmSync(folder, { recursive: true })
    })
    reloader.watch({ files: [path] }, readStatuses([path]))
    await reloader.reload('SIGHUP')
    for (let looks = 0; looks < 3; looks++) await advance()
    expect(texts).toEqual(['a first half', 'a first half, and the second'])
  })
})
