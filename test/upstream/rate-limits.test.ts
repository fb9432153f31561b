import { expect, test } from 'vitest'
import { RateLimits } from '../../src/upstream/rate-limits.ts'
import { ManualClock } from '../operations/clock.ts'

const hour = 60 * 60 * 1000

test.each([Infinity, Number.MAX_VALUE, 1e15])(
  'holds calls back for at most 25 hours, whatever the end: %s',
  (until) => {
    const clock = new ManualClock()
    const limits = new RateLimits(clock)
    expect(limits.startCooldown('light', until)).toBe(clock.now() + 25 * hour)
    clock.advance(25 * hour)
    expect(limits.findCooldownEnd('light')).toBeNull()
    expect(limits.rateLimitedUntil).toBeNull()
  },
)

test.each([Number.NaN, -Infinity, 0])('ignores an invalid end: %s', (until) => {
  const limits = new RateLimits(new ManualClock())
  limits.startCooldown('light', until)
  expect(limits.findCooldownEnd('light')).toBeNull()
  expect(limits.rateLimitedUntil).toBeNull()
})

test('ends a cooldown that began before the clock was set back', () => {
  const clock = new ManualClock()
  const limits = new RateLimits(clock)
  clock.jump(365 * 24 * hour)
  limits.startCooldown('light', clock.now() + 60_000)
  clock.jump(-365 * 24 * hour)
  expect(limits.findCooldownEnd('light')).toBeNull()
  expect(limits.rateLimitedUntil).toBeNull()
  limits.startCooldown('light', clock.now() + 1_000)
  expect(limits.findCooldownEnd('light')).toBe(clock.now() + 1_000)
})
