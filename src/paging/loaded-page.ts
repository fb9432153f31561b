import type { Problem } from '../core/errors.ts'
import { Pacer } from '../core/pacer.ts'
import type { PageToken, VendorPage, PageRequest } from '../vendors/vendor-lists.ts'
import { areAlike, LazyFingerprints, type FingerprintedPage } from './fingerprint.ts'
import {
  getFingerprintsOutside,
  maxNeighbors,
  getBoundaryPosition,
  provingNeighbors,
  skipPresent,
  getNeighborFingerprints,
  type Boundary,
  type Position,
} from './position.ts'

/** What a page knows of the items around it. */
type KnownItems = Pick<LoadedPage, 'knownBefore' | 'knownAfter' | 'isBeforeComplete' | 'isAfterComplete'>

/** A vendor page in memory. The items from `start` to `end` (exclusive) are on the wanted side of a boundary. */
export class LoadedPage implements FingerprintedPage {
  readonly items: readonly unknown[]
  readonly ids: readonly (string | null)[]
  readonly lazyFingerprints: LazyFingerprints
  knownBefore: readonly string[] = []
  knownAfter: readonly string[] = []
  /** Whether `knownBefore` is known to contain all items before the page. */
  isBeforeComplete = false
  /** Whether `knownAfter` is known to contain all items after the page. */
  isAfterComplete = false
  /** Offset of the first item in the whole list. Null if not known. */
  readonly offset: number | null
  /** Size that was requested. A vendor's page tokens are only valid with the same size. */
  readonly requestedSize: number
  readonly number: number | null
  /** Undefined if the page was requested by number. */
  readonly pageToken: PageToken | null | undefined
  next: PageToken | null
  /** Whether the vendor has not announced the next page, so that it might not exist. */
  readonly isNextAssumed: boolean
  readonly previous: PageToken | null | undefined
  readonly total: number | null
  /** Whether `offset` is certain. The last page does not show the vendor's page size, unless the vendor reports it. */
  readonly isOffsetCertain: boolean
  readonly problem: Problem | null
  start = 0
  end: number
  /** Index among the pages of a scan from the start of the list. Null if the page was requested separately. */
  scanIndex: number | null = null

  /** @param offset Offset of the first item, if it is known from other pages. */
  constructor(page: VendorPage, ids: readonly (string | null)[], request: PageRequest, offset: number | null) {
    const number = 'number' in request ? request.number : null
    this.items = page.items
    this.ids = ids
    this.lazyFingerprints = new LazyFingerprints(ids)
    this.offset = offset ?? (number === null ? null : number * getEffectivePageSize(page, request.size))
    this.requestedSize = request.size
    this.number = number
    this.pageToken = 'link' in request ? request.link : undefined
    this.next = page.next
    this.isNextAssumed = page.isNextAssumed ?? false
    this.isOffsetCertain = offset !== null || page.size !== undefined || page.next !== null
    this.previous = number === 0 || ('link' in request && request.link === null) ? null : page.previous
    this.total = page.total ?? null
    this.problem = page.problem ?? null
    this.end = page.items.length
  }

  get fingerprints(): readonly (string | null)[] {
    return this.lazyFingerprints.all
  }

  get isFirst(): boolean {
    return this.offset === 0
  }

  get knownItems(): KnownItems {
    const { knownBefore, knownAfter, isBeforeComplete, isAfterComplete } = this
    return { knownBefore, knownAfter, isBeforeComplete, isAfterComplete }
  }

  /** Whether all items before the page are known. */
  get hasAllBefore(): boolean {
    return this.offset === 0 || this.previous === null || this.isBeforeComplete
  }

  /** Whether all items after the page are known. */
  get hasAllAfter(): boolean {
    return this.next === null || this.isAfterComplete
  }

  /** Returns the position of the item at `index`. */
  getPosition(index: number): Position {
    const { neighbors, itemIndex } = getNeighborFingerprints(this, index)
    return {
      offset: this.offset === null ? null : this.offset + index,
      ...(this.pageToken === undefined ? {} : { pageToken: this.pageToken }),
      neighbors,
      itemIndex,
      ...(this.hasAllBefore && itemIndex < maxNeighbors && { hasAllBefore: true }),
      ...(this.hasAllAfter && neighbors.length - itemIndex <= maxNeighbors && { hasAllAfter: true }),
    }
  }

  /** Returns the fingerprints of the first or last items of the page, at most as many as a position has neighbors on one side. */
  listFingerprintsAt(side: 'start' | 'end'): string[] {
    const fingerprints: string[] = []
    const step = side === 'start' ? 1 : -1
    for (let index = side === 'start' ? 0 : this.ids.length - 1; index in this.ids; index += step) {
      if (fingerprints.length === maxNeighbors) break
      const fingerprint = this.lazyFingerprints.get(index)
      if (fingerprint !== null) fingerprints.push(fingerprint)
    }
    return side === 'start' ? fingerprints : fingerprints.reverse()
  }

  /** Returns the index of a position's item if the item and its neighbors have not moved. Otherwise null. */
  findUnmoved({ offset, neighbors, itemIndex }: Position): number | null {
    if (this.offset === null || offset === null) return null
    const index = offset - this.offset
    if (index < 0 || index >= this.ids.length) return null
    const end = Math.min(neighbors.length, itemIndex + this.ids.length - index)
    for (let neighbor = Math.max(0, itemIndex - index); neighbor < end; neighbor++)
      if (!areAlike(this.lazyFingerprints.get(index + neighbor - itemIndex), neighbors[neighbor])) return null
    return index
  }

  /** Whether the page begins right after a position, and all neighbors that are known to follow have not moved. */
  isRightAfter({ offset, neighbors, itemIndex }: Position): boolean {
    if (offset === null || this.offset !== offset + 1) return false
    const following = neighbors.slice(itemIndex + 1, itemIndex + 1 + this.ids.length)
    if (following.length < (this.isOffsetCertain ? 1 : provingNeighbors)) return false
    return following.every((neighbor, index) => areAlike(this.lazyFingerprints.get(index), neighbor))
  }

  /**
   * Returns the part of the page on one side of a boundary, with the neighbors that the boundary's position knows before and
   * after the page.
   *
   * @param index The boundary is before the item with this index on the page.
   */
  splitAt(boundary: Exclude<Boundary, string>, index: number, side: 'before' | 'after'): LoadedPage {
    const position = getBoundaryPosition(boundary)
    const part = {
      ...(side === 'after' ? { start: index } : { end: index }),
      isBeforeComplete: position.hasAllBefore ?? false,
      isAfterComplete: position.hasAllAfter ?? false,
    }
    const unmoved = this.findUnmoved(position)
    if (unmoved === null || index !== ('after' in boundary ? unmoved + 1 : unmoved))
      return this.copyWith({ ...part, ...getFingerprintsOutside(this.fingerprints, boundary, index) })
    const { neighbors, itemIndex } = position
    const knownBefore = neighbors.slice(0, Math.max(0, itemIndex - unmoved))
    const knownAfter = neighbors.slice(itemIndex + this.ids.length - unmoved)
    return this.copyWith({ ...part, knownBefore, knownAfter })
  }

  /** Returns a copy with another part or other known items around the page. */
  copyWith(changes: Partial<Pick<LoadedPage, 'start' | 'end' | keyof KnownItems>>): LoadedPage {
    return Object.assign(Object.create(LoadedPage.prototype) as LoadedPage, this, changes)
  }
}

/** Maximum number of items that are processed without a pause. Longer pages could block the event loop for too long. */
const maxUnpacedItems = 300

/** Returns null for a page that is short enough to be processed without a pause. */
export const createPacer = (items: readonly unknown[]): Pacer | null =>
  items.length > maxUnpacedItems ? new Pacer() : null

/** @param offset Offset of the page's first item, if it is known from other pages. */
export async function toLoadedPage(
  page: VendorPage,
  request: PageRequest,
  offset: number | null,
  getId: (item: unknown) => string | null,
): Promise<LoadedPage> {
  const ids: (string | null)[] = []
  const pacer = createPacer(page.items)
  for (const item of page.items) {
    ids.push(getId(item))
    if (pacer?.isDue) await pacer.pause()
  }
  return new LoadedPage(page, ids, request, offset)
}

/** Returns the page size that the vendor uses: the reported size, or the length of a page that is not the last one. */
function getEffectivePageSize(page: VendorPage, requestedSize: number): number {
  return page.size ?? (page.next !== null && page.items.length > 0 ? page.items.length : requestedSize)
}

/** Whether a page contains only items of an earlier page. This happens if a vendor ignores page numbers. */
export function isRepeatOf({ ids }: LoadedPage, earlier: LoadedPage): boolean {
  const earlierIds = new Set(earlier.ids)
  return ids.every((id) => id !== null && earlierIds.has(id))
}

/** Adds the items of two consecutive pages to each other's known items. */
export function linkPages(first: LoadedPage, second: LoadedPage): void {
  if (first.knownBefore.length === 0 && second.knownBefore.length > 0) {
    first.knownBefore = skipPresent(second.knownBefore.toReversed(), first.fingerprints).toReversed()
    first.isBeforeComplete = second.isBeforeComplete
  }
  const after = [...second.listFingerprintsAt('start'), ...second.knownAfter]
  const before = [...first.knownBefore, ...first.listFingerprintsAt('end')]
  first.knownAfter = after.slice(0, maxNeighbors)
  first.isAfterComplete = second.hasAllAfter && after.length < maxNeighbors
  second.knownBefore = before.slice(-maxNeighbors)
  second.isBeforeComplete = first.hasAllBefore && before.length < maxNeighbors
}
