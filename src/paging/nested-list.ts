import type { FlatList } from '../vendors/vendor-lists.ts'
import { areAlike, computeFingerprint, neighborLengths } from './fingerprint.ts'
import type { LoadedPage } from './loaded-page.ts'
import type { Boundary, Position } from './position.ts'

/** What a child list belongs to: an item of a parent list, or a partition. */
export interface ListParent {
  getPosition(): Position
  /** Whether the position is that of this parent. */
  isAt(position: Position): boolean
}

/** An item of a parent list. */
export class ParentItem implements ListParent {
  readonly #page: LoadedPage
  readonly #index: number

  constructor(page: LoadedPage, index: number) {
    this.#page = page
    this.#index = index
  }

  getPosition(): Position {
    return this.#page.getPosition(this.#index)
  }

  isAt({ neighbors, itemIndex }: Position): boolean {
    return areAlike(this.#page.lazyFingerprints.get(this.#index), neighbors[itemIndex])
  }
}

/** One of a few fixed partitions. Its position has no neighbors and a short fingerprint. */
export class Partition implements ListParent {
  readonly name: string
  readonly #index: number

  constructor(name: string, index: number) {
    this.name = name
    this.#index = index
  }

  getPosition(): Position {
    const fingerprint = computeFingerprint(this.name).slice(0, neighborLengths.short)
    return { offset: this.#index, neighbors: [fingerprint], itemIndex: 0 }
  }

  isAt({ neighbors, itemIndex }: Position): boolean {
    return areAlike(computeFingerprint(this.name), neighbors[itemIndex])
  }
}

/** Splits a boundary inside a child list into the parent's position and the boundary in the child list. Null for other boundaries. */
export function splitBoundary(boundary: Boundary): { position: Position; childBoundary: Boundary } | null {
  if (typeof boundary === 'string') return null
  const isAfter = 'after' in boundary
  const { child, ...position } = isAfter ? boundary.after : boundary.before
  return child ? { position, childBoundary: isAfter ? { after: child } : { before: child } } : null
}

/** Whether the parent list consists of fixed partitions. */
export const isPartitionList = (parent: FlatList<unknown> | readonly string[]): parent is readonly string[] =>
  Array.isArray(parent)
