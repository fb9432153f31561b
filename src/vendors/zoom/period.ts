import { toReportedRange, type TimeRange } from '../kit/time-range.ts'
import type { SessionFilter } from '../vendor-inputs.ts'

/** Zoom has no older sessions and recordings. Two clocks that are set by NTP differ by much less. */
const reported = { earliestTime: Date.UTC(2013, 0), maxClockSkewMs: 300_000 }

/** Returns the part of a filter's period in which Zoom can have sessions and recordings. */
export const toReportedPeriod = (filter: Pick<SessionFilter, 'startedFrom' | 'startedBefore'>): TimeRange =>
  toReportedRange(filter, reported)
