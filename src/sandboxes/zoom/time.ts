import { invalidFields } from './errors.ts'

export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** Formats a time as Zoom does: in UTC, in whole seconds. */
export const formatTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

/** Formats a date as `yyyy-MM-dd` in UTC. */
export const formatDate = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** Parses a date of a query, at its beginning in UTC. @throws ZoomError if it is not `yyyy-MM-dd`. */
export function readDate(name: string, date: string): number {
  const time = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(time)) throw invalidFields(name)
  return time
}

/** Returns the same day of the month before, or its last day if it is shorter. */
export function subtractMonth(ms: number): number {
  const date = new Date(ms)
  const month = date.getUTCMonth()
  date.setUTCMonth(month - 1)
  if (date.getUTCMonth() === month) date.setUTCDate(0)
  return date.getTime()
}

const formats = new Map<string, Intl.DateTimeFormat>()

function format(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timeZone, format)
  }
  return format
}

export function isTimeZone(name: string): boolean {
  try {
    format(name)
    return true
  } catch {
    return false
  }
}

/** Converts a time to local time in the time zone. The result has the local time as if it were UTC. */
export function toWallClock(ms: number, timeZone: string): number {
  const parts = Object.fromEntries(
    format(timeZone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  )
  return Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute, parts.second)
}

/** Reverts `toWallClock`. A local time that the time zone skips becomes one hour later. */
export function fromWallClock(wall: number, timeZone: string): number {
  const guess = wall - (toWallClock(wall, timeZone) - wall)
  return wall - (toWallClock(guess, timeZone) - guess)
}

/** Parses a time: UTC with `Z`, otherwise local time in `timeZone`. Returns null for any other format. */
export function parseStartTime(text: string, timeZone: string): number | null {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z?)$/.exec(text)
  const wall = match ? Date.parse(`${match[1]}Z`) : Number.NaN
  if (Number.isNaN(wall)) return null
  return match![2] ? wall : fromWallClock(wall, timeZone)
}
