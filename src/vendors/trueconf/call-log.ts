import type { CallContext } from '../../upstream/call-context.ts'
import { path } from '../../upstream/path.ts'
import type { VendorClient } from '../../upstream/vendor-client.ts'
import { readWholeList } from '../kit/read-whole-list.ts'
import { addDayOnBothSides, type TimeRange } from '../kit/time-range.ts'
import { createLogList } from './log-list.ts'
import { formatLogTime } from './log-time.ts'
import { getSessionId } from './session.ts'

/** Maximum number of calls that are read for one list. */
const maxCalls = 20_000
const callLimit = {
  items: maxCalls,
  message: `The call log has more than ${maxCalls} calls in this period. Request a shorter period.`,
}

/** Calls of a conference, or of the whole server. */
export interface CallFilter {
  conferenceId?: string | undefined
  /** Period in which the calls began. */
  period?: TimeRange | undefined
}

/**
 * Reads the calls of the log (`GET /logs/calls`) in any order, including some outside of the period: TrueConf does not document
 * in which time zone it reads dates, so that one more day on both sides is requested.
 */
export function readCalls(client: VendorClient, { conferenceId, period }: CallFilter, call: CallContext) {
  const requested = period && addDayOnBothSides(period)
  const query = {
    named_conf_id: conferenceId,
    date_from: requested && formatLogTime(requested.from),
    date_to: requested && formatLogTime(requested.before),
    sort_field: 'start_time',
    sort_order: 1,
  }
  const log = createLogList(client, {
    target: path`/logs/calls`,
    query,
    subject: { kind: 'conferences', conferenceId },
    permission: 'logs.calls:read',
    getId: getSessionId,
  })
  return readWholeList(log, call, callLimit)
}
