import type { CallContext } from '../upstream/call-context.ts'
import type { FlatList } from '../vendors/vendor.ts'
import { linkPages, isRepeatOf, type LoadedPage } from './loaded-page.ts'
import { maxNeighbors, getPositionOf, matchPosition, type Boundary, type Position } from './position.ts'
import { findLastPage } from './last-page.ts'
import { PageRequests } from './page-requests.ts'
import { nullIfRejected } from './page-errors.ts'
import { EndTooFar, createCursorExpiredProblem, ScanLimitReached, type ScanBudget } from './scan-budget.ts'
import { Search, type Found } from './search.ts'
import { windowAt, computePageWindow } from './page-window.ts'

/**
 * Reads one list page by page, in either direction, from any cut, whatever the vendor's paging. Every place is found
 * again by the ids around it, so that a list that moved in between neither loses nor repeats what stayed in it.
 */
export class PageReader {
  readonly #list: FlatList<unknown>
  readonly #requests: PageRequests
  /** Pages read from the start on, where that was the only way to know what lies before. */
  #walked: LoadedPage[] = []

  constructor(list: FlatList<unknown>, call: CallContext, scan: ScanBudget) {
    this.#list = list
    this.#requests = new PageRequests(list, call, scan)
  }

  /** The first batch behind `cut`, wanting `count` items; null where nothing can be there. */
  async loadFirstAfter(cut: Boundary, count: number): Promise<LoadedPage | null> {
    if (cut === 'end') return null
    if (cut === 'start') return this.#requests.requestPage({ number: 0, size: count + extraItems })
    const { batch, index } = await this.#findPosition(cut, count, true)
    return batch.cutAt(cut, index, 'behind')
  }

  /** The batch that ends at `cut`, wanting `count` items. */
  async loadLastBefore(cut: Boundary, count: number): Promise<LoadedPage | null> {
    if (cut === 'start') return null
    if (cut === 'end') return this.#loadLast(count)
    const { batch, index } = await this.#findPosition(cut, count, false)
    return batch.cutAt(cut, index, 'before')
  }

  async loadNext(batch: LoadedPage): Promise<LoadedPage | null> {
    const next = await this.#findNext(batch)
    return next && linkPages(batch, next)
  }

  async loadPrevious(batch: LoadedPage): Promise<LoadedPage | null> {
    const previous = await this.#findPrevious(batch)
    return previous && linkPages(previous, batch, true)
  }

  /** IDs of the items next to a page, before or behind it: as many as a place knows, or fewer if the scan limit is reached. */
  async listNeighbors(batch: LoadedPage, side: 'before' | 'behind'): Promise<string[]> {
    const ids: string[] = []
    const step = (from: LoadedPage) => (side === 'before' ? this.#findPrevious(from) : this.#findNext(from))
    try {
      for (let next = await step(batch); next && ids.length < maxNeighbors; next = await step(next))
        ids.push(...next.ids.slice(next.from, next.to).filter((id) => id !== null))
    } catch (error) {
      if (!(error instanceof ScanLimitReached)) throw error
    }
    return ids
  }

  async #findNext(batch: LoadedPage): Promise<LoadedPage | null> {
    if (batch.next === null) return null
    const walked = batch.walked === null ? undefined : this.#walked[batch.walked + 1]
    const end = batch.offset === null ? null : batch.offset + batch.items.length
    const next = walked ?? this.#requests.follow(batch.next, batch.asked, end)
    const known = await (batch.guessed ? nullIfRejected(next) : next)
    if (known && !(batch.guessed && isRepeatOf(known, batch))) return known
    batch.next = null
    return null
  }

  async #findPrevious(batch: LoadedPage): Promise<LoadedPage | null> {
    if (batch.offset === 0 || batch.previous === null) return null
    if (batch.walked !== null && batch.walked > 0) return this.#walked[batch.walked - 1]!
    if (batch.number !== null && batch.number > 0)
      return this.#requests.requestPage({ number: batch.number - 1, size: batch.asked })
    if (batch.previous != null) return this.#requests.follow(batch.previous, batch.asked, null)
    const first = batch.ids.findIndex((id) => id !== null)
    if (first < 0) return null
    const cut = { before: batch.getPlace(first) }
    const known = await (this.#list.supportsPageNumbers
      ? this.#findPosition(cut, batch.asked, false)
      : this.#scanTo(cut.before, false))
    return known.batch.with({ to: known.index })
  }

  /** The list's total, where a page tells it. */
  async getTotal(): Promise<number | null> {
    const batch = await this.#requests.requestPage({ number: 0, size: 1 })
    return batch.total ?? (batch.next === null ? batch.items.length : null)
  }

  async #loadLast(count: number): Promise<LoadedPage> {
    if (!this.#list.supportsPageNumbers && this.#list.linksToLastPage) {
      const batch = await this.#requests.request({ link: 'last', size: this.#list.maxSize }, null)
      if (batch.next === null) return batch
    }
    if (this.#list.supportsPageNumbers && this.#list.reportsTotal) {
      const first = await this.#requests.requestPage({ number: 0, size: count + extraItems })
      if (first.next === null) return first
      if (first.total !== null && first.total > first.items.length) {
        // One more than there are: only a page that is not full is known to be the last.
        const offset = first.total - 1
        const window = computePageWindow(
          { start: Math.max(0, offset - count), length: count + 2, offset },
          this.#list.maxSize,
        )
        const batch = await nullIfRejected(this.#requests.requestPage(window))
        if (batch && batch.next === null && batch.items.length > 0) return batch
      }
    }
    try {
      let last = await this.#restartScan()
      if (this.#list.supportsPageNumbers && last.next !== null && !last.guessed)
        return await findLastPage(last, (number) =>
          nullIfRejected(this.#requests.requestPage({ number, size: this.#list.maxSize }, last.items.length)),
        )
      for (let batch: LoadedPage | null = last; batch; batch = await this.#loadNextScanned(batch)) last = batch
      return last
    } catch (error) {
      if (!(error instanceof ScanLimitReached)) throw error
      throw new EndTooFar()
    }
  }

  /** Finds a cut again: where it was, else by walking from the start. */
  async #findPosition(cut: Exclude<Boundary, string>, count: number, forward: boolean): Promise<Found> {
    const after = 'after' in cut
    const place = getPositionOf(cut)
    const behind = after && forward ? await this.#pageBehind(place, count) : null
    const batch = behind ?? (await this.#loadPageNear(place, count, forward))
    let doubtful: Found | null = null
    if (batch) {
      if (behind?.beginsBehind(place)) return { batch, index: 0 }
      const unmoved = batch.findUnmoved(place)
      if (unmoved !== null) return { batch, index: after ? unmoved + 1 : unmoved }
      const seen = matchPosition(batch, place, after)
      if (seen.item !== null) {
        const found = { batch, index: after ? seen.item + 1 : seen.item }
        if (seen.agreement === Infinity || batch.offset === null || batch.offset + seen.item === place.offset)
          return found
        doubtful = found
      }
      // The item is gone only if the page shows both sides of it. If not, it can stand on another page.
      const gap = seen.before && seen.before.index + 1
      const isLast = batch.next === null && seen.before?.distance === 1
      if (gap !== null && (seen.behind ? gap <= seen.behind.index : isLast) && !doubtful) return { batch, index: gap }
      const isFirst = batch.offset === 0 && (place.at > 0 || place.offset === 0)
      if (seen.behind && isFirst && !seen.before && !doubtful) return { batch, index: seen.behind.index }
    }
    return this.#scanTo(place, after, doubtful)
  }

  /** The page that begins right behind a place: it has no item too many. Null if it does not begin with the items known to follow. */
  async #pageBehind({ offset, near, at }: Position, count: number): Promise<LoadedPage | null> {
    if (!this.#list.supportsPageNumbers || offset === null || at + 1 === near.length) return null
    const window = windowAt(offset + 1, count, Math.min(count + extraItems, this.#list.maxSize))
    const batch = window && (await this.#requests.requestAround(offset, window))
    return batch && (batch.offset !== offset + 1 || batch.beginsBehind({ offset, near, at })) ? batch : null
  }

  /** The page where the place was; null where it cannot be had any more (a dead token, a number past the end). */
  #loadPageNear(place: Position, count: number, forward: boolean): Promise<LoadedPage | null> {
    if (this.#list.supportsPageNumbers && place.offset !== null) {
      const start = Math.max(0, place.offset - (forward ? extraItems : count + extraItems))
      const length = place.offset - start + (forward ? count + extraItems : extraItems)
      const window = computePageWindow({ start, length, offset: place.offset }, this.#list.maxSize)
      return this.#requests.requestAround(place.offset, window)
    }
    const offset = place.link == null ? 0 : null
    const page = this.#requests.request({ link: place.link ?? null, size: this.#list.maxSize }, offset)
    return place.link == null ? page : nullIfRejected(page)
  }

  /** Walks from the start to a place. An item that has vanished with all its neighbors is taken to be where it was. */
  async #scanTo(place: Position, after: boolean, doubtful: Found | null = null): Promise<Found> {
    const search = new Search(place, after)
    try {
      let last = await this.#restartScan()
      for (let batch: LoadedPage | null = last; batch; batch = await this.#loadNextScanned(batch)) {
        const found = search.look(batch)
        if (found) return found
        last = batch
      }
      return search.best() ?? doubtful ?? this.#resolveByOffset(place, last)
    } catch (error) {
      if (!(error instanceof ScanLimitReached)) throw error
      const likely = search.best() ?? doubtful
      if (likely) return likely
      throw createCursorExpiredProblem()
    }
  }

  #resolveByOffset(place: Position, last: LoadedPage): Found {
    // Where everything that lay before it was known, and all of that is gone, nothing lies before it now. More may be
    // known than lay there: what had gone earlier.
    const offset = place.offset === null ? Infinity : place.at >= place.offset ? 0 : place.offset
    for (const batch of this.#walked) {
      const index = offset - (batch.offset ?? 0)
      if (index <= batch.items.length) return { batch, index: Math.max(0, index) }
    }
    return { batch: last, index: last.items.length }
  }

  async #restartScan(): Promise<LoadedPage> {
    const batch = await this.#requests.requestPage({ number: 0, size: this.#list.maxSize })
    this.#walked = []
    this.#requests.reset()
    return this.#recordScanned(batch)
  }

  async #loadNextScanned(batch: LoadedPage): Promise<LoadedPage | null> {
    const next = await this.loadNext(batch)
    return next && this.#recordScanned(next)
  }

  #recordScanned(batch: LoadedPage): LoadedPage {
    batch.walked = this.#walked.push(batch) - 1
    return batch
  }
}

/** Items on either side of a place that are asked for with it, in case the list has moved. */
const extraItems = 8
