import type { Call } from '../upstream/call.ts'
import type { List } from '../vendors/vendor.ts'
import { joined, repeats, type Batch } from './batch.ts'
import { neighbours, placeIn, sight, type Cut, type Place } from './place.ts'
import { findLastPage } from './last-page.ts'
import { PageRequests } from './page-requests.ts'
import { noneIfRefused } from './refused.ts'
import { EndTooFar, expired, ScanLimit, type Scan } from './scan.ts'
import { Search, type Found } from './search.ts'
import { windowAt, windowOf } from './window.ts'

/**
 * Reads one list page by page, in either direction, from any cut, whatever the vendor's paging. Every place is found
 * again by the ids around it, so that a list that moved in between neither loses nor repeats what stayed in it.
 */
export class Pages {
  readonly #list: List<unknown>
  readonly #requests: PageRequests
  /** Pages read from the start on, where that was the only way to know what lies before. */
  #walked: Batch[] = []

  constructor(list: List<unknown>, call: Call, scan: Scan) {
    this.#list = list
    this.#requests = new PageRequests(list, call, scan)
  }

  /** The first batch behind `cut`, wanting `count` items; null where nothing can be there. */
  async firstAfter(cut: Cut, count: number): Promise<Batch | null> {
    if (cut === 'end') return null
    if (cut === 'start') return this.#requests.requestPage({ number: 0, size: count + slack })
    const { batch, index } = await this.#locate(cut, count, true)
    return batch.cutAt(cut, index, 'behind')
  }

  /** The batch that ends at `cut`, wanting `count` items. */
  async lastBefore(cut: Cut, count: number): Promise<Batch | null> {
    if (cut === 'start') return null
    if (cut === 'end') return this.#last(count)
    const { batch, index } = await this.#locate(cut, count, false)
    return batch.cutAt(cut, index, 'before')
  }

  async after(batch: Batch): Promise<Batch | null> {
    const next = await this.#findNext(batch)
    return next && joined(batch, next)
  }

  async before(batch: Batch): Promise<Batch | null> {
    const previous = await this.#findPrevious(batch)
    return previous && joined(previous, batch, true)
  }

  /** IDs of the items next to a page, before or behind it: as many as a place knows, or fewer if the scan limit is reached. */
  async listNeighbors(batch: Batch, side: 'before' | 'behind'): Promise<string[]> {
    const ids: string[] = []
    const step = (from: Batch) => (side === 'before' ? this.#findPrevious(from) : this.#findNext(from))
    try {
      for (let next = await step(batch); next && ids.length < neighbours; next = await step(next))
        ids.push(...next.ids.slice(next.from, next.to).filter((id) => id !== null))
    } catch (error) {
      if (!(error instanceof ScanLimit)) throw error
    }
    return ids
  }

  async #findNext(batch: Batch): Promise<Batch | null> {
    if (batch.next === null) return null
    const walked = batch.walked === null ? undefined : this.#walked[batch.walked + 1]
    const end = batch.offset === null ? null : batch.offset + batch.items.length
    const next = walked ?? this.#requests.follow(batch.next, batch.asked, end)
    const known = await (batch.guessed ? noneIfRefused(next) : next)
    if (known && !(batch.guessed && repeats(known, batch))) return known
    batch.next = null
    return null
  }

  async #findPrevious(batch: Batch): Promise<Batch | null> {
    if (batch.offset === 0 || batch.previous === null) return null
    if (batch.walked !== null && batch.walked > 0) return this.#walked[batch.walked - 1]!
    if (batch.number !== null && batch.number > 0)
      return this.#requests.requestPage({ number: batch.number - 1, size: batch.asked })
    if (batch.previous != null) return this.#requests.follow(batch.previous, batch.asked, null)
    const first = batch.ids.findIndex((id) => id !== null)
    if (first < 0) return null
    const cut = { before: batch.getPlace(first) }
    const known = await (this.#list.numbered ? this.#locate(cut, batch.asked, false) : this.#walkTo(cut.before, false))
    return known.batch.with({ to: known.index })
  }

  /** The list's total, where a page tells it. */
  async total(): Promise<number | null> {
    const batch = await this.#requests.requestPage({ number: 0, size: 1 })
    return batch.total ?? (batch.next === null ? batch.items.length : null)
  }

  async #last(count: number): Promise<Batch> {
    if (!this.#list.numbered && this.#list.hasLast) {
      const batch = await this.#requests.request({ link: 'last', size: this.#list.maxSize }, null)
      if (batch.next === null) return batch
    }
    if (this.#list.numbered && this.#list.counted) {
      const first = await this.#requests.requestPage({ number: 0, size: count + slack })
      if (first.next === null) return first
      if (first.total !== null && first.total > first.items.length) {
        // One more than there are: only a page that is not full is known to be the last.
        const offset = first.total - 1
        const window = windowOf({ start: Math.max(0, offset - count), length: count + 2, offset }, this.#list.maxSize)
        const batch = await noneIfRefused(this.#requests.requestPage(window))
        if (batch && batch.next === null && batch.items.length > 0) return batch
      }
    }
    try {
      let last = await this.#start()
      if (this.#list.numbered && last.next !== null && !last.guessed)
        return await findLastPage(last, (number) =>
          noneIfRefused(this.#requests.requestPage({ number, size: this.#list.maxSize }, last.items.length)),
        )
      for (let batch: Batch | null = last; batch; batch = await this.#onward(batch)) last = batch
      return last
    } catch (error) {
      if (!(error instanceof ScanLimit)) throw error
      throw new EndTooFar()
    }
  }

  /** Finds a cut again: where it was, else by walking from the start. */
  async #locate(cut: Exclude<Cut, string>, count: number, forward: boolean): Promise<Found> {
    const after = 'after' in cut
    const place = placeIn(cut)
    const behind = after && forward ? await this.#pageBehind(place, count) : null
    const batch = behind ?? (await this.#nearby(place, count, forward))
    let doubtful: Found | null = null
    if (batch) {
      if (behind?.beginsBehind(place)) return { batch, index: 0 }
      const unmoved = batch.findUnmoved(place)
      if (unmoved !== null) return { batch, index: after ? unmoved + 1 : unmoved }
      const seen = sight(batch, place, after)
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
    return this.#walkTo(place, after, doubtful)
  }

  /** The page that begins right behind a place: it has no item too many. Null if it does not begin with the items known to follow. */
  async #pageBehind({ offset, near, at }: Place, count: number): Promise<Batch | null> {
    if (!this.#list.numbered || offset === null || at + 1 === near.length) return null
    const window = windowAt(offset + 1, count, Math.min(count + slack, this.#list.maxSize))
    const batch = window && (await this.#requests.requestAround(offset, window))
    return batch && (batch.offset !== offset + 1 || batch.beginsBehind({ offset, near, at })) ? batch : null
  }

  /** The page where the place was; null where it cannot be had any more (a dead token, a number past the end). */
  #nearby(place: Place, count: number, forward: boolean): Promise<Batch | null> {
    if (this.#list.numbered && place.offset !== null) {
      const start = Math.max(0, place.offset - (forward ? slack : count + slack))
      const length = place.offset - start + (forward ? count + slack : slack)
      const window = windowOf({ start, length, offset: place.offset }, this.#list.maxSize)
      return this.#requests.requestAround(place.offset, window)
    }
    const offset = place.link == null ? 0 : null
    const page = this.#requests.request({ link: place.link ?? null, size: this.#list.maxSize }, offset)
    return place.link == null ? page : noneIfRefused(page)
  }

  /** Walks from the start to a place. An item that has vanished with all its neighbors is taken to be where it was. */
  async #walkTo(place: Place, after: boolean, doubtful: Found | null = null): Promise<Found> {
    const search = new Search(place, after)
    try {
      let last = await this.#start()
      for (let batch: Batch | null = last; batch; batch = await this.#onward(batch)) {
        const found = search.look(batch)
        if (found) return found
        last = batch
      }
      return search.best() ?? doubtful ?? this.#atOffset(place, last)
    } catch (error) {
      if (!(error instanceof ScanLimit)) throw error
      const likely = search.best() ?? doubtful
      if (likely) return likely
      throw expired()
    }
  }

  #atOffset(place: Place, last: Batch): Found {
    // Where everything that lay before it was known, and all of that is gone, nothing lies before it now. More may be
    // known than lay there: what had gone earlier.
    const offset = place.offset === null ? Infinity : place.at >= place.offset ? 0 : place.offset
    for (const batch of this.#walked) {
      const index = offset - (batch.offset ?? 0)
      if (index <= batch.items.length) return { batch, index: Math.max(0, index) }
    }
    return { batch: last, index: last.items.length }
  }

  async #start(): Promise<Batch> {
    const batch = await this.#requests.requestPage({ number: 0, size: this.#list.maxSize })
    this.#walked = []
    this.#requests.reset()
    return this.#onRecord(batch)
  }

  async #onward(batch: Batch): Promise<Batch | null> {
    const next = await this.after(batch)
    return next && this.#onRecord(next)
  }

  #onRecord(batch: Batch): Batch {
    batch.walked = this.#walked.push(batch) - 1
    return batch
  }
}

/** Items on either side of a place that are asked for with it, in case the list has moved. */
const slack = 8
