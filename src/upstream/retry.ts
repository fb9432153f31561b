import type { Problem } from '../core/errors.ts'
import type { UpstreamLimits } from './limits.ts'

/**
 * Computes the wait before the next attempt, in milliseconds. It grows exponentially and has full jitter: 0 to 1 times the
 * step. After a rate limit, it is 1 to 1.5 times the step.
 *
 * @param attempt Number of the failed attempt, from 1.
 * @param random 0 to 1.
 */
export function computeBackoffMs(attempt: number, problem: Problem, limits: UpstreamLimits, random: number): number {
  const isRateLimited = problem.code === 'VENDOR_RATE_LIMITED'
  const base = isRateLimited ? limits.throttledBackoffBase : limits.backoffBase
  const step = Math.min(limits.backoffCap, base * 2 ** (attempt - 1))
  return isRateLimited ? step * (1 + random / 2) : step * random
}

/** Whether every call fails until the configuration changes, because the proxy rejects it. */
export const isPermanent = ({ code, retryable }: Problem): boolean => code === 'VENDOR_UNAVAILABLE' && !retryable

/** Returns the maximum number of attempts of a read that failed with this problem. 1: no retry. */
export function getReadAttempts(problem: Problem, limits: UpstreamLimits): number {
  if (isPermanent(problem)) return 1
  switch (problem.code) {
    case 'VENDOR_UNAVAILABLE':
    case 'VENDOR_TIMEOUT':
    case 'VENDOR_RATE_LIMITED':
      return limits.attempts
    case 'VENDOR_BAD_RESPONSE':
      return problem.readRetry === 'allowed' ? limits.attempts : problem.readRetry === 'once' ? 2 : 1
    default:
      return 1
  }
}

/**
 * Returns the maximum number of attempts of a write that failed with this problem. 1: no retry. A write is retried only if
 * it was not sent, or if a rate limit rejected it.
 */
export function getWriteAttempts(problem: Problem, limits: UpstreamLimits): number {
  if (problem.delivery !== 'not-sent' && problem.delivery !== 'rejected') return 1
  if (isPermanent(problem)) return 1
  if (problem.code === 'VENDOR_RATE_LIMITED') return limits.attempts
  const isNetworkError = problem.code === 'VENDOR_UNAVAILABLE' || problem.code === 'VENDOR_TIMEOUT'
  return isNetworkError && problem.delivery === 'not-sent' ? limits.attempts : 1
}
