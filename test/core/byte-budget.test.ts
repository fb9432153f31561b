import { describe, expect, test } from 'vitest'
import { ByteBudget, optionalShare } from '../../src/core/byte-budget.ts'

describe('ByteBudget', () => {
  test('lets one caller reserve at most half of the bytes', () => {
    const budget = new ByteBudget(100)
    const reservation = budget.reserve('one')
    expect(reservation.resize(50)).toBe(true)
    expect(reservation.resize(51)).toBe(false)
    expect(budget.reserve('one').resize(1)).toBe(false)
    expect(budget.usedBytes).toBe(50)
  })

  test('has bytes for another caller, however many callers reserve all they can', () => {
    const budget = new ByteBudget(1_000)
    const fill = (caller: string): number => {
      let bytes = 0
      while (budget.reserve(caller).resize(1)) bytes++
      return bytes
    }
    const callers = Array.from({ length: 9 }, (_, number) => `caller ${number}`)
    for (const caller of callers) expect(fill(caller)).toBeGreaterThan(0)
    expect(budget.usedBytes).toBeLessThan(1_000)
  })

  test('counts the reserved bytes exactly, and none after the release', () => {
    const budget = new ByteBudget(1_000)
    const [one, other] = [budget.reserve('one'), budget.reserve('other')]
    one.hold(100)
    other.hold(50)
    one.hold(30)
    expect(budget.usedBytes).toBe(80)
    one.release()
    one.release()
    expect(budget.usedBytes).toBe(50)
    expect(one.resize(10)).toBe(false)
    other.release()
    expect(budget.usedBytes).toBe(0)
    expect(budget.reserve('third').resize(500)).toBe(true)
  })

  test('limits optional bytes, so that most bytes of a caller remain for required ones', () => {
    const budget = new ByteBudget(100)
    expect(budget.reserve('one', optionalShare).resize(25)).toBe(true)
    expect(budget.reserve('one', optionalShare).resize(1)).toBe(false)
    expect(budget.reserve('one').resize(25)).toBe(true)
  })

  test('rejects a greedy caller with TOO_MANY_REQUESTS and any other with OVERLOADED', () => {
    const budget = new ByteBudget(100)
    budget.reserve('greedy').hold(49)
    expect(() => budget.reserve('greedy').hold(10)).toThrow(
      expect.objectContaining({ code: 'TOO_MANY_REQUESTS', retryable: true }),
    )
    expect(() => budget.reserve('other').hold(60)).toThrow(
      expect.objectContaining({ code: 'OVERLOADED', retryable: true }),
    )
  })
})
