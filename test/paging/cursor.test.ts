import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { createCursorCodec, type Cursor } from '../../src/paging/cursor.ts'
import type { Boundary, Position } from '../../src/paging/position.ts'
import { createFixedSecrets } from '../../src/core/secrets.ts'
import { anyText, runs } from '../support/property.ts'

const secret = 'a secret of at least thirty-two characters'
const codec = createCursorCodec(createFixedSecrets(secret))
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const place: fc.Arbitrary<Position> = fc.letrec<{ place: Position }>((tie) => ({
  place: fc.record(
    {
      offset: fc.option(fc.nat()),
      link: fc.option(fc.string()),
      near: fc.array(fc.string(), { minLength: 1, maxLength: 25 }),
      at: fc.nat(),
      inner: tie('place'),
    },
    { requiredKeys: ['offset', 'near', 'at'], noNullPrototype: true },
  ),
})).place
const cut: fc.Arbitrary<Boundary> = fc.oneof(
  fc.constantFrom('start' as const, 'end' as const),
  place.map((after) => ({ after })),
  place.map((before) => ({ before })),
)
const cuts = fc.dictionary(
  fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
  cut,
  { maxKeys: 3, noNullPrototype: true },
)
const cursor: fc.Arbitrary<Cursor> = fc.record(
  {
    edge: fc.option(fc.record({ account: fc.string(), index: fc.nat(20), place }, { noNullPrototype: true })),
    cuts,
    resume: fc.option(fc.record({ forward: fc.boolean(), cuts }, { noNullPrototype: true })),
  },
  { noNullPrototype: true },
)

const invalid = expect.objectContaining({
  code: 'INVALID_CURSOR',
  message: '"after" is not a cursor of this server.',
  path: ['after'],
})
const decode = (text: string, list = 'users') => codec.decode(list, text, 'after')
const same = (one: string, other: string) => Buffer.from(one, 'base64url').equals(Buffer.from(other, 'base64url'))

function codeOf(text: string): string | null {
  try {
    decode(text)
    return null
  } catch (error) {
    return error instanceof Problem ? error.code : String(error)
  }
}

test('what goes in comes out', () => {
  fc.assert(
    fc.property(fc.string(), cursor, (list, made) => {
      const text = codec.encode(list, made)
      expect(text).toMatch(/^[\w-]+$/)
      expect(decode(text, list)).toEqual(made)
    }),
    runs(1_000, 100_000),
  )
})

test('every change of one byte is refused, of the text and of what it stands for', () => {
  const small = fc.record({ account: fc.string(), at: fc.nat(5), near: fc.array(fc.string(), { maxLength: 4 }) })
  fc.assert(
    fc.property(small, fc.integer({ min: 1, max: 255 }), ({ account, at, near }, flip) => {
      const made: Cursor = { edge: { account, index: 0, place: { offset: at, near, at } }, cuts: {}, resume: null }
      const text = codec.encode('users', made)
      const bytes = Buffer.from(text, 'base64url')
      const changes = Array.from(text, (own, index) =>
        [...alphabet]
          .filter((letter) => letter !== own)
          .map((letter) => text.slice(0, index) + letter + text.slice(index + 1)),
      ).flat()
      const flips = Array.from(bytes, (byte, index) => bytes.with(index, byte ^ flip))
      const altered = [...changes, ...flips.map((changed) => Buffer.from(changed).toString('base64url'))]
      expect(altered.filter((other) => codeOf(other) !== 'INVALID_CURSOR')).toEqual([])
    }),
    runs(2, 1_000),
  )
})

describe('anything else is refused by an error of ours', () => {
  test('whatever it is', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64')),
      anyText,
      fc.array(fc.constantFrom(...alphabet), { maxLength: 200 }).map((letters) => letters.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        expect(codeOf(text)).toBe('INVALID_CURSOR')
      }),
      runs(1_000, 100_000),
    )
  })

  test('a part of one, more than one, one with something around it, one that is too long', () => {
    const text = codec.encode('users', { edge: null, cuts: {}, resume: null })
    const parts = Array.from(text, (_, length) => text.slice(0, length))
    const around = [`${text}A`, `${text}=`, ` ${text}`, `${text}\n`, `${text}.${text}`, `${text}${text}`]
    const encodeLong = () => codec.encode('users', { cuts: { [randomBytes(13_000).toString('base64')]: 'start' } })
    expect(encodeLong).toThrow(expect.objectContaining({ code: 'OPERATION_TOO_EXPENSIVE' }))
    for (const other of [...parts, ...around, 'A'.repeat(16_385), 'A'.repeat(100_000)])
      expect(codeOf(other)).toBe('INVALID_CURSOR')
  })

  test('another spelling of the same bytes', () => {
    const spelt = ['a', 'ab', 'abc'].map((key) => codec.encode('users', { edge: null, cuts: { [key]: 'start' } }))
    const others = spelt.flatMap((text) =>
      [...alphabet].map((letter) => text.slice(0, -1) + letter).filter((other) => other !== text && same(other, text)),
    )
    expect(others).not.toEqual([])
    for (const other of others) expect(() => decode(other)).toThrow(invalid)
  })
})

test('rejects a cursor of an earlier version with INVALID_CURSOR', () => {
  const earlier =
    'WbsLEwjxSiRqZEfkX_Nu1n37TPZ3QssGHcoxDsIwDEDRu_zZS8Xmq6AObnBRpTRBibNQ5e6Izu9d-Ovt6IWlVEcJlG-tJ8InW7ql7nv3QB9CcWvoE0PYWAULdJlTSCP6P2_e8lFQelgLptC8j9PRMnKePw'
  expect(codeOf(earlier)).toBe('INVALID_CURSOR')
})

test('a cursor belongs to one list and to one secret', () => {
  const text = codec.encode('users', { edge: null, cuts: {}, resume: null })
  expect(() => codec.decode('conferences', text, 'before')).toThrow(
    expect.objectContaining({
      code: 'CURSOR_FOREIGN',
      message: '"before" is a cursor of another list, filter or set of accounts.',
      path: ['before'],
    }),
  )
  expect(() => createCursorCodec(createFixedSecrets('another secret')).decode('users', text, 'before')).toThrow(
    expect.objectContaining({ code: 'INVALID_CURSOR', message: expect.stringContaining('"before"') }),
  )
  expect(createCursorCodec(createFixedSecrets(secret)).decode('users', text, 'before')).toEqual({
    edge: null,
    cuts: {},
    resume: null,
  })
})

test('signs with the current secret, and accepts cursors of every secret', () => {
  const [old, current] = [createFixedSecrets('old'), createFixedSecrets('current')]
  const both = createCursorCodec({ current: 'current', all: ['current', 'old'] })
  const cursor = { edge: null, cuts: {}, resume: null }
  for (const secrets of [old, current])
    expect(both.decode('users', createCursorCodec(secrets).encode('users', cursor), 'after')).toEqual(cursor)
  const text = both.encode('users', cursor)
  expect(createCursorCodec(current).decode('users', text, 'after')).toEqual(cursor)
  expect(() => createCursorCodec(old).decode('users', text, 'after')).toThrow('is not a cursor of this server')
})
