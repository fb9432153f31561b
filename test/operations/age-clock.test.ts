import { describe, expect, test, vi } from 'vitest'
import { AgeClock } from '../../src/operations/age-clock.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { ManualClock } from './clock.ts'
import { mutate, open } from './open.ts'

const hour = 60 * 60 * 1000
const day = 24 * hour
const year = 365 * day

describe('AgeClock', () => {
  test('follows the system clock, even if it is set back', () => {
    const clock = new ManualClock(10 * year)
    const ages = new AgeClock(clock)
    for (const ms of [1, hour, 40 * day]) {
      clock.advance(ms)
      expect(ages.now()).toBe(clock.now())
    }
    clock.jump(-year)
    expect(ages.now()).toBe(clock.now())
  })

  test('follows a jump ahead only after a day', () => {
    const clock = new ManualClock(10 * year)
    const ages = new AgeClock(clock)
    clock.advance(30 * hour)
    const before = ages.now()
    clock.jump(year)
    for (let passed = hour; passed <= day; passed += hour) {
      clock.advance(hour)
      expect(ages.now()).toBe(before + passed)
    }
    clock.advance(day)
    ages.now()
    clock.advance(day)
    expect(ages.now()).toBe(clock.now())
  })

  test('returns a cutoff of 0 in the first hour after the start', () => {
    const clock = new ManualClock(10 * year)
    const ages = new AgeClock(clock)
    clock.advance(hour - 1)
    expect(ages.computeCutoff(day)).toBe(0)
    clock.advance(1)
    expect(ages.computeCutoff(day)).toBe(clock.now() - day)
  })
})

const input = { account: 'trueconf', title: 'Board', owner: { vendorId: 'helen' }, idempotencyKey: 'key' }
const creating = { method: 'POST', path: /\/conferences$/ }

test.each(['while the server runs', 'before it starts'])(
  'keeps operations and idempotency keys while the clock is a year ahead, set %s',
  async (when) => {
    const opened = await open(trueconf)
    const { operation } = await mutate(opened, 'createConference', input)
    opened.clock.advance(2 * hour)
    opened.clock.jump(year)
    if (when === 'before it starts') await opened.restart()
    for (let minutes = 0; minutes < 50; minutes += 10) {
      opened.clock.advance(10 * 60_000)
      expect(await mutate(opened, 'createConference', input)).toMatchObject({ outcome: 'SUCCEEDED', replayed: true })
    }
    opened.clock.jump(-year)
    opened.clock.advance(2 * hour)
    await vi.waitFor(async () =>
      expect(await opened.execute('query ($id: ID!) { operation(id: $id) { outcome } }', { id: operation.id })).toEqual(
        {
          operation: { outcome: 'SUCCEEDED' },
        },
      ),
    )
    expect(opened.sandbox.effects).toHaveLength(1)
  },
)

test('does not confirm an absence because of a jump of the clock', async () => {
  const opened = await open(trueconf)
  opened.sandbox.fault({ match: creating, kind: 'delay', ms: 1_000_000, times: 1 })
  const creates = () =>
    opened.sandbox.ledger.filter(({ method, path }) => method === 'POST' && creating.path.test(path))
  const caller = new AbortController()
  const lost = mutate(opened, 'createConference', input, { signal: caller.signal })
  await vi.waitFor(() => expect(creates()).toHaveLength(1))
  caller.abort()
  expect(await lost).toMatchObject({ outcome: 'UNKNOWN' })
  opened.clock.jump(year)
  expect(await mutate(opened, 'createConference', input)).toMatchObject({ outcome: 'UNKNOWN', replayed: true })
  expect(creates()).toHaveLength(1)
})
