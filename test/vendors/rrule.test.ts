import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatRule, parseRule, type Rule, type Weekday } from '../../src/vendors/kit/rrule.ts'

const weekday = fc.constantFrom<Weekday>('SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA')
const plainDays: fc.Arbitrary<Rule['byDay']> = fc
  .uniqueArray(weekday, { maxLength: 7 })
  .map((days) => days.map((day) => ({ day, ordinal: null })))
const end: fc.Arbitrary<Pick<Rule, 'count' | 'until'>> = fc.oneof(
  fc.constant({ count: null, until: null }),
  fc.integer({ min: 1, max: 999 }).map((count) => ({ count, until: null })),
  fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => ({ count: null, until: new Date(seconds * 1000) })),
)
const monthly: fc.Arbitrary<Pick<Rule, 'byDay' | 'byMonthDay'>> = fc.oneof(
  fc.record({
    byDay: fc.tuple(weekday, fc.constantFrom(-1, 1, 2, 5)).map(([day, ordinal]) => [{ day, ordinal }]),
    byMonthDay: fc.constant<number[]>([]),
  }),
  fc.record({
    byDay: fc.constant<Rule['byDay']>([]),
    byMonthDay: fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { maxLength: 4 }),
  }),
)
const rules: fc.Arbitrary<Rule> = fc
  .tuple(fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY'), fc.integer({ min: 1, max: 99 }), plainDays, monthly, end)
  .map(([freq, interval, byDay, month, end]) => ({
    freq: freq as Rule['freq'],
    interval,
    ...(freq === 'MONTHLY' ? month : { byDay, byMonthDay: [] }),
    bySetPos: null,
    ...end,
  }))

describe('rules', () => {
  it('are unchanged after formatting and parsing', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        expect(parseRule(formatRule(rule))).toEqual(rule)
      }),
    )
  })

  it('are parsed or rejected with BAD_USER_INPUT', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        try {
          parseRule(`FREQ=${one};${other}`)
        } catch (error) {
          expect(error).toMatchObject({ code: 'BAD_USER_INPUT', path: ['input', 'schedule', 'recurring', 'rrule'] })
        }
      }),
    )
  })

  it('are parsed with a prefix, in any case, and to the end of a day', () => {
    expect(parseRule('rrule:freq=weekly;byday=mo,we;')).toMatchObject({ freq: 'WEEKLY', interval: 1 })
    expect(parseRule('FREQ=DAILY;UNTIL=20261231').until).toEqual(new Date('2026-12-31T23:59:59Z'))
    expect(parseRule('FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1').bySetPos).toBe(-1)
  })

  it.each([
    '',
    'FREQ=FORTNIGHTLY',
    'INTERVAL=2',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;FREQ=DAILY',
    'FREQ=DAILY;COUNT=1 0',
    'FREQ=DA\u0131LY', // The upper case of this letter is I.
    'FREQ=DAILY;COUNT=2;UNTIL=20261231',
    'FREQ=DAILY;UNTIL=20260230',
    'FREQ=DAILY;EVERY=3',
    'FREQ=WEEKLY;BYDAY=2MO',
    'FREQ=WEEKLY;BYDAY=XX',
    'FREQ=WEEKLY;INTERVAL=2;WKST=XX',
    'FREQ=MONTHLY;BYMONTHDAY=32',
    'FREQ=MONTHLY;BYSETPOS=1',
    `FREQ=WEEKLY;BYDAY=${'MO,'.repeat(50_000)}`,
  ])('are rejected: %.60s', (text) => {
    expect(() => parseRule(text)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }))
  })
})
