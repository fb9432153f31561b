import { describe, expect, test } from 'vitest'
import {
  getFingerprintsOutside,
  fingerprint,
  maxNeighbors,
  matchPosition,
  getNeighborFingerprints,
  type Position,
  type Sight,
} from '../../src/paging/position.ts'

const place = (near: string, at: number): Position => ({ offset: null, near: [...near], at })
const letters = (count: number, from = 'A') =>
  Array.from({ length: count }, (_, index) => String.fromCharCode(from.charCodeAt(0) + index))

test('fingerprints are 48 bits of a digest', () => {
  expect(fingerprint('a')).toMatch(/^[\w-]{8}$/)
  expect(fingerprint('a')).not.toBe(fingerprint('b'))
})

describe('the surroundings of an item', () => {
  const none = { left: [], right: [] }
  test('are its neighbours on the page', () => {
    expect(getNeighborFingerprints({ prints: [...'abcde'], ...none }, 2)).toEqual({ near: [...'abcde'], at: 2 })
    expect(getNeighborFingerprints({ prints: [...'abc'], ...none }, 0)).toEqual({ near: [...'abc'], at: 0 })
    expect(getNeighborFingerprints({ prints: [...'abc'], ...none }, 2)).toEqual({ near: [...'abc'], at: 2 })
  })
  test('pass over what has no id, and keep a nameless item as a gap', () => {
    expect(getNeighborFingerprints({ prints: ['a', null, 'c', null, 'e'], ...none }, 2)).toEqual({
      near: ['a', 'c', 'e'],
      at: 1,
    })
    expect(getNeighborFingerprints({ prints: ['a', null, 'c'], ...none }, 1)).toEqual({ near: ['a', '', 'c'], at: 1 })
  })
  test('go on into what is known beyond the page', () => {
    const row = { prints: [...'cd'], left: [...'ab'], right: [...'ef'] }
    expect(getNeighborFingerprints(row, 0)).toEqual({ near: [...'abcdef'], at: 2 })
    expect(getNeighborFingerprints(row, 1)).toEqual({ near: [...'abcdef'], at: 3 })
  })
  test('are so many on each side, the nearest ones', () => {
    const all = letters(40)
    const around = [...all.slice(20 - maxNeighbors, 20), all[20], ...all.slice(21, 21 + maxNeighbors)]
    expect(getNeighborFingerprints({ prints: all, ...none }, 20)).toEqual({ near: around, at: maxNeighbors })
    const row = { prints: all.slice(18, 23), left: all.slice(0, 18), right: all.slice(23) }
    expect(getNeighborFingerprints(row, 2)).toEqual({ near: around, at: maxNeighbors })
    const full = { prints: all, left: ['x'], right: ['y'] }
    expect(getNeighborFingerprints(full, 20)).toEqual({ near: around, at: maxNeighbors })
  })
})

describe('what a cut knows beyond a page', () => {
  test('is what stands outside of all that is on it', () => {
    expect(getFingerprintsOutside([...'cd'], { after: place('abcdef', 2) }, 1)).toEqual({
      left: [...'ab'],
      right: [...'ef'],
    })
    expect(getFingerprintsOutside([...'cd'], { before: place('abcdef', 2) }, 0)).toEqual({
      left: [...'ab'],
      right: [...'ef'],
    })
    expect(getFingerprintsOutside([...'cxe'], { before: place('abcdef', 3) }, 1)).toEqual({
      left: [...'ab'],
      right: [...'f'],
    })
    expect(getFingerprintsOutside([...'af'], { after: place('abcdef', 3) }, 1)).toEqual({ left: [], right: [] })
  })
  test('is everything if nothing of it is on the page', () => {
    expect(getFingerprintsOutside([...'xyz'], { after: place('abcdef', 2) }, 0)).toEqual({
      left: [...'abc'],
      right: [...'def'],
    })
    expect(getFingerprintsOutside([...'xyz'], { before: place('abcdef', 2) }, 3)).toEqual({
      left: [...'ab'],
      right: [...'cdef'],
    })
    expect(getFingerprintsOutside([], { after: place('a', 0) }, 0)).toEqual({ left: ['a'], right: [] })
  })
  test('keeps an ID that the page has only once', () => {
    expect(getFingerprintsOutside(['a'], { before: place('axa', 2) }, 0)).toEqual({ left: [...'ax'], right: [] })
    expect(getFingerprintsOutside(['a'], { after: place('axa', 0) }, 1)).toEqual({ left: [], right: [...'xa'] })
  })
})

describe('a place looked for on a page', () => {
  const page = (prints: (string | null)[], ends: Partial<Sight> = {}): Sight => ({
    prints,
    left: [],
    right: [],
    isFirst: false,
    ...ends,
  })
  const find = (prints: (string | null)[], at: Position) => matchPosition(page(prints), at, true)

  test('is its item, with the nearest known before and behind', () => {
    const middle = { item: 2, before: { index: 1, distance: 1 }, behind: { index: 3, distance: 1 } }
    expect(find([...'abcde'], place('abcde', 2))).toMatchObject(middle)
  })
  test('is told by its neighbours where the item has gone', () => {
    const gone = { item: null, agreement: 0, before: { index: 0, distance: 2 }, behind: { index: 1, distance: 1 } }
    expect(find([...'ade'], place('abcde', 2))).toEqual(gone)
    expect(find([...'ae'], place('abcde', 2))).toEqual({ ...gone, behind: { index: 1, distance: 2 } })
  })
  test('has nothing before the first and nothing behind the last', () => {
    expect(find([...'ab'], place('ab', 0))).toMatchObject({
      item: 0,
      before: null,
      behind: { index: 1, distance: 1 },
    })
    const last = { item: 1, before: { index: 0, distance: 1 }, behind: null }
    expect(find([...'ab'], place('ab', 1))).toMatchObject(last)
  })
  test('is not there at all', () => {
    expect(find([...'xyz'], place('abc', 1))).toEqual({ item: null, agreement: 0, before: null, behind: null })
    expect(find([null, null], place('abc', 1))).toEqual({ item: null, agreement: 0, before: null, behind: null })
  })
  test('is not an item without an id', () => {
    expect(find(['', 'b'], { offset: 0, near: ['b'], at: 5 })).toMatchObject({ item: 0 })
  })

  describe('of an ID that is listed twice', () => {
    test('is the occurrence among the same neighbors', () => {
      expect(matchPosition(page([...'abcdaef']), place('abcda', 0), true)).toMatchObject({
        item: 0,
        agreement: Infinity,
      })
      expect(matchPosition(page([...'abcdaef']), place('bcdae', 3), true)).toMatchObject({
        item: 4,
        agreement: Infinity,
      })
      expect(matchPosition(page([...'abcdaef']), place('abcda', 0), false)).toMatchObject({
        item: 0,
        agreement: Infinity,
      })
    })
    test('is told by the ends of the list, too', () => {
      const whole = page([...'axa'], { isFirst: true })
      expect(matchPosition(whole, { ...place('ay', 0), offset: 0 }, true)).toMatchObject({
        item: 0,
        agreement: Infinity,
      })
      expect(matchPosition(whole, place('ya', 1), false)).toMatchObject({ item: 2, agreement: 0 })
    })
    test('is told by what is known beyond the page', () => {
      const second = page([...'ac'], { left: [...'axy'] })
      expect(matchPosition(second, place('axyac', 3), true)).toMatchObject({ item: 0, agreement: Infinity })
      expect(matchPosition(second, place('xay', 1), true)).toMatchObject({ item: 0, agreement: 0 })
    })
    test('is the occurrence that loses no item if no neighbor decides', () => {
      expect(matchPosition(page([...'xaxax']), place('pag', 1), true)).toMatchObject({ item: 1, agreement: 0 })
      expect(matchPosition(page([...'xaxax']), place('pag', 1), false)).toMatchObject({ item: 3, agreement: 0 })
    })
  })
})
