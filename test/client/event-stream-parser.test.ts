import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EventStreamParser } from '../../src/client/event-stream-parser.ts'

/** Parses parts of a stream. */
function parse(...parts: string[]) {
  const parser = new EventStreamParser()
  return parts.flatMap((part) => parser.parse(part))
}

test('returns events with their names and their data', () => {
  expect(parse('event: next\ndata: {"a":1}\n\n:\n\nevent: complete\ndata:\n\n')).toEqual([
    { name: 'next', data: '{"a":1}' },
    { name: 'complete', data: '' },
  ])
})

test('joins the lines of data, and removes one space after the colon', () => {
  expect(parse('data: one\ndata:  two\ndata\ndata:three\n\n')).toEqual([
    { name: 'message', data: 'one\n two\n\nthree' },
  ])
})

test('ignores comments, other fields, empty lines, and an event that does not end', () => {
  expect(parse('\n\n: ping\nid: 7\nretry: 5\nconstructor: x\n\ndata: a\n\n\n\nevent: next\ndata: lost\n')).toEqual([
    { name: 'message', data: 'a' },
  ])
})

test('returns an event without data', () => {
  expect(parse('event: complete\n\n')).toEqual([{ name: 'complete', data: '' }])
})

test.each(['\n', '\r\n', '\r'])('returns the same events, wherever the stream is cut, with the line end %j', (end) => {
  const stream = ['event: next', 'data: {"title":"Überprüfung 🚀"}', 'data: :x', '', ': ping', '', 'data: 2', '', '']
  const text = stream.join(end)
  const expected = [
    { name: 'next', data: '{"title":"Überprüfung 🚀"}\n:x' },
    { name: 'message', data: '2' },
  ]
  expect(parse(text)).toEqual(expected)
  expect(parse(...text.split(''))).toEqual(expected)
  fc.assert(
    fc.property(fc.array(fc.nat(text.length)), (cuts) => {
      const positions = [0, ...cuts.toSorted((left, right) => left - right), text.length]
      expect(parse(...positions.slice(1).map((to, index) => text.slice(positions[index], to)))).toEqual(expected)
    }),
  )
})

test('rejects an event that is longer than 16 Mi code units, in one line or in many', () => {
  const part = 'x'.repeat(1024 * 1024)
  const parser = new EventStreamParser()
  for (let count = 0; count < 15; count += 1) expect(parser.parse(`data: ${part}`)).toEqual([])
  expect(() => parser.parse(part)).toThrow(RangeError)
  const lines = new EventStreamParser()
  for (let count = 0; count < 15; count += 1) expect(lines.parse(`data: ${part}\n`)).toEqual([])
  expect(() => lines.parse(`data: ${part}\n`)).toThrow(RangeError)
  const many = new EventStreamParser()
  for (let count = 0; count < 40; count += 1) expect(many.parse(`data: ${part}\n\n`)).toHaveLength(1)
})
