import { joinNames } from '../../core/join-names.ts'
import { weekdays, type Rule, type Weekday } from './rrule.ts'

/** A rule without COUNT and UNTIL, in one of the forms that vendors support. */
export type PlainRule =
  | { freq: 'DAILY'; interval: number }
  | { freq: 'WEEKLY'; interval: number; days: readonly Weekday[]; weekStart: Weekday }
  | { freq: 'MONTHLY'; interval: number; monthDay: number }
  | { freq: 'MONTHLY'; interval: number; weekday: Weekday; ordinal: number }

/**
 * Returns the plain rule with exactly the same occurrences in every time zone. Null if there is none.
 *
 * @param start Local date and time of the first occurrence, in the UTC fields of the date.
 */
export function simplifyRule(rule: Rule, start: Date): PlainRule | null {
  if (rule.freq === 'DAILY') return simplifyDaily(rule, start)
  return rule.freq === 'WEEKLY' ? simplifyWeekly(rule, start) : simplifyMonthly(rule, start)
}

/** Returns a description of the parts that select days, for the problem of a rule that cannot be simplified. */
export function describeParts({ interval, byDay, byMonthDay, bySetPos }: Rule): string {
  const parts = [
    'FREQ',
    ...(interval === 1 ? [] : ['INTERVAL']),
    ...(byDay.length === 0 ? [] : ['BYDAY']),
    ...(byMonthDay.length === 0 ? [] : ['BYMONTHDAY']),
    ...(bySetPos === null ? [] : ['BYSETPOS']),
  ]
  return `this combination of ${joinNames(parts)}`
}

/** Whether the weeks of a rule can begin on `day` without changing its occurrences. */
export function canWeeksStartOn(day: Weekday, rule: PlainRule & { freq: 'WEEKLY' }, start: Date): boolean {
  const first = start.getUTCDay()
  /** Whether the next such weekday after the start is in the following week. */
  const isInNextWeek = (weekday: Weekday, weekStart: Weekday): boolean =>
    countDaysBetween(first, weekdays.indexOf(weekday)) + countDaysBetween(weekdays.indexOf(weekStart), first) >= 7
  return (
    rule.interval === 1 ||
    rule.days.every((weekday) => isInNextWeek(weekday, day) === isInNextWeek(weekday, rule.weekStart))
  )
}

/** Counts the days from one weekday to the next occurrence of another: 0 to 6. */
const countDaysBetween = (from: number, to: number): number => (to - from + 7) % 7

const getStartDay = (start: Date): Weekday => weekdays[start.getUTCDay()]!

const listDays = ({ byDay }: Rule): Weekday[] => [...new Set(byDay.map(({ day }) => day))]

/** Whether BYSETPOS is omitted or selects the first or last element, which are the same in a set of one element. */
const keepsOnlyOne = ({ bySetPos }: Rule): boolean => bySetPos === null || Math.abs(bySetPos) === 1

function createWeeklyRule({ weekStart = 'MO' }: Rule, interval: number, days: readonly Weekday[]): PlainRule {
  return { freq: 'WEEKLY', interval, days, weekStart }
}

function simplifyDaily(rule: Rule, start: Date): PlainRule | null {
  const { interval, byMonthDay } = rule
  const days = listDays(rule)
  if (!keepsOnlyOne(rule)) return null
  if (byMonthDay.length > 0) return interval === 1 ? simplifyMonthly({ ...rule, bySetPos: null }, start) : null
  if (days.length === 0 || days.length === 7) return { freq: 'DAILY', interval }
  if (interval === 1) return createWeeklyRule(rule, 1, days)
  return interval % 7 === 0 && days.includes(getStartDay(start))
    ? createWeeklyRule(rule, interval / 7, [getStartDay(start)])
    : null
}

function simplifyWeekly(rule: Rule, start: Date): PlainRule | null {
  const { interval, bySetPos, weekStart = 'MO' } = rule
  const days = rule.byDay.length === 0 ? [getStartDay(start)] : listDays(rule)
  if (bySetPos === null) return createWeeklyRule(rule, interval, days)
  const from = weekdays.indexOf(weekStart)
  const position = (day: Weekday): number => countDaysBetween(from, weekdays.indexOf(day))
  const sorted = days.toSorted((one, other) => position(one) - position(other))
  const isToCome = (day: Weekday): boolean => position(day) >= countDaysBetween(from, start.getUTCDay())
  const day = pick(sorted, bySetPos)
  // Implementations differ in whether BYSETPOS counts the days of the first week that are before the start.
  const isUnambiguous =
    pick(sorted.filter(isToCome), bySetPos) === [day].find((candidate) => candidate && isToCome(candidate))
  return day !== undefined && isUnambiguous ? createWeeklyRule(rule, interval, [day]) : null
}

function simplifyMonthly(rule: Rule, start: Date): PlainRule | null {
  const { interval, byDay, byMonthDay, bySetPos } = rule
  const days = listDays(rule)
  const hasOrdinals = byDay.some(({ ordinal }) => ordinal !== null)
  if (days.length === 7 && !hasOrdinals && byMonthDay.length > 0) return simplifyMonthly({ ...rule, byDay: [] }, start)
  if (byDay.length === 0) return simplifyMonthDays(rule, byMonthDay.length > 0 ? byMonthDay : [start.getUTCDate()])
  if (byMonthDay.length > 0) {
    const ordinal = findWeekOfMonth(byMonthDay)
    return days.length === 1 && !hasOrdinals && ordinal !== null && keepsOnlyOne(rule)
      ? { freq: 'MONTHLY', interval, weekday: days[0]!, ordinal }
      : null
  }
  if (hasOrdinals) {
    const [{ day, ordinal } = { day: days[0]!, ordinal: null }] = byDay
    return byDay.length === 1 && ordinal !== null && keepsOnlyOne(rule)
      ? { freq: 'MONTHLY', interval, weekday: day, ordinal }
      : null
  }
  if (bySetPos === null) return interval === 1 ? createWeeklyRule(rule, 1, days) : null
  if (days.length === 7) return simplifyMonthDays(rule, everyDay)
  return days.length === 1 ? { freq: 'MONTHLY', interval, weekday: days[0]!, ordinal: bySetPos } : null
}

const everyDay: readonly number[] = Array.from({ length: 31 }, (_, index) => index + 1)
/** Last day that every month has. */
const lastCommonDay = 28

function simplifyMonthDays(rule: Rule, monthDays: readonly number[]): PlainRule | null {
  const { interval, bySetPos } = rule
  const sorted = [...new Set(monthDays)].toSorted((one, other) => one - other)
  if (sorted.length === 1 && keepsOnlyOne(rule)) return { freq: 'MONTHLY', interval, monthDay: sorted[0]! }
  const isEvery = everyDay.every((day) => sorted.includes(day))
  if (bySetPos === null) return isEvery && interval === 1 ? { freq: 'DAILY', interval } : null
  const isCommon = sorted[0]! > 0 && sorted.at(-1)! <= lastCommonDay
  const monthDay = isEvery && bySetPos > 0 ? everyDay[bySetPos - 1] : isCommon ? pick(sorted, bySetPos) : undefined
  return monthDay === undefined ? null : { freq: 'MONTHLY', interval, monthDay }
}

/** Returns the week of the month that consists of `monthDays`: 1 to 4, or -1 for the last 7 days. Null if there is none. */
function findWeekOfMonth(monthDays: readonly number[]): number | null {
  const sorted = [...new Set(monthDays)].toSorted((one, other) => one - other)
  if (sorted.length !== 7 || sorted[6]! - sorted[0]! !== 6) return null
  if (sorted[0] === -7) return -1
  return sorted[0]! > 0 && sorted[0]! <= 22 && sorted[0]! % 7 === 1 ? (sorted[0]! + 6) / 7 : null
}

/** Returns the element at a position: from the start beginning with 1, or from the end beginning with -1. */
const pick = <T>(elements: readonly T[], position: number): T | undefined =>
  elements.at(position > 0 ? position - 1 : position)
