/** The lists of vendors: how Parley reads their pages. */
import type { Problem } from '../core/errors.ts'
import type { CallContext } from '../upstream/call-context.ts'

/**
 * Request for a page of a list. `number` counts pages of `size` items from 0, and is used only if `supportsPageNumbers` is
 * set. `link` is the `next` or `previous` of an earlier page, null for the first page, or `'last'` if `linksToLastPage`.
 */
export type PageRequest = { size: number; number: number } | { size: number; link: PageToken | null }
/** The vendor's opaque reference to a page: a token or the query of a link. */
export type PageToken = string

/** One page of a list. */
export interface VendorPage {
  /** Raw items, as the vendor sent them. Each is parsed only if it is needed. */
  items: readonly unknown[]
  /** Null if this is the last page. */
  next: PageToken | null
  /** True if the vendor did not announce the next page. If that page is empty or repeats this one, the list has ended. */
  isNextAssumed?: boolean
  /** Null if this is the first page. Omitted if unknown. */
  previous?: PageToken | null
  /** Number of items in the whole list. Omitted or null if the vendor does not report it. */
  total?: number | null
  /** Page size that the vendor used, if it reports it. */
  size?: number
  /** Why the page lacks items. Reported in `sources` with the status `PARTIAL`. */
  problem?: Problem
}

/** A list of a vendor, in the vendor's order. */
export interface FlatList<T> {
  /** Maximum page size. */
  maxSize: number
  /** Whether pages can be requested by number, in any size up to `maxSize`. */
  supportsPageNumbers?: true
  /** Whether the link `'last'` loads the last page. If the vendor does not link to that page, it loads one with a `next`. */
  linksToLastPage?: true
  /** Whether pages report the total. */
  reportsTotal?: true
  /** Whether the list contains exactly the objects that match the filter, so that the vendor's total is correct. */
  isExact?: true
  loadPage(request: PageRequest, call: CallContext): Promise<VendorPage>
  /** Returns the ID of a raw item. Null if it has none; the item is then omitted and reported. */
  getId(item: unknown): string | null
  /**
   * Returns a function that fetches fields that the list lacks and that the filter or sort order needs. Its result is a raw item
   * for `parseItem`. Null if nothing is missing. The function makes one vendor call.
   */
  complete?(item: unknown): ((call: CallContext) => Promise<unknown>) | null
  /** Parses a raw item. Null if it was deleted; the item is then skipped. @throws Problem if it cannot be parsed. */
  parseItem(item: unknown): T | null
}

/** A child list for each item of a parent list (hosts → meetings) or for each fixed partition (statuses → users). */
export interface NestedList<T, Parent = unknown> {
  /** A list of the vendor, or fixed partitions. */
  parent: FlatList<Parent> | readonly string[]
  /** Whether the child lists contain exactly the objects that match the filter, so that the vendor's totals are correct. */
  isExact?: true
  /**
   * Whether the whole list fails if one child list cannot be read, as with partitions. Default: an error that concerns only
   * this child list is reported, and the others are read.
   */
  failsWithChild?: true
  /** @param parentItem Raw item of the parent list, or the partition. */
  getChildList(parentItem: unknown): FlatList<T>
}

export type VendorList<T> = FlatList<T> | NestedList<T>
