import { toCount, toNumber, toText, type UnreadFields } from '../kit/lenient.ts'
import { toShortList } from '../kit/short-list.ts'
import { parseRule, weekdays } from '../kit/rrule.ts'
import { simplifyRule } from '../kit/simplify-rule.ts'
import { getOffsetMinutes } from '../kit/time-zone.ts'
import type { ConferenceState, NewSchedule, Schedule } from '../vendor.ts'
import { createUnsupportedInputProblem } from '../kit/problems.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import { validateTimes } from '../kit/validate-times.ts'

/** Days of the week as the vendor and as RFC 5545 write them, from Sunday. */
const dayNames = [
  ['sunday', 'SU'],
  ['monday', 'MO'],
  ['tuesday', 'TU'],
  ['wednesday', 'WE'],
  ['thursday', 'TH'],
  ['friday', 'FR'],
  ['saturday', 'SA'],
] as const
const codeByDay = new Map<string | null, string>(dayNames)

/** `type`: -1 a room, 0 every week, 1 once. Times in seconds since the epoch, offsets in minutes east of UTC. */
type ScheduleItem = UnreadFields<'type' | 'start_time' | 'duration' | 'days' | 'time_offset' | 'special_time_offset'>

export const isRoom = ({ type }: UnreadFields<'type'>): boolean => toText(type) === '-1'

/** Null where it cannot be told. `since`: when the room was made. */
export function readSchedule(item: ScheduleItem | null, since: Date | null): Schedule | null {
  if (item === null) return null
  if (isRoom(item)) return { kind: 'permanent', since }
  const type = toText(item.type)
  if (type !== '0' && type !== '1') return null
  const startsAt = parseTimestamp(item.start_time)
  const duration = toCount(item.duration)
  const durationMinutes = duration === null ? null : Math.ceil(duration / 60)
  const timeZone = toTimeZone(toNumber(item.special_time_offset) ?? toNumber(item.time_offset))
  if (type === '1') return startsAt && { kind: 'once', startsAt, durationMinutes, timeZone }
  const named = toShortList(item.days, (day) => codeByDay.get(toText(day)?.toLowerCase() ?? null) ?? null) ?? []
  const rrule = named.length > 0 ? `FREQ=WEEKLY;BYDAY=${named.join(',')}` : 'FREQ=WEEKLY'
  return { kind: 'recurring', rrule, nextStartsAt: startsAt, durationMinutes, timeZone }
}

/** The zone of a fixed offset; there are names for whole hours only. */
function toTimeZone(minutes: number | null): string | null {
  if (minutes === 0) return 'Etc/UTC'
  const hours = minutes === null ? NaN : minutes / 60
  if (!Number.isInteger(hours) || hours < -12 || hours > 14) return null
  // POSIX: the sign is that of the way to UTC.
  return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
}

/** What `stopped` means: the vendor has one word for what is to come and what is over. */
export function toConferenceState(word: string | null, schedule: Schedule | null): ConferenceState {
  if (word === 'running') return 'RUNNING'
  if (word !== 'stopped' || schedule === null) return 'UNKNOWN'
  if (schedule.kind === 'permanent') return 'IDLE'
  if (schedule.kind === 'recurring') return 'SCHEDULED'
  const endsAt = schedule.startsAt.getTime() + (schedule.durationMinutes ?? 0) * 60_000
  return endsAt < Date.now() ? 'ENDED' : 'SCHEDULED'
}

/** A conference without a time. */
export const roomSchedule = { type: -1 }

/** A schedule in the vendor's words. Throws BAD_USER_INPUT, UNSUPPORTED_BY_VENDOR. */
export function toScheduleBody(schedule: NewSchedule): Record<string, unknown> {
  if (schedule.kind === 'permanent') return roomSchedule
  const place = ['schedule', schedule.kind === 'once' ? 'oneTime' : 'recurring']
  const { startsAt, durationMinutes, timeZone } = schedule
  validateTimes(place, schedule, timeLimits)
  const { time, offset, clock } = toZonedTime(startsAt, timeZone ?? 'UTC')
  const start_time = Math.floor(startsAt.getTime() / 1000)
  const times = { start_time, time_offset: offset, duration: durationMinutes * 60 }
  if (schedule.kind === 'once') return { type: 1, ...times }
  return { type: 0, ...times, time, days: toTrueConfWeekdays(schedule.rrule, clock) }
}

/** The vendor counts seconds; later starts do not fit 32 bits. */
const timeLimits = { maxMinutes: 1439, end: Date.UTC(2038, 0, 19), endText: '2038-01-19' }

/** An instant on the clocks of a zone: `hh:mm`, minutes east of UTC, and its calendar's fields as those of UTC. */
function toZonedTime(instant: Date, timeZone: string): { time: string; offset: number; clock: Date } {
  const offset = getOffsetMinutes(instant.getTime(), timeZone)
  const clock = new Date(instant.getTime() + offset * 60_000)
  return { time: clock.toISOString().slice(11, 16), offset, clock }
}

/** The vendor repeats on days of the week, every week, without an end. `start`: the first time on the zone's calendar. */
function toTrueConfWeekdays(rrule: string, start: Date): string[] {
  const rule = parseRule(rrule)
  const plain = rule.count === null && rule.until === null ? simplifyRule(rule, start) : null
  const codesOfRule =
    plain?.freq === 'WEEKLY' && plain.interval === 1
      ? plain.days
      : plain?.freq === 'DAILY' && plain.interval === 1
        ? weekdays
        : plain?.freq === 'DAILY' && plain.interval === 7
          ? [weekdays[start.getUTCDay()]!]
          : null
  if (!codesOfRule)
    throw createUnsupportedInputProblem(
      ['schedule', 'recurring', 'rrule'],
      'TrueConf repeats every week on given days and without an end; give FREQ=WEEKLY with BYDAY alone.',
    )
  return dayNames.flatMap(([name, code]) => (codesOfRule.includes(code) ? [name] : []))
}
