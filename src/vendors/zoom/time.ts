import { parseUtcSecond } from '../../core/rfc3339.ts'
import { fromClock, getOffsetMinutes } from '../kit/time-zone.ts'

/** What a zone's calendar shows at an instant: its fields are those of UTC in the date given. */
export const onCalendar = (instant: Date, timeZone: string): Date =>
  new Date(instant.getTime() + getOffsetMinutes(instant.getTime(), timeZone) * 60_000)

/** Seconds up to this count are dates of four-digit years; what is more counts milliseconds. */
const lastSecond = 253_402_300_799

/**
 * A point in time in whatever form: ISO 8601, seconds or milliseconds since the epoch. A time without a zone is one on
 * the clocks of `timeZone`. Null where no year from 1 to 9999 can be made of it.
 */
export function instantOf(value: unknown, timeZone = 'UTC'): Date | null {
  if (typeof value === 'string') {
    const usual = parseUtcSecond(value)
    if (usual !== null) return new Date(usual)
  }
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  const time = typeof count === 'number' ? fromEpoch(count) : typeof count === 'string' ? parsed(count, timeZone) : NaN
  return time >= firstTime && time <= lastTime ? new Date(time) : null
}

/** Years from 1 to 9999, in ms since the epoch. */
const [firstTime, lastTime] = [Date.parse('0001-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')]

function fromEpoch(count: number): number {
  if (count <= 0) return NaN
  return Math.floor(count <= lastSecond ? count * 1000 : count)
}

function parsed(text: string, timeZone: string): number {
  const [, day, time = '00:00', zone] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?))? ?(Z|[+-]\d\d:?\d\d)?$/i.exec(text.trim()) ?? []
  if (day === undefined) return NaN
  const clock = `${day}T${time.replace(/(\.\d{3})\d+$/, '$1')}`
  if (zone !== undefined) return Date.parse(clock + zone.toUpperCase().replace(/^([+-]\d\d)(\d\d)$/, '$1:$2'))
  const wall = Date.parse(`${clock}Z`)
  return Number.isNaN(wall) || timeZone === 'UTC' ? wall : fromClock(wall, timeZone)
}

const zones = new Set<string>()

/** Whether this is a time zone by its IANA name. */
export function isTimeZone(name: string): boolean {
  if (zones.has(name)) return true
  if (!isKnown(name) || /^[+-]/.test(name)) return false
  zones.add(name)
  return true
}

function isKnown(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }))
  } catch {
    return false
  }
}
