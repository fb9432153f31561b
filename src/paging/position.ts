import type { PageToken } from '../vendors/vendor.ts'
import { areAlike, type FingerprintedPage } from './fingerprint.ts'
import { Occurrences, type Neighbor } from './occurrences.ts'

export { computeFingerprint as fingerprint } from './fingerprint.ts'

/**
 * Where an item stands in a list: how to ask for its page again, and by whom it is known there, so that the place is
 * found again when the list has moved.
 */
export interface Position {
  /** Items before it in the whole list, as far as known. */
  offset: number | null
  /** The link that gave its page; null for the first page. Absent where the page was asked for by number. */
  link?: PageToken | null
  /** Fingerprints of the item and its neighbors, in the list's order. Those of neighbors can be shortened. */
  near: string[]
  /** Which of `near` is the item. */
  at: number
  /** In a chain: the place within the outer item's own list. */
  inner?: Position
}

/** A list cut in two, before or after an item. */
export type Boundary = 'start' | 'end' | { after: Position } | { before: Position }

/** The place that a cut is made at. */
export const getPositionOf = (cut: Exclude<Boundary, string>): Position => ('after' in cut ? cut.after : cut.before)

/** Known neighbours on each side: enough that not all of them are gone when the cursor is used. */
export const maxNeighbors = 12

/** Fingerprints around `index`. Items without an id are passed over. */
export function getNeighborFingerprints(
  { prints, left, right }: FingerprintedPage,
  index: number,
): { near: string[]; at: number } {
  const before: string[] = []
  for (let i = index - 1; i >= 0 && before.length < maxNeighbors; i--) if (prints[i] != null) before.push(prints[i]!)
  for (let i = left.length - 1; i >= 0 && before.length < maxNeighbors; i--) before.push(left[i]!)
  const behind: string[] = []
  for (let i = index + 1; i < prints.length && behind.length < maxNeighbors; i++)
    if (prints[i] != null) behind.push(prints[i]!)
  for (let i = 0; i < right.length && behind.length < maxNeighbors; i++) behind.push(right[i]!)
  return { near: [...before.reverse(), prints[index] ?? '', ...behind], at: before.length }
}

/**
 * What a cut's place knows of the items left and right of the page that it was found on. Each item of the page accounts
 * for one neighbor, the one nearest to the cut: the vendor can list an ID twice.
 *
 * @param index Where on the page the cut lies: before the item with this index.
 */
export function getFingerprintsOutside(
  prints: readonly (string | null)[],
  cut: Exclude<Boundary, string>,
  index: number,
): { left: string[]; right: string[] } {
  const { near, at } = getPositionOf(cut)
  const middle = 'after' in cut ? at + 1 : at
  const before = near.slice(0, middle).toReversed()
  const behind = near.slice(middle)
  return {
    left: skipPresent(before, prints.slice(0, index)).toReversed(),
    right: skipPresent(behind, prints.slice(index)),
  }
}

/** The neighbors, the nearest first, that stand farther away than all those on the page. */
export function skipPresent(neighbors: readonly string[], prints: readonly (string | null)[]): string[] {
  const left = [...prints]
  const isPresent = (print: string): boolean => {
    const index = left.findIndex((own) => areAlike(own, print))
    if (index >= 0) left.splice(index, 1)
    return index >= 0
  }
  return neighbors.slice(neighbors.map(isPresent).lastIndexOf(true) + 1)
}

/** What a page tells of a place: its item, the nearest known item before it, the nearest known item behind it. */
export interface PositionMatch {
  item: number | null
  /** How many of the place's neighbors the item has. Infinite: proof. Else an ID that is listed twice can be meant elsewhere. */
  agreement: number
  before: Neighbor | null
  behind: Neighbor | null
}

/** A page's fingerprints, and whether the list begins with them. */
export interface Sight extends FingerprintedPage {
  isFirst: boolean
}

/**
 * Looks for a place among a page's fingerprints. Returns indexes into the page.
 *
 * @param after Whether the items behind the place are wanted. If one ID is listed twice, the occurrence is chosen that
 * loses no item: the first for the items behind it, the last for the items before it.
 */
export function matchPosition(page: Sight, place: Position, after: boolean): PositionMatch {
  const occurrences = new Occurrences(page, place, after)
  return {
    item: null,
    agreement: 0,
    ...findFingerprint(page, place, after),
    before: occurrences.findNeighbor(-1),
    behind: occurrences.findNeighbor(1),
  }
}

/** The occurrence of the item that has most of the place's neighbors. */
function findFingerprint(
  page: Sight,
  place: Position,
  after: boolean,
): Pick<PositionMatch, 'item' | 'agreement'> | null {
  const own = place.near[place.at] ?? ''
  const next = (index: number): number => findNext(page.prints, own, index, after ? 1 : -1)
  let best: Pick<PositionMatch, 'item' | 'agreement'> | null = null
  for (let index = next(after ? -1 : page.prints.length); index >= 0; index = next(index)) {
    const agreement = countSameNeighbors(page, index, place)
    if (!best || agreement > best.agreement) best = { item: index, agreement }
  }
  return best
}

/** Index of the next fingerprint like `print`, after or before `index`; −1 if there is none. */
function findNext(prints: FingerprintedPage['prints'], print: string, index: number, step: 1 | -1): number {
  for (let next = index + step; next >= 0 && next < prints.length; next += step)
    if (prints[next] === print || areAlike(prints[next], print)) return next
  return -1
}

/** How many of the place's neighbors stand beside an item; infinite if that is proof. */
function countSameNeighbors({ prints, left, right, isFirst }: Sight, index: number, place: Position): number {
  const { near, at, offset } = place
  const before = [...(isFirst ? [listEnd] : left), ...prints.slice(0, index)].toReversed()
  const knownBefore = [...(offset === at ? [listEnd] : []), ...near.slice(0, at)].toReversed()
  const behind = [...prints.slice(index + 1), ...right]
  return countAlike(before, knownBefore) + countAlike(behind, near.slice(at + 1))
}

/** Stands where a list has no neighbor. */
const listEnd = ''
/** Two neighbors in a row can be the same by chance, three hardly. */
export const provingNeighbors = 3

/** How many two rows of neighbors have alike at their beginning; infinite up to the end of the list, or if that is proof. */
function countAlike(neighbors: readonly (string | null)[], known: readonly string[]): number {
  for (let index = 0; index < provingNeighbors; index++) {
    if (index === neighbors.length || !areAlike(neighbors[index], known[index])) return index
    if (neighbors[index] === listEnd) break
  }
  return Infinity
}
