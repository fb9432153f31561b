/** Start (inclusive) and end (exclusive) of a period. */
export interface TimeRange {
  from: Date
  before: Date
}

/** When a vendor can have sessions. */
interface ReportedTime {
  /** Start of the oldest sessions, in milliseconds since the epoch. */
  earliestTime: number
  /** How far the clock of the vendor can be ahead, in milliseconds. */
  maxClockSkewMs: number
}

/** Returns the part of a filter's period in which a vendor can have sessions. */
export function toReportedRange(
  { startedFrom, startedBefore }: { startedFrom?: Date; startedBefore?: Date },
  { earliestTime, maxClockSkewMs }: ReportedTime,
): TimeRange {
  const reported = { from: new Date(earliestTime), before: new Date(Date.now() + maxClockSkewMs) }
  return intersect(reported, { from: startedFrom ?? reported.from, before: startedBefore ?? reported.before })
}

/** Returns the time that is in both ranges. If there is none, its start is not earlier than its end. */
export const intersect = (a: TimeRange, b: TimeRange): TimeRange => ({
  from: a.from > b.from ? a.from : b.from,
  before: a.before < b.before ? a.before : b.before,
})

/** Whether a time is in a range. Null, a time that is not known, is in none. */
export const isInRange = (time: Date | null, { from, before }: TimeRange): boolean =>
  time !== null && time >= from && time < before

const dayMs = 86_400_000

/** Adds one day on both sides, for a vendor of which it is not documented in which time zone it reads days. */
export const addDayOnBothSides = ({ from, before }: TimeRange): TimeRange => ({
  from: new Date(from.getTime() - dayMs),
  before: new Date(before.getTime() + dayMs),
})

/** Returns the first and the last day in UTC of a range, such as `2026-11-30`. */
export const getDays = ({ from, before }: TimeRange): { from: string; to: string } => ({
  from: formatDay(from),
  to: formatDay(new Date(before.getTime() - 1)),
})

const formatDay = (time: Date): string => time.toISOString().slice(0, 10)
