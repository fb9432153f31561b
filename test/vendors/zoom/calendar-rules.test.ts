import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '../../../src/core/errors.ts'
import { computeOccurrenceStarts, type Recurrence } from '../../../src/sandboxes/zoom/recurrence.ts'
import { fromWallClock, toWallClock } from '../../../src/sandboxes/zoom/time.ts'
import { readRule, toZoomRecurrence } from '../../../src/vendors/zoom/schedule.ts'
import { runs } from '../../support/property.ts'
import { rulesByProgram } from './calendar-rules.ts'
import { listRuleStarts } from '../list-rule-starts.ts'
import { newConference } from '../new-conference.ts'
import { open } from './open.ts'

const timeZone = 'Europe/Berlin'
// A Tuesday. The clock changes on 2030-03-31 and on 2030-10-27.
const startsAt = new Date('2030-01-08T08:00:00Z')
/** Maximum number of occurrences that Zoom keeps. */
const maxStarts = 50
const rulePath = ['input', 'schedule', 'recurring', 'rrule']

async function createSeries(rrule: string) {
  const { vendor, call, calls, sandbox, owner } = await open({ seed: { active: 1 } })
  const schedule = { kind: 'recurring', rrule, startsAt, durationMinutes: 30, timeZone } as const
  const creating = vendor.createConference(
    newConference({ owner: { vendorId: owner.id, email: null }, schedule }),
    call(),
  )
  const readStarts = async (): Promise<number[]> => {
    const { vendorId } = (await creating).conference
    return sandbox.data.meetings.get(Number(vendorId))!.occurrences!.map(({ start_time }) => Date.parse(start_time))
  }
  return { creating, calls, readStarts }
}

const toDates = (times: readonly number[]): Date[] => times.map((time) => new Date(time))
const listExpected = (rule: string): number[] =>
  listRuleStarts(rule, toWallClock(startsAt.getTime(), timeZone), timeZone, maxStarts)

const accepted = [
  'RRULE:FREQ=WEEKLY;BYDAY=TU,TH',
  'rrule:freq=weekly;count=30;byday=tu,th',
  'BYDAY=TU,TH;COUNT=30;FREQ=WEEKLY',
  'FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20300411',
  'FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20300411T090000',
  'FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20300411T085959',
  'FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20300411T070000Z',
  'FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20300411T065959Z',
  'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR',
  'FREQ=WEEKLY;BYDAY=TU,SU;WKST=MO;INTERVAL=1',
  'FREQ=WEEKLY;BYDAY=TU;WKST=MO;INTERVAL=2',
  'FREQ=WEEKLY;BYDAY=TU,SU;WKST=SU;INTERVAL=2',
]

test.each(accepted)('creates the occurrences that ical.js computes for %s', async (rule) => {
  const { readStarts } = await createSeries(rule)
  expect(toDates(await readStarts())).toEqual(toDates(listExpected(rule)))
})

test('rejects WKST=MO with two days of every second week before any call', async () => {
  const { creating, calls } = await createSeries('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=MO')
  await expect(creating).rejects.toMatchObject({
    code: 'UNSUPPORTED_BY_VENDOR',
    message: expect.stringContaining('WKST'),
    path: rulePath,
  })
  expect(calls()).toEqual([])
})

const calendarRules = Object.entries(rulesByProgram).flatMap(([program, rules]) =>
  rules.map(({ rule, rejected = null }) => ({ program, rule, rejected })),
)

test.each(calendarRules.filter(({ rejected }) => rejected === null))(
  'creates the series of $program: $rule',
  async ({ rule }) => {
    const { readStarts } = await createSeries(rule)
    expect(toDates(await readStarts())).toEqual(toDates(listExpected(rule)))
  },
)

test.each(calendarRules.filter(({ rejected }) => rejected !== null))(
  'rejects the series of $program before any call and names $rejected: $rule',
  async ({ rule, rejected }) => {
    const { creating, calls } = await createSeries(rule)
    await expect(creating).rejects.toMatchObject({
      code: 'UNSUPPORTED_BY_VENDOR',
      message: expect.stringContaining(rejected!),
      path: rulePath,
    })
    expect(calls()).toEqual([])
  },
)

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']
const getWeekday = (date: Date): string => weekdays[date.getUTCDay()]!
const getWeek = (date: Date): number => Math.ceil(date.getUTCDate() / 7)
/** Creates parts of a rule for a start, which is an occurrence of the rule: ical.js returns every start as an occurrence. */
type CreateParts = (start: Date) => string
const days = fc.subarray(weekdays).map(
  (names): CreateParts =>
    (start) =>
      `BYDAY=${[...new Set([getWeekday(start), ...names])].join(',')}`,
)
const noDays = fc.constant<CreateParts>(() => '')
const monthDays = fc.constantFrom<CreateParts>(
  (start) => `BYMONTHDAY=${start.getUTCDate()}`,
  (start) => `BYDAY=${getWeek(start)}${getWeekday(start)}`,
  (start) => `BYDAY=${getWeekday(start)};BYSETPOS=${getWeek(start)}`,
  (start) => `BYDAY=-1${getWeekday(start)}`,
  (start) => `BYDAY=${getWeekday(start)};BYSETPOS=-1`,
)
const rules = fc.oneof(
  fc.tuple(fc.constant('FREQ=DAILY'), fc.oneof(noDays, days)),
  fc.tuple(fc.constant('FREQ=WEEKLY'), fc.oneof(noDays, days)),
  fc.tuple(fc.constant('FREQ=MONTHLY'), fc.oneof(noDays, days, monthDays)),
)
const intervalPart = fc.constantFrom('', 'INTERVAL=1', 'INTERVAL=2', 'INTERVAL=3', 'INTERVAL=7')
const weekStartPart = fc.constantFrom('', ...weekdays.map((day) => `WKST=${day}`))
const endPart = fc.oneof(
  fc.constant(''),
  fc.integer({ min: 1, max: 50 }).map((count) => `COUNT=${count}`),
  fc.tuple(fc.integer({ min: 0, max: 300 * 24 }), fc.constantFrom(8, 15, 16)).map(([hours, length]) => {
    const digits = new Date(Date.UTC(2031, 0, 3) + hours * 3_600_000).toISOString().replace(/[-:]|\.\d+/g, '')
    return `UNTIL=${digits.slice(0, length)}`
  }),
)
const zone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Beirut',
  'Asia/Kolkata',
)
const start = fc.integer({ min: 0, max: 365 * 96 - 1 }).map((quarters) => Date.UTC(2030, 0, 1) + quarters * 900_000)

test('sends only rules with the occurrences that ical.js computes, and reads them as rules that it sends unchanged', () => {
  let sent = 0
  fc.assert(
    fc.property(zone, start, rules, intervalPart, weekStartPart, endPart, (zone, startsAt, rules, ...others) => {
      const wall = toWallClock(startsAt, zone)
      // A rule cannot name the second of two equal local times.
      fc.pre(fromWallClock(wall, zone) === startsAt)
      const [frequency, createParts] = rules
      const rule = [frequency, createParts(new Date(wall)), ...others].filter(Boolean).join(';')
      const recurrence = tryRecurrence(rule, wall, zone)
      if (recurrence === null) return
      const starts = computeOccurrenceStarts(startsAt, zone, recurrence)
      fc.pre(starts[0] === startsAt)
      sent++
      expect(toZoomRecurrence(readRule(recurrence)!, new Date(wall), zone)).toEqual(recurrence)
      expect({ rule, starts: toDates(starts) }).toEqual({
        rule,
        starts: toDates(listRuleStarts(rule, wall, zone, maxStarts)),
      })
    }),
    runs(400, 100_000),
  )
  expect(sent).toBeGreaterThan(40)
})

/** Returns null if Zoom does not support the rule. */
function tryRecurrence(rule: string, wall: number, zone: string): Recurrence | null {
  try {
    return toZoomRecurrence(rule, new Date(wall), zone) as unknown as Recurrence
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    expect(error).toMatchObject({ code: 'UNSUPPORTED_BY_VENDOR', path: rulePath })
    return null
  }
}
