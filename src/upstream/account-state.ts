import type { Problem } from '../core/errors.ts'
import { isPermanent } from './retry.ts'

/** States of an account. The names are those of `HealthState` in the schema, of metrics, and of log lines. */
export const accountStates = ['UNUSED', 'OK', 'DEGRADED', 'RATE_LIMITED', 'UNAVAILABLE', 'MISCONFIGURED'] as const

export type AccountState = (typeof accountStates)[number]

/** Health of an account, as observed by this process. */
export interface Health {
  /** Number of vendor calls that this process has sent, including retries, without token requests. */
  calls: number
  /** In milliseconds since the epoch. Null if no token is cached or if it does not expire. */
  tokenExpiresAt: number | null
  /** End of the last cooldown, in milliseconds since the epoch. Null if none is in effect. */
  rateLimitedUntil: number | null
  isBreakerOpen: boolean
  /** Vendor error of the most recent call. Null if it succeeded. */
  problem: Problem | null
  /** Most recent vendor error, even if later calls succeeded. */
  lastProblem: Problem | null
  inFlight: number
  queued: number
  /** Tokens that are left for retries. */
  retryQuota: number
}

/** Computes the state of an account from the results of its vendor calls. */
export function computeAccountState({
  rateLimitedUntil,
  isBreakerOpen: breakerOpen,
  problem,
  calls,
  inFlight,
}: Health): AccountState {
  if (rateLimitedUntil !== null) return 'RATE_LIMITED'
  if (breakerOpen) return 'UNAVAILABLE'
  // A call in flight has no result yet.
  if (!problem) return calls <= inFlight ? 'UNUSED' : 'OK'
  if (isPermanent(problem)) return 'MISCONFIGURED'
  if (problem.code === 'VENDOR_TLS_ERROR' || (problem.code === 'VENDOR_AUTH_FAILED' && !problem.retryable))
    return 'MISCONFIGURED'
  if (['VENDOR_UNAVAILABLE', 'VENDOR_TIMEOUT', 'VENDOR_AUTH_FAILED'].includes(problem.code)) return 'UNAVAILABLE'
  return 'DEGRADED'
}
