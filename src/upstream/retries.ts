import type { Problem } from '../core/errors.ts'
import type { CallContext } from './call-context.ts'
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

/** An attempt after which the request can be sent again, or not. */
export interface FailedAttempt {
  request: VendorRequest
  call: CallContext
  problem: Problem
  /** Counts from 1. */
  attempt: number
  maxAttempts: number
}

/** Decides whether and when an account's failed requests are sent again. */
export class Retries {
  readonly #options: RetriesOptions

  constructor(options: RetriesOptions) {
    this.#options = options
  }

  /**
   * Waits before the next attempt, and returns what it takes from the quota.
   *
   * @throws The attempt's problem if there is no other attempt.
   */
  async wait({ request, call, problem, attempt: number, maxAttempts }: FailedAttempt): Promise<number> {
    const { limits, clock, random, policy: gate, quota } = this.#options
    const { caller, time, signal } = call
    if (isBodyConsumed(request) || gate.isBreakerOpenFor(caller) || number >= maxAttempts) throw problem
    const isThrottled = problem.code === 'VENDOR_RATE_LIMITED'
    const pause = Math.max(computeBackoffMs(number, problem, limits, random()), (problem.retryAt ?? 0) - clock.now())
    const runs = isThrottled ? 0 : limits.attemptTimeout
    if (clock.now() + pause + runs > time.deadline) throw problem
    const cost = isThrottled ? limits.throttledRetryCost : limits.retryCost
    if (!quota.trySpend(caller, cost)) throw problem
    // The gate holds the call back until then. Waiting here would let calls past it that came later.
    if (isThrottled && (number === 1 || problem.retryAt !== null)) return cost
    await clock.sleep(pause, signal)
    return cost
  }
}
