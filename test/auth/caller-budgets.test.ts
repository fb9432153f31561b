import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CallerBudgets } from '../../src/auth/caller-budgets.ts'
import { Problem } from '../../src/core/errors.ts'
import { MinuteBudget } from '../../src/core/minute-budget.ts'
import { runs } from '../support/property.ts'

const start = Date.UTC(2026, 0, 1)

function problemOf(work: () => void): Problem | null {
  try {
    work()
    return null
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

describe('MinuteBudget', () => {
  test('allows the whole budget at once, and another event at each time that it reports', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 20 }), (perMinute, later) => {
        let now = start
        const budget = new MinuteBudget(perMinute, () => now)
        for (let count = 0; count < perMinute; count++) {
          expect(budget.availableAt).toBeNull()
          budget.charge()
        }
        for (let count = 0; count < later; count++) {
          const at = budget.availableAt
          if (at === null) expect(60_000 / perMinute).toBeLessThan(1)
          else now = at
          expect(budget.availableAt).toBeNull()
          budget.charge()
        }
        expect(now - start).toBeLessThanOrEqual(Math.ceil((later * 60_000) / perMinute))
        expect(now - start).toBeGreaterThanOrEqual(Math.floor(((later - 1) * 60_000) / perMinute))
      }),
      runs(50, 500),
    )
  })

  test('is full again after a minute', () => {
    let now = start
    const budget = new MinuteBudget(7, () => now)
    for (let count = 0; count < 7; count++) budget.charge()
    expect(budget.isFull).toBe(false)
    now += 60_000
    expect(budget.isFull).toBe(true)
  })

  test('subtracts charges over the limit from the following minute', () => {
    let now = start
    const budget = new MinuteBudget(60, () => now)
    for (let count = 0; count < 70; count++) budget.charge()
    expect(budget.availableAt).toBe(now + 11_000)
    now += 11_000
    expect(budget.availableAt).toBeNull()
  })
})

describe('CallerBudgets', () => {
  test('counts the operations of each caller that has a limit', () => {
    let now = start
    const clients = [{ name: 'ada', limits: { operationsPerMinute: 2 } }, { name: 'bob' }]
    const budgets = new CallerBudgets({ clients, jwt: null, now: () => now })
    budgets.beginOperation('ada')
    budgets.beginOperation('ada')
    expect(problemOf(() => budgets.beginOperation('ada'))).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      retryable: true,
      retryAt: now + 30_000,
      message: expect.stringContaining('operationsPerMinute') as string,
    })
    for (let count = 0; count < 100; count++) budgets.beginOperation('bob')
    expect(budgets.findVendorCalls('ada')).toBeUndefined()
    now += 30_000
    budgets.beginOperation('ada')
  })

  test('limits each subject of JWTs separately', () => {
    const jwt = [{ limits: { operationsPerMinute: 1 } }, { name: 'okta', limits: { operationsPerMinute: 2 } }]
    const budgets = new CallerBudgets({ clients: [{ name: 'ada' }], jwt, now: () => start })
    for (const caller of ['jwt:ada', 'jwt:bob', 'ada', 'ada']) budgets.beginOperation(caller)
    expect(problemOf(() => budgets.beginOperation('jwt:ada'))).toMatchObject({ code: 'TOO_MANY_REQUESTS' })
    for (let count = 0; count < 2; count++) budgets.beginOperation('jwt.okta:ada')
    expect(problemOf(() => budgets.beginOperation('jwt.okta:ada'))).toMatchObject({ code: 'TOO_MANY_REQUESTS' })
  })

  test('rejects operations without a remaining vendor call, and keeps counting calls that cannot be rejected', () => {
    const clients = [{ name: 'ada', limits: { vendorCallsPerMinute: 2 } }]
    const budgets = new CallerBudgets({ clients, jwt: null, now: () => start })
    budgets.beginOperation('ada')
    const budget = budgets.findVendorCalls('ada')!
    budget.take()
    budget.take()
    const spent = { code: 'TOO_MANY_REQUESTS', retryAt: start + 30_000 }
    expect(problemOf(() => budget.take())).toMatchObject(spent)
    expect(problemOf(() => budgets.beginOperation('ada'))).toMatchObject(spent)
    budget.charge()
    expect(problemOf(() => budget.take())).toMatchObject({ retryAt: start + 60_000 })
  })

  test('deletes the least recently used subjects if there are too many', () => {
    const jwt = [{ limits: { operationsPerMinute: 1 } }, { name: 'okta', limits: { operationsPerMinute: 2 } }]
    const budgets = new CallerBudgets({ clients: [], jwt, now: () => start })
    for (let subject = 0; subject < 10_001; subject++) budgets.beginOperation(`jwt:${subject}`)
    expect(problemOf(() => budgets.beginOperation('jwt:10000'))).not.toBeNull()
    expect(problemOf(() => budgets.beginOperation('jwt:0'))).toBeNull()
  })
})
