import { Kind } from 'graphql'
import { expect, test } from 'vitest'
import { FileHandle } from '../../src/core/file-handle.ts'
import { DateTime, EmailAddress, Json, TimeZone, UrlScalar } from '../../src/schema/scalars.ts'

test.each([
  ['2026-12-01T10:00:00Z', '2026-12-01T10:00:00Z'],
  ['2026-12-01t10:00:00.250+02:00', '2026-12-01T08:00:00.250Z'],
  ['2024-02-29T23:59:59-23:59', '2024-03-01T23:58:59Z'],
])('parses the DateTime %s and serializes it as %s', (text, serialized) => {
  expect(DateTime.serialize(DateTime.parseValue(text))).toBe(serialized)
})

const invalidTimes = ['2026-02-30T10:00:00Z', '2026-12-01T24:00:00Z', '2026-12-31T23:59:60Z', '2026-12-01T10:00:00']
test.each([...invalidTimes, '2025-02-29T00:00:00Z', '2026-12-01', '2026-13-01T00:00:00Z', 5, null, ''])(
  'rejects %j as a DateTime',
  (value) => {
    expect(() => DateTime.parseValue(value)).toThrow(/DateTime/)
  },
)

test.each(['ada@example.com', 'a.b+c@x-y.example', 'Ада@почта.рф', '用户@例子.公司'])(
  'accepts the email address %s',
  (text) => {
    expect(EmailAddress.parseValue(text)).toBe(text)
  },
)

const invalidAddresses = ['a', 'a@', '@b', 'a@b\r\nBcc:x', '"x y"@z', 'a..b@c.example', '.a@b.example', 'a@b.example.']
test.each([
  ...[...invalidAddresses, 'a@-b.example', 7].map((value) => [JSON.stringify(value), value] as const),
  ['65 characters before the @', `${'a'.repeat(65)}@b.example`] as const,
  ['a domain of 10,001 characters', `a@${'b.'.repeat(5_000)}c`] as const,
])('rejects %s as an EmailAddress', (_, value) => {
  expect(() => EmailAddress.parseValue(value)).toThrow(/EmailAddress/)
})

test('accepts the names of time zones that the runtime supports', () => {
  expect(TimeZone.parseValue('Europe/Berlin')).toBe('Europe/Berlin')
  for (const name of ['Mars/Base', '+25:00', '+01:00', 'UTC\n', '', 1])
    expect(() => TimeZone.parseValue(name)).toThrow(/TimeZone/)
})

test('parses a literal like a variable', () => {
  expect(DateTime.parseLiteral({ kind: Kind.STRING, value: '2026-12-01T10:00:00Z' })).toEqual(
    new Date('2026-12-01T10:00:00Z'),
  )
  expect(() => DateTime.parseLiteral({ kind: Kind.INT, value: '5' })).toThrow(/must be a string/)
  expect(() => UrlScalar.parseValue('/relative')).toThrow(/absolute/)
})

test('accepts as JSON any value that contains no file part', () => {
  const value = { a: [1, { b: null }], c: 'x' }
  expect(Json.parseValue(value)).toBe(value)
  for (const file of [new FileHandle(), [new FileHandle()], { a: { b: [new FileHandle()] } }])
    expect(() => Json.parseValue(file)).toThrow('JSON cannot contain a file part.')
})

test('rejects JSON with more than 1,000 values or with an integer beyond 2^53', () => {
  const values = Array.from({ length: 999 }, (_, index) => index)
  expect(Json.parseValue(values)).toBe(values)
  for (const tooMany of [[...values, 0], { values, a: {} }, Object.fromEntries([...values, 0].entries())])
    expect(() => Json.parseValue(tooMany)).toThrow('JSON must have at most 1,000 values.')
  const literal = (value: string) => ({ kind: Kind.LIST, values: [{ kind: Kind.INT, value }] }) as const
  expect(Json.parseLiteral(literal('9007199254740991'))).toEqual([9007199254740991])
  expect(() => Json.parseLiteral(literal('-9007199254740993'))).toThrow(/as a string/)
})
