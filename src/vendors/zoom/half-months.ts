import { getMonthRange, listMonths } from '../kit/months.ts'
import { addDayOnBothSides, getDays, intersect, type TimeRange } from '../kit/time-range.ts'

/**
 * Lists the halves of months in UTC that a period touches, the newest first, by their first days, such as `2026-11-16`. A half
 * has the same name in every request, so that it can be a partition of a list.
 */
export const listHalfMonths = (period: TimeRange): string[] =>
  listMonths(period)
    .flatMap((month) => [`${month}-16`, `${month}-01`])
    .filter((name) => {
      const { from, before } = cutHalfMonth(name, period)
      return from < before
    })

/** Returns the part of a half month that is in a period. */
export function cutHalfMonth(name: string, period: TimeRange): TimeRange {
  const month = name.slice(0, 7)
  const middle = new Date(`${month}-16`)
  const part = getMonthRange(month, period)
  return intersect(part, name.endsWith('-01') ? { ...part, before: middle } : { ...part, from: middle })
}

/**
 * Returns the first and the last day to request for a range of at most half a month. These are at most 19 days, and none is
 * later than today in UTC, because a report can reject a day in the future.
 */
export function listRequestedDays(range: TimeRange, now = new Date()): { from: string; to: string } {
  const { from, to } = getDays(addDayOnBothSides(range))
  const { to: today } = getDays({ from: now, before: new Date(now.getTime() + 1) })
  return { from, to: to < today ? to : today }
}
