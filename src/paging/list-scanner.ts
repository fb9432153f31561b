import { Problem } from '../core/errors.ts'
import { takeTurn } from '../core/turn.ts'
import { ReadLimitProblem, type CallContext } from '../upstream/call-context.ts'
import type { FlatList } from '../vendors/vendor-lists.ts'
import { ItemReader } from './item-reader.ts'
import { createPacer, type LoadedPage } from './loaded-page.ts'
import type { ListParent } from './nested-list.ts'
import { PageReader } from './page-reader.ts'
import { matchPosition, type Boundary, type Position } from './position.ts'
import { createCursorExpiredProblem, EndNotReached, ScanLimitReached, type ScanBudget } from './scan-budget.ts'
import { SeenItems } from './seen-items.ts'
import { createSlice, getNestedPosition, SliceItem } from './slice.ts'

export interface ScanOptions<T> {
  call: CallContext
  budget: ScanBudget
  isForward: boolean
  /** Number of wanted items. */
  count: number
  /** Whether an item is wanted. */
  matches(item: T): boolean
  /** Whether few items are expected to match. The scan then requests the largest pages. */
  expectFewMatches?: boolean
  /** Whether all partitions of a nested list are needed. Their first pages are then requested at the same time. */
  isSelective?: boolean
  /** Position at which the scan ends. */
  until?: Position
  /** Called for each parent item of a nested list that the scan passes. */
  onParentItem?: (item: unknown) => void
  /** Called with the number of child lists, if the vendor reports it. Can throw a Problem, which ends the scan. */
  onListCount?: (count: number) => void
  /** Called with the total of each list that reports one. Can throw a Problem, which ends the scan. */
  onTotal?: (total: number) => void
  /** Whether the calls that complete single items count toward the budget. Default: false. */
  countsLookups?: boolean
  /** Number of child lists that are requested ahead of the scan. Default: 3. */
  readAhead?: number
}

export const defaultReadAhead = 3

interface PassedItem {
  page: LoadedPage
  index: number
  parent: ListParent | null
  isSelected: boolean
}

interface PassedList {
  parent: ListParent
  isSelected: false
}

/** Scans an account's list, or its child lists one after another, until enough items match. */
export class ListScanner<T> {
  readonly slice = createSlice<T>()
  readonly options: ScanOptions<T>
  /** Boundary at which the scan begins. */
  readonly boundary: Boundary
  /** Whether the scan has reached `until`. */
  hasReachedUntil = false
  readonly #seen = new SeenItems()
  /** Last item, or last whole child list, that the scan has passed, and whether it is the last item of the slice. */
  #passed: PassedItem | PassedList | null = null

  constructor(boundary: Boundary, options: ScanOptions<T>) {
    this.boundary = boundary
    this.options = options
  }

  get #missing(): number {
    return this.options.count - this.slice.items.length
  }

  get isFull(): boolean {
    return this.#missing === 0
  }

  /** Whether the next scan can begin farther along than this one, or this one began at an end of the list. */
  get #hasMoved(): boolean {
    return this.#passed !== null || typeof this.boundary === 'string'
  }

  /** Ends the scan before the slice is full. */
  endScan(cause: ScanLimitReached | Problem): void {
    // A failure of the calls that were added to the budget does not fail the page. The next page reports it.
    const isExtra = cause instanceof ReadLimitProblem || this.options.budget.isExtended
    if (cause instanceof Problem && isExtra && this.#passed) this.slice.hitScanLimit = true
    else if (cause instanceof Problem) this.slice.failure = cause
    // Earlier lists can have used up the scan limit. The next scan then begins at this list, with the whole limit.
    else if (cause instanceof EndNotReached && !this.#passed) this.slice.failure = cause.toProblem()
    else if (this.#hasMoved) this.slice.hitScanLimit = true
    else this.slice.failure = createCursorExpiredProblem()
  }

  getResumeBoundary(): Boundary | null {
    const passed = this.#passed
    if (!passed) return this.boundary
    if (passed.isSelected) return null
    const position =
      'page' in passed ? getNestedPosition(passed.parent, passed.page, passed.index) : passed.parent.getPosition()
    return this.options.isForward ? { after: position } : { before: position }
  }

  /** Selects the items of one list. Returns whether the list has more than are wanted. */
  async scan(list: FlatList<T>, boundary: Boundary, parent: ListParent | null, partition = ''): Promise<boolean> {
    const { call, budget, isForward } = this.options
    const reader = new PageReader(list, call, budget)
    const size = this.getRequestSize(list, parent !== null)
    let page = isForward ? await reader.loadFirstAfter(boundary, size) : await reader.loadLastBefore(boundary, size)
    if (page) this.#seen.addFarSide(boundary, page, isForward, reader)
    while (page) {
      await takeTurn(call.caller)
      if (page.problem) this.slice.partialProblem ??= page.problem
      if (page.total !== null) {
        this.slice.totals.set(partition, page.total)
        this.options.onTotal?.(page.total)
      }
      if (await this.#takeItems(page, list, parent)) return (this.slice.hasMore = true)
      const current: LoadedPage | null = this.isLastPage(page) ? null : page
      if (current && this.isFull && !(isForward && current.isNextAssumed)) return (this.slice.hasMore = true)
      this.extendBudget()
      page = current && (isForward ? await reader.loadNext(current) : await reader.loadPrevious(current))
    }
    return false
  }

  /** Adds calls to the budget if few remain and no item was found. */
  extendBudget(): void {
    const { budget, readAhead = defaultReadAhead } = this.options
    if (budget.remaining <= readAhead && this.slice.items.length === 0 && this.#hasMoved) budget.extend?.()
  }

  /** Returns the page size for a list. @param isChild Whether it is a child list. */
  getRequestSize(list: FlatList<T>, isChild: boolean): number {
    if (this.options.expectFewMatches) return list.maxSize
    // The same for all child lists, so that the scan requests the same pages that were read ahead.
    return isChild ? this.options.count : this.#missing
  }

  /** Records that the scan has passed a whole child list. */
  passList(parent: ListParent): void {
    this.#passed = { parent, isSelected: false }
  }

  /** Whether the scan ends with a page of the list. */
  isLastPage(page: LoadedPage): boolean {
    if (this.hasReachedUntil) return true
    return this.options.isForward ? page.next === null : page.offset === 0 || page.previous === null
  }

  /** Selects the items of a page. Returns whether the page has more than are wanted. */
  async #takeItems(page: LoadedPage, list: FlatList<T>, parent: ListParent | null): Promise<boolean> {
    const pacer = createPacer(page.items)
    const { isForward } = this.options
    const untilIndex = this.#findUntil(page, parent)
    const onProblem = (problem: Problem): void => void (this.slice.partialProblem ??= problem)
    const { call, budget, countsLookups = false } = this.options
    const reader = new ItemReader(list, page, { call, budget, countsLookups, isForward, onProblem })
    const { start, end } = page
    const passed: PassedItem = { page, index: start, parent, isSelected: false }
    for (let index = isForward ? start : end - 1; index >= start && index < end; index += isForward ? 1 : -1) {
      if (pacer?.isDue) await pacer.pause()
      const id = page.ids[index]
      if (index === untilIndex) {
        this.hasReachedUntil = true
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
      if (countsLookups && list.complete) this.extendBudget()
      const reading = reader.read(index, this.#missing + 1)
      const node = reading instanceof Promise ? await reading : reading
      const isSelected = node !== null && this.options.matches(node)
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
  #findUntil(page: LoadedPage, parent: ListParent | null): number | null {
    const { until, isForward } = this.options
    if (!until || (until.child && !parent?.isAt(until))) return null
    const { item, before, after } = matchPosition(page, until.child ?? until, !isForward)
    return item ?? (isForward ? after : before)?.index ?? null
  }
}
