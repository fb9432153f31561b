import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const load = fileURLToPath(new URL('../../bench/load.ts', import.meta.url))

test('in short: with one vendor call in twenty failing once, nothing is lost', { timeout: 90_000 }, async () => {
  const args = [load, '--rate', '50', '--seconds', '5', '--counts-only']
  // Where anything is lost it ends with 1, which throws with what it said.
  const { stdout } = await promisify(execFile)(process.execPath, args)
  expect(stdout).toMatch(/^ +250 operations at 50\/s; [1-9]\d* faults in \d+ vendor calls$/m)
  expect(stdout).toMatch(/^holds {2}0 lost \(0\)$/m)
  expect(stdout).toMatch(/^A2: held$/m)
})
