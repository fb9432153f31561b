import type { TimeRange } from '../kit/months.ts'

const dayMs = 86_400_000

/**
 * Lists the halves of months in UTC that a period touches, the newest first, by their first days, such as `2026-11-16`. A half
 * has the same name in every request, so that it can be a partition of a list.
 */
export function listHalfMonths({ from, before }: TimeRange): string[] {
  const names: string[] = []
  for (let start = findStart(new Date(before.getTime() - 1)); ; start = findStart(new Date(start.getTime() - 1))) {
    names.push(formatDate(start))
    if (start <= from) return names
  }
}

/** Returns the part of a half month that is in a period. */
export function cutHalfMonth(name: string, { from, before }: TimeRange): TimeRange {
  const start = new Date(name)
  const isFirst = start.getUTCDate() === 1
  const end = isFirst ? start.getTime() + 15 * dayMs : Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1)
  return {
    from: new Date(Math.max(start.getTime(), from.getTime())),
    before: new Date(Math.min(end, before.getTime())),
  }
}

/**
 * Returns the first and the last day to request for a range of at most half a month: one more on both sides, because it is not
 * documented in which time zone Zoom reads days. These are at most 19 days.
 */
export const listRequestedDays = ({ from, before }: TimeRange): { from: string; to: string } => ({
  from: formatDate(new Date(from.getTime() - dayMs)),
  to: formatDate(new Date(before.getTime() - 1 + dayMs)),
})

/** Returns the start of the half month that contains a time. */
const findStart = (time: Date): Date =>
  new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate() < 16 ? 1 : 16))

const formatDate = (time: Date): string => time.toISOString().slice(0, 10)
