import { getDays, intersect, type TimeRange } from './time-range.ts'

/**
 * Lists the calendar months in UTC that a period touches, the newest first, such as `2026-11`. A month has the same name in
 * every request, so that it can be a partition of a list.
 */
export function listMonths({ from, before }: TimeRange): string[] {
  const months: string[] = []
  if (from >= before) return months
  const first = toMonth(from)
  const last = new Date(before.getTime() - 1)
  for (let index = 0; ; index++) {
    const month = toMonth(new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - index)))
    if (month < first) return months
    months.push(month)
  }
}

/** Returns the name of the month in UTC that contains a time. */
export const toMonth = (time: Date): string => time.toISOString().slice(0, 7)

/** Returns the part of a month in UTC that is in a period. */
export function getMonthRange(month: string, period: TimeRange): TimeRange {
  const first = new Date(month)
  const next = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1))
  return intersect({ from: first, before: next }, period)
}

/** Returns the first and the last day in UTC of the part of a month that is in a period, such as `2026-11-30`. */
export const listDays = (month: string, period: TimeRange): { from: string; to: string } =>
  getDays(getMonthRange(month, period))
