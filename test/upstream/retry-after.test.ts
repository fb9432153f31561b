import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRetryAfter } from '../../src/upstream/retry-after.ts'
import { runs } from '../support/property.ts'

const now = Date.UTC(2026, 0, 1)
const day = 86_400_000
const moment = fc.integer({ min: now, max: Date.UTC(9999, 0) }).map((ms) => new Date(ms - (ms % 1000)))
const form = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom(...'0123456789-+.eTZ: ,GMTJan') }),
  fc.integer().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
)

test('returns null or a time within the next day', () => {
  fc.assert(
    fc.property(form, (header) => {
      const at = parseRetryAfter(header, now)
      if (at !== null) expect(at >= now && at <= now + day).toBe(true)
    }),
    runs(5_000, 100_000),
  )
})

test('parses all three formats and limits them to one day', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        moment,
        fc.nat(2 * 86_400).map((seconds) => new Date(now + seconds * 1000)),
      ),
      (date) => {
        const seconds = String((date.getTime() - now) / 1000)
        for (const header of [seconds, date.toISOString(), date.toUTCString()])
          expect(parseRetryAfter(` ${header} `, now)).toBe(Math.min(date.getTime(), now + day))
      },
    ),
    runs(500, 100_000),
  )
})

test('returns the current time for a time in the past', () => {
  for (const header of ['0', '2025-12-31T23:59:59Z', 'Wed, 31 Dec 2025 23:59:59 GMT'])
    expect(parseRetryAfter(header, now)).toBe(now)
})

test.each([
  ['2.5', 2_500],
  ['2.125', 2_125],
  ['12e1', 120_000],
  ['1e9', day],
  ['0e10', 0],
  ['99999999999', day],
  ['2026-01-01T00:01Z', 60_000],
  ['2026-01-01t00:00:02.25z', 2_250],
  ['2026-01-01T01:00:05+01:00', 5_000],
  ['2025-12-31T23:00:05-0100', 5_000],
  ['thu, 01 jan 2026 00:00:09 gmt', 9_000],
])('parses %s', (header, ms) => {
  expect(parseRetryAfter(header, now)).toBe(now + ms)
})

test.each([
  undefined,
  '',
  ' ',
  '-5',
  '+5',
  'abc',
  '5 s',
  '5,5',
  '.5',
  '1e',
  '1e-1',
  '0x10',
  '2026-01-01',
  '2026-01-01T00:00:00',
  '2026-13-01T00:00:00Z',
  'x2026-01-01T00:00:05Z',
  '2026-01-01T00:00:05Z, x',
  '+002026-01-01T00:00:05Z',
  'Thu, 01 Jan 2026 00:00:05 CET',
  'Thu, 01 Xyz 2026 00:00:05 GMT',
  'Thu 01 Jan 2026 00:00:05 GMT',
  'x Thu, 01 Jan 2026 00:00:05 GMT',
  'Thu, 01 Jan 2026 00:00:05 GMT x',
  '0'.repeat(41),
])('returns null for %j', (header) => {
  expect(parseRetryAfter(header, now)).toBeNull()
})
test('parses 40 characters', () => expect(parseRetryAfter('5'.padStart(40, '0'), now)).toBe(now + 5_000))
