const pad2 = Array.from({ length: 60 }, (_, count) => String(count).padStart(2, '0'))
const dayMs = 86_400_000
/** Years that have four digits, in ms since the epoch. */
const [firstMs, lastMs] = [Date.UTC(1000, 0, 1), Date.UTC(9999, 11, 31)]

/** The day that was formatted last: objects of a page are often of few days. */
let lastDay = NaN
let lastDate = ''

/** An instant as it is told everywhere: in UTC, without milliseconds where there are none. */
export function rfc3339(instant: Date): string {
  const time = instant.getTime()
  // `toISOString` takes four times as long.
  if (time % 1000 !== 0 || !(time >= firstMs && time < lastMs)) return instant.toISOString().replace('.000Z', 'Z')
  const day = Math.floor(time / dayMs)
  if (day !== lastDay) {
    lastDate = instant.toISOString().slice(0, 11)
    lastDay = day
  }
  const seconds = (time - day * dayMs) / 1000
  return `${lastDate}${pad2[Math.floor(seconds / 3600)]}:${pad2[Math.floor(seconds / 60) % 60]}:${pad2[seconds % 60]}Z`
}

/**
 * Parses the form that vendors use most, `2026-12-01T10:00:00Z`.
 *
 * @returns ms since the epoch, or null for any other form and for what only a calendar can tell: the 29th to 31st.
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
  const isOrdinary = year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= 28
  if (!isOrdinary || !(hour <= 23 && minute <= 59 && second <= 59)) return null
  return countDays(year, month, day) * dayMs + ((hour * 60 + minute) * 60 + second) * 1000
}

/** Days before each month in a year that begins with March, so that a leap day is the last of its year. */
const daysBefore = [306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275]
/** Days from 1 March of the year 0 to 1970. */
const daysBefore1970 = 719_468

/** Counts days since 1970 in the Gregorian calendar. */
function countDays(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400)
  return marchYear * 365 + leapDays + daysBefore[month - 1]! + day - 1 - daysBefore1970
}

/** Returns the number that two digits write, NaN if they are none. */
function toNumber(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN
}
