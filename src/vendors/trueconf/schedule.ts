import { toCount, toNumber, toText, type UnreadFields } from '../kit/lenient.ts'
import { toShortList } from '../kit/short-list.ts'
import { parseRule, weekdays } from '../kit/rrule.ts'
import { createUnsupportedRuleProblem } from '../kit/rule-problems.ts'
import { describeParts, simplifyRule } from '../kit/simplify-rule.ts'
import { getOffsetMinutes } from '../kit/time-zone.ts'
import type { NewSchedule } from '../vendor-inputs.ts'
import type { ConferenceState, Schedule } from '../vendor-objects.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import { validateTimes } from '../kit/validate-times.ts'
import { computeNextStart, getWeekday, type WeeklySchedule } from './weekly-occurrences.ts'

/** Weekdays in TrueConf and in RFC 5545, from Sunday. */
const dayNames = [
  ['sunday', 'SU'],
  ['monday', 'MO'],
  ['tuesday', 'TU'],
  ['wednesday', 'WE'],
  ['thursday', 'TH'],
  ['friday', 'FR'],
  ['saturday', 'SA'],
] as const
const dayCodes: readonly string[] = dayNames.map(([, code]) => code)
const codeByDay = new Map<string | null, string>(dayNames)

/** `type` is -1 for a room, 0 for a weekly and 1 for a single meeting. Times in seconds, offsets in minutes east of UTC. */
type ScheduleItem = UnreadFields<'type' | 'start_time' | 'duration' | 'days' | 'time_offset' | 'special_time_offset'>

export const isRoom = ({ type }: UnreadFields<'type'>): boolean => toText(type) === '-1'

/** Reads the schedule of a conference. Null if it cannot be read. @param since When the conference was created. */
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
  const days = toShortList(item.days, (day) => codeByDay.get(toText(day)?.toLowerCase() ?? null) ?? null) ?? []
  const rrule = days.length > 0 ? `FREQ=WEEKLY;BYDAY=${days.join(',')}` : 'FREQ=WEEKLY'
  const isNext = startsAt === null || startsAt.getTime() >= Date.now()
  const nextStartsAt = isNext ? startsAt : computeNextStart(readWeeklySchedule('', item, since)!)
  return { kind: 'recurring', rrule, nextStartsAt, durationMinutes, timeZone }
}

/** Reads when a weekly conference takes place. Null if it is not weekly, or if that cannot be read. */
export function readWeeklySchedule(
  conferenceId: string,
  item: ScheduleItem | null,
  createdAt: Date | null,
): WeeklySchedule | null {
  const start = parseTimestamp(item?.start_time)
  if (item === null || toText(item.type) !== '0' || !start) return null
  const days = toShortList(item.days, (day) => codeByDay.get(toText(day)?.toLowerCase() ?? null) ?? null) ?? []
  const weekdays = days.map((code) => dayCodes.indexOf(code))
  const offsets = [toNumber(item.special_time_offset), toNumber(item.time_offset), 0].filter(
    (offset) => offset !== null,
  )
  // Clients disagree on which of the two offsets the days refer to. `start_time` is on one of the days.
  const offsetMinutes = offsets.find((offset) => weekdays.includes(getWeekday(start.getTime(), offset))) ?? offsets[0]!
  if (weekdays.length === 0) weekdays.push(getWeekday(start.getTime(), offsetMinutes))
  const seconds = toCount(item.duration)
  const durationMinutes = seconds === null ? null : Math.ceil(seconds / 60)
  return { conferenceId, start, weekdays, offsetMinutes, durationMinutes, createdAt }
}

/** Returns the IANA time zone of a fixed UTC offset. Null if the offset is not in whole hours. */
function toTimeZone(minutes: number | null): string | null {
  if (minutes === 0) return 'Etc/UTC'
  const hours = minutes === null ? NaN : minutes / 60
  if (!Number.isInteger(hours) || hours < -12 || hours > 14) return null
  // The sign in these names is the opposite of the UTC offset.
  return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
}

/** Derives the state. TrueConf reports `stopped` both for future and for past conferences. */
export function toConferenceState(state: string | null, schedule: Schedule | null): ConferenceState {
  if (state === 'running') return 'RUNNING'
  if (state !== 'stopped' || schedule === null) return 'UNKNOWN'
  if (schedule.kind === 'permanent') return 'IDLE'
  if (schedule.kind === 'recurring') return 'SCHEDULED'
  const endsAt = schedule.startsAt.getTime() + (schedule.durationMinutes ?? 0) * 60_000
  return endsAt < Date.now() ? 'ENDED' : 'SCHEDULED'
}

/** Schedule of a virtual room. */
export const roomSchedule = { type: -1 }

/** Converts a schedule to TrueConf's format. @throws `BAD_USER_INPUT`, `UNSUPPORTED_BY_VENDOR` */
export function toScheduleBody(schedule: NewSchedule): Record<string, unknown> {
  if (schedule.kind === 'permanent') return roomSchedule
  const path = ['schedule', schedule.kind === 'once' ? 'oneTime' : 'recurring']
  const { startsAt, durationMinutes, timeZone } = schedule
  validateTimes(path, schedule, timeLimits)
  const { time, offset, localDate } = toZonedTime(startsAt, timeZone ?? 'UTC')
  const start_time = Math.floor(startsAt.getTime() / 1000)
  const times = { start_time, time_offset: offset, duration: durationMinutes * 60 }
  if (schedule.kind === 'once') return { type: 1, ...times }
  return { type: 0, ...times, time, days: toTrueConfWeekdays(schedule.rrule, localDate) }
}

/** TrueConf stores a start as seconds in 32 bits. */
const timeLimits = { maxMinutes: 1439, end: Date.UTC(2038, 0, 19), endText: '2038-01-19' }

/** Returns a local time as `hh:mm`, its UTC offset in minutes east, and its fields as the UTC fields of a date. */
function toZonedTime(date: Date, timeZone: string): { time: string; offset: number; localDate: Date } {
  const offset = getOffsetMinutes(date.getTime(), timeZone)
  const localDate = new Date(date.getTime() + offset * 60_000)
  return { time: localDate.toISOString().slice(11, 16), offset, localDate }
}

/**
 * Converts a rule to TrueConf's weekdays. TrueConf repeats only every week, without an end.
 *
 * @param start Local date of the first occurrence, in the UTC fields of the date.
 */
function toTrueConfWeekdays(rrule: string, start: Date): string[] {
  const rule = parseRule(rrule)
  const ends = [...(rule.count === null ? [] : ['COUNT']), ...(rule.until === null ? [] : ['UNTIL'])]
  if (ends.length > 0) throw createUnsupportedRuleProblem(ends, vendor, supportedRules)
  const plain = simplifyRule(rule, start)
  const weekdayCodes =
    plain?.freq === 'WEEKLY' && plain.interval === 1
      ? plain.days
      : plain?.freq === 'DAILY' && plain.interval === 1
        ? weekdays
        : plain?.freq === 'DAILY' && plain.interval === 7
          ? [weekdays[start.getUTCDay()]!]
          : null
  if (!weekdayCodes) throw createUnsupportedRuleProblem([describeParts(rule)], vendor, supportedRules)
  return dayNames.flatMap(([name, code]) => (weekdayCodes.includes(code) ? [name] : []))
}

const vendor = 'TrueConf'
const supportedRules = 'Use a rule that repeats every week without an end: FREQ=WEEKLY with BYDAY only.'
