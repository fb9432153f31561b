import { areAlike, isProof, type FingerprintedPage } from './fingerprint.ts'

/** What a position knows of its item: the fingerprints around it, and which of them is the item. */
interface Surroundings {
  near: readonly string[]
  at: number
}

/** A known neighbor's index on the page, and its distance from the place: 1 stands right beside it. */
export interface Neighbor {
  index: number
  distance: number
}

/** Rows within which neighbors support each other: twice as many as a cursor knows on one side. */
const maxSpread = 24

/** Where the items stand that a place knows: on a page, and among the items known on both sides of it. */
export class Occurrences {
  readonly #place: Surroundings
  readonly #pageLength: number
  /** For each of the place's fingerprints, the indexes where it stands. Index 0 is the first item of the page. */
  readonly #indexes: (readonly number[])[]
  readonly #after: boolean

  /** @param after Whether the items behind the place are wanted: decides between rows that are equally likely. */
  constructor({ prints, left, right }: FingerprintedPage, place: Surroundings, after: boolean) {
    const { near } = place
    this.#place = place
    this.#pageLength = prints.length
    this.#after = after
    const row = [...left, ...prints, ...right]
    const known = new Map<string, number[]>()
    for (const length of new Set(near.map((print) => print.length))) {
      for (const [position, print] of row.entries()) {
        if (print === null || print.length < length) continue
        const indexes = getOrAdd(known, print.slice(0, length))
        indexes.push(position - left.length)
      }
    }
    // A neighbor that stands on both sides proves nothing. Two that only look the same are so in 1 of 1,000 cursors.
    const isUnique = (print: string): boolean => near.filter((other) => areAlike(other, print)).length === 1
    this.#indexes = near.map((print) => (isUnique(print) && known.get(print)) || [])
  }

  /** The nearest known neighbor before (−1) or behind (1) the place. */
  findNeighbor(direction: 1 | -1): Neighbor | null {
    const { near, at } = this.#place
    for (let distance = 1; near[at + distance * direction] !== undefined; distance++) {
      const index = this.#choose(at + distance * direction)
      if (index !== null) return { index, distance }
    }
    return null
  }

  #choose(known: number): number | null {
    const indexes = this.#indexes[known]!.filter((index) => index >= 0 && index < this.#pageLength)
    if (indexes.length === 0) return null
    const print = this.#place.near[known]!
    if (isProof(print)) return (this.#after ? indexes[0] : indexes.at(-1))!
    let best: { index: number; support: number } | null = null
    for (const index of this.#after ? indexes : indexes.toReversed()) {
      const support = this.#countSupport(known, index)
      if (support > (best?.support ?? 0)) best = { index, support }
    }
    return best?.index ?? null
  }

  /** How many others stand near the row, on the right side of it. By chance, one does in 1 of 500 cases. */
  #countSupport(known: number, index: number): number {
    return this.#indexes.filter((others, other) =>
      others.some((row) => {
        const distance = other < known ? index - row : row - index
        return other !== known && distance > 0 && distance <= maxSpread
      }),
    ).length
  }
}

function getOrAdd(known: Map<string, number[]>, print: string): number[] {
  let indexes = known.get(print)
  if (!indexes) known.set(print, (indexes = []))
  return indexes
}
