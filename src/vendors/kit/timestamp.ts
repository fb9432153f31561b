import { parseUtcSecond } from '../../core/rfc3339.ts'
import { fromZonedTime } from './time-zone.ts'

/** Larger numbers are not seconds. This is the last second of the year 9999. */
const lastSecond = 253_402_300_799
/** Smaller numbers are not milliseconds. This is 2001-09-09. */
const firstMillisecond = 1e12
/** The years 1 to 9999, in milliseconds since the epoch. */
const [firstTime, lastTime] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')]

/**
 * Parses a point in time: ISO 8601, or seconds or milliseconds since the epoch, as a number or as a string.
 *
 * @param timeZone IANA name of the time zone of a text without a UTC offset.
 * @returns Null for any other value, for 0, and for years outside of 1 to 9999.
 */
export function parseTimestamp(value: unknown, timeZone = 'UTC'): Date | null {
  if (typeof value === 'string') {
    const time = parseUtcSecond(value)
    if (time !== null) return new Date(time)
  }
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  const time =
    typeof count === 'number' ? toMilliseconds(count) : typeof count === 'string' ? parseDateText(count, timeZone) : NaN
  return time >= firstTime && time <= lastTime ? new Date(time) : null
}

function toMilliseconds(count: number): number {
  if (count <= 0) return NaN
  if (count <= lastSecond) return Math.floor(count) * 1000
  return count >= firstMillisecond ? Math.floor(count) : NaN
}

function parseDateText(text: string, timeZone: string): number {
  const [, day, time = '00:00', zone] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?))? ?(Z|[+-]\d\d:?\d\d)?$/i.exec(text.trim()) ?? []
  if (day === undefined) return NaN
  const localText = `${day}T${time.replace(/(\.\d{3})\d+$/, '$1')}`
  if (zone !== undefined) return Date.parse(localText + zone.toUpperCase().replace(/^([+-]\d\d)(\d\d)$/, '$1:$2'))
  const localTime = Date.parse(`${localText}Z`)
  return Number.isNaN(localTime) || timeZone === 'UTC' ? localTime : fromZonedTime(localTime, timeZone)
}
