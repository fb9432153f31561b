/** Start (inclusive) and end (exclusive) of a period. */
export interface TimeRange {
  from: Date
  before: Date
}

/**
 * Lists the calendar months in UTC that a period touches, the newest first, such as `2026-11`. A month has the same name in
 * every request, so that it can be a partition of a list.
 */
export function listMonths({ from, before }: TimeRange): string[] {
  const months: string[] = []
  if (from >= before) return months
  const first = formatDate(from).slice(0, 7)
  const last = new Date(before.getTime() - 1)
  for (let index = 0; ; index++) {
    const month = formatDate(new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - index))).slice(0, 7)
    if (month < first) return months
    months.push(month)
  }
}

/** Returns the part of a month in UTC that is in a period. */
export function getMonthRange(month: string, { from, before }: TimeRange): TimeRange {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const first = new Date(Date.UTC(year, number - 1))
  const next = new Date(Date.UTC(year, number))
  return { from: from > first ? from : first, before: before < next ? before : next }
}

/** Returns the first and the last day in UTC of the part of a month that is in a period, such as `2026-11-30`. */
export function listDays(month: string, period: TimeRange): { from: string; to: string } {
  const { from, before } = getMonthRange(month, period)
  return { from: formatDate(from), to: formatDate(new Date(before.getTime() - 1)) }
}

const formatDate = (time: Date): string => time.toISOString().slice(0, 10)
