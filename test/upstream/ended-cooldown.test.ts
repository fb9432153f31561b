import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)

/** Runs a module of the product in a process of its own, because Node writes a warning only once. Returns its standard error. */
async function readStderr(script: string): Promise<string> {
  const { stderr } = await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: new URL('../..', import.meta.url),
  })
  return stderr
}

const importClock = "import { systemClock } from './src/upstream/clock.ts'"

test('writes no warning to standard error if a time to wait for has passed', async () => {
  const script = `${importClock}
    await systemClock.sleep(-0.5, new AbortController().signal)`
  expect(await readStderr(script)).toBe('')
})

test('writes no warning to standard error if a cooldown ends while a call begins to wait for it', async () => {
  const script = `${importClock}
    import { upstreamLimits } from './src/upstream/limits.ts'
    import { ResiliencePolicy } from './src/upstream/resilience-policy.ts'
    let now = 10
    const limits = { ...upstreamLimits, queueWait: 0 }
    const policy = new ResiliencePolicy({ limits, clock: { ...systemClock, now: () => now }, random: () => 0, isShared: false })
    policy.startCooldown('', 10.5)
    const { signal } = new AbortController()
    signal.addEventListener = () => void (now = 11)
    const call = { caller: 'a', signal, time: { deadline: 1_000 } }
    await policy.execute('', call, async () => {}).catch(() => {})`
  expect(await readStderr(script)).toBe('')
})
