import { isPermanent } from './retry.ts'
import type { Health } from './upstream.ts'

/** States of an account. The names are those of `HealthState` in the schema, of metrics, and of log lines. */
export const accountStates = ['UNUSED', 'OK', 'DEGRADED', 'RATE_LIMITED', 'UNAVAILABLE', 'MISCONFIGURED'] as const

export type AccountState = (typeof accountStates)[number]

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
