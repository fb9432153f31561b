import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeEventCursor, encodeEventCursor, toEpoch } from '../../src/events/log/log-position.ts'

const ms = fc.nat({ max: 2 ** 48 - 1 })
const cursors = fc.record({
  epoch: fc.string().map(toEpoch),
  position: fc.record({ ms, index: fc.nat({ max: 2 ** 24 - 1 }) }),
  sentAt: ms,
})

test('decodes every cursor that it encodes', () => {
  fc.assert(
    fc.property(cursors, (cursor) => {
      expect(decodeEventCursor(encodeEventCursor(cursor))).toEqual(cursor)
    }),
  )
})

test('rejects a cursor with any changed character', () => {
  const characters = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
  fc.assert(
    fc.property(cursors, fc.nat({ max: 36 }), characters, (cursor, index, character) => {
      const text = encodeEventCursor(cursor)
      fc.pre(text[index] !== character)
      const damaged = text.slice(0, index) + character + text.slice(index + 1)
      expect(() => decodeEventCursor(damaged)).toThrow(expect.objectContaining({ code: 'INVALID_CURSOR' }))
    }),
  )
})

test.each([
  ['no characters', ''],
  ['its prefix alone', 'E'],
  ['another prefix', 'x'.repeat(37)],
  ['zeros', `E${'A'.repeat(36)}`],
  ['5,000 characters', 'E'.repeat(5_000)],
])('rejects a cursor of %s', (_, text) => {
  expect(() => decodeEventCursor(text)).toThrow(expect.objectContaining({ code: 'INVALID_CURSOR' }))
})
