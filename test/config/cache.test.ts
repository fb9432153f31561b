import { expect, test } from 'vitest'
import { account, load, problems } from './workspace.ts'

const off = { users: 0, conferences: 0, participants: 0, staleFor: 0, shared: false }

test('caches nothing unless it is configured', () => {
  expect(load(account).cache).toBeNull()
  expect(load(`${account}cache: {}`).cache).toEqual(off)
  expect(load(`${account}cache: { users: 60 }`).cache).toEqual({ ...off, users: 60 })
})

test('accepts the whole range of each setting', () => {
  const highest = { users: 3_600, conferences: 3_600, participants: 3_600, staleFor: 86_400, shared: true }
  const yaml = `${account}redis: redis://127.0.0.1\ncache: ${JSON.stringify(highest)}\n`
  expect(load(yaml).cache).toEqual(highest)
  expect(load(`${account}cache: ${JSON.stringify(off)}`).cache).toEqual(off)
})

test.each([
  ['{ users: 3601 }', 'cache.users: must be at most 3600.'],
  ['{ conferences: -1 }', 'cache.conferences: must be at least 0.'],
  ['{ participants: 1.5 }', 'cache.participants: must be a whole number.'],
  ['{ staleFor: 86401 }', 'cache.staleFor: must be at most 86400.'],
  ['{ staleFor: 1h }', 'cache.staleFor: must be a number.'],
  ['{ shared: "yes" }', 'cache.shared: must be true or false.'],
  ['{ shared: true }', 'cache.shared: requires "redis". Set "redis", or remove "shared".'],
  ['{ user: 60 }', 'cache.user: is not a setting. Did you mean users?'],
  ['60', 'cache: must be a block of settings ("name: value" lines).'],
  ['', 'cache: is empty. Write {} for the default settings, or remove the line.'],
])('rejects cache: %s in one line', (value, problem) => {
  expect(problems(`${account}cache: ${value}\n`)).toEqual([`parley.config.yaml:4: ${problem}`])
})
