import { Problem } from '../core/errors.ts'
import type { CallContext } from '../upstream/call-context.ts'
import type { FlatList } from '../vendors/vendor.ts'
import type { LoadedPage } from './loaded-page.ts'
import { isItemError } from './page-errors.ts'

/** Number of items that are completed at the same time. */
const maxInFlight = 8

interface ItemReaderOptions {
  call: CallContext
  isForward: boolean
  /** Called with the reason if an item is omitted. */
  onProblem(problem: Problem): void
}

/** Reads the items of one page. Completes items that the list reports only in part, some of them ahead of the scan. */
export class ItemReader<T> {
  readonly #list: FlatList<T>
  readonly #page: LoadedPage
  readonly #options: ItemReaderOptions
  readonly #completionByIndex = new Map<number, Promise<unknown> | null>()

  constructor(list: FlatList<T>, page: LoadedPage, options: ItemReaderOptions) {
    this.#list = list
    this.#page = page
    this.#options = options
  }

  /** Returns the object at an index of the page. Null if it was deleted or cannot be read. */
  read(index: number): T | null | Promise<T | null> {
    const item = this.#page.items[index]
    const completion = this.#list.complete ? this.#complete(index) : null
    return completion ? this.#readCompleted(completion, item) : this.#readItem(item)
  }

  #complete(index: number): Promise<unknown> | null {
    const step = this.#options.isForward ? 1 : -1
    for (let distance = 0; distance < maxInFlight; distance++) this.#startCompletion(index + distance * step)
    return this.#completionByIndex.get(index) ?? null
  }

  #startCompletion(index: number): void {
    const { items, start, end } = this.#page
    if (index < start || index >= end || this.#completionByIndex.has(index)) return
    const completion = this.#list.complete!(items[index], this.#options.call)
    // Prevents an unhandled rejection if the scan ends before it reaches this item.
    completion?.catch(() => {})
    this.#completionByIndex.set(index, completion)
  }

  async #readCompleted(completion: Promise<unknown>, item: unknown): Promise<T | null> {
    try {
      return this.#readItem((await completion) ?? item)
    } catch (error) {
      if (!(error instanceof Problem) || !isItemError(error)) throw error
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
