import { describe, expect, test } from 'vitest'
import { computeFingerprint } from '../../src/paging/fingerprint.ts'
import {
  getFingerprintsOutside,
  maxNeighbors,
  matchPosition,
  getNeighborFingerprints,
  type Position,
  type SearchedPage,
} from '../../src/paging/position.ts'

const positionOf = (neighbors: string, itemIndex: number): Position => ({
  offset: null,
  neighbors: [...neighbors],
  itemIndex,
})
const letters = (count: number, from = 'A') =>
  Array.from({ length: count }, (_, index) => String.fromCharCode(from.charCodeAt(0) + index))

test('returns 48 bits of a hash as a fingerprint', () => {
  expect(computeFingerprint('a')).toMatch(/^[\w-]{8}$/)
  expect(computeFingerprint('a')).not.toBe(computeFingerprint('b'))
})

describe('getNeighborFingerprints', () => {
  const none = { knownBefore: [], knownAfter: [] }
  test('returns the neighbors on the page', () => {
    expect(getNeighborFingerprints({ fingerprints: [...'abcde'], ...none }, 2)).toEqual({
      neighbors: [...'abcde'],
      itemIndex: 2,
    })
    expect(getNeighborFingerprints({ fingerprints: [...'abc'], ...none }, 0)).toEqual({
      neighbors: [...'abc'],
      itemIndex: 0,
    })
    expect(getNeighborFingerprints({ fingerprints: [...'abc'], ...none }, 2)).toEqual({
      neighbors: [...'abc'],
      itemIndex: 2,
    })
  })
  test('skips neighbors without an ID and returns an empty fingerprint for an item without one', () => {
    expect(getNeighborFingerprints({ fingerprints: ['a', null, 'c', null, 'e'], ...none }, 2)).toEqual({
      neighbors: ['a', 'c', 'e'],
      itemIndex: 1,
    })
    expect(getNeighborFingerprints({ fingerprints: ['a', null, 'c'], ...none }, 1)).toEqual({
      neighbors: ['a', '', 'c'],
      itemIndex: 1,
    })
  })
  test('includes known items before and after the page', () => {
    const row = { fingerprints: [...'cd'], knownBefore: [...'ab'], knownAfter: [...'ef'] }
    expect(getNeighborFingerprints(row, 0)).toEqual({ neighbors: [...'abcdef'], itemIndex: 2 })
    expect(getNeighborFingerprints(row, 1)).toEqual({ neighbors: [...'abcdef'], itemIndex: 3 })
  })
  test('returns at most 12 neighbors on each side, the nearest ones', () => {
    const all = letters(40)
    const around = [...all.slice(20 - maxNeighbors, 20), all[20], ...all.slice(21, 21 + maxNeighbors)]
    expect(getNeighborFingerprints({ fingerprints: all, ...none }, 20)).toEqual({
      neighbors: around,
      itemIndex: maxNeighbors,
    })
    const row = { fingerprints: all.slice(18, 23), knownBefore: all.slice(0, 18), knownAfter: all.slice(23) }
    expect(getNeighborFingerprints(row, 2)).toEqual({ neighbors: around, itemIndex: maxNeighbors })
    const full = { fingerprints: all, knownBefore: ['x'], knownAfter: ['y'] }
    expect(getNeighborFingerprints(full, 20)).toEqual({ neighbors: around, itemIndex: maxNeighbors })
  })
})

describe('getFingerprintsOutside', () => {
  test('returns the neighbors that are farther away than those on the page', () => {
    expect(getFingerprintsOutside([...'cd'], { after: positionOf('abcdef', 2) }, 1)).toEqual({
      knownBefore: [...'ab'],
      knownAfter: [...'ef'],
    })
    expect(getFingerprintsOutside([...'cd'], { before: positionOf('abcdef', 2) }, 0)).toEqual({
      knownBefore: [...'ab'],
      knownAfter: [...'ef'],
    })
    expect(getFingerprintsOutside([...'cxe'], { before: positionOf('abcdef', 3) }, 1)).toEqual({
      knownBefore: [...'ab'],
      knownAfter: [...'f'],
    })
    expect(getFingerprintsOutside([...'af'], { after: positionOf('abcdef', 3) }, 1)).toEqual({
      knownBefore: [],
      knownAfter: [],
    })
  })
  test('returns all neighbors if none of them is on the page', () => {
    expect(getFingerprintsOutside([...'xyz'], { after: positionOf('abcdef', 2) }, 0)).toEqual({
      knownBefore: [...'abc'],
      knownAfter: [...'def'],
    })
    expect(getFingerprintsOutside([...'xyz'], { before: positionOf('abcdef', 2) }, 3)).toEqual({
      knownBefore: [...'ab'],
      knownAfter: [...'cdef'],
    })
    expect(getFingerprintsOutside([], { after: positionOf('a', 0) }, 0)).toEqual({ knownBefore: ['a'], knownAfter: [] })
  })
  test('returns the second occurrence of an ID that the page contains once', () => {
    expect(getFingerprintsOutside(['a'], { before: positionOf('axa', 2) }, 0)).toEqual({
      knownBefore: [...'ax'],
      knownAfter: [],
    })
    expect(getFingerprintsOutside(['a'], { after: positionOf('axa', 0) }, 1)).toEqual({
      knownBefore: [],
      knownAfter: [...'xa'],
    })
  })
})

describe('matchPosition', () => {
  const page = (fingerprints: (string | null)[], ends: Partial<SearchedPage> = {}): SearchedPage => ({
    fingerprints,
    knownBefore: [],
    knownAfter: [],
    isFirst: false,
    ...ends,
  })
  const find = (fingerprints: (string | null)[], position: Position) =>
    matchPosition(page(fingerprints), position, true)

  test('returns the item and its nearest neighbors', () => {
    const middle = { item: 2, before: { index: 1, distance: 1 }, after: { index: 3, distance: 1 } }
    expect(find([...'abcde'], positionOf('abcde', 2))).toMatchObject(middle)
  })
  test('returns the nearest neighbors if the item was deleted', () => {
    const deleted = { item: null, agreement: 0, before: { index: 0, distance: 2 }, after: { index: 1, distance: 1 } }
    expect(find([...'ade'], positionOf('abcde', 2))).toEqual(deleted)
    expect(find([...'ae'], positionOf('abcde', 2))).toEqual({ ...deleted, after: { index: 1, distance: 2 } })
  })
  test('returns null for the neighbor before the first item and after the last item', () => {
    expect(find([...'ab'], positionOf('ab', 0))).toMatchObject({
      item: 0,
      before: null,
      after: { index: 1, distance: 1 },
    })
    const last = { item: 1, before: { index: 0, distance: 1 }, after: null }
    expect(find([...'ab'], positionOf('ab', 1))).toMatchObject(last)
  })
  test('returns no match if the page has neither the item nor a neighbor', () => {
    expect(find([...'xyz'], positionOf('abc', 1))).toEqual({ item: null, agreement: 0, before: null, after: null })
    expect(find([null, null], positionOf('abc', 1))).toEqual({ item: null, agreement: 0, before: null, after: null })
  })
  test('does not match an item without an ID', () => {
    expect(find(['', 'b'], { offset: 0, neighbors: ['b'], itemIndex: 5 })).toMatchObject({ item: 0 })
  })

  describe('with an ID that is listed twice', () => {
    test('returns the occurrence among the same neighbors', () => {
      expect(matchPosition(page([...'abcdaef']), positionOf('abcda', 0), true)).toMatchObject({
        item: 0,
        agreement: Infinity,
      })
      expect(matchPosition(page([...'abcdaef']), positionOf('bcdae', 3), true)).toMatchObject({
        item: 4,
        agreement: Infinity,
      })
      expect(matchPosition(page([...'abcdaef']), positionOf('abcda', 0), false)).toMatchObject({
        item: 0,
        agreement: Infinity,
      })
    })
    test('uses the ends of the list to choose the occurrence', () => {
      const whole = page([...'axa'], { isFirst: true })
      expect(matchPosition(whole, { ...positionOf('ay', 0), offset: 0 }, true)).toMatchObject({
        item: 0,
        agreement: Infinity,
      })
      expect(matchPosition(whole, positionOf('ya', 1), false)).toMatchObject({ item: 2, agreement: 0 })
    })
    test('uses known items around the page to choose the occurrence', () => {
      const second = page([...'ac'], { knownBefore: [...'axy'] })
      expect(matchPosition(second, positionOf('axyac', 3), true)).toMatchObject({ item: 0, agreement: Infinity })
      expect(matchPosition(second, positionOf('xay', 1), true)).toMatchObject({ item: 0, agreement: 0 })
    })
    test('returns the occurrence that loses no item if no neighbor decides', () => {
      expect(matchPosition(page([...'xaxax']), positionOf('pag', 1), true)).toMatchObject({ item: 1, agreement: 0 })
      expect(matchPosition(page([...'xaxax']), positionOf('pag', 1), false)).toMatchObject({ item: 3, agreement: 0 })
    })
  })
})
