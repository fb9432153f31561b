import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromZonedTime, toZonedDate } from '../../src/vendors/kit/time-zone.ts'
import { runs } from '../support/property.ts'

test.each([
  // Skipped: the clock goes forward at 02:00.
  ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30'],
  ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30'],
  // Twice: the clock goes back at 03:00 in Berlin, at 02:00 in New York and on Lord Howe Island, and at midnight in Beirut.
  ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30'],
  ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30'],
  ['2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-04T14:45'],
  ['2026-10-24T23:30', 'Asia/Beirut', '2026-10-24T20:30'],
  // Hours before and after a transition.
  ['2026-03-29T01:59', 'Europe/Berlin', '2026-03-29T00:59'],
  ['2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00'],
  ['2026-10-25T03:00', 'Europe/Berlin', '2026-10-25T02:00'],
  ['2026-11-01T02:00', 'America/New_York', '2026-11-01T07:00'],
])('converts %s in %s to %s in UTC', (local, timeZone, utc) => {
  expect(new Date(fromZonedTime(Date.parse(`${local}Z`), timeZone))).toEqual(new Date(`${utc}Z`))
})

test('returns a time whose local time is the input, if the time zone does not skip it', () => {
  const zones = fc.constantFrom(
    'Europe/Berlin',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Asia/Beirut',
    'Pacific/Apia',
  )
  const times = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2040, 0) })
  fc.assert(
    fc.property(zones, times, (timeZone, time) => {
      const local = toZonedDate(new Date(time), timeZone)
      const converted = fromZonedTime(local.getTime(), timeZone)
      expect(converted).toBeLessThanOrEqual(time)
      expect(toZonedDate(new Date(converted), timeZone)).toEqual(local)
    }),
    runs(500, 50_000),
  )
})
