import { Kind } from 'graphql'
import { expect, test } from 'vitest'
import { FileHandle } from '../../src/core/file-handle.ts'
import { DateTime, EmailAddress, Json, TimeZone, UrlScalar } from '../../src/schema/scalars.ts'

test.each([
  ['2026-12-01T10:00:00Z', '2026-12-01T10:00:00Z'],
  ['2026-12-01t10:00:00.250+02:00', '2026-12-01T08:00:00.250Z'],
  ['2024-02-29T23:59:59-23:59', '2024-03-01T23:58:59Z'],
])('the moment %s is %s', (text, shown) => {
  expect(DateTime.serialize(DateTime.parseValue(text))).toBe(shown)
})

const noMoments = ['2026-02-30T10:00:00Z', '2026-12-01T24:00:00Z', '2026-12-31T23:59:60Z', '2026-12-01T10:00:00']
test.each([...noMoments, '2025-02-29T00:00:00Z', '2026-12-01', '2026-13-01T00:00:00Z', 5, null, ''])(
  '%j is no moment',
  (value) => {
    expect(() => DateTime.parseValue(value)).toThrow(/DateTime/)
  },
)

test.each(['ada@example.com', 'a.b+c@x-y.example', 'Ада@почта.рф', '用户@例子.公司'])('%s is an address', (text) => {
  expect(EmailAddress.parseValue(text)).toBe(text)
})

const noAddresses = ['a', 'a@', '@b', 'a@b\r\nBcc:x', '"x y"@z', 'a..b@c.example', '.a@b.example', 'a@b.example.']
test.each([...noAddresses, 'a@-b.example', `${'a'.repeat(65)}@b.example`, `a@${'b.'.repeat(5_000)}c`, 7])(
  '%j is no address',
  (value) => {
    expect(() => EmailAddress.parseValue(value)).toThrow(/EmailAddress/)
  },
)

test('time zones are those that the runtime knows, by their names', () => {
  expect(TimeZone.parseValue('Europe/Berlin')).toBe('Europe/Berlin')
  for (const name of ['Mars/Base', '+25:00', '+01:00', 'UTC\n', '', 1])
    expect(() => TimeZone.parseValue(name)).toThrow(/TimeZone/)
})

test('a literal is read like a variable', () => {
  expect(DateTime.parseLiteral({ kind: Kind.STRING, value: '2026-12-01T10:00:00Z' })).toEqual(
    new Date('2026-12-01T10:00:00Z'),
  )
  expect(() => DateTime.parseLiteral({ kind: Kind.INT, value: '5' })).toThrow(/must be a string/)
  expect(() => UrlScalar.parseValue('/relative')).toThrow(/absolute/)
})

test('JSON is any value that holds no file part', () => {
  const value = { a: [1, { b: null }], c: 'x' }
  expect(Json.parseValue(value)).toBe(value)
  for (const file of [new FileHandle(), [new FileHandle()], { a: { b: [new FileHandle()] } }])
    expect(() => Json.parseValue(file)).toThrow('JSON must hold no file part.')
})

test('JSON holds at most 1,000 values, and no integer that a number rounds', () => {
  const most = Array.from({ length: 999 }, (_, index) => index)
  expect(Json.parseValue(most)).toBe(most)
  for (const more of [[...most, 0], { most, a: {} }, Object.fromEntries([...most, 0].entries())])
    expect(() => Json.parseValue(more)).toThrow('JSON must hold at most 1000 values.')
  const literal = (value: string) => ({ kind: Kind.LIST, values: [{ kind: Kind.INT, value }] }) as const
  expect(Json.parseLiteral(literal('9007199254740991'))).toEqual([9007199254740991])
  expect(() => Json.parseLiteral(literal('-9007199254740993'))).toThrow(/as a string/)
})
