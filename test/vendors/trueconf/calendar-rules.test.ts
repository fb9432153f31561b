import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '../../../src/core/errors.ts'
import { readSchedule, toScheduleBody } from '../../../src/vendors/trueconf/schedule.ts'
import { runs } from '../../support/property.ts'
import { listRuleStarts } from '../list-rule-starts.ts'

const dayMs = 86_400_000
const compared = 30
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

interface WeeklyBody {
  start_time: number
  time_offset: number
  days: string[]
}

/** Lists the first starts of a weekly conference as TrueConf holds them: at a fixed UTC offset. */
function listSentStarts({ start_time, time_offset, days }: WeeklyBody): number[] {
  const starts: number[] = []
  for (let start = start_time * 1000; starts.length < compared; start += dayMs) {
    const local = new Date(start + time_offset * 60_000)
    if (days.includes(weekdays[local.getUTCDay()]!)) starts.push(start)
  }
  return starts
}

function tryBody(rrule: string, startsAt: Date, timeZone: string): WeeklyBody | null {
  try {
    return toScheduleBody({
      kind: 'recurring',
      rrule,
      startsAt,
      durationMinutes: 30,
      timeZone,
    }) as unknown as WeeklyBody
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    expect(error).toMatchObject({
      code: 'UNSUPPORTED_BY_VENDOR',
      path: ['input', 'schedule', 'recurring', 'rrule'],
    })
    return null
  }
}

const codes = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']
const fixedZone = fc.constantFrom('UTC', 'Etc/GMT-3', 'Asia/Kolkata', 'Asia/Kathmandu', 'Pacific/Kiritimati')
const startMs = fc.integer({ min: 0, max: 365 * 96 }).map((quarters) => Date.UTC(2030, 0, 1) + quarters * 900_000)
const frequency = fc.constantFrom('FREQ=DAILY', 'FREQ=WEEKLY', 'FREQ=MONTHLY')
const otherDays = fc.option(fc.subarray(codes))
const suffix = fc.constantFrom('', 'INTERVAL=1', 'INTERVAL=2', 'INTERVAL=7', 'COUNT=3', 'UNTIL=20400101', 'WKST=SU')

test('sends only rules with the occurrences that ical.js computes, and reads them as rules that it sends unchanged', () => {
  let sent = 0
  fc.assert(
    fc.property(fixedZone, startMs, frequency, otherDays, suffix, (timeZone, start, frequency, otherDays, suffix) => {
      const startsAt = new Date(start)
      // The offset of 2030 is that of the start.
      const { time_offset } = tryBody('FREQ=DAILY', startsAt, timeZone)!
      const wall = start + time_offset * 60_000
      // ical.js returns every start as an occurrence.
      const days = otherDays && [...new Set([codes[new Date(wall).getUTCDay()], ...otherDays])]
      const rrule = [frequency, days && `BYDAY=${days.join(',')}`, suffix].filter(Boolean).join(';')
      const body = tryBody(rrule, startsAt, timeZone)
      if (body === null) return
      sent++
      expect({ rrule, starts: listSentStarts(body) }).toEqual({
        rrule,
        starts: listRuleStarts(rrule, wall, timeZone, compared),
      })
      const read = readSchedule(body, null)
      expect(tryBody(read?.kind === 'recurring' ? read.rrule : '', startsAt, timeZone)).toEqual(body)
    }),
    runs(300, 30_000),
  )
  expect(sent).toBeGreaterThan(50)
})

test.each([
  ['FREQ=WEEKLY;COUNT=3', 'COUNT'],
  ['FREQ=WEEKLY;UNTIL=20301231T080000Z', 'UNTIL'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU', 'INTERVAL'],
  ['FREQ=MONTHLY;BYDAY=2TU', 'BYDAY'],
  ['FREQ=MONTHLY;BYMONTHDAY=15', 'BYMONTHDAY'],
  ['FREQ=YEARLY;BYMONTH=1', 'FREQ=YEARLY and BYMONTH'],
])('rejects %s and names %s', (rrule, part) => {
  const schedule = {
    kind: 'recurring',
    rrule,
    startsAt: new Date('2030-01-07T08:00:00Z'),
    durationMinutes: 30,
  } as const
  expect(() => toScheduleBody({ ...schedule, timeZone: 'UTC' })).toThrow(
    expect.objectContaining({ code: 'UNSUPPORTED_BY_VENDOR', message: expect.stringContaining(part) }),
  )
})
