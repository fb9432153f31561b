import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { formatRule, type Weekday } from '../../../src/vendors/kit/rrule.ts'
import { readRule, toZoomRecurrence } from '../../../src/vendors/zoom/schedule.ts'
import { toZonedDate } from '../../../src/vendors/kit/time-zone.ts'
import { parseTimestamp } from '../../../src/vendors/kit/timestamp.ts'

const monday = new Date('2026-11-23T10:00:00Z')
const days: Weekday[] = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']

describe('a rule', () => {
  const base = { byDay: [], byMonthDay: [], bySetPos: null, until: null, count: null }
  const interval = fc.integer({ min: 1, max: 10 })
  const count = fc.option(fc.integer({ min: 1, max: 50 }))
  const rules = fc.oneof(
    fc.record({ freq: fc.constant('DAILY' as const), interval, count }),
    fc.record({
      freq: fc.constant('WEEKLY' as const),
      interval,
      count,
      byDay: fc.subarray(days, { minLength: 1 }).map((names) => names.map((day) => ({ day, ordinal: null }))),
    }),
    fc.record({
      freq: fc.constant('MONTHLY' as const),
      interval,
      count,
      byMonthDay: fc.integer({ min: 1, max: 31 }).map((day) => [day]),
    }),
    fc.record({
      freq: fc.constant('MONTHLY' as const),
      interval,
      count,
      byDay: fc
        .tuple(fc.constantFrom(...days), fc.constantFrom(-1, 1, 2, 3, 4))
        .map(([day, ordinal]) => [{ day, ordinal }]),
    }),
  )

  it('is read from Zoom as it was sent', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        // Weeks begin on Sunday at Zoom, and on Monday in RFC 5545.
        const isOnSundays =
          rule.interval > 1 && 'byDay' in rule && rule.freq === 'WEEKLY' && rule.byDay[0]?.day === 'SU'
        const text = formatRule({ ...base, ...rule, ...(isOnSundays && { weekStart: 'SU' }) })
        expect(readRule(toZoomRecurrence(text, monday))).toBe(text)
      }),
    )
  })

  it('uses the day of its first start if it names no days', () => {
    expect(toZoomRecurrence('FREQ=WEEKLY', monday)).toMatchObject({ weekly_days: '2', end_times: 0 })
    expect(toZoomRecurrence('FREQ=MONTHLY;UNTIL=20270101', monday)).toMatchObject({
      monthly_day: 23,
      end_date_time: '2027-01-01T23:59:59Z',
    })
    expect(toZoomRecurrence('FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2', monday)).toMatchObject({
      monthly_week: 2,
      monthly_week_day: 3,
    })
  })
})

test.each([
  ['20300630', 'Europe/Berlin', '2030-06-30T21:59:59Z'],
  // The clock goes back from 24:00 to 23:00, and forward from 00:00 to 01:00.
  ['20301026', 'Asia/Beirut', '2030-10-26T21:59:59Z'],
  ['20300330', 'Asia/Beirut', '2030-03-30T21:59:59Z'],
  ['99991231', 'America/New_York', '9999-12-31T23:59:59Z'],
])('ends a series with UNTIL=%s in %s at %s', (until, timeZone, end) => {
  expect(toZoomRecurrence(`FREQ=DAILY;UNTIL=${until}`, monday, timeZone)).toMatchObject({ end_date_time: end })
})

describe('a time', () => {
  it.each([
    ['2026-11-23T10:00:00Z', undefined, '2026-11-23T10:00:00.000Z'],
    ['2026-11-23T10:00:00+0130', undefined, '2026-11-23T08:30:00.000Z'],
    ['2026-11-23 10:00', undefined, '2026-11-23T10:00:00.000Z'],
    ['2026-11-23T10:00:00', 'Europe/Berlin', '2026-11-23T09:00:00.000Z'],
    ['2026-03-29T03:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-07-01T00:00:00', 'America/Los_Angeles', '2026-07-01T07:00:00.000Z'],
    [1_700_000_000, undefined, '2023-11-14T22:13:20.000Z'],
    ['1700000000000', undefined, '2023-11-14T22:13:20.000Z'],
  ])('is parsed: %s in %s is %s', (text, zone, iso) => {
    expect(parseTimestamp(text, zone)?.toISOString()).toBe(iso)
  })

  it.each(['', '0000-00-00', 'soon', '+010000-01-01T00:00:00Z', '10000-01-01', 0, -1, 1e300, null, {}, '2026-13-01'])(
    'is null for %j',
    (value) => expect(parseTimestamp(value)).toBeNull(),
  )

  it('is converted to a time zone', () => {
    expect(toZonedDate(new Date('2026-11-22T23:30:00Z'), 'Asia/Tokyo').getUTCDay()).toBe(1)
  })
})
