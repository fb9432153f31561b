import type { Problem } from '../core/errors.ts'
import type { UpstreamLimits } from './limits.ts'

/** Full jitter: anywhere from 0 to the step; for a throttled call from the step to half more. `random` from 0 to 1. */
export function computeBackoffMs(attempt: number, problem: Problem, limits: UpstreamLimits, random: number): number {
  const throttled = problem.code === 'VENDOR_RATE_LIMITED'
  const base = throttled ? limits.throttledBackoffBase : limits.backoffBase
  const step = Math.min(limits.backoffCap, base * 2 ** (attempt - 1))
  return throttled ? step * (1 + random / 2) : step * random
}

/** Whether the proxy in front of the vendor rejects every call. */
export const isPermanent = ({ code, retryable }: Problem): boolean => code === 'VENDOR_UNAVAILABLE' && !retryable

/** How many attempts a read is worth after this problem; 1 is "do not ask again". */
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

/** A write is sent again only where nothing left us, or it was held back or refused for its rate. */
export function getWriteAttempts(problem: Problem, limits: UpstreamLimits): number {
  if (problem.delivery !== 'not-sent' && problem.delivery !== 'rejected') return 1
  if (isPermanent(problem)) return 1
  if (problem.code === 'VENDOR_RATE_LIMITED') return limits.attempts
  const network = problem.code === 'VENDOR_UNAVAILABLE' || problem.code === 'VENDOR_TIMEOUT'
  return network && problem.delivery === 'not-sent' ? limits.attempts : 1
}
