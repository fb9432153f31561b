import { expect, test } from 'vitest'
import { serverLimits } from '../../src/config/configuration.ts'
import { upstreamLimits } from '../../src/upstream/limits.ts'
import { account, load } from './workspace.ts'

test('uses the defaults if no limits are configured', () => {
  expect(load(account).limits).toEqual({ ...serverLimits, upstream: {} })
})

test('accepts every limit by its name, in one flat block', () => {
  const { breakerFailures, ...whole } = upstreamLimits
  const names = Object.keys({ ...serverLimits, ...whole })
  const { limits } = load(
    `${account}limits:\n  breakerFailures: 0.25\n${names.map((name, index) => `  ${name}: ${index + 1}\n`).join('')}`,
  )
  const value = (name: string) => names.indexOf(name) + 1
  expect(breakerFailures).toBe(0.5)
  expect(limits).toEqual({
    ...Object.fromEntries(Object.keys(serverLimits).map((name) => [name, value(name)])),
    upstream: { ...Object.fromEntries(Object.keys(whole).map((name) => [name, value(name)])), breakerFailures: 0.25 },
  })
})

test('separates the configured limits of vendor calls, whose names differ from those of the server', () => {
  expect(load(`${account}limits: { inFlight: 2, depth: 9, queue: 0 }`).limits).toEqual({
    ...serverLimits,
    depth: 9,
    upstream: { inFlight: 2, queue: 0 },
  })
  expect(Object.keys(serverLimits).filter((name) => name in upstreamLimits)).toEqual([])
})
