const maxFormats = 1_000
/** By time zone. The creation of a format takes ten times as long as its use. */
const formats = new Map<string, Intl.DateTimeFormat>()

function getOffsetFormat(timeZone: string): Intl.DateTimeFormat {
  const existing = formats.get(timeZone)
  if (existing) return existing
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  if (formats.size >= maxFormats) formats.clear()
  formats.set(timeZone, format)
  return format
}

/** Returns the UTC offset of a time zone, in minutes east. @param time In milliseconds since the epoch. */
export function getOffsetMinutes(time: number, timeZone: string): number {
  const name =
    getOffsetFormat(timeZone)
      .formatToParts(time)
      .find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d\d):(\d\d)/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) || 0
}

const dayMs = 86_400_000

/**
 * Converts a local time to milliseconds since the epoch, as RFC 5545 (3.3.5) requires: a local time that occurs twice is its first
 * occurrence, and a local time that is skipped has the UTC offset before the transition.
 *
 * @param localTime Milliseconds since the epoch at which UTC has the fields of the local time.
 */
export function fromZonedTime(localTime: number, timeZone: string): number {
  // A day is more than every UTC offset, and no time zone has two transitions within two days.
  const before = getOffsetMinutes(localTime - dayMs, timeZone)
  const after = getOffsetMinutes(localTime + dayMs, timeZone)
  const early = localTime - before * 60_000
  if (before === after || getOffsetMinutes(early, timeZone) === before) return early
  const late = localTime - after * 60_000
  return getOffsetMinutes(late, timeZone) === after ? late : early
}

/** Returns the local time in a time zone, in the UTC fields of the date. */
export function toZonedDate(time: Date, timeZone: string): Date {
  return new Date(time.getTime() + getOffsetMinutes(time.getTime(), timeZone) * 60_000)
}
