import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutHalfMonth, listHalfMonths, listRequestedDays } from '../../../src/vendors/zoom/half-months.ts'
import { runs } from '../../support/property.ts'

const dayMs = 86_400_000
const range = (from: string, before: string) => ({ from: new Date(from), before: new Date(before) })

/** Periods of 1 s to 500 days. */
const anyPeriod = fc
  .record({
    start: fc.integer({ min: Date.UTC(2020, 0) / 1000, max: Date.UTC(2030, 0) / 1000 }),
    seconds: fc.integer({ min: 1, max: 500 * 86_400 }),
  })
  .map(({ start, seconds }) => ({ from: new Date(start * 1000), before: new Date((start + seconds) * 1000) }))

describe('listHalfMonths', () => {
  test('lists the halves that a period touches, newest first', () => {
    expect(listHalfMonths(range('2026-01-15T23:59:59Z', '2026-03-01T00:00:00Z'))).toEqual([
      '2026-02-16',
      '2026-02-01',
      '2026-01-16',
      '2026-01-01',
    ])
    expect(listHalfMonths(range('2026-01-16T00:00:00Z', '2026-01-16T00:00:01Z'))).toEqual(['2026-01-16'])
  })

  test('divides every period into parts without a gap or an overlap', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const parts = listHalfMonths(period).map((name) => cutHalfMonth(name, period))
        expect(parts.at(-1)!.from).toEqual(period.from)
        expect(parts[0]!.before).toEqual(period.before)
        for (const [index, { from }] of parts.slice(0, -1).entries()) expect(parts[index + 1]!.before).toEqual(from)
        expect(parts.every(({ from, before }) => from < before)).toBe(true)
      }),
      runs(200, 5_000),
    )
  })

  test('has the same names for a period that ends later', () => {
    fc.assert(
      fc.property(anyPeriod, fc.integer({ min: 1, max: 40 * 86_400 }), ({ from, before }, seconds) => {
        const names = listHalfMonths({ from, before })
        const later = listHalfMonths({ from, before: new Date(before.getTime() + seconds * 1000) })
        expect(later.slice(-names.length)).toEqual(names)
      }),
      runs(200, 5_000),
    )
  })
})

test('requests a day more on both sides of every part, and less than a month', () => {
  fc.assert(
    fc.property(anyPeriod, (period) => {
      for (const name of listHalfMonths(period)) {
        const part = cutHalfMonth(name, period)
        const { from, to } = listRequestedDays(part, new Date('2040-01-01'))
        expect(Date.parse(from)).toBeLessThanOrEqual(part.from.getTime() - dayMs)
        expect(Date.parse(to) + dayMs).toBeGreaterThanOrEqual(part.before.getTime() + dayMs)
        expect((Date.parse(to) - Date.parse(from)) / dayMs).toBeLessThan(28)
      }
    }),
    runs(200, 5_000),
  )
})

test('requests no day after today in UTC', () => {
  const now = new Date('2026-11-30T23:59:59Z')
  const lastDays = range('2026-11-20T00:00:00Z', '2026-12-01T00:04:59Z')
  expect(listRequestedDays(lastDays, now)).toEqual({ from: '2026-11-19', to: '2026-11-30' })
  const firstMinutes = range('2026-12-01T00:00:00Z', '2026-12-01T00:04:59Z')
  expect(listRequestedDays(firstMinutes, now)).toEqual({ from: '2026-11-30', to: '2026-11-30' })
})
