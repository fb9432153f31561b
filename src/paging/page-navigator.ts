import type { CallContext } from '../upstream/call-context.ts'
import type { FlatList } from '../vendors/vendor-lists.ts'
import { linkPages, isRepeatOf, type LoadedPage } from './loaded-page.ts'
import { maxNeighbors, getBoundaryPosition, matchPosition, type Boundary, type Position } from './position.ts'
import { findLastPage } from './last-page.ts'
import { computePageWindow, findPageWindowAt, PageRequests } from './page-requests.ts'
import { nullIfRejected } from './page-errors.ts'
import { EndNotReached, createCursorExpiredProblem, ScanLimitReached, type ScanBudget } from './scan-budget.ts'
import { PositionSearch, resolveByOffset, type PageBoundary } from './search.ts'

/**
 * Finds the pages of one list, in both directions and from any boundary, with every paging method of the vendors. Restores
 * positions with the fingerprints of the items around them.
 */
export class PageNavigator {
  readonly #list: FlatList<unknown>
  readonly #requests: PageRequests
  /** Pages of a scan from the start of the list, if that was the only way to learn what is before a page. */
  #scannedPages: LoadedPage[] = []
  /** Whether nothing was inferred: no position has moved or was not found, and no rejected request was taken for the end. */
  isCertain = true

  constructor(list: FlatList<unknown>, call: CallContext, budget: ScanBudget) {
    this.#list = list
    this.#requests = new PageRequests(list, call, budget)
  }

  /**
   * Loads the first page after a boundary. Null if nothing can be there.
   *
   * @param count Number of wanted items. The page can have more or fewer.
   * @throws CURSOR_EXPIRED if the position cannot be restored within the scan limit.
   * @throws ScanLimitReached
   */
  async loadFirstAfter(boundary: Boundary, count: number): Promise<LoadedPage | null> {
    if (boundary === 'end') return null
    if (boundary === 'start') return this.#requests.requestByNumber({ number: 0, size: count + extraItems })
    const { page, index } = await this.#restorePosition(boundary, count, true)
    return page.splitAt(boundary, index, 'after')
  }

  /** Loads the page that ends at a boundary. Otherwise like `loadFirstAfter`. */
  async loadLastBefore(boundary: Boundary, count: number): Promise<LoadedPage | null> {
    if (boundary === 'start') return null
    if (boundary === 'end') return this.#loadLast(count)
    const { page, index } = await this.#restorePosition(boundary, count, false)
    return page.splitAt(boundary, index, 'before')
  }

  /** Loads the page after another one. Null if there is none. */
  async loadNext(page: LoadedPage): Promise<LoadedPage | null> {
    const next = await this.#findNext(page)
    if (next) linkPages(page, next)
    return next
  }

  /** Loads the page before another one. Null if there is none. */
  async loadPrevious(page: LoadedPage): Promise<LoadedPage | null> {
    const previous = await this.#findPrevious(page)
    if (previous) linkPages(previous, page)
    return previous
  }

  /** Returns the IDs of up to 12 items before or after a page, or fewer if the scan limit is reached. */
  async listNeighbors(page: LoadedPage, side: 'before' | 'after'): Promise<string[]> {
    const ids: string[] = []
    const findAdjacent = (from: LoadedPage) => (side === 'before' ? this.#findPrevious(from) : this.#findNext(from))
    try {
      for (let next = await findAdjacent(page); next && ids.length < maxNeighbors; next = await findAdjacent(next))
        ids.push(...next.ids.slice(next.start, next.end).filter((id) => id !== null))
    } catch (error) {
      if (!(error instanceof ScanLimitReached)) throw error
    }
    return ids
  }

  async #findNext(page: LoadedPage): Promise<LoadedPage | null> {
    if (page.next === null) return null
    const scanned = page.scanIndex === null ? undefined : this.#scannedPages[page.scanIndex + 1]
    const end = page.offset === null ? null : page.offset + page.items.length
    const request = scanned ?? this.#requests.requestByToken(page.next, page.requestedSize, end)
    const next = await (page.isNextAssumed ? this.#nullIfRejected(request) : request)
    if (next && !(page.isNextAssumed && isRepeatOf(next, page))) return next
    page.next = null
    return null
  }

  async #findPrevious(page: LoadedPage): Promise<LoadedPage | null> {
    if (page.offset === 0 || page.previous === null) return null
    if (page.scanIndex !== null && page.scanIndex > 0) return this.#scannedPages[page.scanIndex - 1]!
    if (page.number !== null && page.number > 0)
      return this.#requests.requestByNumber({ number: page.number - 1, size: page.requestedSize })
    if (page.previous != null) return this.#requests.requestByToken(page.previous, page.requestedSize, null)
    const first = page.ids.findIndex((id) => id !== null)
    if (first < 0) return null
    const boundary = { before: page.getPosition(first) }
    const previous = await (this.#list.supportsPageNumbers
      ? this.#restorePosition(boundary, page.requestedSize, false)
      : this.#scanTo(boundary.before, false))
    return previous.page.copyWith({ end: previous.index })
  }

  /** Returns the total number of items if the vendor reports it or the list has only one page. Otherwise null. */
  async getTotal(): Promise<number | null> {
    const page = await this.#requests.requestByNumber({ number: 0, size: 1 })
    return page.total ?? (page.next === null ? page.items.length : null)
  }

  async #loadLast(count: number): Promise<LoadedPage> {
    if (!this.#list.supportsPageNumbers && this.#list.linksToLastPage) {
      const page = await this.#requests.request({ link: 'last', size: this.#list.maxSize }, null)
      if (page.next === null) return page
    }
    if (this.#list.supportsPageNumbers && this.#list.reportsTotal) {
      const first = await this.#requests.requestByNumber({ number: 0, size: count + extraItems })
      if (first.next === null) return first
      if (first.total !== null && first.total > first.items.length) {
        // The window has room for one more item than the list has, because only a page that is not full is known to be the last.
        const offset = first.total - 1
        const window = computePageWindow(
          { start: Math.max(0, offset - count), length: count + 2, offset },
          this.#list.maxSize,
        )
        const page = await this.#nullIfRejected(this.#requests.requestByNumber(window))
        if (page && page.next === null && page.items.length > 0) return page
      }
    }
    try {
      let last = await this.#restartScan()
      if (this.#list.supportsPageNumbers && last.next !== null && !last.isNextAssumed)
        return await findLastPage(last, (number) =>
          this.#nullIfRejected(this.#requests.requestByNumber({ number, size: this.#list.maxSize }, last.items.length)),
        )
      for (let page: LoadedPage | null = last; page; page = await this.#loadNextScanned(page)) last = page
      return last
    } catch (error) {
      if (!(error instanceof ScanLimitReached)) throw error
      throw new EndNotReached()
    }
  }

  /** Restores a position: on the page where it was, otherwise with a scan from the start of the list. */
  async #restorePosition(
    boundary: Exclude<Boundary, string>,
    count: number,
    isForward: boolean,
  ): Promise<PageBoundary> {
    const isAfter = 'after' in boundary
    const position = getBoundaryPosition(boundary)
    const following = isAfter && isForward ? await this.#loadPageAfter(position, count) : null
    const page = following ?? (await this.#loadPageNear(position, count, isForward))
    let doubtful: PageBoundary | null = null
    if (page) {
      if (following?.isRightAfter(position)) return { page, index: 0 }
      const unmoved = page.findUnmoved(position)
      if (unmoved !== null) return { page, index: isAfter ? unmoved + 1 : unmoved }
      const match = matchPosition(page, position, isAfter)
      const hasOffsets = page.offset !== null && position.offset !== null
      if (hasOffsets || match.item === null) this.isCertain = false
      if (match.item !== null) {
        const found = { page, index: isAfter ? match.item + 1 : match.item }
        if (match.agreement === Infinity || page.offset === null || page.offset + match.item === position.offset)
          return found
        doubtful = found
      }
      // The item was deleted only if the page shows both sides of it. Otherwise, it can be on another page.
      const gap = match.before && match.before.index + 1
      const isLast = page.next === null && match.before?.distance === 1
      if (gap !== null && (match.after ? gap <= match.after.index : isLast) && !doubtful) return { page, index: gap }
      const isFirst = page.offset === 0 && (position.itemIndex > 0 || position.offset === 0)
      if (match.after && isFirst && !match.before && !doubtful) return { page, index: match.after.index }
    }
    return this.#scanTo(position, isAfter, doubtful)
  }

  /**
   * Loads the page that begins right after a position, so that no item is loaded in vain. Null if it does not begin with the
   * neighbors that are known to follow.
   */
  async #loadPageAfter(position: Position, count: number): Promise<LoadedPage | null> {
    const { offset, neighbors, itemIndex } = position
    if (!this.#list.supportsPageNumbers || offset === null || itemIndex + 1 === neighbors.length) return null
    const window = findPageWindowAt(offset + 1, count, Math.min(count + extraItems, this.#list.maxSize))
    const page = window && (await this.#requests.requestAround(offset, window))
    return page && (page.offset !== offset + 1 || page.isRightAfter(position)) ? page : null
  }

  /** Loads the page on which the position was. Null if the page token has expired or the page number is after the end. */
  #loadPageNear(position: Position, count: number, isForward: boolean): Promise<LoadedPage | null> {
    const { offset, pageToken = null } = position
    if (this.#list.supportsPageNumbers && offset !== null) {
      const start = Math.max(0, offset - (isForward ? extraItems : count + extraItems))
      const length = offset - start + (isForward ? count + extraItems : extraItems)
      const window = computePageWindow({ start, length, offset }, this.#list.maxSize)
      return this.#requests.requestAround(offset, window)
    }
    const request = { link: pageToken, size: this.#list.maxSize }
    const page = this.#requests.request(request, pageToken === null ? 0 : null)
    return pageToken === null ? page : this.#nullIfRejected(page)
  }

  /** Scans from the start of the list to a position. If the item and all its neighbors were deleted, falls back to its offset. */
  async #scanTo(position: Position, isAfter: boolean, doubtful: PageBoundary | null = null): Promise<PageBoundary> {
    this.isCertain = false
    const search = new PositionSearch(position, isAfter)
    try {
      let last = await this.#restartScan()
      for (let page: LoadedPage | null = last; page; page = await this.#loadNextScanned(page)) {
        const boundary = search.search(page)
        if (boundary) return boundary
        last = page
      }
      return search.getBest() ?? doubtful ?? resolveByOffset(position, this.#scannedPages, last)
    } catch (error) {
      if (!(error instanceof ScanLimitReached)) throw error
      const likely = search.getBest() ?? doubtful
      if (likely) return likely
      throw createCursorExpiredProblem()
    }
  }

  async #nullIfRejected(request: Promise<LoadedPage> | LoadedPage): Promise<LoadedPage | null> {
    const page = await nullIfRejected(request)
    if (page === null) this.isCertain = false
    return page
  }

  async #restartScan(): Promise<LoadedPage> {
    const page = await this.#requests.requestByNumber({ number: 0, size: this.#list.maxSize })
    this.#scannedPages = []
    this.#requests.reset()
    return this.#recordScanned(page)
  }

  async #loadNextScanned(page: LoadedPage): Promise<LoadedPage | null> {
    const next = await this.loadNext(page)
    return next && this.#recordScanned(next)
  }

  #recordScanned(page: LoadedPage): LoadedPage {
    page.scanIndex = this.#scannedPages.push(page) - 1
    return page
  }
}

/** Number of items that are requested in addition on each side of a position, in case the list has changed. */
const extraItems = 8
