import { Problem } from '../../core/errors.ts'
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
  /** First day of a week. Default: Monday. Matters only if the interval is not 1, or with BYSETPOS. */
  weekStart?: Weekday
}

const maxRuleLength = 500
const partNames = ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'BYSETPOS', 'COUNT', 'UNTIL', 'WKST']

/**
 * Parses a rule, with or without the prefix `RRULE:`.
 *
 * @param timeZone Time zone of an UNTIL without `Z`.
 * @throws `BAD_USER_INPUT`, with the path `input.schedule.recurring.rrule`.
 */
export function parseRule(text: string, timeZone = 'UTC'): Rule {
  const parts = parseRuleParts(text)
  const byDay = splitList(parts.get('BYDAY')).map(parseDay)
  const rule: Rule = {
    freq: parseFrequency(parts.get('FREQ')),
    interval: parsePositive('INTERVAL', parts.get('INTERVAL')) ?? 1,
    byDay,
    byMonthDay: splitList(parts.get('BYMONTHDAY')).map((day) => parseSigned('BYMONTHDAY', day, 31)),
    bySetPos: parts.has('BYSETPOS') ? parseSigned('BYSETPOS', parts.get('BYSETPOS')!, 366) : null,
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

function parseRuleParts(text: string): Map<string, string> {
  if (text.length > maxRuleLength) throw createRuleProblem(`it must have at most ${maxRuleLength} characters`)
  const parts = new Map<string, string>()
  const rule = text.toUpperCase().replace(/\s+/g, '')
  const other = /DTSTART|DTEND|DURATION|EXDATE|EXRULE|RDATE|RRULE(?=.*RRULE)/.exec(rule)?.[0]
  if (other === 'RRULE') throw createRuleProblem('only one rule is supported')
  if (other !== undefined)
    throw createRuleProblem(
      `${other} is not supported. Set the start in "startsAt" and the time zone in "timeZone", and use only the rule here`,
    )
  for (const part of rule
    .replace(/^RRULE:/, '')
    .replace(/;$/, '')
    .split(';')) {
    const [, name = '', value = ''] = /^([A-Z]+)=([A-Z0-9,+-]+)$/.exec(part) ?? []
    if (!partNames.includes(name)) throw createRuleProblem(`its parts must be ${partNames.join(', ')}`)
    if (parts.has(name)) throw createRuleProblem(`${name} must not be repeated`)
    parts.set(name, value)
  }
  return parts
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
  if (!/^\d{1,5}$/.test(text) || Number(text) === 0)
    throw createRuleProblem(`${name} must be an integer from 1 to 99,999`)
  return Number(text)
}

function parseSigned(name: string, text: string, max: number): number {
  const value = /^[+-]?\d{1,3}$/.test(text) ? Number(text) : 0
  if (value === 0 || Math.abs(value) > max)
    throw createRuleProblem(`${name} must contain only numbers from 1 to ${max}, or from -${max} to -1`)
  return value
}

/** Parses UNTIL. A time without `Z` is in `timeZone`. A date includes the whole day. */
function parseUntil(text: string | undefined, timeZone: string): Date | null {
  if (text === undefined) return null
  const [, year, month, day, hour = '23', minute = '59', second = '59', zone] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(text) ?? []
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`
  const until = new Date(iso)
  if (Number.isNaN(until.getTime()) || until.toISOString() !== iso)
    throw createRuleProblem('UNTIL must be a date such as 20261231 or 20261231T235959Z')
  return zone === 'Z' ? until : new Date(fromZonedTime(until.getTime(), timeZone))
}

function createRuleProblem(reason: string): Problem {
  return new Problem(
    'BAD_USER_INPUT',
    `"input.schedule.recurring.rrule" is not a supported RFC 5545 rule: ${reason}.`,
    {
      path: ['input', 'schedule', 'recurring', 'rrule'],
      delivery: 'rejected',
    },
  )
}
