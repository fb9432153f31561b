import { expect, test } from 'vitest'
import { serverLimits } from '../../src/config/configuration.ts'
import { serverLimitTable, upstreamLimitTable } from '../../src/core/limits.ts'
import { upstreamLimits } from '../../src/upstream/limits.ts'
import { account, load, problems } from './workspace.ts'

const table = { ...serverLimitTable, ...upstreamLimitTable }

test('uses the defaults if no limits are configured', () => {
  expect(load(account).limits).toEqual({ ...serverLimits, upstream: {} })
})

test('accepts every limit by its name, in one flat block', () => {
  const { breakerFailures, ...whole } = upstreamLimits
  const names = Object.keys({ ...serverLimits, ...whole })
  const value = (name: string) => names.indexOf(name) + Math.max(1, table[name as keyof typeof table].min)
  const { limits } = load(
    `${account}limits:\n  breakerFailures: 0.25\n${names.map((name) => `  ${name}: ${value(name)}\n`).join('')}`,
  )
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

test.each([
  ['eventPoll', 100, 2 ** 31 - 1],
  ['eventPollCalls', 1, 2 ** 31 - 1],
  ['eventLinger', 0, 2 ** 31 - 1],
  ['eventLog', 1, 2 ** 31 - 1],
  ['eventLogTime', 1, 86_400_000],
  ['hookAge', 60_000, 7_200_000],
  ['streams', 1, 2 ** 31 - 1],
  ['streamsPerCaller', 1, 2 ** 31 - 1],
  ['streamStall', 1, 2 ** 31 - 1],
  ['streamEvent', 1, 2 ** 31 - 1],
  ['cacheBytes', 1, Number.MAX_SAFE_INTEGER],
])('accepts %s from %d to %d, and reports any other value in one line', (name, min, max) => {
  const file = (value: unknown) => `${account}limits: { ${name}: ${value} }`
  expect(problems(file(min))).toEqual([])
  expect(problems(file(max))).toEqual([])
  const line = `parley.config.yaml:4: limits.${name}: must be`
  expect(problems(file(min - 1))).toEqual([`${line} at least ${min}.`])
  if (max < Number.MAX_SAFE_INTEGER) expect(problems(file(max + 1))).toEqual([`${line} at most ${max}.`])
  expect(problems(file('soon'))).toEqual([`${line} a number.`])
  expect(problems(file('1000000.5'))).toEqual([`${line} a whole number.`])
})

test('suggests the name of a limit that is spelled wrongly', () => {
  expect(problems(`${account}limits: { eventPolls: 1000 }`)).toEqual([
    'parley.config.yaml:4: limits.eventPolls: is not a setting. Did you mean eventPoll?',
  ])
})
