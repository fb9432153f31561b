import * as fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { findInexactInteger } from '../../src/http/request/inexact-integer.ts'
import { anyText, runs } from '../support/property.ts'
import { startServer } from './harness.ts'

const server = await startServer()
afterAll(() => server.http.drain())

/** Checks the source text of every number. */
function isInexact(json: string): boolean {
  let hasInexact = false
  JSON.parse(json, ((_: string, value: unknown, { source }: { source: string }) => {
    if (typeof value === 'number' && /^-?\d+$/.test(source) && !Number.isSafeInteger(value)) hasInexact = true
    return value
  }) as never)
  return hasInexact
}

const digits = fc.stringMatching(/^[1-9]\d{13,20}$/)
const number = fc
  .tuple(fc.constantFrom('', '-'), digits, fc.constantFrom('', '', '.5', 'e3', 'E-2', '.0e1'))
  .map((parts) => parts.join(''))
const text = fc
  .oneof(
    anyText,
    digits,
    digits.map((some) => `"\\${some}`),
  )
  .map((some) => JSON.stringify(some))
const { document } = fc.letrec<{ document: string }>((tie) => ({
  document: fc.oneof(
    { depthSize: 'small' },
    number,
    text,
    fc.array(tie('document'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
    fc
      .uniqueArray(fc.tuple(text, tie('document')), { maxLength: 4, selector: ([name]) => JSON.parse(name) as string })
      .map((entries) => `{${entries.map(([name, value]) => `${name} : ${value}`).join(' ,')}}`),
  ),
}))

test('finds out whether an integer in a document would be rounded', () =>
  fc.assert(
    fc.property(document, (json) => {
      expect(findInexactInteger(json) !== null, json).toBe(isInexact(json))
    }),
    runs(500, 100_000),
  ))

test('returns the name of the integer', () => {
  expect(findInexactInteger('{"a": {"channel_id": -12345678901234567890}}')).toBe('channel_id')
  expect(findInexactInteger('[1, 9007199254740993]')).toBe('')
  expect(findInexactInteger('{"a": 9007199254740991, "b": "9007199254740993", "c": 9007199254740993.0}')).toBeNull()
})

test('reads a long sequence of digits, numbers, or strings only once', () => {
  const long = '1'.repeat(1_000_000)
  const numbers = JSON.stringify(Array.from({ length: 60_000 }, () => 123_456_789_012_345.5))
  for (const json of [`[${long}.5]`, `[${long}e1]`, `["${long}"]`, `["${'\\\\'.repeat(500_000)}", "${long}"]`, numbers])
    expect(findInexactInteger(json)).toBeNull()
  expect(findInexactInteger(`{"a":${long}}`)).toBe('a')
})

test('rejects an inexact integer in variables with its name', async () => {
  const body =
    '{"query": "query ($count: Int!) { failing(count: $count) }", "variables": {"count": 12345678901234567890}}'
  const response = await server.post(body)
  expect(response).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
  expect(response.json.errors?.[0]?.message).toMatch(/^"count" has an integer beyond ±2\^53/)
  expect(server.calls).toEqual([])
})
