import { Problem } from '../core/errors.ts'
import type { CallContext } from '../upstream/call-context.ts'
import type { FlatList } from '../vendors/vendor-lists.ts'
import type { LoadedPage } from './loaded-page.ts'
import { isLookupError } from './page-errors.ts'
import { ScanLimitReached, type ScanBudget } from './scan-budget.ts'

/** Number of items that are completed at the same time. */
const maxInFlight = 8

interface ItemReaderOptions {
  call: CallContext
  isForward: boolean
  budget: ScanBudget
  /** Whether the calls that complete items count toward the budget. */
  countsLookups: boolean
  /** Called with the reason if an item is omitted. */
  onProblem(problem: Problem): void
}

/** Reads the items of one page. Completes items that the list reports only in part, some of them ahead of the scan. */
export class ItemReader<T> {
  readonly #list: FlatList<T>
  readonly #page: LoadedPage
  readonly #options: ItemReaderOptions
  /** Completed items, or null for items from which nothing is missing. */
  readonly #completionByIndex = new Map<number, Promise<unknown> | null>()

  constructor(list: FlatList<T>, page: LoadedPage, options: ItemReaderOptions) {
    this.#list = list
    this.#page = page
    this.#options = options
  }

  /**
   * Returns the object at an index of the page. Null if it was deleted or cannot be read.
   *
   * @param maxNeeded Number of items that can still be needed. No more are completed ahead.
   * @throws ScanLimitReached if the item must be completed and no call remains.
   */
  read(index: number, maxNeeded: number): T | null | Promise<T | null> {
    const item = this.#page.items[index]
    const completion = this.#list.complete ? this.#complete(index, maxNeeded) : null
    return completion ? this.#readCompleted(completion, item) : this.#readItem(item)
  }

  #complete(index: number, maxNeeded: number): Promise<unknown> | null {
    const step = this.#options.isForward ? 1 : -1
    const count = Math.min(maxInFlight, maxNeeded)
    for (let distance = 0; distance < count; distance++) this.#startCompletion(index + distance * step)
    const completion = this.#completionByIndex.get(index)
    if (completion === undefined) throw new ScanLimitReached()
    return completion
  }

  #startCompletion(index: number): void {
    const { items, start, end } = this.#page
    if (index < start || index >= end || this.#completionByIndex.has(index)) return
    const complete = this.#list.complete!(items[index])
    if (complete && !this.#takeCall()) return
    const completion = complete && complete(this.#options.call)
    // Prevents an unhandled rejection if the scan ends before it reaches this item.
    completion?.catch(() => {})
    this.#completionByIndex.set(index, completion)
  }

  /** Counts one call. Returns false if none remains. */
  #takeCall(): boolean {
    const { budget, countsLookups } = this.#options
    if (!countsLookups) return true
    if (budget.remaining <= 0) return false
    budget.remaining--
    return true
  }

  async #readCompleted(completion: Promise<unknown>, item: unknown): Promise<T | null> {
    try {
      return this.#readItem((await completion) ?? item)
    } catch (error) {
      if (!(error instanceof Problem) || !isLookupError(error)) throw error
      this.#options.onProblem(error)
      return null
    }
  }

  #readItem(item: unknown): T | null {
    try {
      return this.#list.parseItem(item)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      this.#options.onProblem(error)
      return null
    }
  }
}
