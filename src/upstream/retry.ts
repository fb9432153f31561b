import type { Problem } from '../errors.ts'
import type { UpstreamLimits } from './limits.ts'

/**
 * What an account may spend on retries: a bucket that a retry empties and a clean success fills, so that a dead vendor
 * is asked hardly more often than it would be without retries.
 */
export class RetryQuota {
  readonly #whole: number
  #most: number
  #left: number
  constructor(most: number) {
    this.#left = this.#most = this.#whole = most
  }
  get left(): number {
    return this.#left
  }
  /** So many processes serve the account: each has its part of the bucket. */
  divide(processes: number): void {
    this.#most = this.#whole / processes
    this.#left = Math.min(this.#left, this.#most)
  }
  /** False where the bucket cannot pay; nothing is taken then. */
  take(cost: number): boolean {
    if (this.#left < cost) return false
    this.#left -= cost
    return true
  }
  /** `paid`: what the call's last retry cost; it comes back when that retry succeeded. */
  success(paid: number): void {
    this.#left = Math.min(this.#most, this.#left + (paid || 1))
  }
}

/** Full jitter: anywhere from 0 to the step; for a throttled call from the step to half more. `random` from 0 to 1. */
export function backoff(attempt: number, problem: Problem, limits: UpstreamLimits, random: number): number {
  const throttled = problem.code === 'VENDOR_RATE_LIMITED'
  const base = throttled ? limits.throttledBackoffBase : limits.backoffBase
  const step = Math.min(limits.backoffCap, base * 2 ** (attempt - 1))
  return throttled ? step * (1 + random / 2) : step * random
}

/** How many attempts a read is worth after this problem; 1 is "do not ask again". */
export function readAttempts(problem: Problem, limits: UpstreamLimits): number {
  switch (problem.code) {
    case 'VENDOR_UNAVAILABLE':
    case 'VENDOR_TIMEOUT':
    case 'VENDOR_RATE_LIMITED':
      return limits.attempts
    case 'VENDOR_BAD_RESPONSE':
      return problem.again === 'freely' ? limits.attempts : problem.again === 'once' ? 2 : 1
    default:
      return 1
  }
}

/** A write is sent again only where nothing left us, or it was held back or refused for its rate. */
export function writeAttempts(problem: Problem, limits: UpstreamLimits): number {
  if (problem.evidence !== 'not-sent' && problem.evidence !== 'refused') return 1
  if (problem.code === 'VENDOR_RATE_LIMITED') return limits.attempts
  const network = problem.code === 'VENDOR_UNAVAILABLE' || problem.code === 'VENDOR_TIMEOUT'
  return network && problem.evidence === 'not-sent' ? limits.attempts : 1
}
