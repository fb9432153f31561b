import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseUtcSecond, formatRfc3339 } from '../../src/core/rfc3339.ts'
import { runs } from '../support/property.ts'

const instant = fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
const second = instant.map((date) => new Date(Math.floor(date.getTime() / 1000) * 1000))

describe('formatRfc3339', () => {
  test('formats every time as toISOString does, but omits milliseconds that are 0', () =>
    fc.assert(
      fc.property(fc.oneof(instant, second), (date) => {
        expect(formatRfc3339(date)).toBe(date.toISOString().replace('.000Z', 'Z'))
      }),
      runs(2_000, 200_000),
    ))
})

describe('parseUtcSecond', () => {
  test('parses the results of formatRfc3339, except for 29 February and years before 1000', () =>
    fc.assert(
      fc.property(second, (date) => {
        const isLeapDay = date.getUTCMonth() === 1 && date.getUTCDate() === 29
        const expected = isLeapDay || date.getUTCFullYear() < 1000 ? null : date.getTime()
        expect(parseUtcSecond(formatRfc3339(date))).toBe(expected)
      }),
      runs(2_000, 200_000),
    ))

  test('returns the same time as Date.parse or null', () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0123456789-:TZ +.'), minLength: 20, maxLength: 20 }),
        (text) => {
          const parsed = parseUtcSecond(text)
          if (parsed !== null) expect(parsed).toBe(Date.parse(text))
        },
      ),
      runs(2_000, 200_000),
    ))

  test.each([
    '2026-00-10T10:00:00Z',
    '2026-13-10T10:00:00Z',
    '2026-02-30T10:00:00Z',
    '2026-04-31T10:00:00Z',
    '2026-12-00T10:00:00Z',
    '2026-12-32T10:00:00Z',
    '2026-12-01T24:00:00Z',
    '2026-12-01T10:60:00Z',
    '2026-12-01T10:00:60Z',
    '2026-12-01 10:00:00Z',
    '2026-12-01T10:00:0 Z',
    '20x6-12-01T10:00:00Z',
  ])('does not parse %s', (text) => {
    expect(parseUtcSecond(text)).toBeNull()
  })
})
