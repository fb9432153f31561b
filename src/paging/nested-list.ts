import type { FlatList } from '../vendors/vendor.ts'
import type { Boundary, Position } from './position.ts'

/** The outer place and the inner cut of a cut that lies inside an outer item's list. */
export function splitBoundary(cut: Boundary): { place: Position; cut: Boundary } | null {
  if (typeof cut === 'string') return null
  const { inner, ...place } = 'after' in cut ? cut.after : cut.before
  return inner ? { place, cut: 'after' in cut ? { after: inner } : { before: inner } } : null
}

/** Whether the outer list is one of words, known beforehand. */
export const isPartitionList = (outer: FlatList<unknown> | readonly string[]): outer is readonly string[] =>
  Array.isArray(outer)

/** Words as an outer list. */
export function createPartitionList(words: readonly string[]): FlatList<unknown> {
  return {
    maxSize: words.length,
    loadPage: async () => ({ items: words, next: null, previous: null }),
    getId: String,
    parseItem: (word) => word,
  }
}
