import { describe, expect, test } from 'vitest'
import { beyond, fingerprint, neighbours, sight, surroundings, type Place } from '../../src/paging/place.ts'

const place = (near: string, at: number): Place => ({ offset: null, near: [...near], at })
const letters = (count: number, from = 'A') =>
  Array.from({ length: count }, (_, index) => String.fromCharCode(from.charCodeAt(0) + index))

test('fingerprints are 48 bits of a digest', () => {
  expect(fingerprint('a')).toMatch(/^[\w-]{8}$/)
  expect(fingerprint('a')).not.toBe(fingerprint('b'))
})

describe('the surroundings of an item', () => {
  const none = { left: [], right: [] }
  test('are its neighbours on the page', () => {
    expect(surroundings({ prints: [...'abcde'], ...none }, 2)).toEqual({ near: [...'abcde'], at: 2 })
    expect(surroundings({ prints: [...'abc'], ...none }, 0)).toEqual({ near: [...'abc'], at: 0 })
    expect(surroundings({ prints: [...'abc'], ...none }, 2)).toEqual({ near: [...'abc'], at: 2 })
  })
  test('pass over what has no id, and keep a nameless item as a gap', () => {
    expect(surroundings({ prints: ['a', null, 'c', null, 'e'], ...none }, 2)).toEqual({ near: ['a', 'c', 'e'], at: 1 })
    expect(surroundings({ prints: ['a', null, 'c'], ...none }, 1)).toEqual({ near: ['a', '', 'c'], at: 1 })
  })
  test('go on into what is known beyond the page', () => {
    const row = { prints: [...'cd'], left: [...'ab'], right: [...'ef'] }
    expect(surroundings(row, 0)).toEqual({ near: [...'abcdef'], at: 2 })
    expect(surroundings(row, 1)).toEqual({ near: [...'abcdef'], at: 3 })
  })
  test('are so many on each side, the nearest ones', () => {
    const all = letters(40)
    const around = [...all.slice(20 - neighbours, 20), all[20], ...all.slice(21, 21 + neighbours)]
    expect(surroundings({ prints: all, ...none }, 20)).toEqual({ near: around, at: neighbours })
    const row = { prints: all.slice(18, 23), left: all.slice(0, 18), right: all.slice(23) }
    expect(surroundings(row, 2)).toEqual({ near: around, at: neighbours })
    const full = { prints: all, left: ['x'], right: ['y'] }
    expect(surroundings(full, 20)).toEqual({ near: around, at: neighbours })
  })
})

describe('what a place knows beyond a page', () => {
  test('is what stands outside of all that is on it', () => {
    expect(beyond([...'cd'], place('abcdef', 2))).toEqual({ left: [...'ab'], right: [...'ef'] })
    expect(beyond([...'cxe'], place('abcdef', 0))).toEqual({ left: [...'ab'], right: [...'f'] })
    expect(beyond([...'af'], place('abcdef', 3))).toEqual({ left: [], right: [] })
  })
  test('of a page with none of it, is told by the item: it is the last of the left', () => {
    expect(beyond([...'xyz'], place('abcdef', 2))).toEqual({ left: [...'abc'], right: [...'def'] })
    expect(beyond([], place('a', 0))).toEqual({ left: ['a'], right: [] })
  })
})

describe('a place looked for on a page', () => {
  test('is its item, with the nearest known before and behind', () => {
    expect(sight([...'abcde'], place('abcde', 2))).toEqual({ item: 2, before: { index: 1, distance: 1 }, behind: 3 })
  })
  test('is told by its neighbours where the item has gone', () => {
    expect(sight([...'ade'], place('abcde', 2))).toEqual({ item: null, before: { index: 0, distance: 2 }, behind: 1 })
    expect(sight([...'ae'], place('abcde', 2))).toEqual({ item: null, before: { index: 0, distance: 2 }, behind: 1 })
  })
  test('has nothing before the first and nothing behind the last', () => {
    expect(sight([...'ab'], place('ab', 0))).toEqual({ item: 0, before: null, behind: 1 })
    expect(sight([...'ab'], place('ab', 1))).toEqual({ item: 1, before: { index: 0, distance: 1 }, behind: null })
  })
  test('is not there at all', () => {
    expect(sight([...'xyz'], place('abc', 1))).toEqual({ item: null, before: null, behind: null })
    expect(sight([null, null], place('abc', 1))).toEqual({ item: null, before: null, behind: null })
  })
  test('is the later of two that look the same; what has no id is nobody', () => {
    expect(sight(['a', null, 'a'], place('a', 0))).toEqual({ item: 2, before: null, behind: null })
    expect(sight(['', 'b'], { offset: 0, near: ['b'], at: 5 })).toMatchObject({ item: 0 })
  })
})
