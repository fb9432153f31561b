import { describe, expect, test } from 'vitest'
import { hasStartWithin } from '../../src/schema/start-window.ts'
import type { Conference, Schedule } from '../../src/vendors/vendor.ts'

type Series = Extract<Schedule, { kind: 'recurring' }>

const series = (fields: Partial<Series>): Conference =>
  ({
    schedule: {
      kind: 'recurring',
      rrule: 'FREQ=WEEKLY',
      nextStartsAt: null,
      durationMinutes: 30,
      timeZone: null,
      ...fields,
    },
  }) as Conference
const at = (text: string): Date => new Date(`${text}:00Z`)

describe('hasStartWithin', () => {
  // A Tuesday.
  const weekly = series({ rrule: 'FREQ=WEEKLY;BYDAY=TU,FR', nextStartsAt: at('2026-12-01T09:00') })

  test.each([
    ['2026-11-01T00:00', '2026-12-01T09:00', false],
    ['2026-11-01T00:00', '2026-12-01T09:01', true],
    ['2026-12-01T09:01', '2026-12-04T09:00', false],
    ['2026-12-01T09:01', '2026-12-04T09:01', true],
    ['2027-06-14T00:00', '2027-06-15T09:01', true],
    ['2027-06-15T09:01', '2027-06-18T09:00', false],
  ])('matches a weekly series in the window from %s to %s: %s', (from, before, isMatch) => {
    expect(hasStartWithin(weekly, at(from), at(before))).toBe(isMatch)
  })

  test('counts the days of a week in the time zone of the series', () => {
    // In Kiritimati it is Wednesday by then.
    const ahead = series({
      rrule: 'FREQ=WEEKLY;BYDAY=WE,TH',
      nextStartsAt: at('2026-12-01T12:00'),
      timeZone: 'Pacific/Kiritimati',
    })
    expect(hasStartWithin(ahead, at('2026-12-02T00:00'), at('2026-12-03T00:00'))).toBe(true)
    expect(hasStartWithin(ahead, at('2026-12-03T00:00'), at('2026-12-04T00:00'))).toBe(false)
  })

  test('matches a series by the starts that the vendor lists', () => {
    const listed = series({ rrule: 'FREQ=DAILY;COUNT=3', starts: [at('2026-12-01T09:00'), at('2026-12-03T09:00')] })
    expect(hasStartWithin(listed, at('2026-12-03T00:00'), at('2026-12-04T00:00'))).toBe(true)
    expect(hasStartWithin(listed, at('2026-12-02T00:00'), at('2026-12-03T00:00'))).toBe(false)
    expect(hasStartWithin(listed, at('2026-12-04T00:00'), undefined)).toBe(false)
  })

  test('does not match a series without known starts', () => {
    expect(hasStartWithin(series({}), at('2026-12-01T00:00'), undefined)).toBe(false)
  })
})
