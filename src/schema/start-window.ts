import { parseRule, weekdays } from '../vendors/kit/rrule.ts'
import type { Conference, Schedule } from '../vendors/vendor.ts'

type Series = Extract<Schedule, { kind: 'recurring' }>

/** Returns the start of a conference, or the next start of a series. Null if the conference has no time. */
export function getStart({ schedule }: Conference): Date | null {
  if (schedule?.kind === 'once') return schedule.startsAt
  return schedule?.kind === 'recurring' ? schedule.nextStartsAt : null
}

/** Whether a conference, or a known occurrence of a series, starts at `from` or later and earlier than `before`. */
export function hasStartWithin(conference: Conference, from: Date | undefined, before: Date | undefined): boolean {
  const isWithin = (start: Date): boolean =>
    (from === undefined || start >= from) && (before === undefined || start < before)
  const { schedule } = conference
  if (schedule?.kind === 'recurring') return listStarts(schedule, from).some(isWithin)
  const start = getStart(conference)
  return start !== null && isWithin(start)
}

const dayMs = 86_400_000

/**
 * Returns the known starts of a series: those that the vendor lists. If it lists none, the next start, and for a weekly series
 * without an end all starts of the week that begins with `from`.
 */
function listStarts({ starts, nextStartsAt, rrule, timeZone }: Series, from: Date | undefined): readonly Date[] {
  if (starts) return starts
  if (!nextStartsAt) return []
  const { freq, interval, count, until, byDay } = parseRule(rrule)
  if (freq !== 'WEEKLY' || interval !== 1 || count !== null || until !== null) return [nextStartsAt]
  const first = getWeekday(nextStartsAt, timeZone ?? 'UTC')
  const days = byDay.length > 0 ? byDay.map(({ day }) => weekdays.indexOf(day)) : [first]
  const skippedDays = Math.max(0, Math.ceil(((from?.getTime() ?? 0) - nextStartsAt.getTime()) / dayMs))
  return Array.from({ length: 7 }, (_, index) => skippedDays + index)
    .filter((offset) => days.includes((first + offset) % 7))
    .map((offset) => new Date(nextStartsAt.getTime() + offset * dayMs))
}

/** Returns the day of the week: 0 for Sunday to 6 for Saturday. */
function getWeekday(instant: Date, timeZone: string): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, weekday: 'short' }).format(instant)
  return weekdays.indexOf(name.slice(0, 2).toUpperCase() as (typeof weekdays)[number])
}
