import type { LoadedPage } from './loaded-page.ts'
import { isProof, neighborLengths } from './fingerprint.ts'
import { maxNeighbors } from './position.ts'

/** Number of neighbors that a cursor stores before and after an item, and whether their fingerprints are long. */
export interface NeighborChoice {
  before: number
  after: number
  isLong: boolean
}

/**
 * Chooses the neighbors that fit into `maxLength` characters. Chooses all of them with long fingerprints if they fit.
 * Otherwise, chooses as many as fit with short fingerprints, the nearest on both sides.
 *
 * @param before Number of known neighbors before the item.
 * @param after Number of known neighbors after the item.
 * @param canBeLong Whether all fingerprints are known at full length.
 */
export function chooseNeighbors(before: number, after: number, maxLength: number, canBeLong: boolean): NeighborChoice {
  const { long, short } = neighborLengths
  if (canBeLong && (before + after) * long <= maxLength) return { before, after, isLong: true }
  const count = Math.floor(maxLength / short)
  const countBefore = Math.min(before, Math.max(count >> 1, count - after))
  return { before: countBefore, after: Math.min(after, count - countBefore), isLong: false }
}

/** Number of fingerprints between the starts of two stretches. */
const stretchStep = 8
/** Number of fingerprints in a stretch: enough for an item and all its neighbors. */
const stretchSize = stretchStep + 2 * maxNeighbors

/** Formats the fingerprints of a page, and of the known items around it, for the cursors of its items. */
export class NeighborTexts {
  readonly #page: LoadedPage
  /** Indexes of the items that have an ID. Null if all items have one. */
  readonly #indexesWithId: readonly number[] | null
  /** Index of the first fingerprint after the page. */
  readonly #pageEnd: number
  /** Number of fingerprints. */
  readonly #end: number
  readonly #canBeLong: boolean
  /** Joined short fingerprints, by stretch. Most cursors contain a part of one of a few stretches. */
  readonly #stretches: string[] = []

  constructor(page: LoadedPage) {
    this.#page = page
    const { ids, knownBefore, knownAfter } = page
    this.#indexesWithId = ids.includes(null) ? [...ids.keys()].filter((index) => ids[index] !== null) : null
    this.#pageEnd = knownBefore.length + (this.#indexesWithId ?? ids).length
    this.#end = this.#pageEnd + knownAfter.length
    this.#canBeLong = knownBefore.every(isProof) && knownAfter.every(isProof)
  }

  /** Returns the index of an item among all fingerprints. */
  getIndex(itemIndex: number): number {
    return this.#page.knownBefore.length + (this.#indexesWithId ? this.#indexesWithId.indexOf(itemIndex) : itemIndex)
  }

  /** Chooses the neighbors of the fingerprint at `index` that fit into `maxLength` characters. */
  choose(index: number, maxLength: number): NeighborChoice {
    const before = Math.min(index, maxNeighbors)
    const after = Math.min(this.#end - index - 1, maxNeighbors)
    return chooseNeighbors(before, after, maxLength, this.#canBeLong)
  }

  /** Returns whether the chosen neighbors of the fingerprint at `index` are all items before or after it. */
  describeChoice(index: number, { before, after }: NeighborChoice): { hasAllBefore: boolean; hasAllAfter: boolean } {
    const { hasAllBefore, hasAllAfter } = this.#page
    return {
      hasAllBefore: hasAllBefore && before === index,
      hasAllAfter: hasAllAfter && after === this.#end - index - 1,
    }
  }

  /** Joins the fingerprints from `start` to `end` (exclusive). */
  join(start: number, end: number, isLong: boolean): string {
    if (isLong) return this.#join(start, end, neighborLengths.long)
    const stretch = Math.floor(start / stretchStep)
    const first = stretch * stretchStep
    const text = (this.#stretches[stretch] ??= this.#join(first, first + stretchSize, neighborLengths.short))
    return text.slice((start - first) * neighborLengths.short, (end - first) * neighborLengths.short)
  }

  /** Returns the fingerprint at `index`. Fingerprints of items around the page can be shortened. */
  getFingerprint(index: number): string {
    const { knownBefore, knownAfter, lazyFingerprints } = this.#page
    if (index < knownBefore.length) return knownBefore[index]!
    if (index >= this.#pageEnd) return knownAfter[index - this.#pageEnd]!
    const pageIndex = index - knownBefore.length
    return lazyFingerprints.get(this.#indexesWithId ? this.#indexesWithId[pageIndex]! : pageIndex)!
  }

  #join(start: number, end: number, length: number): string {
    let text = ''
    for (let index = start; index < Math.min(end, this.#end); index++)
      text += this.getFingerprint(index).slice(0, length)
    return text
  }
}
