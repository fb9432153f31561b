import type { CallContext } from '../upstream/call-context.ts'
import { LoopGuard } from '../vendors/kit/iterate-pages.ts'
import type { PageToken, FlatList, PageRequest } from '../vendors/vendor-lists.ts'
import { toLoadedPage, type LoadedPage } from './loaded-page.ts'
import { rethrowListError, nullIfRejected } from './page-errors.ts'
import { ScanLimitReached, type ScanBudget } from './scan-budget.ts'

/** A page number and a page size that together cover the wanted items. Numbers begin at 0. */
export interface PageWindow {
  number: number
  size: number
}

/** Requests pages of one list within the scan limit. Every method throws `ScanLimitReached` if no call remains. */
export class PageRequests {
  readonly #list: FlatList<unknown>
  readonly #call: CallContext
  readonly #budget: ScanBudget
  readonly #guard = new LoopGuard()

  constructor(list: FlatList<unknown>, call: CallContext, budget: ScanBudget) {
    this.#list = list
    this.#call = call
    this.#budget = budget
  }

  /** Allows the same page tokens to be requested again. */
  reset(): void {
    this.#guard.reset()
  }

  /**
   * Requests a page by number, or the first page if the list does not support page numbers.
   *
   * @param realSize Page size that the vendor uses, if it is known from other pages.
   */
  requestByNumber({ number, size }: PageWindow, realSize?: number): Promise<LoadedPage> {
    const requestedSize = Math.min(size, this.#list.maxSize)
    const offset = realSize === undefined ? null : number * realSize
    if (this.#list.supportsPageNumbers) return this.request({ number, size: requestedSize }, offset)
    return this.request({ link: null, size: this.#list.maxSize }, 0)
  }

  /** Requests the page that contains the offset, even if the vendor uses another page size than requested. Null if there is none. */
  async requestAround(offset: number, window: PageWindow): Promise<LoadedPage | null> {
    const { maxSize } = this.#list
    let page = await this.#requestIfAny(window)
    // The page is after the end of the list if the vendor's pages are larger than requested or the list has become shorter.
    if (!page?.items.length && window.size < maxSize)
      page = await this.#requestIfAny({ number: Math.floor(offset / maxSize), size: maxSize })
    if (!page) return null
    const size = page.number ? (page.offset ?? 0) / page.number : page.items.length
    if (size === page.requestedSize || size === 0 || page.next === null) return page
    const number = Math.floor(offset / size)
    return number === page.number
      ? page
      : nullIfRejected(this.requestByNumber({ number, size: page.requestedSize }, size))
  }

  /** @throws PAGING_LOOP if the token was requested before. */
  requestByToken(pageToken: PageToken, size: number, offset: number | null): Promise<LoadedPage> {
    // Must come before the guard records the token: if the scan limit is extended, the token is requested again.
    if (this.#budget.remaining <= 0) throw new ScanLimitReached()
    this.#guard.recordToken(pageToken)
    return this.request({ link: pageToken, size }, offset)
  }

  /** @param offset Offset of the page's first item, if it is known from other pages. */
  async request(request: PageRequest, offset: number | null): Promise<LoadedPage> {
    if (this.#budget.remaining <= 0) throw new ScanLimitReached()
    this.#budget.remaining--
    const page = await this.#list.loadPage(request, this.#call).catch(rethrowListError)
    this.#guard.recordPage(page)
    return toLoadedPage(page, request, offset, this.#list.getId)
  }

  #requestIfAny(window: PageWindow): Promise<LoadedPage | null> {
    const page = this.requestByNumber(window)
    return window.number === 0 ? page : nullIfRejected(page)
  }
}

/**
 * Returns a page number (from 0) and a page size of at most `maxSize`, so that the page contains `length` items from `start`.
 * If no such page exists, returns the largest page that contains `offset`.
 */
export function computePageWindow(
  { start, length, offset }: { start: number; length: number; offset: number },
  maxSize: number,
): PageWindow {
  for (let number = Math.floor(start / length); number >= 0; number--) {
    const size = Math.ceil((start + length) / (number + 1))
    if (size > maxSize) break
    if (number * size <= start) return { number, size }
  }
  return { number: Math.floor(offset / maxSize), size: maxSize }
}

/** Returns a page number (from 0) and the largest page size from `minSize` to `maxSize`, so that the page begins at `start`. Null if none exists. */
export function findPageWindowAt(start: number, minSize: number, maxSize: number): PageWindow | null {
  for (let size = maxSize; size >= minSize; size--) if (start % size === 0) return { number: start / size, size }
  return null
}
