import type { Problem } from '../core/errors.ts'
import { Pacer } from '../core/pacer.ts'
import type { PageToken, VendorPage, PageRequest } from '../vendors/vendor.ts'
import { areAlike, Fingerprints, type FingerprintedPage } from './fingerprint.ts'
import {
  getFingerprintsOutside,
  maxNeighbors,
  getPositionOf,
  provingNeighbors,
  skipPresent,
  getNeighborFingerprints,
  type Boundary,
  type Position,
} from './position.ts'

/** A vendor's page in hand; `from` to `to` (exclusive) is the part of it that lies on the wanted side of a cut. */
export class LoadedPage implements FingerprintedPage {
  readonly items: readonly unknown[]
  readonly ids: readonly (string | null)[]
  readonly fingerprints: Fingerprints
  left: readonly string[] = []
  right: readonly string[] = []
  /** Where the page stands in the whole list; null where nobody knows. */
  readonly offset: number | null
  /** The size that was asked for; a vendor's tokens want the same again. */
  readonly asked: number
  readonly number: number | null
  /** Undefined where the page was asked for by number. */
  readonly link: PageToken | null | undefined
  next: PageToken | null
  /** Nothing says that there is a next page. */
  readonly guessed: boolean
  readonly previous: PageToken | null | undefined
  readonly total: number | null
  /** The last page does not show what size the vendor makes its pages of, unless the vendor reports it. */
  readonly isOffsetCertain: boolean
  readonly problem: Problem | null
  from = 0
  to: number
  /** Its index among the pages walked from the start; null where it was asked for by itself. */
  walked: number | null = null

  /** @param offset Where the page stands, if that is known from other pages. */
  constructor(page: VendorPage, ids: readonly (string | null)[], request: PageRequest, offset: number | null) {
    const number = 'number' in request ? request.number : null
    this.items = page.items
    this.ids = ids
    this.fingerprints = new Fingerprints(ids)
    this.offset = offset ?? (number === null ? null : number * getEffectivePageSize(page, request.size))
    this.asked = request.size
    this.number = number
    this.link = 'link' in request ? request.link : undefined
    this.next = page.next
    this.guessed = page.isNextAssumed ?? false
    this.isOffsetCertain = offset !== null || page.size !== undefined || page.next !== null
    this.previous = number === 0 || ('link' in request && request.link === null) ? null : page.previous
    this.total = page.total ?? null
    this.problem = page.problem ?? null
    this.to = page.items.length
  }

  get prints(): readonly (string | null)[] {
    return this.fingerprints.all
  }

  get isFirst(): boolean {
    return this.offset === 0
  }

  /** The place of one item. */
  getPlace(index: number): Position {
    return {
      offset: this.offset === null ? null : this.offset + index,
      ...(this.link === undefined ? {} : { link: this.link }),
      ...getNeighborFingerprints(this, index),
    }
  }

  /** The fingerprints of the page's first or last items, at most as many as a place knows. */
  takePrints(side: 'start' | 'end'): string[] {
    const prints: string[] = []
    const step = side === 'start' ? 1 : -1
    for (let index = side === 'start' ? 0 : this.ids.length - 1; index in this.ids; index += step) {
      if (prints.length === maxNeighbors) break
      const print = this.fingerprints.get(index)
      if (print !== null) prints.push(print)
    }
    return side === 'start' ? prints : prints.reverse()
  }

  /** Index of a place's item if it and its neighbors stand where they stood; null if not. */
  findUnmoved({ offset, near, at }: Position): number | null {
    if (this.offset === null || offset === null) return null
    const index = offset - this.offset
    if (index < 0 || index >= this.ids.length) return null
    const end = Math.min(near.length, at + this.ids.length - index)
    for (let known = Math.max(0, at - index); known < end; known++)
      if (!areAlike(this.fingerprints.get(index + known - at), near[known])) return null
    return index
  }

  /** Whether the page begins right behind a place, with all items that are known to follow, where they stood. */
  beginsBehind({ offset, near, at }: Position): boolean {
    if (offset === null || this.offset !== offset + 1) return false
    const following = near.slice(at + 1, at + 1 + this.ids.length)
    if (following.length < (this.isOffsetCertain ? 1 : provingNeighbors)) return false
    return following.every((print, index) => areAlike(this.fingerprints.get(index), print))
  }

  /**
   * The part of the page on one side of a cut, with what the cut's place knows of the items left and right of the page.
   *
   * @param index Where on the page the cut lies: before the item with this index.
   */
  cutAt(cut: Exclude<Boundary, string>, index: number, side: 'before' | 'behind'): LoadedPage {
    const bounds = side === 'behind' ? { from: index } : { to: index }
    const place = getPositionOf(cut)
    const unmoved = this.findUnmoved(place)
    if (unmoved === null || index !== ('after' in cut ? unmoved + 1 : unmoved))
      return this.with({ ...bounds, ...getFingerprintsOutside(this.prints, cut, index) })
    const left = place.near.slice(0, Math.max(0, place.at - unmoved))
    const right = place.near.slice(place.at + this.ids.length - unmoved)
    return this.with({ ...bounds, left, right })
  }

  /** A copy with another part, or other neighbors. */
  with(changes: Partial<Pick<LoadedPage, 'from' | 'to' | 'left' | 'right'>>): LoadedPage {
    return Object.assign(Object.create(LoadedPage.prototype) as LoadedPage, this, changes)
  }
}

/** Longer pages are read in several turns of the event loop. Fewer items never take as long as one may. */
const maxUnpacedItems = 300

/** Null for a page that is read in one turn. */
export const createPacer = (items: readonly unknown[]): Pacer | null =>
  items.length > maxUnpacedItems ? new Pacer() : null

/** A page as it came. `offset`: where it stands, if that is known from other pages. */
export async function toLoadedPage(
  page: VendorPage,
  request: PageRequest,
  offset: number | null,
  idOf: (item: unknown) => string | null,
): Promise<LoadedPage> {
  const ids: (string | null)[] = []
  const pacer = createPacer(page.items)
  for (const item of page.items) {
    ids.push(idOf(item))
    if (pacer?.isDue) await pacer.pause()
  }
  return new LoadedPage(page, ids, request, offset)
}

/** The size that the vendor really works with: what it says, else what a page that is not the last one held. */
function getEffectivePageSize(page: VendorPage, asked: number): number {
  return page.size ?? (page.next !== null && page.items.length > 0 ? page.items.length : asked)
}

/** Whether a page gives nothing but what another one gave, as where the vendor pays no heed to page numbers. */
export function isRepeatOf({ ids }: LoadedPage, earlier: LoadedPage): boolean {
  const known = new Set(earlier.ids)
  return ids.every((id) => id !== null && known.has(id))
}

/** Two batches, one behind the other, learn of each other's items; gives the second, or the first where `first`. */
export function linkPages(before: LoadedPage, behind: LoadedPage, first = false): LoadedPage {
  if (before.left.length === 0 && behind.left.length > 0)
    before.left = skipPresent(behind.left.toReversed(), before.prints).toReversed()
  before.right = [...behind.takePrints('start'), ...behind.right].slice(0, maxNeighbors)
  behind.left = [...before.left, ...before.takePrints('end')].slice(-maxNeighbors)
  return first ? before : behind
}
