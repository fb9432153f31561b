import type { LoadedPage } from './loaded-page.ts'
import { matchPosition, type Position } from './position.ts'

/** A boundary on a loaded page: before the item with this index. */
export interface PageBoundary {
  page: LoadedPage
  index: number
}

/**
 * Searches a position page by page from the start of a list. The vendor can list an ID twice, so only an item among its known
 * neighbors proves the position. Without proof, the boundary is chosen that loses no item.
 */
export class PositionSearch {
  readonly #position: Position
  /** Whether the items after the position are wanted. */
  readonly #isAfter: boolean
  /** The item, but with other neighbors. */
  #doubtful: (PageBoundary & { agreement: number }) | null = null
  /** Boundary after the nearest known neighbor before the position. */
  #afterNeighbor: NearBoundary | null = null
  /** Boundary before the nearest known neighbor after the position. */
  #beforeNeighbor: NearBoundary | null = null
  #previousPage: LoadedPage | null = null

  constructor(position: Position, isAfter: boolean) {
    this.#position = position
    this.#isAfter = isAfter
  }

  /**
   * Returns the boundary if this page proves it. Searches the previous page again, because its last items can lack the
   * neighbors that prove them until this page is loaded.
   */
  search(page: LoadedPage): PageBoundary | null {
    const boundary = this.#previousPage && this.#searchPage(this.#previousPage)
    this.#previousPage = page
    return boundary ?? this.#searchPage(page)
  }

  #searchPage(page: LoadedPage): PageBoundary | null {
    const { item, agreement, before, after } = matchPosition(page, this.#position, this.#isAfter)
    if (item !== null) {
      const boundary = { page, index: this.#isAfter ? item + 1 : item, agreement }
      if (agreement === Infinity) return boundary
      const bestAgreement = this.#doubtful?.agreement ?? -1
      if (agreement > bestAgreement || (agreement === bestAgreement && !this.#isAfter)) this.#doubtful = boundary
    }
    if (before)
      this.#afterNeighbor = this.#chooseNearer(this.#afterNeighbor, { page, ...before, index: before.index + 1 })
    if (!after) return null
    this.#beforeNeighbor = this.#chooseNearer(this.#beforeNeighbor, { page, ...after })
    const gap = this.#afterNeighbor
    const isEnclosed = gap !== null && (gap.page !== page || gap.index <= after.index)
    return isEnclosed && !this.#doubtful ? gap : null
  }

  /** Returns the best boundary without proof. Null if no page revealed anything of the position. */
  getBest(): PageBoundary | null {
    return this.#doubtful ?? this.#afterNeighbor ?? this.#beforeNeighbor
  }

  /** Of two equally near boundaries, chooses the first for the items after the position, and the last for the items before it. */
  #chooseNearer(current: NearBoundary | null, next: NearBoundary): NearBoundary {
    const isNearer =
      !current || next.distance < current.distance || (next.distance === current.distance && !this.#isAfter)
    return isNearer ? next : current
  }
}

interface NearBoundary extends PageBoundary {
  /** Distance of the neighbor from the position. */
  distance: number
}

/**
 * Chooses a boundary by the offset of a position, if the item and all its neighbors were deleted.
 *
 * @param pages All pages of the list. @param last The last one.
 */
export function resolveByOffset(position: Position, pages: readonly LoadedPage[], last: LoadedPage): PageBoundary {
  // If all items before the position were known and all of them are gone, nothing is before it now. More can be known than
  // there were: items that had been deleted earlier.
  const { itemIndex } = position
  const offset = position.offset === null ? Infinity : itemIndex >= position.offset ? 0 : position.offset
  for (const page of pages) {
    const index = offset - (page.offset ?? 0)
    if (index <= page.items.length) return { page, index: Math.max(0, index) }
  }
  return { page: last, index: last.items.length }
}
