import type { Problem } from '../core/errors.ts'
import type { LoadedPage } from './loaded-page.ts'
import type { ListParent } from './nested-list.ts'
import type { Boundary, Position } from './position.ts'

/** Returns the position of an item, nested in the position of its parent item if it has one. */
export function getNestedPosition(parent: ListParent | null, page: LoadedPage, index: number): Position {
  const position = page.getPosition(index)
  return parent ? { ...parent.getPosition(), child: position } : position
}

/** An item that a scan has selected. */
export class SliceItem<T> {
  readonly node: T
  readonly page: LoadedPage
  /** Index on the page. */
  readonly index: number
  readonly parent: ListParent | null

  constructor(node: T, page: LoadedPage, index: number, parent: ListParent | null) {
    this.node = node
    this.page = page
    this.index = index
    this.parent = parent
  }

  getPosition(): Position {
    return getNestedPosition(this.parent, this.page, this.index)
  }
}

/** What one scan of an account's list returned. */
export interface ListSlice<T> {
  /** In the direction of the scan: if it is backward, the last item of the list is the first one here. */
  items: SliceItem<T>[]
  /** Whether the list continues after the items. */
  hasMore: boolean
  /** Boundary at which the list continues. If null, right after the last item. */
  resume: Boundary | null
  /** Whether the scan ended at the scan limit, before it had enough items. */
  hitScanLimit: boolean
  /** Error that ended the scan. */
  failure: Problem | null
  /** Why an item was omitted. */
  partialProblem: Problem | null
  /** Totals that the vendor reported, by partition. The key of a flat list is empty. */
  totals: Map<string, number>
}

export function createSlice<T>(): ListSlice<T> {
  return {
    items: [],
    hasMore: false,
    resume: null,
    hitScanLimit: false,
    failure: null,
    partialProblem: null,
    totals: new Map(),
  }
}

/** Adds the slice of a second scan to the slice of a first scan that ended where the second one began. */
export function joinSlices<T>(
  slice: ListSlice<T>,
  { items, hasMore, resume, hitScanLimit, failure, partialProblem, totals }: ListSlice<T>,
): void {
  slice.items.push(...items)
  slice.partialProblem ??= partialProblem
  for (const [partition, total] of totals) slice.totals.set(partition, total)
  Object.assign(slice, { hasMore, resume, hitScanLimit, failure })
}
