/** A time in the format in which the JSON encoder of PHP writes a `DateTime`. */
interface PhpDate {
  /** Local time in `timezone`. */
  date: string
  /** 1: a UTC offset. 3: the IANA name of a time zone. */
  timezone_type: number
  timezone: string
}

const offsetPattern = /^([+-])(\d\d):(\d\d)$/

/** Returns the UTC offset of a time zone, in seconds east. @param timeZone IANA name, or an offset such as `+05:30`. */
function getOffset(time: number, timeZone: string): number {
  const name = offsetPattern.test(timeZone)
    ? timeZone
    : new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
        .formatToParts(time * 1000)
        .find(({ type }) => type === 'timeZoneName')!
        .value.replace('GMT', '')
  const [, sign, hours, minutes] = offsetPattern.exec(name) ?? []
  return (sign === '-' ? -60 : 60) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0))
}

/** Formats a time. @param time In seconds since the epoch. @param timeZone IANA name, or an offset such as `+05:30`. */
export function formatPhpDate(time: number, timeZone: string): PhpDate {
  const local = new Date((time + getOffset(time, timeZone)) * 1000).toISOString()
  const date = `${local.slice(0, 19).replace('T', ' ')}.000000`
  return { date, timezone_type: offsetPattern.test(timeZone) ? 1 : 3, timezone: timeZone }
}

/**
 * Parses a date of the query. Returns seconds since the epoch, or undefined if the date is omitted or invalid.
 *
 * @param timeZone Time zone of a date without a UTC offset.
 */
export function parseQueryDate(value: string | undefined, timeZone: string): number | undefined {
  if (!value) return undefined
  const local = /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d(?::\d\d)?))?$/.exec(value)
  if (!local) return toSeconds(Date.parse(value))
  const time = toSeconds(Date.parse(`${local[1]}T${local[2] ?? '00:00'}Z`))
  return time === undefined ? undefined : time - getOffset(time - getOffset(time, timeZone), timeZone)
}

const toSeconds = (milliseconds: number): number | undefined =>
  Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000)
