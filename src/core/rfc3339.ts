const secondMs = 1_000
const dayMs = 86_400_000
/** Range of the fast path: years with four digits, in milliseconds since the epoch. */
const firstMs = Date.UTC(1000, 0, 1)
const lastMs = Date.UTC(9999, 11, 31)

const twoDigits = Array.from({ length: 100 }, (_, count) => String(count).padStart(2, '0'))

/** Formats a time as RFC 3339 in UTC. Milliseconds are omitted if they are 0. */
export function formatRfc3339(date: Date): string {
  const time = date.getTime()
  if (time % secondMs !== 0 || !(time >= firstMs && time < lastMs)) return date.toISOString().replace('.000Z', 'Z')
  // `toISOString` takes ten times as long as these steps.
  const day = Math.floor(time / dayMs)
  const second = (time - day * dayMs) / secondMs
  return getDate(day) + minutes[Math.floor(second / 60)]! + seconds[second % 60]!
}

/**
 * Texts of each minute of a day and each second of a minute. Two concatenations leave a third of the garbage that one
 * for each part leaves.
 */
const minutes = Array.from(
  { length: 1440 },
  (_, minute) => `T${twoDigits[Math.floor(minute / 60)]}:${twoDigits[minute % 60]}`,
)
const seconds = twoDigits.slice(0, 60).map((second) => `:${second}Z`)

/** Texts of dates, by day since the epoch. The data of one server has few different dates. */
const dateByDay = new Map<number, string>()
const maxDates = 5_000

function getDate(day: number): string {
  let date = dateByDay.get(day)
  if (date === undefined) {
    if (dateByDay.size >= maxDates) dateByDay.clear()
    dateByDay.set(day, (date = formatDate(day)))
  }
  return date
}

/**
 * Parses the format that vendors use most, `2026-12-01T10:00:00Z`.
 *
 * @returns Milliseconds since the epoch. Null for every other format, and for 29 February, which can be invalid.
 */
export function parseUtcSecond(text: string): number | null {
  if (text.length !== 20 || text[19] !== 'Z' || text[10] !== 'T') return null
  if (text[4] !== '-' || text[7] !== '-' || text[13] !== ':' || text[16] !== ':') return null
  const year = toNumber(text, 0) * 100 + toNumber(text, 2)
  const month = toNumber(text, 5)
  const day = toNumber(text, 8)
  const hour = toNumber(text, 11)
  const minute = toNumber(text, 14)
  const second = toNumber(text, 17)
  const isDay = year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= daysByMonth[month - 1]!
  if (!isDay || !(hour <= 23 && minute <= 59 && second <= 59)) return null
  return countDays(year, month, day) * dayMs + ((hour * 60 + minute) * 60 + second) * secondMs
}

const daysByMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/*
 * These functions use Gregorian years that begin in March, so that a leap day is the last day of its year. Days are
 * counted from 1 January 1970. Source: https://howardhinnant.github.io/date_algorithms.html
 */

/** Days from 1 March of the year 0 to 1 January 1970. */
const daysBefore1970 = 719_468
const daysIn400Years = 146_097

function countDays(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400)
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  return marchYear * 365 + leapDays + dayOfYear - daysBefore1970
}

function formatDate(day: number): string {
  const days = day + daysBefore1970
  const era = Math.floor(days / daysIn400Years)
  const dayOfEra = days - era * daysIn400Years
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  const year = era * 400 + yearOfEra + (month > 2 ? 0 : 1)
  const dayOfMonth = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  return `${year}-${twoDigits[month]}-${twoDigits[dayOfMonth]}`
}

/** Returns the number of the two digits at `index`. NaN if they are not digits. */
function toNumber(text: string, index: number): number {
  const tens = text.charCodeAt(index) - 48
  const ones = text.charCodeAt(index + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN
}
