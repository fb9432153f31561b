import { Problem } from '../core/errors.ts'
import { takeTurn } from '../core/turn.ts'
import { ReadLimitProblem } from '../upstream/call-context.ts'
import type { NestedList, FlatList, VendorList } from '../vendors/vendor-lists.ts'
import { PageReader } from './page-reader.ts'
import { createPacer, type LoadedPage } from './loaded-page.ts'
import { SliceItem, getNestedPosition, ParentItem } from './slice-item.ts'
import { ItemReader } from './item-reader.ts'
import { createPartitionList, splitBoundary, isPartitionList } from './nested-list.ts'
import { matchPosition, type Boundary } from './position.ts'
import { isItemError } from './page-errors.ts'
import { EndNotReached, createCursorExpiredProblem, ScanLimitReached } from './scan-budget.ts'
import { SeenItems } from './seen-items.ts'
import { createSlice, type ListSlice } from './slice.ts'
import type { ScanOptions } from './scan-options.ts'

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
    await ('parent' in listing ? scanner.scanNested(listing) : scanner.scanFlat(listing, boundary, null))
  } catch (error) {
    if (!(error instanceof ScanLimitReached || error instanceof Problem)) throw error
    // A full slice only needed to know whether more items follow. The next page reports the error.
    if (!scanner.isFull) scanner.endScan(error)
    scanner.slice.hasMore = true
  }
  scanner.slice.resume = scanner.getResumeBoundary()
  return scanner.slice
}

const defaultReadAhead = 3

class ListScanner<T> {
  readonly slice = createSlice<T>()
  readonly #boundary: Boundary
  readonly #options: ScanOptions<T>
  readonly #seen = new SeenItems()
  #hasReachedUntil = false
  /** Last item that the scan has passed, and whether it is the last item of the slice. */
  #passed: { page: LoadedPage; index: number; parent: ParentItem | null; isSelected: boolean } | null = null

  constructor(boundary: Boundary, options: ScanOptions<T>) {
    this.#boundary = boundary
    this.#options = options
  }

  get #missing(): number {
    return this.#options.count - this.slice.items.length
  }

  get isFull(): boolean {
    return this.#missing === 0
  }

  /** Whether the next scan can begin farther along than this one, or this one began at an end of the list. */
  get #hasMoved(): boolean {
    return this.#passed !== null || typeof this.#boundary === 'string'
  }

  /** Ends the scan before the slice is full. */
  endScan(cause: ScanLimitReached | Problem): void {
    // A failure of the calls that were added to the budget does not fail the page. The next page reports it.
    const isExtra = cause instanceof ReadLimitProblem || this.#options.budget.isExtended
    if (cause instanceof Problem && isExtra && this.#passed) this.slice.hitScanLimit = true
    else if (cause instanceof Problem) this.slice.failure = cause
    // Earlier lists can have used up the scan limit. The next scan then begins at this list, with the whole limit.
    else if (cause instanceof EndNotReached && !this.#passed) this.slice.failure = cause.toProblem()
    else if (this.#hasMoved) this.slice.hitScanLimit = true
    else this.slice.failure = createCursorExpiredProblem()
  }

  getResumeBoundary(): Boundary | null {
    if (!this.#passed) return this.#boundary
    if (this.#passed.isSelected) return null
    const position = getNestedPosition(this.#passed.parent, this.#passed.page, this.#passed.index)
    return this.#options.isForward ? { after: position } : { before: position }
  }

  /** Selects the items of one list. Returns whether the list has more than are wanted. */
  async scanFlat(list: FlatList<T>, boundary: Boundary, parent: ParentItem | null, partition = ''): Promise<boolean> {
    const { call, budget, isForward } = this.#options
    const reader = new PageReader(list, call, budget)
    const size = this.#getRequestSize(list, parent !== null)
    let page = isForward ? await reader.loadFirstAfter(boundary, size) : await reader.loadLastBefore(boundary, size)
    if (page) this.#seen.addFarSide(boundary, page, isForward, reader)
    while (page) {
      await takeTurn(call.caller)
      if (page.problem) this.slice.partialProblem ??= page.problem
      if (page.total !== null) {
        this.slice.totals.set(partition, page.total)
        this.#options.onTotal?.(page.total)
      }
      if (await this.#takeItems(page, list, parent)) return (this.slice.hasMore = true)
      const current: LoadedPage | null = this.#isLastPage(page) ? null : page
      if (current && this.isFull && !(isForward && current.isNextAssumed)) return (this.slice.hasMore = true)
      this.#extendBudget()
      page = current && (isForward ? await reader.loadNext(current) : await reader.loadPrevious(current))
    }
    return false
  }

  #extendBudget(): void {
    const { budget, readAhead = defaultReadAhead } = this.#options
    if (budget.remaining <= readAhead && this.slice.items.length === 0 && this.#hasMoved) budget.extend?.()
  }

  #getRequestSize(list: FlatList<T>, isChild: boolean): number {
    if (this.#options.expectFewMatches) return list.maxSize
    // The same for all child lists, so that the scan requests the same pages that were read ahead.
    return isChild ? this.#options.count : this.#missing
  }

  /** Scans the child lists one after another. The child list that contains the boundary is scanned from there. */
  async scanNested(nestedList: NestedList<T>): Promise<void> {
    const { call, budget, isForward } = this.#options
    const isPartitioned = isPartitionList(nestedList.parent)
    const parentList = isPartitionList(nestedList.parent)
      ? createPartitionList(nestedList.parent)
      : (nestedList.parent as FlatList<unknown>)
    const reader = new PageReader(parentList, call, isPartitioned ? { remaining: Infinity } : budget)
    const inside = splitBoundary(this.#boundary)
    const begin: Boundary = inside
      ? isForward
        ? { before: inside.position }
        : { after: inside.position }
      : this.#boundary
    const size = Math.max(1, Math.min(parentList.maxSize, budget.remaining))
    let page = isForward ? await reader.loadFirstAfter(begin, size) : await reader.loadLastBefore(begin, size)
    const seen = new SeenItems()
    if (page) seen.addFarSide(begin, page, isForward, reader)
    if (page && isPartitioned && isForward && this.#options.isSelective) this.#requestAll(nestedList, page)
    if (page?.total != null) this.#options.onListCount?.(page.total)
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
        if (this.isFull && this.#options.expectFewMatches) return void (this.slice.hasMore = true)
        this.#extendBudget()
        const parent = new ParentItem(page, index, isPartitioned)
        const isInside = inside !== null && parent.isAt(inside.position)
        const boundary = isInside ? inside.childBoundary : isForward ? 'start' : 'end'
        if (!isPartitioned) {
          this.#notifyParent(parentList, page.items[index])
          this.#readAhead(nestedList, page, index, passedLists++)
        }
        const list = nestedList.getChildList(page.items[index])
        // There are only a few partitions. If one cannot be read, the account has failed.
        const hasMore =
          isPartitioned || nestedList.failsWithChild
            ? await this.scanFlat(list, boundary, parent, id)
            : await this.#scanChild(list, boundary, parent, id)
        if (hasMore || this.#hasReachedUntil) return
        this.#passed = { page, index, parent: null, isSelected: false }
      }
      const current: LoadedPage | null = this.#isLastPage(page) ? null : page
      this.#extendBudget()
      page = current && (isForward ? await reader.loadNext(current) : await reader.loadPrevious(current))
    }
  }

  #notifyParent(parentList: FlatList<unknown>, item: unknown): void {
    try {
      this.#options.onParentItem?.(parentList.parseItem(item))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
    }
  }

  /** Requests a few child lists ahead of the scan. The first list is requested alone, because it can be enough. */
  #readAhead(nestedList: NestedList<T>, page: LoadedPage, index: number, passedLists: number): void {
    const { budget, isForward, readAhead = defaultReadAhead } = this.#options
    for (let distance = 1; distance <= Math.min(passedLists, readAhead, budget.remaining - 1); distance++) {
      const next = isForward ? index + distance : index - distance
      if (next < page.start || next >= page.end || page.ids[next] === null) continue
      this.#requestFirstPage(nestedList.getChildList(page.items[next]))
    }
  }

  #requestAll(nestedList: NestedList<T>, { items, start }: LoadedPage): void {
    for (const partition of items.slice(start + 1)) this.#requestFirstPage(nestedList.getChildList(partition))
  }

  /** Loads a page into the operation's read cache, where the scan finds it. A failed request fails again in the scan. */
  #requestFirstPage(list: FlatList<T>): void {
    const reader = new PageReader(list, this.#options.call, { remaining: 1 })
    void reader.loadFirstAfter('start', this.#getRequestSize(list, true)).catch(() => {})
  }

  /** Scans one child list. If only this list cannot be read, reports the error in the slice and skips the list. */
  async #scanChild(list: FlatList<T>, boundary: Boundary, parent: ParentItem, id: string): Promise<boolean> {
    try {
      return await this.scanFlat(list, boundary, parent, id)
    } catch (error) {
      if (!(error instanceof Problem) || !isItemError(error)) throw error
      this.slice.partialProblem ??= error
      return false
    }
  }

  #isLastPage(page: LoadedPage): boolean {
    if (this.#hasReachedUntil) return true
    return this.#options.isForward ? page.next === null : page.offset === 0 || page.previous === null
  }

  /** Selects the items of a page. Returns whether the page has more than are wanted. */
  async #takeItems(page: LoadedPage, list: FlatList<T>, parent: ParentItem | null): Promise<boolean> {
    const pacer = createPacer(page.items)
    const { isForward } = this.#options
    const untilIndex = this.#findUntil(page, parent)
    const onProblem = (problem: Problem): void => void (this.slice.partialProblem ??= problem)
    const { call, budget, countsLookups = false } = this.#options
    const reader = new ItemReader(list, page, { call, budget, countsLookups, isForward, onProblem })
    const { start, end } = page
    const passed = { page, index: start, parent, isSelected: false }
    for (let index = isForward ? start : end - 1; index >= start && index < end; index += isForward ? 1 : -1) {
      if (pacer?.isDue) await pacer.pause()
      const id = page.ids[index]
      if (index === untilIndex) {
        this.#hasReachedUntil = true
        return false
      }
      if (id == null) {
        this.slice.partialProblem ??= new Problem(
          'VENDOR_BAD_RESPONSE',
          'The vendor returned an object without an ID. The object was omitted.',
        )
        continue
      }
      const isSeen = this.#seen.has(id, page, index)
      if (isSeen !== false && (await isSeen)) continue
      if (countsLookups && list.complete) this.#extendBudget()
      const reading = reader.read(index, this.#missing + 1)
      const node = reading instanceof Promise ? await reading : reading
      const isSelected = node !== null && this.#options.matches(node)
      if (isSelected && this.isFull) return true
      this.#seen.add(id)
      if (isSelected) this.slice.items.push(new SliceItem(node, page, index, parent))
      passed.index = index
      passed.isSelected = isSelected
      this.#passed = passed
    }
    return false
  }

  /** Returns the index on this page at which the scan ends, or null. If the item was deleted, its nearest neighbor is used. */
  #findUntil(page: LoadedPage, parent: ParentItem | null): number | null {
    const { until, isForward } = this.#options
    if (!until || (until.child && !parent?.isAt(until))) return null
    const { item, before, after } = matchPosition(page, until.child ?? until, !isForward)
    return item ?? (isForward ? after : before)?.index ?? null
  }
}
