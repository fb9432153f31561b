import type { PageToken } from '../vendors/vendor-lists.ts'
import { areAlike, type FingerprintedPage } from './fingerprint.ts'
import { Occurrences, type Neighbor } from './occurrences.ts'

/**
 * Where an item is in a list: how to request its page again, and the fingerprints with which the position is restored after
 * the list has changed.
 */
export interface Position {
  /** Number of items before it in the whole list. Null if not known. */
  offset: number | null
  /** Page token that returned its page. Null for the first page. Absent if the page was requested by number. */
  pageToken?: PageToken | null
  /** Fingerprints of the item and its neighbors, in the order of the list. Those of neighbors can be shortened. */
  neighbors: string[]
  /** Index of the item in `neighbors`. */
  itemIndex: number
  /** Whether `neighbors` contains all items before the item. */
  hasAllBefore?: true
  /** Whether `neighbors` contains all items after the item. */
  hasAllAfter?: true
  /** In a nested list, the position in the child list of this item. */
  child?: Position
}

/** A point that divides a list: its start, its end, after an item, or before an item. */
export type Boundary = 'start' | 'end' | { after: Position } | { before: Position }

/** Returns the position of the item that a boundary is next to. */
export const getBoundaryPosition = (boundary: Exclude<Boundary, string>): Position =>
  'after' in boundary ? boundary.after : boundary.before

/** Maximum number of neighbors on each side: enough that some of them remain in the list when the cursor is used. */
export const maxNeighbors = 12

/** Returns the fingerprints of the item at `index` and of its neighbors. Skips items without an ID. */
export function getNeighborFingerprints(
  { fingerprints, knownBefore, knownAfter }: FingerprintedPage,
  index: number,
): { neighbors: string[]; itemIndex: number } {
  const before: string[] = []
  for (let i = index - 1; i >= 0 && before.length < maxNeighbors; i--)
    if (fingerprints[i] != null) before.push(fingerprints[i]!)
  for (let i = knownBefore.length - 1; i >= 0 && before.length < maxNeighbors; i--) before.push(knownBefore[i]!)
  const after: string[] = []
  for (let i = index + 1; i < fingerprints.length && after.length < maxNeighbors; i++)
    if (fingerprints[i] != null) after.push(fingerprints[i]!)
  for (let i = 0; i < knownAfter.length && after.length < maxNeighbors; i++) after.push(knownAfter[i]!)
  return { neighbors: [...before.reverse(), fingerprints[index] ?? '', ...after], itemIndex: before.length }
}

/**
 * Returns the neighbors of a boundary's position that are before and after the page on which the boundary was found. Each
 * item of the page accounts for one neighbor, the one nearest to the boundary, because a vendor can list an ID twice.
 *
 * @param index The boundary is before the item with this index on the page.
 */
export function getFingerprintsOutside(
  fingerprints: readonly (string | null)[],
  boundary: Exclude<Boundary, string>,
  index: number,
): { knownBefore: string[]; knownAfter: string[] } {
  const { neighbors, itemIndex } = getBoundaryPosition(boundary)
  const middle = 'after' in boundary ? itemIndex + 1 : itemIndex
  const before = neighbors.slice(0, middle).toReversed()
  const after = neighbors.slice(middle)
  return {
    knownBefore: skipPresent(before, fingerprints.slice(0, index)).toReversed(),
    knownAfter: skipPresent(after, fingerprints.slice(index)),
  }
}

/**
 * Returns the neighbors that are farther away than all those on the page.
 *
 * @param neighbors The nearest first.
 */
export function skipPresent(neighbors: readonly string[], fingerprints: readonly (string | null)[]): string[] {
  const unmatched = [...fingerprints]
  const isPresent = (neighbor: string): boolean => {
    const index = unmatched.findIndex((fingerprint) => areAlike(fingerprint, neighbor))
    if (index >= 0) unmatched.splice(index, 1)
    return index >= 0
  }
  return neighbors.slice(neighbors.map(isPresent).lastIndexOf(true) + 1)
}

/** What a page reveals of a position: the item and its nearest known neighbors. */
export interface PositionMatch {
  /** Index of the item on the page. Null if the page does not contain it. */
  item: number | null
  /**
   * Number of the position's neighbors that the item on the page has. Infinity proves the match. Otherwise, an ID that the
   * vendor lists twice can be meant elsewhere.
   */
  agreement: number
  /** Nearest known neighbor before the position. */
  before: Neighbor | null
  /** Nearest known neighbor after the position. */
  after: Neighbor | null
}

/** A page in which a position is searched. */
export interface SearchedPage extends FingerprintedPage {
  /** Whether the list begins with this page. */
  isFirst: boolean
}

/**
 * Searches a position among the fingerprints of a page.
 *
 * @param isAfter Whether the items after the position are wanted. If an ID is listed twice, the occurrence is chosen that
 * loses no item: the first one for the items after it, the last one for the items before it.
 */
export function matchPosition(page: SearchedPage, position: Position, isAfter: boolean): PositionMatch {
  const occurrences = new Occurrences(page, position, isAfter)
  return {
    item: null,
    agreement: 0,
    ...findFingerprint(page, position, isAfter),
    before: occurrences.findNeighbor(-1),
    after: occurrences.findNeighbor(1),
  }
}

/** Finds the occurrence of the item that has most of the position's neighbors. */
function findFingerprint(
  page: SearchedPage,
  position: Position,
  isAfter: boolean,
): Pick<PositionMatch, 'item' | 'agreement'> | null {
  const own = position.neighbors[position.itemIndex] ?? ''
  const findNext = (index: number): number => findNextAlike(page.fingerprints, own, index, isAfter ? 1 : -1)
  let best: Pick<PositionMatch, 'item' | 'agreement'> | null = null
  for (let index = findNext(isAfter ? -1 : page.fingerprints.length); index >= 0; index = findNext(index)) {
    const agreement = countSameNeighbors(page, index, position)
    if (!best || agreement > best.agreement) best = { item: index, agreement }
  }
  return best
}

/** Returns the index of the next fingerprint that is like `own`, after or before `index`. −1 if there is none. */
function findNextAlike(
  fingerprints: FingerprintedPage['fingerprints'],
  own: string,
  index: number,
  step: 1 | -1,
): number {
  for (let next = index + step; next >= 0 && next < fingerprints.length; next += step)
    if (fingerprints[next] === own || areAlike(fingerprints[next], own)) return next
  return -1
}

/** Counts the position's neighbors that are next to an item of the page. Infinity if they prove the match. */
function countSameNeighbors(
  { fingerprints, knownBefore, knownAfter, isFirst }: SearchedPage,
  index: number,
  position: Position,
): number {
  const { neighbors, itemIndex, offset } = position
  const before = [...(isFirst ? [listEnd] : knownBefore), ...fingerprints.slice(0, index)].toReversed()
  const expectedBefore = [...(offset === itemIndex ? [listEnd] : []), ...neighbors.slice(0, itemIndex)].toReversed()
  const after = [...fingerprints.slice(index + 1), ...knownAfter]
  return countAlike(before, expectedBefore) + countAlike(after, neighbors.slice(itemIndex + 1))
}

/** Marks the end of a list in a row of neighbors. */
const listEnd = ''
/** Two neighbors in a row can be the same by chance. For three, this is very unlikely. */
export const provingNeighbors = 3

/** Counts the equal neighbors at the start of two rows. Infinity if the rows are equal to the end of the list, or prove a match. */
function countAlike(neighbors: readonly (string | null)[], expected: readonly string[]): number {
  for (let index = 0; index < provingNeighbors; index++) {
    if (index === neighbors.length || !areAlike(neighbors[index], expected[index])) return index
    if (neighbors[index] === listEnd) break
  }
  return Infinity
}
