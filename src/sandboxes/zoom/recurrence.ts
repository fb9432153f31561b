import { day, fromWallClock, toWallClock } from './time.ts'

export interface Recurrence {
  /** 1 daily, 2 weekly, 3 monthly. */
  type: number
  repeat_interval?: number | undefined
  /** Comma-separated days. 1 is Sunday. */
  weekly_days?: string | undefined
  monthly_day?: number | undefined
  /** -1 is the last week. */
  monthly_week?: number | undefined
  monthly_week_day?: number | undefined
  end_times?: number | undefined
  end_date_time?: string | undefined
}

/** Maximum number of occurrences that Zoom stores for a series. */
const maxOccurrences = 50

/** Returns the starts of a series in milliseconds since the epoch, at the same local time in the time zone. */
export function computeOccurrenceStarts(start: number, timeZone: string, rule: Recurrence): number[] {
  const first = toWallClock(start, timeZone)
  const until = rule.end_date_time ? Date.parse(rule.end_date_time) : Number.POSITIVE_INFINITY
  // 0 is a series without an end.
  const times = rule.end_times ?? (rule.end_date_time ? 0 : 1)
  const count = Math.min(times || maxOccurrences, maxOccurrences)
  const starts: number[] = []
  for (let days = 0; days < 20_000 && starts.length < count; days++) {
    const wall = first + days * day
    if (!matches(rule, new Date(first), new Date(wall), days)) continue
    const at = fromWallClock(wall, timeZone)
    if (at > until) break
    starts.push(at)
  }
  return starts
}

function matches(rule: Recurrence, first: Date, wall: Date, days: number): boolean {
  const interval = rule.repeat_interval ?? 1
  if (rule.type === 1) return days % interval === 0
  if (rule.type === 2) {
    const week = Math.floor((days + first.getUTCDay()) / 7)
    const weekdays = rule.weekly_days?.split(',').map(Number) ?? [first.getUTCDay() + 1]
    return week % interval === 0 && weekdays.includes(wall.getUTCDay() + 1)
  }
  const months = (wall.getUTCFullYear() - first.getUTCFullYear()) * 12 + wall.getUTCMonth() - first.getUTCMonth()
  if (months % interval !== 0) return false
  if (rule.monthly_week === undefined) return wall.getUTCDate() === (rule.monthly_day ?? first.getUTCDate())
  if (wall.getUTCDay() + 1 !== rule.monthly_week_day) return false
  if (rule.monthly_week > 0) return Math.ceil(wall.getUTCDate() / 7) === rule.monthly_week
  return new Date(wall.getTime() + 7 * day).getUTCMonth() !== wall.getUTCMonth()
}
