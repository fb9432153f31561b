import { Problem } from '../core/errors.ts'
import type { CallContext } from '../upstream/call-context.ts'
import type { FlatList } from '../vendors/vendor.ts'
import type { LoadedPage } from './loaded-page.ts'
import { isItemError } from './page-errors.ts'

/** Items that are completed at the same time. */
const maxInFlight = 8

interface ItemReaderOptions {
  call: CallContext
  forward: boolean
  /** Receives the reason if an item is left out. */
  onProblem(problem: Problem): void
}

/** Reads the items of one page. Those that the list reports in part are completed, the next ones ahead of the walk. */
export class ItemReader<T> {
  readonly #list: FlatList<T>
  readonly #batch: LoadedPage
  readonly #options: ItemReaderOptions
  readonly #completionByIndex = new Map<number, Promise<unknown> | null>()

  constructor(list: FlatList<T>, batch: LoadedPage, options: ItemReaderOptions) {
    this.#list = list
    this.#batch = batch
    this.#options = options
  }

  /** Returns the object at an index of the page. Null if it is gone, or cannot be read. */
  read(index: number): T | null | Promise<T | null> {
    const item = this.#batch.items[index]
    const completion = this.#list.complete ? this.#complete(index) : null
    return completion ? this.#readCompleted(completion, item) : this.#readItem(item)
  }

  #complete(index: number): Promise<unknown> | null {
    const step = this.#options.forward ? 1 : -1
    for (let distance = 0; distance < maxInFlight; distance++) this.#startCompletion(index + distance * step)
    return this.#completionByIndex.get(index) ?? null
  }

  #startCompletion(index: number): void {
    const { items, from, to } = this.#batch
    if (index < from || index >= to || this.#completionByIndex.has(index)) return
    const completion = this.#list.complete!(items[index], this.#options.call)
    // The walk may end before it comes to this item.
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
