import { Problem } from '../core/errors.ts'
import type { FlatList, NestedList, VendorList } from '../vendors/vendor-lists.ts'
import { defaultReadAhead, ListScanner, type ScanOptions } from './list-scanner.ts'
import type { LoadedPage } from './loaded-page.ts'
import { isPartitionList, ParentItem, Partition, splitBoundary, type ListParent } from './nested-list.ts'
import { isItemError } from './page-errors.ts'
import { PageReader } from './page-reader.ts'
import { getBoundaryPosition, type Boundary } from './position.ts'
import { ScanLimitReached } from './scan-budget.ts'
import { SeenItems } from './seen-items.ts'
import type { ListSlice } from './slice.ts'

/**
 * Scans an account's list from a boundary, forward or backward, until `options.count` items match. Reports a Problem in
 * `failure` of the slice instead of throwing it.
 */
export async function scanList<T>(
  listing: VendorList<T>,
  boundary: Boundary,
  options: ScanOptions<T>,
): Promise<ListSlice<T>> {
  const scanner = new ListScanner<T>(boundary, options)
  try {
    if (!('parent' in listing)) await scanner.scan(listing, boundary, null)
    else if (isPartitionList(listing.parent)) await scanPartitions(listing, listing.parent, scanner)
    else await scanChildLists(listing, listing.parent, scanner)
  } catch (error) {
    if (!(error instanceof ScanLimitReached || error instanceof Problem)) throw error
    // A full slice only needed to know whether more items follow. The next page reports the error.
    if (!scanner.isFull) scanner.endScan(error)
    scanner.slice.hasMore = true
  }
  scanner.slice.resume = scanner.getResumeBoundary()
  return scanner.slice
}

/** Scans the lists of a few fixed partitions one after another. If one of them cannot be read, the account has failed. */
async function scanPartitions<T>(
  { getChildList }: NestedList<T>,
  names: readonly string[],
  scanner: ListScanner<T>,
): Promise<void> {
  const { isForward, isSelective, expectFewMatches } = scanner.options
  const partitions = names.map((name, index) => new Partition(name, index))
  const first = findFirstPartition(partitions, scanner.boundary, isForward)
  if (isForward && isSelective)
    for (const { name } of partitions.slice(first + 1)) requestFirstPage(getChildList(name), scanner)
  for (const partition of isForward ? partitions.slice(first) : partitions.slice(0, first + 1).reverse()) {
    if (scanner.isFull && expectFewMatches) return void (scanner.slice.hasMore = true)
    scanner.extendBudget()
    const boundary = getChildBoundary(partition, scanner)
    const hasMore = await scanner.scan(getChildList(partition.name), boundary, partition, partition.name)
    if (hasMore || scanner.hasReachedUntil) return
    scanner.passList(partition)
  }
}

/** Returns the index of the partition at which a scan begins. It can be outside of the partitions. */
function findFirstPartition(partitions: readonly Partition[], boundary: Boundary, isForward: boolean): number {
  if (typeof boundary === 'string')
    return boundary === 'start' ? (isForward ? 0 : -1) : partitions.length - (isForward ? 0 : 1)
  const position = getBoundaryPosition(boundary)
  const found = partitions.findIndex((partition) => partition.isAt(position))
  const index = found < 0 ? (position.offset ?? 0) : found
  if (position.child) return index
  if (isForward) return 'after' in boundary ? index + 1 : index
  return 'before' in boundary ? index - 1 : index
}

/** Scans the child lists of a parent list one after another. The child list that contains the boundary is scanned from there. */
async function scanChildLists<T>(
  nestedList: NestedList<T>,
  parentList: FlatList<unknown>,
  scanner: ListScanner<T>,
): Promise<void> {
  const { call, budget, isForward, expectFewMatches, onListCount } = scanner.options
  const reader = new PageReader(parentList, call, budget)
  const begin = getParentBoundary(scanner.boundary, isForward)
  const size = Math.max(1, Math.min(parentList.maxSize, budget.remaining))
  let page = isForward ? await reader.loadFirstAfter(begin, size) : await reader.loadLastBefore(begin, size)
  const seen = new SeenItems()
  if (page) seen.addFarSide(begin, page, isForward, reader)
  if (page?.total != null) onListCount?.(page.total)
  let passedLists = 0
  while (page) {
    const { start, end } = page
    for (let index = isForward ? start : end - 1; index >= start && index < end; index += isForward ? 1 : -1) {
      const id = page.ids[index]
      if (id == null) continue
      const isSeen = seen.has(id, page, index)
      if (isSeen !== false && (await isSeen)) continue
      seen.add(id)
      // Whether the lists after a full page have items is worth one call, but not a search for rare matches.
      if (scanner.isFull && expectFewMatches) return void (scanner.slice.hasMore = true)
      scanner.extendBudget()
      const parent = new ParentItem(page, index)
      notifyParent(parentList, page.items[index], scanner)
      readAhead(nestedList, page, index, passedLists++, scanner)
      const hasMore = await scanChildList(nestedList, page.items[index], parent, id, scanner)
      if (hasMore || scanner.hasReachedUntil) return
      scanner.passList(parent)
    }
    const current: LoadedPage | null = scanner.isLastPage(page) ? null : page
    scanner.extendBudget()
    page = current && (isForward ? await reader.loadNext(current) : await reader.loadPrevious(current))
  }
}

/** Returns the boundary in the parent list at which a scan begins. The list of the item at the boundary can be scanned in part. */
function getParentBoundary(boundary: Boundary, isForward: boolean): Boundary {
  const inside = splitBoundary(boundary)
  if (!inside) return boundary
  return isForward ? { before: inside.position } : { after: inside.position }
}

/** Returns the boundary in a child list at which its scan begins. */
function getChildBoundary<T>(parent: ListParent, { boundary, options }: ListScanner<T>): Boundary {
  const inside = splitBoundary(boundary)
  if (inside && parent.isAt(inside.position)) return inside.childBoundary
  return options.isForward ? 'start' : 'end'
}

/** Scans one child list. If only this list cannot be read, reports the error in the slice and skips the list. */
async function scanChildList<T>(
  { getChildList, failsWithChild }: NestedList<T>,
  item: unknown,
  parent: ParentItem,
  id: string,
  scanner: ListScanner<T>,
): Promise<boolean> {
  try {
    return await scanner.scan(getChildList(item), getChildBoundary(parent, scanner), parent, id)
  } catch (error) {
    if (failsWithChild || !(error instanceof Problem) || !isItemError(error)) throw error
    scanner.slice.partialProblem ??= error
    return false
  }
}

function notifyParent<T>(parentList: FlatList<unknown>, item: unknown, { options }: ListScanner<T>): void {
  try {
    options.onParentItem?.(parentList.parseItem(item))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}

/** Requests a few child lists ahead of the scan. The first list is requested alone, because it can be enough. */
function readAhead<T>(
  { getChildList }: NestedList<T>,
  page: LoadedPage,
  index: number,
  passedLists: number,
  scanner: ListScanner<T>,
): void {
  const { budget, isForward, readAhead: maxAhead = defaultReadAhead } = scanner.options
  for (let distance = 1; distance <= Math.min(passedLists, maxAhead, budget.remaining - 1); distance++) {
    const next = isForward ? index + distance : index - distance
    if (next < page.start || next >= page.end || page.ids[next] === null) continue
    requestFirstPage(getChildList(page.items[next]), scanner)
  }
}

/** Loads a page into the operation's read cache, where the scan finds it. A failed request fails again in the scan. */
function requestFirstPage<T>(list: FlatList<T>, scanner: ListScanner<T>): void {
  const reader = new PageReader(list, scanner.options.call, { remaining: 1 })
  void reader.loadFirstAfter('start', scanner.getRequestSize(list, true)).catch(() => {})
}
