import { parseRule, weekdays } from '../vendors/kit/rrule.ts'
import type { Conference, Schedule } from '../vendors/vendor.ts'

type Series = Extract<Schedule, { kind: 'recurring' }>

/** When a conference starts, or next starts; null if it has no time. */
export function getStart({ schedule }: Conference): Date | null {
  if (schedule?.kind === 'once') return schedule.startsAt
  return schedule?.kind === 'recurring' ? schedule.nextStartsAt : null
}

/** Whether a conference, or any occurrence of a series, starts at `from` or later and earlier than `before`. */
export function hasStartWithin(conference: Conference, from: Date | undefined, before: Date | undefined): boolean {
  const isWithin = (start: Date): boolean =>
    (from === undefined || start >= from) && (before === undefined || start < before)
  const { schedule } = conference
  if (schedule?.kind === 'recurring') return startsWithin(schedule, from).some(isWithin)
  const start = getStart(conference)
  return start !== null && isWithin(start)
}

const day = 86_400_000

/** The starts that the vendor lists; else the next start, and those of a week from `from` on if the series is weekly. */
function startsWithin({ starts, nextStartsAt, rrule, timeZone }: Series, from: Date | undefined): readonly Date[] {
  if (starts) return starts
  if (!nextStartsAt) return []
  const { freq, interval, count, until, byDay } = parseRule(rrule)
  if (freq !== 'WEEKLY' || interval !== 1 || count !== null || until !== null) return [nextStartsAt]
  const first = dayOfWeek(nextStartsAt, timeZone ?? 'UTC')
  const wanted = byDay.length > 0 ? byDay.map((one) => weekdays.indexOf(one.day)) : [first]
  const skipped = Math.max(0, Math.ceil(((from?.getTime() ?? 0) - nextStartsAt.getTime()) / day))
  return Array.from({ length: 7 }, (_, index) => skipped + index)
    .filter((days) => wanted.includes((first + days) % 7))
    .map((days) => new Date(nextStartsAt.getTime() + days * day))
}

/** From Sunday, 0. */
function dayOfWeek(instant: Date, timeZone: string): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, weekday: 'short' }).format(instant)
  return weekdays.indexOf(name.slice(0, 2).toUpperCase() as (typeof weekdays)[number])
}
