import { Problem } from '../../core/errors.ts'
import type { Session } from '../vendor.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** Zoom completes a report some minutes after the session. After so long, it is not expected anymore. */
const maxReportDelayMs = 24 * hourMs

/**
 * Creates the problem of a report that does not exist or is incomplete: `NOT_READY`, or `VENDOR_BAD_RESPONSE` if the session
 * began more than 24 hours ago.
 */
export function createUnfinishedReportProblem({ startedAt, endedAt }: Session, now = Date.now()): Problem {
  const start = startedAt ?? endedAt
  if (start && now - start.getTime() > maxReportDelayMs) {
    const message =
      'The vendor has no complete attendance report of this session, although the session began more than 24 hours ago.'
    return new Problem('VENDOR_BAD_RESPONSE', message, { retryable: false })
  }
  const ageMs = now - ((endedAt ?? startedAt)?.getTime() ?? now)
  // The longer the session is over, the longer is the wait.
  const retryAt = now + Math.min(Math.max(ageMs, minuteMs), hourMs)
  const message =
    'The vendor is still preparing the attendance report of this session. Retry after the time in "retryAt".'
  return new Problem('NOT_READY', message, { retryAt })
}
