import { areAlike, isProof, type FingerprintedPage } from './fingerprint.ts'

/** The part of a position that identifies its item. */
interface PositionFingerprints {
  neighbors: readonly string[]
  itemIndex: number
}

/** A known neighbor of a position that was found on a page. */
export interface Neighbor {
  /** Index on the page. */
  index: number
  /** Distance from the position. 1 is right next to it. */
  distance: number
}

/** Number of rows within which neighbors support each other: twice as many as a cursor stores on one side. */
const maxSpread = 24

/** Finds the neighbors of a position on a page and among the known items around the page. */
export class Occurrences {
  readonly #position: PositionFingerprints
  readonly #pageLength: number
  /** For each of the position's fingerprints, the indexes at which it occurs. Index 0 is the first item of the page. */
  readonly #indexes: (readonly number[])[]
  readonly #isAfter: boolean

  /** @param isAfter Whether the items after the position are wanted. Decides between rows that are equally likely. */
  constructor(
    { fingerprints, knownBefore, knownAfter }: FingerprintedPage,
    position: PositionFingerprints,
    isAfter: boolean,
  ) {
    const { neighbors } = position
    this.#position = position
    this.#pageLength = fingerprints.length
    this.#isAfter = isAfter
    const row = [...knownBefore, ...fingerprints, ...knownAfter]
    const indexesByFingerprint = new Map<string, number[]>()
    for (const length of new Set(neighbors.map((neighbor) => neighbor.length))) {
      for (const [rowIndex, fingerprint] of row.entries()) {
        if (fingerprint === null || fingerprint.length < length) continue
        const indexes = getOrAdd(indexesByFingerprint, fingerprint.slice(0, length))
        indexes.push(rowIndex - knownBefore.length)
      }
    }
    // A neighbor that is on both sides proves nothing. Two different ones look the same in only 1 of 1,000 cursors.
    const isUnique = (neighbor: string): boolean => neighbors.filter((other) => areAlike(other, neighbor)).length === 1
    this.#indexes = neighbors.map((neighbor) => (isUnique(neighbor) && indexesByFingerprint.get(neighbor)) || [])
  }

  /** Finds the nearest known neighbor before (−1) or after (1) the position. */
  findNeighbor(direction: 1 | -1): Neighbor | null {
    const { neighbors, itemIndex } = this.#position
    for (let distance = 1; neighbors[itemIndex + distance * direction] !== undefined; distance++) {
      const index = this.#chooseOccurrence(itemIndex + distance * direction)
      if (index !== null) return { index, distance }
    }
    return null
  }

  #chooseOccurrence(neighborIndex: number): number | null {
    const indexes = this.#indexes[neighborIndex]!.filter((index) => index >= 0 && index < this.#pageLength)
    if (indexes.length === 0) return null
    const neighbor = this.#position.neighbors[neighborIndex]!
    if (isProof(neighbor)) return (this.#isAfter ? indexes[0] : indexes.at(-1))!
    let best: { index: number; support: number } | null = null
    for (const index of this.#isAfter ? indexes : indexes.toReversed()) {
      const support = this.#countSupport(neighborIndex, index)
      if (support > (best?.support ?? 0)) best = { index, support }
    }
    return best?.index ?? null
  }

  /** Counts the other neighbors that are near the row, on the correct side of it. One is there by chance in 1 of 500 cases. */
  #countSupport(neighborIndex: number, index: number): number {
    return this.#indexes.filter((otherIndexes, otherNeighbor) =>
      otherIndexes.some((otherIndex) => {
        const distance = otherNeighbor < neighborIndex ? index - otherIndex : otherIndex - index
        return otherNeighbor !== neighborIndex && distance > 0 && distance <= maxSpread
      }),
    ).length
  }
}

function getOrAdd(indexesByFingerprint: Map<string, number[]>, fingerprint: string): number[] {
  let indexes = indexesByFingerprint.get(fingerprint)
  if (!indexes) indexesByFingerprint.set(fingerprint, (indexes = []))
  return indexes
}
