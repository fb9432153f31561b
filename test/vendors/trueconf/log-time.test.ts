import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatPhpDate } from '../../../src/sandboxes/trueconf/php-date.ts'
import { readLogTime } from '../../../src/vendors/trueconf/log-time.ts'

const read = (date: unknown, timezone_type: unknown, timezone: unknown): string | null =>
  readLogTime({ date, timezone_type, timezone })?.toISOString() ?? null

describe('readLogTime', () => {
  test.each([
    ['2026-11-20 12:00:00.000000', 3, 'UTC', '2026-11-20T12:00:00.000Z'],
    ['2026-11-20 12:00:00.000000', 3, 'Asia/Kolkata', '2026-11-20T06:30:00.000Z'],
    ['2026-11-20 12:00:00', 1, '+05:30', '2026-11-20T06:30:00.000Z'],
    ['2026-11-20 12:00:00.250000', 1, '-0330', '2026-11-20T15:30:00.250Z'],
    ['2026-11-20 12:00:00.000000', 2, 'UTC', '2026-11-20T12:00:00.000Z'],
    ['2026-11-20 12:00:00.000000', '3', 'Europe/Berlin', '2026-11-20T11:00:00.000Z'],
    ['2026-07-20 12:00:00.000000', 3, 'Europe/Berlin', '2026-07-20T10:00:00.000Z'],
  ])('reads %s of type %s in %s', (date, type, timeZone, expected) => {
    expect(read(date, type, timeZone)).toBe(expected)
  })

  test.each([
    ['an ambiguous abbreviation', '2026-11-20 12:00:00', 2, 'IST'],
    ['an unknown time zone', '2026-11-20 12:00:00', 3, 'Mars/Olympus'],
    ['no time zone', '2026-11-20 12:00:00', 3, undefined],
    ['an empty date', '', 3, 'UTC'],
    ['a date that does not exist', '2026-13-40 12:00:00', 3, 'UTC'],
    ['no date', null, 3, 'UTC'],
  ])('returns null for %s', (_, date, type, timeZone) => {
    expect(read(date, type, timeZone)).toBeNull()
  })

  test.each([null, undefined, '', 0, '2026-11-20 12:00:00', [], {}])('returns null for %j', (value) => {
    expect(readLogTime(value)).toBeNull()
  })

  test('reads what the server formats in any time zone, except in the hour that a clock change repeats', () => {
    const timeZones = [
      'UTC',
      'Asia/Kolkata',
      'Pacific/Chatham',
      'America/St_Johns',
      'Africa/Monrovia',
      '+14:00',
      '-09:30',
    ]
    const seconds = fc.integer({ min: Date.UTC(2010, 0) / 1000, max: Date.UTC(2100, 0) / 1000 })
    fc.assert(
      fc.property(seconds, fc.constantFrom(...timeZones), (time, timeZone) => {
        const formatted = formatPhpDate(time, timeZone)
        const result = readLogTime(formatted)!.getTime() / 1000
        expect(formatPhpDate(result, timeZone)).toEqual(formatted)
        if (!/Chatham|St_Johns/.test(timeZone)) expect(result).toBe(time)
      }),
    )
  })
})
