import fc from 'fast-check'
import { RRule } from 'rrule'
import { expect, test } from 'vitest'
import { Problem } from '../../../src/core/errors.ts'
import { computeOccurrenceStarts, type Recurrence } from '../../../src/sandboxes/zoom/recurrence.ts'
import { fromWallClock, toWallClock } from '../../../src/sandboxes/zoom/time.ts'
import { toZoomRecurrence } from '../../../src/vendors/zoom/schedule.ts'
import { runs } from '../../support/property.ts'
import { newConference } from '../new-conference.ts'
import { open } from './open.ts'

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/St_Johns']
const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']
const compared = 20

// Without -2, because rrule continues from the other end if a set has one element.
const positions = fc.constantFrom('', 'BYSETPOS=1', 'BYSETPOS=-1', 'BYSETPOS=2', 'BYSETPOS=4')
const someDays = fc.oneof(
  fc.subarray(weekdays, { minLength: 1 }),
  fc.constantFrom(weekdays, ['MO', 'TU', 'WE', 'TH', 'FR'], ['MO'], ['SU'], ['SA', 'SU']),
)
const monthDays = fc.oneof(
  fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 3 }),
  fc.constantFrom([-1], [15], [31], [1, 2, 3, 4, 5, 6, 7], [8, 9, 10, 11, 12, 13, 14], [-7, -6, -5, -4, -3, -2, -1]),
  fc.constant(Array.from({ length: 31 }, (_, index) => index + 1)),
)
const ordinalDay = fc
  .tuple(fc.constantFrom(-1, 1, 2, 3, 4, 5), fc.constantFrom(...weekdays))
  .map(([n, day]) => `${n}${day}`)
const byDay = someDays.map((days) => `BYDAY=${days.join(',')}`)
const byMonthDay = monthDays.map((days) => `BYMONTHDAY=${days.join(',')}`)
const byOrdinal = fc.array(ordinalDay, { minLength: 1, maxLength: 2 }).map((days) => `BYDAY=${days.join(',')}`)
const frequency = fc.oneof(
  fc.tuple(fc.constant('FREQ=DAILY'), fc.option(byDay), fc.option(byMonthDay, { freq: 3 })),
  fc.tuple(fc.constant('FREQ=WEEKLY'), fc.option(byDay), fc.constant(null)),
  fc.tuple(fc.constant('FREQ=MONTHLY'), fc.option(fc.oneof(byDay, byOrdinal)), fc.option(byMonthDay)),
)
const interval = fc.oneof(
  fc.constant(''),
  fc.constantFrom(2, 3, 7, 14).map((weeks) => `INTERVAL=${weeks}`),
)
const weekStart = fc.oneof(
  fc.constant(''),
  fc.constantFrom(...weekdays).map((day) => `WKST=${day}`),
)
const count = fc.oneof(
  fc.constant(''),
  fc.integer({ min: 1, max: 12 }).map((times) => `COUNT=${times}`),
)
const quarterHours = 5 * 365 * 96
const start = fc.integer({ min: 0, max: quarterHours }).map((n) => Date.UTC(2026, 0, 1) + n * 900_000)

/** Returns the times of a rule from another implementation of RFC 5545, as wall-clock times of the time zone. */
function listWallTimes(rule: string, wall: number): number[] {
  const options = { ...RRule.parseString(rule), dtstart: new Date(wall) }
  return new RRule(options).all((_, index) => index < compared).map((date) => date.getTime())
}

const isRejection = (error: unknown): boolean =>
  error instanceof Problem && ['UNSUPPORTED_BY_VENDOR', 'BAD_USER_INPUT'].includes(error.code)

function tryRecurrence(rule: string, wall: number, zone: string): Recurrence | null {
  try {
    return toZoomRecurrence(rule, new Date(wall), zone) as unknown as Recurrence
  } catch (error) {
    if (!isRejection(error)) throw error
    return null
  }
}

test('creates a series with exactly the times of its rule, in every time zone and over clock changes', () => {
  const accepted = new Map<string, number>()
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      start,
      frequency,
      interval,
      weekStart,
      count,
      positions,
      (zone, startsAt, parts, ...others) => {
        const rule = [...parts, ...others].filter(Boolean).join(';')
        const wall = toWallClock(startsAt, zone)
        // A rule cannot name a local time that occurs twice.
        fc.pre(fromWallClock(wall, zone) === startsAt)
        const recurrence = tryRecurrence(rule, wall, zone)
        if (recurrence === null) return
        accepted.set(parts[0], (accepted.get(parts[0]) ?? 0) + 1)
        const expected = listWallTimes(rule, wall).map((time) => fromWallClock(time, zone))
        const starts = computeOccurrenceStarts(startsAt, zone, recurrence).slice(0, compared)
        expect({ rule, zone, wall: new Date(wall), starts: starts.map((time) => new Date(time)) }).toEqual({
          rule,
          zone,
          wall: new Date(wall),
          starts: expected.map((time) => new Date(time)),
        })
      },
    ),
    runs(500, 50_000),
  )
  expect([...accepted.keys()].toSorted()).toEqual(['FREQ=DAILY', 'FREQ=MONTHLY', 'FREQ=WEEKLY'])
})

test('ends a series at UNTIL: a UTC time, a local time, or a local day', () => {
  const ends = fc.constantFrom('utc', 'local', 'date')
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      start,
      fc.integer({ min: 0, max: 900 }),
      ends,
      (zone, startsAt, hours, form) => {
        const wall = toWallClock(startsAt, zone)
        fc.pre(fromWallClock(wall, zone) === startsAt)
        const untilWall = wall + hours * 3_600_000
        const digits = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d+/g, '')
        const until =
          form === 'utc'
            ? digits(startsAt + hours * 3_600_000)
            : form === 'local'
              ? digits(untilWall).slice(0, -1)
              : digits(untilWall).slice(0, 8)
        const recurrence = tryRecurrence(`FREQ=DAILY;UNTIL=${until}`, wall, zone)
        const all = listWallTimes('FREQ=DAILY', wall)
        const expected = all.filter((time) =>
          form === 'utc'
            ? fromWallClock(time, zone) <= startsAt + hours * 3_600_000
            : form === 'local'
              ? time <= untilWall
              : digits(time).slice(0, 8) <= until,
        )
        const starts = computeOccurrenceStarts(startsAt, zone, recurrence!).slice(0, compared)
        expect(starts).toEqual(expected.map((time) => fromWallClock(time, zone)))
      },
    ),
    runs(200, 20_000),
  )
})

/** The meeting starts on a Monday, 2030-01-07. */
const sent: [rule: string, recurrence: object][] = [
  ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', { type: 2, repeat_interval: 1, weekly_days: '2,3,4,5,6', end_times: 0 }],
  ['RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE', { type: 2, repeat_interval: 2, weekly_days: '2,4' }],
  ['FREQ=WEEKLY;WKST=MO;INTERVAL=2;BYDAY=MO', { type: 2, repeat_interval: 2, weekly_days: '2' }],
  ['FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO', { type: 2, repeat_interval: 2, weekly_days: '1,2' }],
  ['freq=weekly; interval=2; byday=mo , fr;', { type: 2, repeat_interval: 2, weekly_days: '2,6' }],
  ['FREQ=WEEKLY;BY\r\n DAY=TU', { type: 2, repeat_interval: 1, weekly_days: '3' }],
  ['FREQ=WEEKLY;WKST=MO', { type: 2, repeat_interval: 1, weekly_days: '2' }],
  ['FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=-1', { type: 2, weekly_days: '6' }],
  ['FREQ=MONTHLY;BYDAY=MO,TU', { type: 2, repeat_interval: 1, weekly_days: '2,3' }],
  ['FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2', { type: 3, monthly_week: 2, monthly_week_day: 3 }],
  ['FREQ=MONTHLY;BYDAY=2TU;BYSETPOS=1', { type: 3, monthly_week: 2, monthly_week_day: 3 }],
  ['FREQ=MONTHLY;BYDAY=TU;BYMONTHDAY=8,9,10,11,12,13,14', { type: 3, monthly_week: 2, monthly_week_day: 3 }],
  ['FREQ=MONTHLY;BYDAY=SU,MO,TU,WE,TH,FR,SA;BYSETPOS=3', { type: 3, monthly_day: 3 }],
  ['FREQ=DAILY;BYMONTHDAY=15', { type: 3, repeat_interval: 1, monthly_day: 15 }],
  ['FREQ=DAILY;UNTIL=20300110', { type: 1, end_date_time: '2030-01-10T22:59:59Z' }],
  ['FREQ=DAILY;UNTIL=20300110T090000', { type: 1, end_date_time: '2030-01-10T08:00:00Z' }],
]

const schedule = {
  kind: 'recurring',
  startsAt: new Date('2030-01-07T08:00:00Z'),
  durationMinutes: 30,
  timeZone: 'Europe/Berlin',
} as const

test.each(sent)('converts %j to a recurrence of Zoom', async (rrule, recurrence) => {
  const { vendor, call, sandbox, owner } = await open()
  const input = newConference({ owner: { vendorId: owner.id, email: null }, schedule: { ...schedule, rrule } })
  const { conference } = await vendor.createConference(input, call())
  expect(sandbox.data.meetings.get(Number(conference.vendorId))!.recurrence).toMatchObject(recurrence)
})

const rejected: [rule: string, code: string, words: RegExp][] = [
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU', 'UNSUPPORTED_BY_VENDOR', /WKST=SU/],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=MO', 'UNSUPPORTED_BY_VENDOR', /WKST=SU/],
  ['FREQ=DAILY;INTERVAL=100', 'UNSUPPORTED_BY_VENDOR', /INTERVAL of 1 to 99/],
  ['FREQ=DAILY;COUNT=1000000000', 'UNSUPPORTED_BY_VENDOR', /COUNT of 1 to 50/],
  ['FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,3', 'UNSUPPORTED_BY_VENDOR', /BYSETPOS/],
  ['FREQ=DAILY;INTERVAL=2;BYDAY=MO,TU', 'UNSUPPORTED_BY_VENDOR', /BYDAY/],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', 'UNSUPPORTED_BY_VENDOR', /BYMONTHDAY=15/],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1', 'UNSUPPORTED_BY_VENDOR', /BYDAY=2TU/],
  ['DTSTART;TZID=Europe/Berlin:20300107T090000\nRRULE:FREQ=DAILY', 'BAD_USER_INPUT', /DTSTART.*startsAt/],
  ['RRULE:FREQ=DAILY\nEXDATE:20300108T090000', 'BAD_USER_INPUT', /EXDATE/],
  ['RRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY', 'BAD_USER_INPUT', /one rule/],
  ['FREQ=DAILY;UNTIL=20300106', 'BAD_USER_INPUT', /UNTIL.*start/],
  ['FREQ=YEARLY', 'UNSUPPORTED_BY_VENDOR', /FREQ=YEARLY/],
  ['FREQ=FORTNIGHTLY', 'BAD_USER_INPUT', /DAILY, WEEKLY/],
]

async function expectRejection(rrule: string, code: string, words: RegExp): Promise<void> {
  const { vendor, call, sandbox, owner } = await open()
  const input = newConference({ owner: { vendorId: owner.id, email: null }, schedule: { ...schedule, rrule } })
  await expect(vendor.createConference(input, call())).rejects.toMatchObject({
    code,
    message: expect.stringMatching(words),
    path: ['input', 'schedule', 'recurring', 'rrule'],
  })
  expect(sandbox.ledger).toEqual([])
}

test.each(rejected)('rejects %j before any call', expectRejection)

test.each([
  ['COUNT', `FREQ=DAILY;COUNT=${'9'.repeat(400)}`, /COUNT of 1 to 50/],
  ['INTERVAL', `FREQ=DAILY;INTERVAL=${'9'.repeat(400)};BYDAY=MO`, /INTERVAL, and BYDAY/],
])('rejects a rule whose %s has 400 digits before any call', (_, rrule, words) =>
  expectRejection(rrule, 'UNSUPPORTED_BY_VENDOR', words),
)

test('reads the first day of the week of a rule', async () => {
  const { vendor, call, owner } = await open()
  const rrule = 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU'
  const input = newConference({ owner: { vendorId: owner.id, email: null }, schedule: { ...schedule, rrule } })
  const { conference } = await vendor.createConference(input, call())
  expect(conference.schedule).toMatchObject({ kind: 'recurring', rrule })
})
