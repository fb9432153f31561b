import { describe, expect, test } from 'vitest'
import { parseMaxAge } from '../../src/http/request/cache-control.ts'

describe('parseMaxAge', () => {
  test.each([
    ['no-cache', 0],
    ['no-store', 0],
    ['max-age=0', 0],
    ['NO-CACHE', 0],
    ['No-Store , foo', 0],
    ['max-age=7', 7_000],
    ['Max-Age=007', 7_000],
    ['max-age="7"', 7_000],
    ['max-age=7, max-age=3, max-age=9', 3_000],
    ['max-age=7, no-cache', 0],
    ['no-transform, only-if-cached, max-stale=60, max-age=7', 7_000],
    ['\t max-age=7 \t', 7_000],
    ['foo="no-cache", max-age=7', 7_000],
    ['foo="a, no-store, b", max-age=7', 7_000],
    ['foo="a\\", no-store", max-age=7', 7_000],
    ['foo="not closed, max-age=7', 7_000],
    ['no-cache=authorization', 0],
    [',,, no-cache ,,', 0],
    ['max-age=x, max-age=5', 5_000],
  ])('reads the age in %j', (header, maxAgeMs) => {
    expect(parseMaxAge(header)).toBe(maxAgeMs)
  })

  test.each([
    undefined,
    '',
    ',',
    'max-age',
    'max-age=',
    'max-age=-1',
    'max-age=+1',
    'max-age=1.5',
    'max-age=1e3',
    'max-age=0x10',
    'max-age=ten',
    'max-age=1 2',
    'max-age = 5',
    'max-age="',
    'max-age=""',
    'x-max-age=0',
    's-maxage=0',
    'no-cached',
    'xno-cache',
    'no cache',
    'public, must-revalidate, max-stale',
    '"no-cache"',
    '\u0000\u00ff=\u2028',
  ])('ignores %j', (header) => {
    expect(parseMaxAge(header)).toBe(Infinity)
  })

  test('limits a huge number, so that an age is still required', () => {
    expect(parseMaxAge(`max-age=${'9'.repeat(5_000)}`)).toBe(2 ** 31 * 1_000)
  })

  test('reads the longest header that a request can have', () => {
    for (const text of ['"', '\\"', 'max-age=', ',', 'a="', '" "'])
      expect(parseMaxAge(text.repeat(16_384 / text.length))).toBe(Infinity)
  })
})
