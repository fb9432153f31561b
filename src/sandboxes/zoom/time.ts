export const second = 1000
export const minute = 60 * second
export const hour = 60 * minute
export const day = 24 * hour

/** Zoom's form of a time: UTC, whole seconds. */
export const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`

/** `yyyy-MM-dd` in UTC. */
export const isoDate = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

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

/** The clock on the wall at `ms` in the zone, as if that clock showed UTC. */
export function wallClock(ms: number, timeZone: string): number {
  const parts = Object.fromEntries(
    format(timeZone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, Number(value)]),
  )
  return Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute, parts.second)
}

/** The inverse of `wallClock`; a time that the zone skips comes out an hour later. */
export function fromWallClock(wall: number, timeZone: string): number {
  const guess = wall - (wallClock(wall, timeZone) - wall)
  return wall - (wallClock(guess, timeZone) - guess)
}

/** With `Z` it is UTC, without it is local time in `timeZone`; null for any other form. */
export function readStartTime(text: string, timeZone: string): number | null {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z?)$/.exec(text)
  const wall = match ? Date.parse(`${match[1]}Z`) : Number.NaN
  if (Number.isNaN(wall)) return null
  return match![2] ? wall : fromWallClock(wall, timeZone)
}
