import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readSchedule, toScheduleBody } from '../../../src/vendors/trueconf/schedule.ts'
import type { NewSchedule } from '../../../src/vendors/vendor-inputs.ts'

const codes = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']
const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'Pacific/Pago_Pago']
const startsAt = fc
  .integer({ min: Math.ceil(Date.now() / 1000) + 3600, max: Date.UTC(2037, 11, 31) / 1000 })
  .map((seconds) => new Date(seconds * 1000))
const durationMinutes = fc.integer({ min: 1, max: 1439 })
const timeZone = fc.constantFrom(...zones)

const readBack = (schedule: NewSchedule) =>
  readSchedule(JSON.parse(JSON.stringify(toScheduleBody(schedule))) as object, null)

test('reads a sent start time unchanged', () => {
  fc.assert(
    fc.property(startsAt, durationMinutes, fc.option(timeZone), (startsAt, durationMinutes, timeZone) => {
      const read = readBack({ kind: 'once', startsAt, durationMinutes, timeZone })
      expect(read).toMatchObject({ kind: 'once', startsAt, durationMinutes })
    }),
  )
})

test('reads sent days of the week unchanged, and sends the local time of the time zone', () => {
  const days = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 })
  fc.assert(
    fc.property(startsAt, durationMinutes, timeZone, days, (startsAt, durationMinutes, timeZone, days) => {
      const named = codes.filter((_, index) => days.includes(index)).join(',')
      const rrule = `FREQ=WEEKLY;BYDAY=${named}`
      const schedule = { kind: 'recurring', rrule, startsAt, durationMinutes, timeZone } as const
      expect(readBack(schedule)).toMatchObject({ kind: 'recurring', rrule, nextStartsAt: startsAt, durationMinutes })
      const clock = startsAt.toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
      expect(toScheduleBody(schedule)).toMatchObject({ type: 0, time: clock })
    }),
  )
})

test('uses the local day of the start for a rule without days', () => {
  const startsAt = new Date('2027-03-01T23:30:00Z') // A Monday in UTC, already Tuesday in Berlin.
  const schedule = { kind: 'recurring', startsAt, durationMinutes: 30, timeZone: 'Europe/Berlin' } as const
  expect(toScheduleBody({ ...schedule, rrule: 'FREQ=WEEKLY' })).toEqual({
    type: 0,
    start_time: startsAt.getTime() / 1000,
    time_offset: 60,
    duration: 1800,
    time: '00:30',
    days: ['tuesday'],
  })
  expect(toScheduleBody({ ...schedule, rrule: 'FREQ=DAILY' })['days']).toHaveLength(7)
})

test.each([
  ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']],
  ['RRULE:FREQ=WEEKLY;WKST=MO;BYDAY=SU,MO', ['sunday', 'monday']],
  ['FREQ=MONTHLY;BYDAY=TU', ['tuesday']],
  ['FREQ=DAILY;INTERVAL=7', ['monday']],
])('sends %s as days of the week', (rrule, days) => {
  const startsAt = new Date('2027-03-01T10:00:00Z')
  const schedule = { kind: 'recurring', rrule, startsAt, durationMinutes: 30, timeZone: 'Europe/Berlin' } as const
  expect(toScheduleBody(schedule)).toMatchObject({ type: 0, days })
})

test('computes the next start of a weekly conference if the server reports one that is over', () => {
  const item = { type: 0, start_time: 1_700_000_000, duration: 90, time_offset: 120, days: ['wednesday'] }
  const schedule = readSchedule(item, new Date(1_600_000_000_000)) as { nextStartsAt: Date }
  // 2023-11-15 00:13:20 at the offset, a Wednesday.
  const ahead = (schedule.nextStartsAt.getTime() - 1_700_000_000_000) / (7 * 86_400_000)
  expect(Number.isInteger(ahead)).toBe(true)
  expect(schedule.nextStartsAt.getTime()).toBeGreaterThan(Date.now())
  expect(schedule.nextStartsAt.getTime()).toBeLessThan(Date.now() + 7 * 86_400_000 + 60_000)
})
