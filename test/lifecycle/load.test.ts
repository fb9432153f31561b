import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const load = fileURLToPath(new URL('../../bench/load.ts', import.meta.url))

test('A2 in short: with one vendor read in twenty failing once, nothing is lost', { timeout: 90_000 }, async () => {
  const args = [load, '--rate', '50', '--seconds', '5', '--faults', '0.05', '--counts-only', '--json']
  const { stdout } = await promisify(execFile)(process.execPath, args)
  const result = JSON.parse(stdout) as Record<string, number>
  expect(result).toMatchObject({ operations: 250, lost: 0, why: {}, readsAnswered: 1, exitCode: 0, broken: [] })
  expect(result['faults']).toBeGreaterThan(0)
  expect(result['callsPerNeeded']).toBeLessThanOrEqual(1.12)
})
