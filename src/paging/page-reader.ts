import { Problem } from '../core/errors.ts'
import type { CallContext } from '../upstream/call-context.ts'
import type { FlatList } from '../vendors/vendor-lists.ts'
import type { LoadedPage } from './loaded-page.ts'
import { isOutdatedPageError } from './page-errors.ts'
import { PageNavigator } from './page-navigator.ts'
import type { Boundary } from './position.ts'
import type { ScanBudget } from './scan-budget.ts'

/**
 * Reads one list page by page. If the list changes between two pages, no remaining item is lost or repeated.
 *
 * Two cached pages can be of different ages. What moved from one to the other between their times would be lost. Therefore,
 * pages are used together only if one operation has read all of them, and a position is used only if a page contains its
 * item. Otherwise, the list is read again from the vendor, from the last item that was used.
 */
export class PageReader {
  readonly #list: FlatList<unknown>
  readonly #call: CallContext
  readonly #budget: ScanBudget
  #navigator: PageNavigator
  /** Navigator of the first page, which knows what is around that page. */
  #firstNavigator: PageNavigator
  #isRefreshed = false
  /** Boundary from which the list is read again. */
  #boundary: Boundary = 'start'

  constructor(list: FlatList<unknown>, call: CallContext, budget: ScanBudget) {
    this.#list = list
    this.#call = call.trackAge()
    this.#budget = budget
    this.#navigator = this.#firstNavigator = new PageNavigator(list, this.#call, budget)
  }

  /** See `PageNavigator.loadFirstAfter`. */
  async loadFirstAfter(boundary: Boundary, count: number): Promise<LoadedPage | null> {
    this.#boundary = boundary
    let page = await this.#findUsable(this.#navigator.loadFirstAfter(boundary, count))
    if (page === undefined) page = await this.#navigator.loadFirstAfter(boundary, count)
    this.#firstNavigator = this.#navigator
    return page
  }

  /** See `PageNavigator.loadLastBefore`. */
  async loadLastBefore(boundary: Boundary, count: number): Promise<LoadedPage | null> {
    this.#boundary = boundary
    let page = await this.#findUsable(this.#navigator.loadLastBefore(boundary, count))
    if (page === undefined) page = await this.#navigator.loadLastBefore(boundary, count)
    this.#firstNavigator = this.#navigator
    return page
  }

  /** Loads the page after another one. Null if there is none. */
  async loadNext(page: LoadedPage): Promise<LoadedPage | null> {
    const last = findLastIndex(page)
    if (last !== null) this.#boundary = { after: page.getPosition(last) }
    const { knownItems } = page
    const next = await this.#findUsable(this.#navigator.loadNext(page))
    if (next !== undefined) return next
    Object.assign(page, knownItems)
    return this.#navigator.loadFirstAfter(this.#boundary, page.requestedSize)
  }

  /** Loads the page before another one. Null if there is none. */
  async loadPrevious(page: LoadedPage): Promise<LoadedPage | null> {
    const first = findFirstIndex(page)
    if (first !== null) this.#boundary = { before: page.getPosition(first) }
    const { knownItems } = page
    const previous = await this.#findUsable(this.#navigator.loadPrevious(page))
    if (previous !== undefined) return previous
    Object.assign(page, knownItems)
    return this.#navigator.loadLastBefore(this.#boundary, page.requestedSize)
  }

  /** Returns the IDs of up to 12 items before or after the first page, or fewer if the scan limit is reached. */
  listNeighbors(page: LoadedPage, side: 'before' | 'after'): Promise<string[]> {
    return this.#firstNavigator.listNeighbors(page, side)
  }

  /** Returns the total number of items if the vendor reports it or the list has only one page. Otherwise null. */
  getTotal(): Promise<number | null> {
    return this.#navigator.getTotal()
  }

  /**
   * Returns a page that can be used. Undefined if the list has changed meanwhile: it must be read again with the navigator,
   * which is then a new one, and without the neighbors that the previous page has learned of.
   */
  async #findUsable(loading: Promise<LoadedPage | null>): Promise<LoadedPage | null | undefined> {
    const { age } = this.#call
    try {
      const page = await loading
      if (this.#isRefreshed || !age.hasCached || (age.isConsistent && this.#navigator.isCertain)) return page
    } catch (error) {
      const isOutdated = error instanceof Problem && isOutdatedPageError(error)
      if (this.#isRefreshed || !age.hasCached || !isOutdated) throw error
    }
    this.#isRefreshed = true
    this.#navigator = new PageNavigator(this.#list, this.#call.refresh(), this.#budget)
    return undefined
  }
}

function findFirstIndex({ ids, start, end }: LoadedPage): number | null {
  for (let index = start; index < end; index++) if (ids[index] !== null) return index
  return null
}

function findLastIndex({ ids, start, end }: LoadedPage): number | null {
  for (let index = end - 1; index >= start; index--) if (ids[index] !== null) return index
  return null
}
