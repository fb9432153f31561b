import type { Problem } from '../core/errors.ts'
import type { SendContext } from './call-context.ts'
import type { Clock } from './clock.ts'
import type { ResiliencePolicy } from './resilience-policy.ts'
import type { UpstreamLimits } from './limits.ts'
import { isBodyConsumed, type VendorRequest } from './request.ts'
import { computeBackoffMs } from './retry.ts'
import type { RetryQuota } from './retry-quota.ts'

export interface RetriesOptions {
  limits: UpstreamLimits
  clock: Clock
  random: () => number
  policy: ResiliencePolicy
  quota: RetryQuota
}

/** A failed attempt of a request. */
export interface FailedAttempt {
  request: VendorRequest
  call: SendContext
  problem: Problem
  /** Counts from 1. */
  attempt: number
  maxAttempts: number
}

/** Decides whether and when an account's failed requests are retried. */
export class Retries {
  readonly #options: RetriesOptions

  constructor(options: RetriesOptions) {
    this.#options = options
  }

  /**
   * Waits before the next attempt, and returns the tokens that it took from the retry quota.
   *
   * @throws The problem of the attempt, if the request is not retried.
   */
  async wait({ request, call, problem, attempt, maxAttempts }: FailedAttempt): Promise<number> {
    const { limits, clock, random, policy, quota } = this.#options
    const { caller, time, signal } = call
    if (isBodyConsumed(request) || attempt >= maxAttempts) throw problem
    if (policy.isBreakerOpenFor(caller)) return rejectForCaller(call, problem)
    const isRateLimited = problem.code === 'VENDOR_RATE_LIMITED'
    const pauseMs = Math.max(computeBackoffMs(attempt, problem, limits, random()), (problem.retryAt ?? 0) - clock.now())
    const attemptMs = isRateLimited ? 0 : limits.attemptTimeout
    if (clock.now() + pauseMs + attemptMs > time.deadline) throw problem
    const cost = isRateLimited ? limits.throttledRetryCost : limits.retryCost
    if (!quota.trySpend(caller, cost)) return rejectForCaller(call, problem)
    // The resilience policy makes the call wait for the cooldown. A wait here would let later calls overtake it.
    if (isRateLimited && (attempt === 1 || problem.retryAt !== null)) return cost
    await clock.sleep(pauseMs, signal)
    return cost
  }
}

/** @throws The problem, for which another caller's request would be retried. */
function rejectForCaller(call: SendContext, problem: Problem): never {
  call.onCallerLimit?.()
  throw problem
}
