import { Problem } from '../core/errors.ts'
import { takeTurn } from '../core/turn.ts'
import { ReadsSpent } from '../upstream/call-context.ts'
import type { NestedList, FlatList, VendorList } from '../vendors/vendor.ts'
import { PageReader } from './page-reader.ts'
import { createPacer, type LoadedPage } from './loaded-page.ts'
import { SliceItem, getPlaceWithin, Outer } from './slice-item.ts'
import { ItemReader } from './item-reader.ts'
import { createPartitionList, splitBoundary, isPartitionList } from './nested-list.ts'
import { matchPosition, type Boundary } from './position.ts'
import { isItemError } from './page-errors.ts'
import { EndTooFar, createCursorExpiredProblem, ScanLimitReached } from './scan-budget.ts'
import { SeenItems } from './seen-items.ts'
import { createSlice, type ListSlice } from './slice.ts'
import type { ScanOptions } from './scan-options.ts'

/** Walks an account's list from a cut, forwards or backwards, until there are `count` items. */
export async function scanList<T>(
  listing: VendorList<T>,
  cut: Boundary,
  options: ScanOptions<T>,
): Promise<ListSlice<T>> {
  const walker = new ListScanner<T>(cut, options)
  try {
    await ('parent' in listing ? walker.scanNested(listing) : walker.scanFlat(listing, cut, null))
  } catch (error) {
    if (!(error instanceof ScanLimitReached || error instanceof Problem)) throw error
    // A full page only wanted to know whether more comes; the next page meets what went wrong there.
    if (!walker.full) walker.endScan(error)
    walker.slice.more = true
  }
  walker.slice.resume = walker.getResumeBoundary()
  return walker.slice
}

const defaultReadAhead = 3

class ListScanner<T> {
  readonly slice = createSlice<T>()
  readonly #cut: Boundary
  readonly #options: ScanOptions<T>
  readonly #seen = new SeenItems()
  /** The last item that the walk is done with, and whether it was the last edge. */
  #arrived = false
  #passed: { batch: LoadedPage; index: number; outer: Outer | null; edge: boolean } | null = null

  constructor(cut: Boundary, options: ScanOptions<T>) {
    this.#cut = cut
    this.#options = options
  }

  get #missing(): number {
    return this.#options.count - this.slice.edges.length
  }

  get full(): boolean {
    return this.#missing === 0
  }

  /** Further than its cut, or begun at an end of the list: the next walk will know more than this one. */
  get #hasMoved(): boolean {
    return this.#passed !== null || typeof this.#cut === 'string'
  }

  /** Before it had what was wanted. */
  endScan(cause: ScanLimitReached | Problem): void {
    // What fails in the calls that were added does not fail the page: the next one meets it.
    const isExtra = cause instanceof ReadsSpent || this.#options.scan.isExtended
    if (cause instanceof Problem && isExtra && this.#passed) this.slice.stopped = true
    else if (cause instanceof Problem) this.slice.failure = cause
    // Lists before it can have used up the scan limit: the next walk begins at this list, with the whole limit.
    else if (cause instanceof EndTooFar && !this.#passed) this.slice.failure = cause.toProblem()
    else if (this.#hasMoved) this.slice.stopped = true
    else this.slice.failure = createCursorExpiredProblem()
  }

  getResumeBoundary(): Boundary | null {
    if (!this.#passed) return this.#cut
    if (this.#passed.edge) return null
    const place = getPlaceWithin(this.#passed.outer, this.#passed.batch, this.#passed.index)
    return this.#options.forward ? { after: place } : { before: place }
  }

  /** Takes what one list has; true where it has more than is wanted. */
  async scanFlat(list: FlatList<T>, cut: Boundary, outer: Outer | null, word = ''): Promise<boolean> {
    const { call, scan, forward } = this.#options
    const pages = new PageReader(list, call, scan)
    const wanted = this.#getRequestSize(list, outer !== null)
    let batch = forward ? await pages.loadFirstAfter(cut, wanted) : await pages.loadLastBefore(cut, wanted)
    if (batch) this.#seen.addBeyond(cut, batch, forward, pages)
    while (batch) {
      await takeTurn(call.caller)
      if (batch.problem) this.slice.problem ??= batch.problem
      if (batch.total !== null) {
        this.slice.totals.set(word, batch.total)
        this.#options.onTotal?.(batch.total)
      }
      if (await this.#takeItems(batch, list, outer)) return (this.slice.more = true)
      const next: LoadedPage | null = this.#isLastPage(batch) ? null : batch
      if (next && this.full && !(forward && next.guessed)) return (this.slice.more = true)
      this.#extendScan()
      batch = next && (forward ? await pages.loadNext(next) : await pages.loadPrevious(next))
    }
    return false
  }

  #extendScan(): void {
    const { scan, readAhead = defaultReadAhead } = this.#options
    if (scan.left <= readAhead && this.slice.edges.length === 0 && this.#hasMoved) scan.extend?.()
  }

  #getRequestSize(list: FlatList<T>, isInner: boolean): number {
    if (this.#options.expectFewMatches) return list.maxSize
    // The same for all of a chain's lists, so that what was read ahead is what is asked for.
    return isInner ? this.#options.count : this.#missing
  }

  /** An account's lists one after another; the one that the cut lies in goes on from there. */
  async scanNested(chain: NestedList<T>): Promise<void> {
    const { call, scan, forward } = this.#options
    const fixed = isPartitionList(chain.parent)
    const outer = isPartitionList(chain.parent)
      ? createPartitionList(chain.parent)
      : (chain.parent as FlatList<unknown>)
    const pages = new PageReader(outer, call, fixed ? { left: Infinity } : scan)
    const inside = splitBoundary(this.#cut)
    const from: Boundary = inside ? (forward ? { before: inside.place } : { after: inside.place }) : this.#cut
    const ahead = Math.max(1, Math.min(outer.maxSize, scan.left))
    let batch = forward ? await pages.loadFirstAfter(from, ahead) : await pages.loadLastBefore(from, ahead)
    const seen = new SeenItems()
    if (batch) seen.addBeyond(from, batch, forward, pages)
    if (batch && fixed && forward && this.#options.isSelective) this.#requestAll(chain, batch)
    if (batch?.total != null) this.#options.onListCount?.(batch.total)
    let passed = 0
    while (batch) {
      const { from, to } = batch
      for (let index = forward ? from : to - 1; index >= from && index < to; index += forward ? 1 : -1) {
        const id = batch.ids[index]
        if (id == null) continue
        const isSeen = seen.has(id, batch, index)
        if (isSeen !== false && (await isSeen)) continue
        seen.add(id)
        // Whether the lists behind a full page have anything is worth a call, but not a search for what is rare.
        if (this.full && this.#options.expectFewMatches) return void (this.slice.more = true)
        this.#extendScan()
        const parent = new Outer(batch, index, fixed)
        const cut = inside && parent.isAt(inside.place) ? inside.cut : forward ? 'start' : 'end'
        if (!fixed) {
          this.#notifyOuter(outer, batch.items[index])
          this.#readAhead(chain, batch, index, passed++)
        }
        const [list, word] = [chain.getChildList(batch.items[index]), id]
        // A word is none of many: what one of them may not give, the account may not give.
        if (await (fixed ? this.scanFlat(list, cut, parent, word) : this.#scanChild(list, cut, parent, word))) return
        if (this.#arrived) return
        this.#passed = { batch, index, outer: null, edge: false }
      }
      const next: LoadedPage | null = this.#isLastPage(batch) ? null : batch
      this.#extendScan()
      batch = next && (forward ? await pages.loadNext(next) : await pages.loadPrevious(next))
    }
  }

  #notifyOuter(outer: FlatList<unknown>, item: unknown): void {
    try {
      this.#options.onParentItem?.(outer.parseItem(item))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
    }
  }

  /** Hosts that have little are asked a few at a time; the first one alone, for it may be enough. */
  #readAhead(chain: NestedList<T>, batch: LoadedPage, index: number, passed: number): void {
    const { scan, forward, readAhead = defaultReadAhead } = this.#options
    for (let distance = 1; distance <= Math.min(passed, readAhead, scan.left - 1); distance++) {
      const next = forward ? index + distance : index - distance
      if (next < batch.from || next >= batch.to || batch.ids[next] === null) continue
      this.#requestFirstPage(chain.getChildList(batch.items[next]))
    }
  }

  #requestAll(chain: NestedList<T>, { items, from }: LoadedPage): void {
    for (const word of items.slice(from + 1)) this.#requestFirstPage(chain.getChildList(word))
  }

  /** The response stays with the call's reads, where the walk finds it. A request that fails, fails again for the walk. */
  #requestFirstPage(list: FlatList<T>): void {
    const pages = new PageReader(list, this.#options.call, { left: 1 })
    void pages.loadFirstAfter('start', this.#getRequestSize(list, true)).catch(() => {})
  }

  /** What this one item of the outer list may not give is said and passed over. */
  async #scanChild(list: FlatList<T>, cut: Boundary, outer: Outer, word: string): Promise<boolean> {
    try {
      return await this.scanFlat(list, cut, outer, word)
    } catch (error) {
      if (!(error instanceof Problem) || !isItemError(error)) throw error
      this.slice.problem ??= error
      return false
    }
  }

  #isLastPage(batch: LoadedPage): boolean {
    if (this.#arrived) return true
    return this.#options.forward ? batch.next === null : batch.offset === 0 || batch.previous === null
  }

  /** Takes what a batch has to give; true where it has more than is wanted. */
  async #takeItems(batch: LoadedPage, list: FlatList<T>, outer: Outer | null): Promise<boolean> {
    const pacer = createPacer(batch.items)
    const { forward } = this.#options
    const end = this.#endIn(batch, outer)
    const onProblem = (problem: Problem): void => void (this.slice.problem ??= problem)
    const reader = new ItemReader(list, batch, { ...this.#options, onProblem })
    const { from, to } = batch
    const passed = { batch, index: from, outer, edge: false }
    for (let index = forward ? from : to - 1; index >= from && index < to; index += forward ? 1 : -1) {
      if (pacer?.isDue) await pacer.pause()
      const id = batch.ids[index]
      if (index === end) {
        this.#arrived = true
        return false
      }
      if (id == null) {
        this.slice.problem ??= new Problem(
          'VENDOR_BAD_RESPONSE',
          'The vendor sent an object without an id; it is left out.',
        )
        continue
      }
      const isSeen = this.#seen.has(id, batch, index)
      if (isSeen !== false && (await isSeen)) continue
      const reading = reader.read(index)
      const node = reading instanceof Promise ? await reading : reading
      const kept = node !== null && this.#options.matches(node)
      if (kept && this.full) return true
      this.#seen.add(id)
      if (kept) this.slice.edges.push(new SliceItem(node, batch, index, outer))
      passed.index = index
      passed.edge = kept
      this.#passed = passed
    }
    return false
  }

  /** Where on this page the walk ends; null if it goes on behind the page. An item that has gone ends it at its neighbor. */
  #endIn(batch: LoadedPage, outer: Outer | null): number | null {
    const { until, forward } = this.#options
    if (!until || (until.inner && !outer?.isAt(until))) return null
    const { item, before, behind } = matchPosition(batch, until.inner ?? until, !forward)
    return item ?? (forward ? behind : before)?.index ?? null
  }
}
