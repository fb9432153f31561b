import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const load = fileURLToPath(new URL('../../bench/load.ts', import.meta.url))

test('loses no operation in a short run with 5 % of vendor calls failing once', { timeout: 90_000 }, async () => {
  const args = [load, '--rate', '50', '--seconds', '5', '--counts-only']
  // If an operation is lost, the script exits with 1, and this call throws with its output.
  const { stdout } = await promisify(execFile)(process.execPath, args)
  expect(stdout).toMatch(/^ +250 operations at 50\/s; [1-9]\d* faults in \d+ vendor calls$/m)
  expect(stdout).toMatch(/^holds {2}0 lost \(0\)$/m)
  expect(stdout).toMatch(/^A2: held$/m)
})
