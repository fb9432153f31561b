import type { CallContext } from '../upstream/call-context.ts'
import { LoopGuard } from '../vendors/kit/iterate-pages.ts'
import type { PageToken, FlatList, PageRequest } from '../vendors/vendor.ts'
import { toLoadedPage, type LoadedPage } from './loaded-page.ts'
import { rethrowListError, nullIfRejected } from './page-errors.ts'
import { ScanLimitReached, type ScanBudget } from './scan-budget.ts'

/** Page number, from 0, and size. */
interface Window {
  number: number
  size: number
}

/** Requests pages of one list within the scan limit. */
export class PageRequests {
  readonly #list: FlatList<unknown>
  readonly #call: CallContext
  readonly #scan: ScanBudget
  readonly #guard = new LoopGuard()

  constructor(list: FlatList<unknown>, call: CallContext, scan: ScanBudget) {
    this.#list = list
    this.#call = call
    this.#scan = scan
  }

  /** Allows links to be followed again. */
  reset(): void {
    this.#guard.reset()
  }

  /** @param realSize The size that the vendor makes its pages of, if other pages have shown it. */
  requestPage({ number, size }: Window, realSize?: number): Promise<LoadedPage> {
    const asked = Math.min(size, this.#list.maxSize)
    const offset = realSize === undefined ? null : number * realSize
    if (this.#list.supportsPageNumbers) return this.request({ number, size: asked }, offset)
    return this.request({ link: null, size: this.#list.maxSize }, 0)
  }

  /** Requests the page that a window means, whatever size the vendor makes its pages of. Null if the vendor has none. */
  async requestAround(offset: number, window: Window): Promise<LoadedPage | null> {
    const { maxSize } = this.#list
    let batch = await this.#requestIfAny(window)
    // Behind the end, because the vendor's pages are larger than asked for, or because the list is shorter now.
    if (!batch?.items.length && window.size < maxSize)
      batch = await this.#requestIfAny({ number: Math.floor(offset / maxSize), size: maxSize })
    if (!batch) return null
    const size = batch.number ? (batch.offset ?? 0) / batch.number : batch.items.length
    if (size === batch.asked || size === 0 || batch.next === null) return batch
    const number = Math.floor(offset / size)
    return number === batch.number ? batch : nullIfRejected(this.requestPage({ number, size: batch.asked }, size))
  }

  follow(link: PageToken, size: number, offset: number | null): Promise<LoadedPage> {
    // Before the guard sees the link: if the scan limit grows, the link is followed again.
    if (this.#scan.left <= 0) throw new ScanLimitReached()
    this.#guard.follow(link)
    return this.request({ link, size }, offset)
  }

  /** @param offset Where the page stands, if that is known from other pages. */
  async request(request: PageRequest, offset: number | null): Promise<LoadedPage> {
    if (this.#scan.left <= 0) throw new ScanLimitReached()
    this.#scan.left--
    const page = await this.#list.loadPage(request, this.#call).catch(rethrowListError)
    this.#guard.check(page)
    return toLoadedPage(page, request, offset, this.#list.getId)
  }

  #requestIfAny(window: Window): Promise<LoadedPage | null> {
    const page = this.requestPage(window)
    return window.number === 0 ? page : nullIfRejected(page)
  }
}
