import { describe, expect, test } from 'vitest'
import type { Code } from '../../src/core/error-codes.ts'
import { Problem, type ProblemDetails } from '../../src/core/errors.ts'
import { upstreamLimits } from '../../src/upstream/limits.ts'
import { computeBackoffMs, getReadAttempts, getWriteAttempts } from '../../src/upstream/retry.ts'
import { RetryQuota } from '../../src/upstream/retry-quota.ts'

describe('retry quota', () => {
  const operations = 3_000
  const down = new Problem('VENDOR_UNAVAILABLE', 'down', { delivery: 'unknown' })

  /** Simulates the operations and calls of an account whose vendor fails a share of its calls. */
  function simulate(share: number, seed: number): { calls: number; done: number } {
    const random = mulberry32(seed)
    const quota = new RetryQuota(upstreamLimits.retryQuota, false)
    let calls = 0
    let done = 0
    for (let operation = 0; operation < operations; operation++) {
      let paid = 0
      for (let attempt = 1; ; attempt++) {
        calls++
        if (random() >= share) {
          quota.recordSuccess('ada', paid)
          done++
          break
        }
        if (attempt >= getReadAttempts(down, upstreamLimits) || !quota.trySpend('ada', upstreamLimits.retryCost)) break
        paid = upstreamLimits.retryCost
      }
    }
    return { calls: calls / operations, done: done / operations }
  }
  function mulberry32(seed: number): () => number {
    let state = seed
    return () => {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
    }
  }

  test('limits all processes together like one process', () => {
    const spent = (processes: number): number => {
      const quotas = Array.from({ length: processes }, () => new RetryQuota(upstreamLimits.retryQuota, false))
      let retries = 0
      for (const quota of quotas) {
        quota.setProcessCount(processes)
        while (quota.trySpend('ada', upstreamLimits.retryCost)) retries++
      }
      return retries
    }
    for (const processes of [2, 3, 8]) expect(spent(processes)).toBeLessThanOrEqual(spent(1))
    const quota = new RetryQuota(500, false)
    quota.setProcessCount(2)
    quota.setProcessCount(1)
    quota.recordSuccess('ada', 14)
    expect(quota.left).toBe(264)
  })

  test.each([
    { share: 1, calls: 1.02, done: 0 },
    { share: 0.1, calls: 1.13, done: 0.997 },
    { share: 0.5, calls: 1.12, done: 0.5 },
  ])(
    'makes at most $calls calls per operation and completes $done of them if $share of the calls fail',
    ({ share, calls, done }) => {
      const runs = Array.from({ length: 50 }, (_, seed) => simulate(share, seed))
      const mean = (values: number[]): number => values.reduce((sum, value) => sum + value) / values.length
      expect(mean(runs.map((run) => run.calls))).toBeLessThanOrEqual(calls)
      expect(mean(runs.map((run) => run.done))).toBeGreaterThanOrEqual(done)
      // At 10 %, the limit is 3.3 standard deviations above the mean: 3 of 3,000 seeds exceed it, one of them in 0 to 49.
      const runsWithinLimits = runs.filter((run) => run.calls <= calls && run.done >= done)
      expect(runsWithinLimits.length).toBeGreaterThanOrEqual(49)
    },
  )
})

describe('RetryQuota', () => {
  test('pays while it has enough tokens, and takes nothing otherwise', () => {
    const quota = new RetryQuota(30, false)
    expect([quota.trySpend('ada', 14), quota.trySpend('ada', 16), quota.trySpend('ada', 1), quota.left]).toEqual([
      true,
      true,
      false,
      0,
    ])
    quota.recordSuccess('ada', 14)
    expect([quota.trySpend('ada', 15), quota.left]).toEqual([false, 14])
  })
  test('gets 1 token back for a success, the paid tokens for a retried success, and never exceeds its maximum', () => {
    const quota = new RetryQuota(30, false)
    quota.recordSuccess('ada', 0)
    expect(quota.left).toBe(30)
    quota.trySpend('ada', 20)
    quota.recordSuccess('ada', 0)
    expect(quota.left).toBe(11)
    quota.recordSuccess('ada', 14)
    expect(quota.left).toBe(25)
  })
})

describe('computeBackoffMs', () => {
  const unavailable = new Problem('VENDOR_UNAVAILABLE', 'down')
  const throttled = new Problem('VENDOR_RATE_LIMITED', 'slow')
  test.each([
    [unavailable, 1, [0, 25, 50]],
    [unavailable, 3, [0, 100, 200]],
    [unavailable, 30, [0, 10_000, 20_000]],
    [throttled, 1, [1_000, 1_250, 1_500]],
    [throttled, 2, [2_000, 2_500, 3_000]],
    [throttled, 30, [20_000, 25_000, 30_000]],
  ])('returns the delay after $code in attempt %i', (problem, attempt, expected) => {
    expect([0, 0.5, 1].map((random) => computeBackoffMs(attempt, problem, upstreamLimits, random))).toEqual(expected)
  })
})

describe('maximum number of attempts', () => {
  const limits = { ...upstreamLimits, attempts: 7 }
  const of = (code: Code, details: ProblemDetails = {}) => {
    const problem = new Problem(code, 'no', details)
    return [getReadAttempts(problem, limits), getWriteAttempts(problem, limits)]
  }
  test.each([
    ['VENDOR_UNAVAILABLE', 'not-sent', 7, 7],
    ['VENDOR_TIMEOUT', 'not-sent', 7, 7],
    ['VENDOR_RATE_LIMITED', 'not-sent', 7, 7],
    ['VENDOR_RATE_LIMITED', 'rejected', 7, 7],
    ['VENDOR_UNAVAILABLE', 'rejected', 7, 1],
    ['VENDOR_TIMEOUT', 'unknown', 7, 1],
    ['VENDOR_UNAVAILABLE', 'unknown', 7, 1],
    ['VENDOR_RATE_LIMITED', 'unknown', 7, 1],
    ['VENDOR_TIMEOUT', 'unread', 7, 1],
    ['VENDOR_TLS_ERROR', 'not-sent', 1, 1],
    ['VENDOR_AUTH_FAILED', 'not-sent', 1, 1],
    ['OVERLOADED', 'not-sent', 1, 1],
    ['VENDOR_REJECTED', 'rejected', 1, 1],
    ['VENDOR_BAD_RESPONSE', 'unread', 1, 1],
  ] as const)('after %s with delivery status %s: a read %i, a write %i', (code, delivery, read, write) => {
    expect(of(code, { delivery })).toEqual([read, write])
  })
  test('follows readRetry after a bad response', () => {
    expect(of('VENDOR_BAD_RESPONSE', { delivery: 'unread', readRetry: 'allowed' })).toEqual([7, 1])
    expect(of('VENDOR_BAD_RESPONSE', { delivery: 'unread', readRetry: 'once' })).toEqual([2, 1])
  })
})
