import type { TimeRange } from '../kit/months.ts'

/** Zoom has no older sessions and recordings. */
const earliestTime = Date.UTC(2013, 0)
/** Difference between two clocks that are set by NTP, with a wide margin. */
const maxClockSkewMs = 300_000

/** Returns the part of a filter's period in which Zoom can have sessions and recordings. Zoom's clock can be ahead. */
export function toReportedPeriod({
  startedFrom,
  startedBefore,
}: {
  startedFrom?: Date
  startedBefore?: Date
}): TimeRange {
  return {
    from: new Date(Math.max(startedFrom?.getTime() ?? earliestTime, earliestTime)),
    before: new Date(Math.min(startedBefore?.getTime() ?? Infinity, Date.now() + maxClockSkewMs)),
  }
}
