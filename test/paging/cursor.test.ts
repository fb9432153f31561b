import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { createCursorCodec, type Cursor } from '../../src/paging/cursor.ts'
import type { Boundary, Position } from '../../src/paging/position.ts'
import { createFixedSecrets } from '../../src/core/secrets.ts'
import { anyText, hasNameWithBackslash, runs } from '../support/property.ts'

const secret = 'a secret of at least thirty-two characters'
const codec = createCursorCodec(createFixedSecrets(secret))
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const anyPosition: fc.Arbitrary<Position> = fc.letrec<{ position: Position }>((tie) => ({
  position: fc.record(
    {
      offset: fc.option(fc.nat()),
      pageToken: fc.option(fc.string()),
      neighbors: fc.array(fc.string(), { minLength: 1, maxLength: 25 }),
      itemIndex: fc.nat(),
      child: tie('position'),
    },
    { requiredKeys: ['offset', 'neighbors', 'itemIndex'], noNullPrototype: true },
  ),
})).position
const anyBoundary: fc.Arbitrary<Boundary> = fc.oneof(
  fc.constantFrom('start' as const, 'end' as const),
  anyPosition.map((after) => ({ after })),
  anyPosition.map((before) => ({ before })),
)
const boundaries = fc.dictionary(
  fc
    .string({ minLength: 1 })
    .filter((key) => key !== '__proto__' && !hasNameWithBackslash(JSON.stringify({ [key]: 0 }))),
  anyBoundary,
  { maxKeys: 3, noNullPrototype: true },
)
const anyCursor: fc.Arbitrary<Cursor> = fc.record(
  {
    edge: fc.option(
      fc.record({ account: fc.string(), index: fc.nat(20), position: anyPosition }, { noNullPrototype: true }),
    ),
    boundaries,
    resume: fc.option(fc.record({ isForward: fc.boolean(), boundaries }, { noNullPrototype: true })),
  },
  { noNullPrototype: true },
)

const invalid = expect.objectContaining({
  code: 'INVALID_CURSOR',
  message: expect.stringContaining('"after" is not a cursor of this server.'),
  path: ['after'],
})
const decode = (text: string, list = 'users') => codec.decode(list, text, 'after')
const haveSameBytes = (left: string, right: string) =>
  Buffer.from(left, 'base64url').equals(Buffer.from(right, 'base64url'))

function getErrorCode(text: string): string | null {
  try {
    decode(text)
    return null
  } catch (error) {
    return error instanceof Problem ? error.code : String(error)
  }
}

test('decodes every encoded value', () => {
  fc.assert(
    fc.property(fc.string(), anyCursor, (list, value) => {
      const text = codec.encode(list, value)
      expect(text).toMatch(/^[\w-]+$/)
      expect(decode(text, list)).toEqual(value)
    }),
    runs(1_000, 100_000),
  )
})

test('rejects a cursor in which one character or one byte was changed', () => {
  const small = fc.record({
    account: fc.string(),
    itemIndex: fc.nat(5),
    neighbors: fc.array(fc.string(), { maxLength: 4 }),
  })
  fc.assert(
    fc.property(small, fc.integer({ min: 1, max: 255 }), ({ account, itemIndex, neighbors }, flip) => {
      const position = { offset: itemIndex, neighbors, itemIndex }
      const cursor: Cursor = { edge: { account, index: 0, position }, boundaries: {}, resume: null }
      const text = codec.encode('users', cursor)
      const bytes = Buffer.from(text, 'base64url')
      const changes = Array.from(text, (own, index) =>
        [...alphabet]
          .filter((letter) => letter !== own)
          .map((letter) => text.slice(0, index) + letter + text.slice(index + 1)),
      ).flat()
      const flips = Array.from(bytes, (byte, index) => bytes.with(index, byte ^ flip))
      const altered = [...changes, ...flips.map((changed) => Buffer.from(changed).toString('base64url'))]
      expect(altered.filter((other) => getErrorCode(other) !== 'INVALID_CURSOR')).toEqual([])
    }),
    runs(2, 1_000),
  )
})

describe('decode', () => {
  test('rejects any text that is not a cursor with INVALID_CURSOR', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64')),
      anyText,
      fc.array(fc.constantFrom(...alphabet), { maxLength: 200 }).map((letters) => letters.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        expect(getErrorCode(text)).toBe('INVALID_CURSOR')
      }),
      runs(1_000, 100_000),
    )
  })

  test('rejects a truncated, repeated, extended, or too long cursor with INVALID_CURSOR', () => {
    const text = codec.encode('users', { edge: null, boundaries: {}, resume: null })
    const parts = Array.from(text, (_, length) => text.slice(0, length))
    const around = [`${text}A`, `${text}=`, ` ${text}`, `${text}\n`, `${text}.${text}`, `${text}${text}`]
    const encodeLong = () =>
      codec.encode('users', { boundaries: { [randomBytes(13_000).toString('base64')]: 'start' } })
    expect(encodeLong).toThrow(expect.objectContaining({ code: 'OPERATION_TOO_EXPENSIVE' }))
    for (const other of [...parts, ...around, 'A'.repeat(16_385), 'A'.repeat(100_000)])
      expect(getErrorCode(other)).toBe('INVALID_CURSOR')
  })

  test('rejects another base64url text for the same bytes with INVALID_CURSOR', () => {
    const spelt = ['a', 'ab', 'abc'].map((key) => codec.encode('users', { edge: null, boundaries: { [key]: 'start' } }))
    const others = spelt.flatMap((text) =>
      [...alphabet]
        .map((letter) => text.slice(0, -1) + letter)
        .filter((other) => other !== text && haveSameBytes(other, text)),
    )
    expect(others).not.toEqual([])
    for (const other of others) expect(() => decode(other)).toThrow(invalid)
  })
})

test('rejects a cursor of an earlier version with INVALID_CURSOR', () => {
  const earlier =
    'WbsLEwjxSiRqZEfkX_Nu1n37TPZ3QssGHcoxDsIwDEDRu_zZS8Xmq6AObnBRpTRBibNQ5e6Izu9d-Ovt6IWlVEcJlG-tJ8InW7ql7nv3QB9CcWvoE0PYWAULdJlTSCP6P2_e8lFQelgLptC8j9PRMnKePw'
  expect(getErrorCode(earlier)).toBe('INVALID_CURSOR')
})

test('rejects a cursor of another list with CURSOR_FOREIGN and a cursor of another secret with INVALID_CURSOR', () => {
  const text = codec.encode('users', { edge: null, boundaries: {}, resume: null })
  expect(() => codec.decode('conferences', text, 'before')).toThrow(
    expect.objectContaining({
      code: 'CURSOR_FOREIGN',
      message: expect.stringContaining('"before" is a cursor of another list.'),
      path: ['before'],
    }),
  )
  expect(() => createCursorCodec(createFixedSecrets('another secret')).decode('users', text, 'before')).toThrow(
    expect.objectContaining({ code: 'INVALID_CURSOR', message: expect.stringContaining('"before"') }),
  )
  expect(createCursorCodec(createFixedSecrets(secret)).decode('users', text, 'before')).toEqual({
    edge: null,
    boundaries: {},
    resume: null,
  })
})

test('signs with the current secret and accepts cursors of every secret', () => {
  const [old, current] = [createFixedSecrets('old'), createFixedSecrets('current')]
  const both = createCursorCodec({ current: 'current', all: ['current', 'old'] })
  const cursor = { edge: null, boundaries: {}, resume: null }
  for (const secrets of [old, current])
    expect(both.decode('users', createCursorCodec(secrets).encode('users', cursor), 'after')).toEqual(cursor)
  const text = both.encode('users', cursor)
  expect(createCursorCodec(current).decode('users', text, 'after')).toEqual(cursor)
  expect(() => createCursorCodec(old).decode('users', text, 'after')).toThrow('is not a cursor of this server')
})
