import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { systemClock } from '../../src/upstream/clock.ts'
import { CallerBreakers } from '../../src/upstream/caller-breakers.ts'
import { ResiliencePolicy, type ResiliencePolicyOptions } from '../../src/upstream/resilience-policy.ts'
import { upstreamLimits } from '../../src/upstream/limits.ts'
import { newCall } from '../support/account.ts'
import * as faults from '../support/faults.ts'
import { expectProblem, fiveIds, problemOf, withRow } from './row.ts'

afterEach(() => vi.useRealTimers())

const call = newCall()
const down = (): Promise<never> => Promise.reject(new Problem('VENDOR_UNAVAILABLE', 'down', { delivery: 'unknown' }))
const missing = (): Promise<never> => Promise.reject(new Problem('NOT_FOUND', 'gone', { delivery: 'rejected' }))
const fine = (): Promise<string> => Promise.resolve('fine')

describe('circuit breaker', () => {
  const createPolicy = (options: Partial<ResiliencePolicyOptions> = {}): ResiliencePolicy => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) })
    const clock = { ...systemClock, now: () => Date.now() }
    return new ResiliencePolicy({ limits: upstreamLimits, clock, random: Math.random, isShared: false, ...options })
  }

  test('opens when half of 20 calls have failed', async () => {
    const policy = createPolicy()
    for (let count = 0; count < 19; count++)
      await policy.execute('', call, count % 2 ? fine : down).catch(() => undefined)
    expect(policy.isBreakerOpen).toBe(false)
    await policy.execute('', call, down).catch(() => undefined)
    expect(policy.isBreakerOpen).toBe(true)
    expect(await problemOf(policy.execute('', call, fine))).toMatchObject({
      code: 'VENDOR_UNAVAILABLE',
      delivery: 'not-sent',
      retryAt: Date.now() + upstreamLimits.breakerPause,
    })
  })

  test('counts a rejection as a success', async () => {
    const policy = createPolicy()
    for (let count = 0; count < 300; count++)
      await policy.execute('', call, count % 3 ? missing : down).catch(() => undefined)
    expect(policy.isBreakerOpen).toBe(false)
  })

  test('sends one probe after the pause and rejects other calls meanwhile', async () => {
    const policy = createPolicy()
    for (let count = 0; count < 20; count++) await policy.execute('', call, down).catch(() => undefined)
    let probes = 0
    const probe = Promise.withResolvers<string>()
    const sendProbe = (): Promise<string> => {
      probes++
      return probe.promise
    }
    vi.setSystemTime(Date.now() + upstreamLimits.breakerPause)
    const probing = policy.execute('', call, sendProbe)
    expect(await problemOf(policy.execute('', call, sendProbe))).toMatchObject({ code: 'VENDOR_UNAVAILABLE' })
    probe.resolve('up again')
    expect(await probing).toBe('up again')
    expect(await policy.execute('', call, fine)).toBe('fine')
    expect(probes).toBe(1)
  })

  test('releases the slot of a call that waited until the circuit breaker was open', async () => {
    const policy = createPolicy({ limits: { ...upstreamLimits, inFlight: 1 } })
    for (let count = 0; count < 19; count++) await policy.execute('', call, down).catch(() => undefined)
    const last = Promise.withResolvers<never>()
    const failing = problemOf(policy.execute('', call, () => last.promise))
    const waiting = problemOf(policy.execute('', call, fine))
    last.reject(new Problem('VENDOR_UNAVAILABLE', 'down', { delivery: 'unknown' }))
    await failing
    expect((await waiting).code).toBe('VENDOR_UNAVAILABLE')
    expect(policy.inFlight).toBe(0)
  })

  test('reports no cooldown for a call that an earlier cooldown rejects', async () => {
    const onCooldown = vi.fn()
    const policy = createPolicy({ onCooldown })
    policy.startCooldown('', Date.now() + 1)
    const late = { ...call, time: { deadline: Date.now() } }
    expect((await problemOf(policy.execute('', late, fine))).code).toBe('VENDOR_RATE_LIMITED')
    expect(policy.rateLimitedUntil).toBe(Date.now() + 1)
    expect(onCooldown).not.toHaveBeenCalled()
  })

  test('closes for all callers although one caller keeps failing after an outage', async () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) })
    const breakers = new CallerBreakers(upstreamLimits, { ...systemClock, now: () => Date.now() })
    const fail = (caller: string) => breakers.execute(caller, down).catch(() => undefined)
    for (let count = 0; count < 20; count++) await fail('greedy')
    for (const caller of ['ada', 'bob', 'cyd']) for (let count = 0; count < 5; count++) await fail(caller)
    expect(breakers.findOpenUntil('eve')).toBe(Date.now() + upstreamLimits.breakerPause)
    vi.setSystemTime(Date.now() + upstreamLimits.breakerPause)
    await fail('greedy')
    expect(breakers.findOpenUntil('greedy')).not.toBeNull()
    expect(breakers.findOpenUntil('eve')).toBeNull()
    expect(await breakers.execute('ada', fine)).toBe('fine')
    expect(breakers.findOpenUntil('eve')).toBeNull()
  })

  test('lets one call of any caller through after the pause', async () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) })
    const breakers = new CallerBreakers(upstreamLimits, { ...systemClock, now: () => Date.now() })
    let calls = 0
    const fail = (caller: string) => breakers.execute(caller, () => (calls++, down())).catch(() => undefined)
    const callers = ['ada', 'bob', 'cyd', 'dan']
    for (const caller of callers) for (let count = 0; count < 5; count++) await fail(caller)
    expect(breakers.isOpen).toBe(true)
    for (let pause = 1; pause <= 3; pause++) {
      vi.setSystemTime(Date.now() + upstreamLimits.breakerPause)
      for (const caller of callers) if (breakers.findOpenUntil(caller) === null) await fail(caller)
      expect(calls).toBe(20 + pause)
    }
  })

  test('counts the calls of each caller again in every window', async () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) })
    const breakers = new CallerBreakers(upstreamLimits, { ...systemClock, now: () => Date.now() })
    const callers = ['ada', 'bob', 'cyd', 'dan']
    for (const caller of callers) for (let count = 0; count < 5; count++) await breakers.execute(caller, fine)
    vi.setSystemTime(Date.now() + upstreamLimits.breakerWindow + 1)
    for (const caller of callers)
      for (let count = 0; count < 5; count++) await breakers.execute(caller, down).catch(() => undefined)
    expect(breakers.isOpen).toBe(true)
  })

  test('limits the calls to a vendor that is down for 60 s at 50 operations per second', async () => {
    const policy = createPolicy()
    let calls = 0
    const dead = (): Promise<never> => {
      calls++
      return down()
    }
    let openedAfter: number | null = null
    for (let operation = 0; operation < 3_000; operation++) {
      await policy.execute('', call, dead).catch(() => undefined)
      if (policy.isBreakerOpen) openedAfter ??= operation * 20
      vi.setSystemTime(Date.now() + 20)
    }
    expect(openedAfter).toBeLessThanOrEqual(1_000)
    expect(calls).toBeLessThanOrEqual(20 + 12)
  })
})

test('rejects calls without an HTTP request while the circuit breaker is open', () =>
  withRow({ limits: { breakerFailures: 0.5 } }, async (row) => {
    // The circuit breaker lets a probe through after 5 s.
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    row.server.script({ kind: faults.reply({ status: 500 }) })
    for (let operation = 0; operation < 40; operation++) await problemOf(row.read())
    const problem = await problemOf(row.write())
    expectProblem(problem, { code: 'VENDOR_UNAVAILABLE', delivery: 'not-sent', status: null })
    expect(problem.retryAt).toBeGreaterThan(Date.now())
    expect(row.upstream.getHealth().isBreakerOpen).toBe(true)
    expect(row.server.ledger.requests.length).toBeLessThanOrEqual(22)
  }))

describe('bulkhead', () => {
  test('fails with OVERLOADED after the queue timeout and does not send the request later', () =>
    withRow({ limits: { inFlight: 1, queue: 2, queueWait: 100 } }, async (row) => {
      row.server.script({ kind: faults.silent, times: 1 })
      const leaving = new AbortController()
      const first = problemOf(row.write(row.call().fork({ signal: leaving.signal })))
      const others = [problemOf(row.write()), problemOf(row.write()), problemOf(row.read())]
      const problems = await Promise.all(others)
      for (const problem of problems) expectProblem(problem, { code: 'OVERLOADED', delivery: 'not-sent' })
      await vi.waitFor(() => expect(row.server.ledger.requests).toHaveLength(1))
      leaving.abort()
      expectProblem(await first, { code: 'DEADLINE_EXCEEDED', delivery: 'unknown' })
      expect(row.server.ledger.requests).toHaveLength(1)
      expect(await row.read()).toEqual(fiveIds)
      expect(row.upstream.getHealth()).toMatchObject({ inFlight: 0, queued: 0 })
    }))
})
