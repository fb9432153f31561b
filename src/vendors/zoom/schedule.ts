import { formatRule, parseRule, weekdays, type Rule, type Weekday } from '../kit/rrule.ts'
import { createRuleProblem, createUnsupportedRuleProblem } from '../kit/rule-problems.ts'
import { canWeeksStartOn, describeParts, simplifyRule, type PlainRule } from '../kit/simplify-rule.ts'
import { fromZonedTime, toZonedDate } from '../kit/time-zone.ts'
import type { NewSchedule } from '../vendor-inputs.ts'
import type { Schedule } from '../vendor-objects.ts'
import { toNumber, toText, type UnreadFields } from '../kit/lenient.ts'
import { parseTimestamp } from '../kit/timestamp.ts'
import { validateTimes } from '../kit/validate-times.ts'

const frequencyByType = { 1: 'DAILY', 2: 'WEEKLY', 3: 'MONTHLY' } as const
const typeByFrequency = { DAILY: 1, WEEKLY: 2, MONTHLY: 3 } as const
/** Maximum intervals, in days, weeks, and months. */
const maxIntervals = { DAILY: 99, WEEKLY: 50, MONTHLY: 10 } as const
/** Maximum number of occurrences of a series. */
const maxOccurrences = 50

export type Recurrence = UnreadFields<
  | 'type'
  | 'repeat_interval'
  | 'weekly_days'
  | 'monthly_day'
  | 'monthly_week'
  | 'monthly_week_day'
  | 'end_times'
  | 'end_date_time'
>

/** Converts a recurrence of Zoom to an RFC 5545 rule. Null if it cannot be read. */
export function readRule(recurrence: Recurrence | null): string | null {
  const freq = frequencyByType[toNumber(recurrence?.type) as keyof typeof frequencyByType]
  if (!recurrence || !freq) return null
  const interval = toNumber(recurrence.repeat_interval) ?? 1
  const monthly_day = toNumber(recurrence.monthly_day)
  const monthly_week = toNumber(recurrence.monthly_week)
  const end_times = toNumber(recurrence.end_times)
  const getWeekday = (position: number | null) => weekdays[(position ?? 0) - 1]
  const monthlyDay = getWeekday(toNumber(recurrence.monthly_week_day))
  const onWeekday = freq === 'MONTHLY' && monthly_week !== null && monthlyDay !== undefined
  const byDay = (toText(recurrence.weekly_days) ?? '')
    .slice(0, 100)
    .split(',')
    .flatMap((position) => getWeekday(Number(position)) ?? [])
  const until = parseTimestamp(toText(recurrence.end_date_time))
  return formatRule({
    freq,
    interval,
    byDay: onWeekday
      ? [{ day: monthlyDay, ordinal: monthly_week }]
      : freq === 'WEEKLY'
        ? byDay.map((day) => ({ day, ordinal: null }))
        : [],
    byMonthDay: freq === 'MONTHLY' && !onWeekday && monthly_day !== null ? [monthly_day] : [],
    bySetPos: null,
    count: until === null && end_times ? end_times : null,
    until,
    // Zoom's weeks begin on Sunday. That matters only for such rules.
    ...(freq === 'WEEKLY' && interval > 1 && byDay.includes('SU') && { weekStart: 'SU' }),
  })
}

/**
 * Converts an RFC 5545 rule to a recurrence of Zoom.
 *
 * @param start Local date and time of the first occurrence, in the UTC fields of the date.
 * @throws `UNSUPPORTED_BY_VENDOR` if Zoom has no recurrence with the same occurrences.
 * @throws `BAD_USER_INPUT`
 */
export function toZoomRecurrence(rrule: string, start: Date, timeZone = 'UTC'): Record<string, unknown> {
  const rule = parseRule(rrule, timeZone)
  const plain = simplifyRule(rule, start)
  const days = plain && toZoomDays(plain)
  if (!days) throw createUnsupportedRuleProblem([describeParts(rule)], vendor, supportedRules)
  rejectUnsupportedValues(rule, plain, start)
  const { count, until } = rule
  if (until && until.getTime() < fromZonedTime(start.getTime(), timeZone))
    throw createRuleProblem('UNTIL must not be before the start')
  return {
    type: typeByFrequency[plain.freq],
    repeat_interval: plain.interval,
    ...days,
    ...(until ? { end_date_time: formatUtcSeconds(until) } : { end_times: count ?? 0 }),
  }
}

const vendor = 'Zoom'
const supportedRules =
  'Use days (FREQ=DAILY), weekdays (FREQ=WEEKLY;BYDAY=MO,WE), a day of the month (FREQ=MONTHLY;BYMONTHDAY=15), or its first to fourth or last weekday (FREQ=MONTHLY;BYDAY=2TU or -1FR).'

/** Converts the days of a rule. Null if Zoom does not support them. */
function toZoomDays(plain: PlainRule): Record<string, unknown> | null {
  if (plain.freq === 'DAILY') return {}
  const getPosition = (day: Weekday): number => weekdays.indexOf(day) + 1
  if (plain.freq === 'WEEKLY') {
    const positions = plain.days.map(getPosition).toSorted((one, other) => one - other)
    return { weekly_days: positions.join(',') }
  }
  if ('monthDay' in plain) return plain.monthDay > 0 ? { monthly_day: plain.monthDay } : null
  return [-1, 1, 2, 3, 4].includes(plain.ordinal)
    ? { monthly_week: plain.ordinal, monthly_week_day: getPosition(plain.weekday) }
    : null
}

/** @throws `UNSUPPORTED_BY_VENDOR` */
function rejectUnsupportedValues({ count, weekStart }: Rule, plain: PlainRule, start: Date): void {
  const { freq, interval } = plain
  if (freq === 'WEEKLY') {
    // A WKST that does not change the occurrences is rejected, too: the caller asked for weeks that Zoom does not have.
    const isExplicit = weekStart !== undefined && interval > 1 && plain.days.length > 1
    if (isExplicit ? weekStart !== 'SU' : !canWeeksStartOn('SU', plain, start))
      throw createUnsupportedRuleProblem(
        ['a WKST other than SU (default: MO) with INTERVAL'],
        vendor,
        "Zoom's weeks begin on Sunday. Use WKST=SU.",
      )
  }
  const maxInterval = maxIntervals[freq]
  if (interval > maxInterval)
    throw createUnsupportedRuleProblem(
      [`FREQ=${freq} with an INTERVAL over ${maxInterval}`],
      vendor,
      `Use an INTERVAL of 1 to ${maxInterval}.`,
    )
  if (count !== null && count > maxOccurrences)
    throw createUnsupportedRuleProblem(
      [`a COUNT over ${maxOccurrences}`],
      vendor,
      `Use a COUNT of 1 to ${maxOccurrences}.`,
    )
}

/** Formats a time as Zoom requires it: in UTC, without fractions of a second. */
export const formatUtcSeconds = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`

/** Zoom's meeting types, by kind of schedule. */
export const meetingTypes = { once: 2, permanent: 3, recurring: 8 } as const

const maxMinutes = 1440
const maxYears = 10

/** Converts a schedule to Zoom's format, in UTC, with the time zone. @throws `BAD_USER_INPUT`, `UNSUPPORTED_BY_VENDOR` */
export function toScheduleBody(schedule: NewSchedule): Record<string, unknown> {
  const type = meetingTypes[schedule.kind]
  if (schedule.kind === 'permanent') return { type }
  const { startsAt, durationMinutes, timeZone } = schedule
  validateTimes(['schedule', schedule.kind === 'once' ? 'oneTime' : 'recurring'], schedule, getTimeLimits())
  const zone = timeZone ?? 'UTC'
  const body = { type, start_time: formatUtcSeconds(startsAt), duration: durationMinutes, timezone: zone }
  if (schedule.kind === 'once') return body
  return { ...body, recurrence: toZoomRecurrence(schedule.rrule, toZonedDate(startsAt, zone), zone) }
}

/** Returns Parley's limits for times. Zoom silently ignores a start in the past. */
function getTimeLimits() {
  const end = new Date().setUTCFullYear(new Date().getUTCFullYear() + maxYears)
  return { maxMinutes, end, endText: `${maxYears} years from now` }
}

export interface MeetingTimes {
  type: number | null
  startsAt: Date | null
  durationMinutes: number | null
  timeZone: string | null
  rrule: string | null
  /** Next start of a series. Null if it is not known. */
  nextStartsAt: Date | null
  createdAt: Date | null
}

/** Creates the schedule. Null if Zoom does not report it: lists lack the rule of a series; instant meetings have no start. */
export function readSchedule({ type, ...times }: MeetingTimes): Schedule | null {
  const { startsAt, durationMinutes, timeZone, rrule, nextStartsAt } = times
  if (type === 3 || type === 4) return { kind: 'permanent', since: times.createdAt }
  if (type === 8) return rrule === null ? null : { kind: 'recurring', rrule, nextStartsAt, durationMinutes, timeZone }
  return startsAt && { kind: 'once', startsAt, durationMinutes, timeZone }
}
