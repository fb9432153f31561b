import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Problem } from '../../src/errors.ts'
import { createCursorCodec, type Cursor } from '../../src/paging/cursor.ts'

const runs = Number(process.env['PROPERTY_RUNS'] ?? 1_000)
const codec = createCursorCodec('a secret of at least thirty-two characters')

const cursor = fc.record({
  edge: fc.option(
    fc.record({
      account: fc.string(),
      place: fc.record({
        offset: fc.option(fc.nat()),
        link: fc.option(fc.string()),
        near: fc.array(fc.string(), { minLength: 1, maxLength: 25 }),
        at: fc.nat(),
      }),
    }),
  ),
  cuts: fc.constant({}),
  resume: fc.constant(null),
}) as fc.Arbitrary<Cursor>

test('what goes in comes out', () => {
  fc.assert(
    fc.property(fc.string(), cursor, (list, made) => {
      expect(codec.decode(list, codec.encode(list, made), 'after')).toEqual(made)
    }),
    { numRuns: runs },
  )
})

test('every altered byte is refused', () => {
  const text = codec.encode('users', { edge: null, cuts: { zoom: 'start' }, resume: null })
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  for (let at = 0; at < text.length; at++) {
    for (const letter of alphabet) {
      if (letter === text[at]) continue
      const altered = text.slice(0, at) + letter + text.slice(at + 1)
      expect(() => codec.decode('users', altered, 'after')).toThrow(expect.objectContaining({ code: 'INVALID_CURSOR' }))
    }
  }
})

test('anything else is refused by an error of ours', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String(), fc.string({ unit: 'binary' })), (text) => {
      expect(() => codec.decode('users', text, 'after')).toThrow(Problem)
    }),
    { numRuns: runs },
  )
  expect(() => codec.decode('users', 'A'.repeat(100_000), 'after')).toThrow(Problem)
})

test('a cursor belongs to one list and to one secret', () => {
  const text = codec.encode('users', { edge: null, cuts: {}, resume: null })
  expect(() => codec.decode('conferences', text, 'before')).toThrow(expect.objectContaining({ code: 'CURSOR_FOREIGN' }))
  expect(() => createCursorCodec('another secret').decode('users', text, 'before')).toThrow(
    expect.objectContaining({ code: 'INVALID_CURSOR', message: expect.stringContaining('"before"') }),
  )
})
