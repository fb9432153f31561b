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
    const load = () => this.#navigator.loadFirstAfter(boundary, count)
    const page = await this.#loadReliably(load, load)
    this.#firstNavigator = this.#navigator
    return page
  }

  /** See `PageNavigator.loadLastBefore`. */
  async loadLastBefore(boundary: Boundary, count: number): Promise<LoadedPage | null> {
    this.#boundary = boundary
    const load = () => this.#navigator.loadLastBefore(boundary, count)
    const page = await this.#loadReliably(load, load)
    this.#firstNavigator = this.#navigator
    return page
  }

  /** Loads the page after another one. Null if there is none. */
  loadNext(page: LoadedPage): Promise<LoadedPage | null> {
    const last = findLastIndex(page)
    if (last !== null) this.#boundary = { after: page.getPosition(last) }
    const unlink = keepLinks(page)
    return this.#loadReliably(
      () => this.#navigator.loadNext(page),
      () => {
        unlink()
        return this.#navigator.loadFirstAfter(this.#boundary, page.requestedSize)
      },
    )
  }

  /** Loads the page before another one. Null if there is none. */
  loadPrevious(page: LoadedPage): Promise<LoadedPage | null> {
    const first = findFirstIndex(page)
    if (first !== null) this.#boundary = { before: page.getPosition(first) }
    const unlink = keepLinks(page)
    return this.#loadReliably(
      () => this.#navigator.loadPrevious(page),
      () => {
        unlink()
        return this.#navigator.loadLastBefore(this.#boundary, page.requestedSize)
      },
    )
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
   * @param load Loads a page.
   * @param reload Loads the page after `refresh`, if the result of `load` cannot be used.
   */
  async #loadReliably(
    load: () => Promise<LoadedPage | null>,
    reload: () => Promise<LoadedPage | null>,
  ): Promise<LoadedPage | null> {
    const { age } = this.#call
    try {
      const page = await load()
      if (this.#isRefreshed || !age.hasCached || (age.isConsistent && this.#navigator.isCertain)) return page
    } catch (error) {
      const isOutdated = error instanceof Problem && isOutdatedPageError(error)
      if (this.#isRefreshed || !age.hasCached || !isOutdated) throw error
    }
    this.#refresh()
    return reload()
  }

  #refresh(): void {
    this.#isRefreshed = true
    this.#navigator = new PageNavigator(this.#list, this.#call.refresh(), this.#budget)
  }
}

/** Returns a function that makes a page forget the neighbors that it learns of from now on. */
function keepLinks(page: LoadedPage): () => void {
  const { knownBefore, knownAfter } = page
  return () => void Object.assign(page, { knownBefore, knownAfter })
}

function findFirstIndex({ ids, start, end }: LoadedPage): number | null {
  for (let index = start; index < end; index++) if (ids[index] !== null) return index
  return null
}

function findLastIndex({ ids, start, end }: LoadedPage): number | null {
  for (let index = end - 1; index >= start; index--) if (ids[index] !== null) return index
  return null
}
