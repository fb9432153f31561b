import { toReportedRange, type TimeRange } from '../kit/time-range.ts'
import type { SessionFilter } from '../vendor-inputs.ts'

/** TrueConf Server has no older sessions. The clock of a server can be ahead. */
const reported = { earliestTime: Date.UTC(2010, 0), maxClockSkewMs: 15 * 60_000 }

/** Returns the part of a filter's period in which a server can have sessions and recordings. */
export const limitPeriod = (filter: Pick<SessionFilter, 'startedFrom' | 'startedBefore'>): TimeRange =>
  toReportedRange(filter, reported)
