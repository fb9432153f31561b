import { Problem } from '../../core/errors.ts'
import type { Session } from '../vendor-objects.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** Zoom completes a report some minutes after the session. After so long, it is not expected anymore. */
const maxReportDelayMs = 24 * hourMs

/** Whether the report of a session must be complete now. */
export function isReportDue({ startedAt, endedAt }: Session, now = Date.now()): boolean {
  const start = startedAt ?? endedAt
  return start !== null && now - start.getTime() > maxReportDelayMs
}

/** Creates the problem of a report that does not exist or is incomplete: `NOT_READY`, or `VENDOR_BAD_RESPONSE` if it is due. */
export function createUnfinishedReportProblem(session: Session, now = Date.now()): Problem {
  if (isReportDue(session, now)) {
    const message =
      'The vendor has no complete attendance report of this session, although the session began more than 24 hours ago.'
    return new Problem('VENDOR_BAD_RESPONSE', message, { retryable: false })
  }
  const end = session.endedAt ?? session.startedAt
  // The longer the session is over, the longer is the wait.
  const waitMs = Math.min(Math.max(now - (end?.getTime() ?? now), minuteMs), hourMs)
  const message =
    'The vendor is still preparing the attendance report of this session. Retry after the time in "retryAt".'
  return new Problem('NOT_READY', message, { retryAt: now + waitMs })
}
