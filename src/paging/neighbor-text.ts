import type { LoadedPage } from './loaded-page.ts'
import { isProof, neighborLengths } from './fingerprint.ts'
import { maxNeighbors } from './position.ts'

/** How many neighbors a cursor stores before and behind an item, and whether their fingerprints are long. */
export interface NeighborChoice {
  before: number
  behind: number
  isLong: boolean
}

/**
 * Chooses neighbors for a number of characters: all with long fingerprints if they fit, because a few must be proof without
 * the others. If not, as many as fit with short ones, the nearest on both sides.
 *
 * @param canBeLong Whether the whole fingerprints are known.
 */
export function chooseNeighbors(before: number, behind: number, maxLength: number, canBeLong: boolean): NeighborChoice {
  const { long, short } = neighborLengths
  if (canBeLong && (before + behind) * long <= maxLength) return { before, behind, isLong: true }
  const count = Math.floor(maxLength / short)
  const kept = Math.min(before, Math.max(count >> 1, count - behind))
  return { before: kept, behind: Math.min(behind, count - kept), isLong: false }
}

/** A stretch of text begins with every eighth fingerprint, and is long enough for an item and all its neighbors. */
const stretchStep = 8
const stretchSize = stretchStep + 2 * maxNeighbors

/** Fingerprints of a page and of the items known on both sides of it: the texts that its cursors consist of. */
export class NeighborTexts {
  readonly #batch: LoadedPage
  /** Indexes of the items that have an ID; null if all have one. */
  readonly #named: readonly number[] | null
  readonly #rightStart: number
  readonly #end: number
  readonly #canBeLong: boolean
  /** Short fingerprints joined, by stretch. Most cursors are cut out of a few of them. */
  readonly #stretches: string[] = []

  constructor(batch: LoadedPage) {
    this.#batch = batch
    const { ids, left, right } = batch
    this.#named = ids.includes(null) ? [...ids.keys()].filter((index) => ids[index] !== null) : null
    this.#rightStart = left.length + (this.#named ?? ids).length
    this.#end = this.#rightStart + right.length
    this.#canBeLong = left.every(isProof) && right.every(isProof)
  }

  /** Where an item stands among all fingerprints. */
  getPosition(index: number): number {
    return this.#batch.left.length + (this.#named ? this.#named.indexOf(index) : index)
  }

  choose(position: number, maxLength: number): NeighborChoice {
    const before = Math.min(position, maxNeighbors)
    const behind = Math.min(this.#end - position - 1, maxNeighbors)
    return chooseNeighbors(before, behind, maxLength, this.#canBeLong)
  }

  /** Joins the fingerprints from `start` to `end` (exclusive). */
  join(start: number, end: number, isLong: boolean): string {
    if (isLong) return this.#join(start, end, neighborLengths.long)
    const stretch = Math.floor(start / stretchStep)
    const first = stretch * stretchStep
    const text = (this.#stretches[stretch] ??= this.#join(first, first + stretchSize, neighborLengths.short))
    return text.slice((start - first) * neighborLengths.short, (end - first) * neighborLengths.short)
  }

  /** The fingerprint at a position. */
  getPrint(position: number): string {
    const { left, right, fingerprints } = this.#batch
    if (position < left.length) return left[position]!
    if (position >= this.#rightStart) return right[position - this.#rightStart]!
    const index = position - left.length
    return fingerprints.get(this.#named ? this.#named[index]! : index)!
  }

  #join(start: number, end: number, length: number): string {
    let text = ''
    for (let position = start; position < Math.min(end, this.#end); position++)
      text += this.getPrint(position).slice(0, length)
    return text
  }
}
