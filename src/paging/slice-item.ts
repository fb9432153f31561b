import type { LoadedPage } from './loaded-page.ts'
import { areAlike, neighborLengths } from './fingerprint.ts'
import type { Position } from './position.ts'

/** An item of a parent list, whose child list is read. */
export class ParentItem {
  readonly page: LoadedPage
  readonly index: number
  readonly #isPartition: boolean

  /** @param isPartition Whether the item is one of a few fixed partitions. */
  constructor(page: LoadedPage, index: number, isPartition: boolean) {
    this.page = page
    this.index = index
    this.#isPartition = isPartition
  }

  /** Returns the item's position. That of a partition has no neighbors and a short fingerprint, because it is never searched. */
  getPosition(): Position {
    if (!this.#isPartition) return this.page.getPosition(this.index)
    const fingerprint = this.page.lazyFingerprints.get(this.index)!.slice(0, neighborLengths.short)
    return { offset: this.index, neighbors: [fingerprint], itemIndex: 0 }
  }

  /** Whether the position is that of this item. */
  isAt({ neighbors, itemIndex }: Position): boolean {
    return areAlike(this.page.lazyFingerprints.get(this.index), neighbors[itemIndex])
  }
}

/** Returns the position of an item, nested in the position of its parent item if it has one. */
export function getNestedPosition(parent: ParentItem | null, page: LoadedPage, index: number): Position {
  const position = page.getPosition(index)
  return parent ? { ...parent.getPosition(), child: position } : position
}

/** An item that a scan has selected. */
export class SliceItem<T> {
  readonly node: T
  readonly page: LoadedPage
  /** Index on the page. */
  readonly index: number
  readonly parent: ParentItem | null

  constructor(node: T, page: LoadedPage, index: number, parent: ParentItem | null) {
    this.node = node
    this.page = page
    this.index = index
    this.parent = parent
  }

  getPosition(): Position {
    return getNestedPosition(this.parent, this.page, this.index)
  }
}
