import { Problem } from '../../core/errors.ts'
import { fromZonedTime } from './time-zone.ts'

/** From Sunday, as `Date.getUTCDay` counts them. */
export const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const
export type Weekday = (typeof weekdays)[number]

/** A recurrence rule (RFC 5545), as far as meetings have use for it. */
export interface Rule {
  freq: 'DAILY' | 'WEEKLY' | 'MONTHLY'
  interval: number
  /** `ordinal`: the second, the last (-1) … such day of the month; null: each of them. */
  byDay: { day: Weekday; ordinal: number | null }[]
  byMonthDay: number[]
  bySetPos: number | null
  count: number | null
  until: Date | null
  /** First day of a week. Default: Monday. It matters to every second, third, … week, and to BYSETPOS. */
  weekStart?: Weekday
}

const maxRuleLength = 500
const partNames = ['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'BYSETPOS', 'COUNT', 'UNTIL', 'WKST']

/**
 * Parses a rule, with or without `RRULE:` before it. `timeZone`: that of an UNTIL without `Z`.
 *
 * @throws BAD_USER_INPUT at `input.schedule.recurring.rrule`
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
  if (rule.count !== null && rule.until !== null) throw createRuleProblem('COUNT and UNTIL exclude each other')
  if (rule.freq !== 'MONTHLY' && byDay.some(({ ordinal }) => ordinal !== null))
    throw createRuleProblem('a number before a day in BYDAY needs FREQ=MONTHLY')
  if (rule.freq === 'WEEKLY' && rule.byMonthDay.length > 0)
    throw createRuleProblem('BYMONTHDAY does not go with FREQ=WEEKLY')
  if (rule.bySetPos !== null && byDay.length + rule.byMonthDay.length === 0)
    throw createRuleProblem('BYSETPOS needs BYDAY or BYMONTHDAY')
  return rule
}

/** The rule as text, without `RRULE:`; what is the default is left out. */
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
  if (text.length > maxRuleLength) throw createRuleProblem(`at most ${maxRuleLength} characters are read`)
  const parts = new Map<string, string>()
  const rule = text.toUpperCase().replace(/\s+/g, '')
  const other = /DTSTART|DTEND|DURATION|EXDATE|EXRULE|RDATE|RRULE(?=.*RRULE)/.exec(rule)?.[0]
  if (other === 'RRULE') throw createRuleProblem('only one rule is supported')
  if (other !== undefined)
    throw createRuleProblem(
      `${other} is not part of it. Give the start as "startsAt", the zone as "timeZone", and the rule alone`,
    )
  for (const part of rule
    .replace(/^RRULE:/, '')
    .replace(/;$/, '')
    .split(';')) {
    const [, name = '', value = ''] = /^([A-Z]+)=([A-Z0-9,+-]+)$/.exec(part) ?? []
    if (!partNames.includes(name)) throw createRuleProblem(`its parts are ${partNames.join(', ')}`)
    if (parts.has(name)) throw createRuleProblem(`${name} stands there twice`)
    parts.set(name, value)
  }
  return parts
}

function parseFrequency(word: string | undefined): Rule['freq'] {
  if (word === 'DAILY' || word === 'WEEKLY' || word === 'MONTHLY') return word
  throw createRuleProblem('FREQ must be DAILY, WEEKLY or MONTHLY')
}

function parseDay(text: string): Rule['byDay'][number] {
  const [, ordinal, day] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(text) ?? []
  return { day: parseWeekday('BYDAY', day), ordinal: ordinal === undefined ? null : parseSigned('BYDAY', ordinal, 5) }
}

function parseWeekday(name: string, word: string | undefined): Weekday {
  const found = weekdays.find((day) => day === word)
  if (!found) throw createRuleProblem(`${name} takes MO, TU, WE, TH, FR, SA, SU`)
  return found
}

const splitList = (text: string | undefined): string[] => [...new Set(text?.split(','))]

function parsePositive(name: string, text: string | undefined): number | null {
  if (text === undefined) return null
  if (!/^\d{1,5}$/.test(text) || Number(text) === 0) throw createRuleProblem(`${name} must be a whole number from 1 on`)
  return Number(text)
}

function parseSigned(name: string, text: string, most: number): number {
  const value = /^[+-]?\d{1,3}$/.test(text) ? Number(text) : 0
  if (value === 0 || Math.abs(value) > most)
    throw createRuleProblem(`${name} takes 1 to ${most}, or -1 to -${most} from the end`)
  return value
}

/** Without `Z`, a time is on the clocks of `timeZone`. A date alone includes the whole day. */
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

function createRuleProblem(why: string): Problem {
  return new Problem('BAD_USER_INPUT', `rrule is not a rule of RFC 5545 as understood here: ${why}.`, {
    path: ['input', 'schedule', 'recurring', 'rrule'],
    delivery: 'rejected',
  })
}
