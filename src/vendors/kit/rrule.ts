import { parseRuleParts } from './rule-parts.ts'
import { createRuleProblem, createUnsupportedRuleProblem } from './rule-problems.ts'
import { fromZonedTime } from './time-zone.ts'

/** Weekdays from Sunday, in the order of `Date.getUTCDay`. */
export const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const
export type Weekday = (typeof weekdays)[number]

/** The supported part of a recurrence rule (RFC 5545). */
export interface Rule {
  freq: 'DAILY' | 'WEEKLY' | 'MONTHLY'
  interval: number
  /** `ordinal` selects the n-th such day of the month, or from the end if it is negative. Null selects every such day. */
  byDay: { day: Weekday; ordinal: number | null }[]
  byMonthDay: number[]
  bySetPos: number | null
  count: number | null
  until: Date | null
  /** First day of a week. If omitted, Monday. Matters only if the interval is not 1, or with BYSETPOS. */
  weekStart?: Weekday
}

/**
 * Parses a rule as calendars write it: in any letter case and order of the parts, folded, and with or without the prefix `RRULE:`.
 *
 * @param timeZone Time zone of an UNTIL without `Z`.
 * @throws `BAD_USER_INPUT`
 * @throws `UNSUPPORTED_BY_VENDOR` if the rule contains a part of RFC 5545 that no vendor supports.
 */
export function parseRule(text: string, timeZone = 'UTC'): Rule {
  const parts = parseRuleParts(text)
  const byDay = splitList(parts.get('BYDAY')).map(parseDay)
  const rule: Rule = {
    freq: parseFrequency(parts.get('FREQ')),
    interval: parsePositive('INTERVAL', parts.get('INTERVAL')) ?? 1,
    byDay,
    byMonthDay: splitList(parts.get('BYMONTHDAY')).map((day) => parseSigned('BYMONTHDAY', day, 31)),
    bySetPos: parsePosition(parts.get('BYSETPOS')),
    count: parsePositive('COUNT', parts.get('COUNT')),
    until: parseUntil(parts.get('UNTIL'), timeZone),
    ...(parts.has('WKST') && { weekStart: parseWeekday('WKST', parts.get('WKST')) }),
  }
  if (rule.count !== null && rule.until !== null) throw createRuleProblem('COUNT and UNTIL cannot be combined')
  if (rule.freq !== 'MONTHLY' && byDay.some(({ ordinal }) => ordinal !== null))
    throw createRuleProblem('a number before a day in BYDAY requires FREQ=MONTHLY')
  if (rule.freq === 'WEEKLY' && rule.byMonthDay.length > 0)
    throw createRuleProblem('BYMONTHDAY cannot be combined with FREQ=WEEKLY')
  if (rule.bySetPos !== null && byDay.length + rule.byMonthDay.length === 0)
    throw createRuleProblem('BYSETPOS requires BYDAY or BYMONTHDAY')
  return rule
}

/** Formats a rule without the prefix `RRULE:`. Omits default values. */
export function formatRule(rule: Rule): string {
  const { freq, interval, byDay, byMonthDay, bySetPos, count, until, weekStart } = rule
  return [
    `FREQ=${freq}`,
    interval === 1 ? '' : `INTERVAL=${interval}`,
    byDay.length === 0 ? '' : `BYDAY=${byDay.map(({ day, ordinal }) => `${ordinal ?? ''}${day}`).join(',')}`,
    byMonthDay.length === 0 ? '' : `BYMONTHDAY=${byMonthDay.join(',')}`,
    bySetPos === null ? '' : `BYSETPOS=${bySetPos}`,
    count === null ? '' : `COUNT=${count}`,
    until === null ? '' : `UNTIL=${until.toISOString().replace(/[-:]|\.\d+/g, '')}`,
    weekStart === undefined ? '' : `WKST=${weekStart}`,
  ]
    .filter(Boolean)
    .join(';')
}

function parseFrequency(text: string | undefined): Rule['freq'] {
  if (text === 'DAILY' || text === 'WEEKLY' || text === 'MONTHLY') return text
  throw createRuleProblem('FREQ must be DAILY, WEEKLY, or MONTHLY')
}

function parseDay(text: string): Rule['byDay'][number] {
  const [, ordinal, day] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(text) ?? []
  return { day: parseWeekday('BYDAY', day), ordinal: ordinal === undefined ? null : parseSigned('BYDAY', ordinal, 5) }
}

function parseWeekday(name: string, text: string | undefined): Weekday {
  const weekday = weekdays.find((day) => day === text)
  if (!weekday) throw createRuleProblem(`${name} must contain only MO, TU, WE, TH, FR, SA, or SU`)
  return weekday
}

const splitList = (text: string | undefined): string[] => [...new Set(text?.split(','))]

function parsePositive(name: string, text: string | undefined): number | null {
  if (text === undefined) return null
  if (!/^\d+$/.test(text) || Number(text) === 0) throw createRuleProblem(`${name} must be a positive integer`)
  return Number(text)
}

function parsePosition(text: string | undefined): number | null {
  const [position = null, ...others] = splitList(text).map((element) => parseSigned('BYSETPOS', element, 366))
  if (others.length > 0)
    throw createUnsupportedRuleProblem(['BYSETPOS with several numbers'], undefined, 'Use one number.')
  return position
}

function parseSigned(name: string, text: string, max: number): number {
  const value = /^[+-]?\d{1,3}$/.test(text) ? Number(text) : 0
  if (value === 0 || Math.abs(value) > max)
    throw createRuleProblem(`${name} must contain only numbers from 1 to ${max}, or from -${max} to -1`)
  return value
}

const dayMs = 86_400_000
/** Times after the year 9999 have no format that vendors accept. */
const maxUntil = Date.UTC(9999, 11, 31, 23, 59, 59)

/** Parses UNTIL. A date includes the whole day. A date, or a time without `Z`, is in `timeZone`. */
function parseUntil(text: string | undefined, timeZone: string): Date | null {
  if (text === undefined) return null
  const [, year, month, day, hour, minute, second, zone] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(text) ?? []
  const iso = `${year}-${month}-${day}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}.000Z`
  const until = new Date(iso)
  if (Number.isNaN(until.getTime()) || until.toISOString() !== iso)
    throw createRuleProblem('UNTIL must be a date such as 20261231 or 20261231T235959Z')
  if (zone === 'Z') return until
  const time =
    hour === undefined
      ? // The last hour of a day can occur twice, so the day ends where the next one begins.
        fromZonedTime(until.getTime() + dayMs, timeZone) - 1000
      : fromZonedTime(until.getTime(), timeZone)
  return new Date(Math.min(time, maxUntil))
}
