import { isTimeZone } from '../../core/time-zone.ts'
import { toObject, toText } from '../kit/lenient.ts'
import { parseTimestamp } from '../kit/timestamp.ts'

/** `timezone_type` of PHP for an abbreviation. The same abbreviation, such as `IST`, can stand for several time zones. */
const abbreviationType = '2'

/**
 * Reads a time of the call log, which has its own time zone: `{date, timezone_type, timezone}`.
 *
 * @returns Null if the time is missing or its time zone is not known, because a guess could be hours wrong.
 */
export function readLogTime(value: unknown): Date | null {
  const time = toObject<'date' | 'timezone_type' | 'timezone'>(value)
  const date = toText(time?.date)
  const timeZone = toText(time?.timezone)
  if (date === null || timeZone === null) return null
  if (/^(UTC|GMT|Z)$/i.test(timeZone)) return parseTimestamp(date)
  if (/^[+-]\d\d:?\d\d$/.test(timeZone)) return parseTimestamp(date + timeZone)
  if (toText(time?.timezone_type) === abbreviationType || !isTimeZone(timeZone)) return null
  return parseTimestamp(date, timeZone)
}

/** Formats a time for a query of the call log, in UTC to the second: `2026-11-20 12:00:00`. */
export const formatLogTime = (time: Date): string => time.toISOString().slice(0, 19).replace('T', ' ')
