import { hash } from 'node:crypto'
import { createOccurrenceId } from '../kit/occurrences.ts'
import type { Occurrence, OccurrencePeriod } from '../vendor-objects.ts'

/** A weekly schedule without an end, at a fixed UTC offset. */
export interface WeeklySchedule {
  conferenceId: string
  /** A start of the series. The others are at the same time of day. No start is between now and this one. */
  start: Date
  /** Weekdays at the UTC offset. 0 is Sunday. */
  weekdays: readonly number[]
  /** UTC offset in minutes east. */
  offsetMinutes: number
  durationMinutes: number | null
  /** Before it, there are no occurrences. Null if it is not known, so that past occurrences are not, either. */
  createdAt: Date | null
}

const dayMs = 86_400_000
/** The latest time that a date can represent. */
const lastTime = 8.64e15 - 2 * dayMs

/** Computes the occurrences of a weekly schedule that start in a period, earliest first. The period can be without an end. */
export function* computeWeeklyOccurrences(
  schedule: WeeklySchedule,
  { startsFrom, startsBefore }: OccurrencePeriod,
  now = Date.now(),
): Generator<Occurrence, undefined> {
  const { conferenceId, start, durationMinutes, weekdays } = schedule
  if (weekdays.length === 0) return
  const version = hash('sha256', formatVersion(schedule), 'base64url').slice(0, 8)
  const from = Math.max(startsFrom.getTime(), findFirstStart(schedule, now))
  const end = startsBefore?.getTime() ?? lastTime
  for (let time = alignTo(start.getTime(), from); time < end; time += dayMs) {
    if (!weekdays.includes(getWeekday(time, schedule.offsetMinutes))) continue
    const startsAt = new Date(time)
    const vendorId = createOccurrenceId(startsAt, version)
    yield { vendorId, conferenceId, startsAt, durationMinutes, cancelled: false }
  }
}

/** Returns the start of the next occurrence. Null if there is none. */
export function computeNextStart(schedule: WeeklySchedule, now = Date.now()): Date | null {
  return computeWeeklyOccurrences(schedule, { startsFrom: new Date(now) }, now).next().value?.startsAt ?? null
}

/** Returns a time before which the series has no start. If a weekday before `start` is skipped, the series has not begun. */
function findFirstStart(schedule: WeeklySchedule, now: number): number {
  const start = schedule.start.getTime()
  for (let time = alignTo(start, now); time < start; time += dayMs)
    if (schedule.weekdays.includes(getWeekday(time, schedule.offsetMinutes))) return start
  return schedule.createdAt?.getTime() ?? now
}

/** Returns the first time at or after `from` that has the time of day of `start`. */
const alignTo = (start: number, from: number): number => start + Math.ceil((from - start) / dayMs) * dayMs

/** Returns the day of the week at a UTC offset, in minutes east. 0 is Sunday. @param time In milliseconds since the epoch. */
export const getWeekday = (time: number, offsetMinutes: number): number =>
  new Date(time + offsetMinutes * 60_000).getUTCDay()

/** Formats what distinguishes the occurrences of a schedule from those of an earlier one. */
const formatVersion = ({ start, weekdays, offsetMinutes, durationMinutes }: WeeklySchedule): string =>
  JSON.stringify([start.getTime() % dayMs, weekdays.toSorted(), offsetMinutes, durationMinutes])
