import { linkPages, type LoadedPage } from './loaded-page.ts'
import { matchPosition, maxNeighbors, type Position } from './position.ts'
import { createCursorExpiredProblem } from './scan-budget.ts'

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
  /** The last pages, each as long as fewer items are known after it than a position has neighbors: several if they are small. */
  #openPages: LoadedPage[] = []

  constructor(position: Position, isAfter: boolean) {
    this.#position = position
    this.#isAfter = isAfter
  }

  /**
   * Returns the boundary if the pages up to this one prove it. Searches the open pages again, because their items can lack the
   * neighbors that prove them until this page is loaded.
   */
  search(page: LoadedPage): PageBoundary | null {
    const pages = [...this.#openPages, page]
    for (let index = pages.length - 2; index >= 0; index--) linkPages(pages[index]!, pages[index + 1]!)
    this.#openPages = pages.filter(({ knownAfter }) => knownAfter.length < maxNeighbors)
    for (const searched of pages) {
      const boundary = this.#searchPage(searched)
      if (boundary) return boundary
    }
    return null
  }

  #searchPage(page: LoadedPage): PageBoundary | null {
    const { item, agreement, before, after } = matchPosition(page, this.#position, this.#isAfter)
    if (item !== null) {
      const boundary = { page, index: this.#isAfter ? item + 1 : item, agreement }
      if (agreement === Infinity) return boundary
      this.#doubtful = this.#choose(this.#doubtful, boundary, agreement - (this.#doubtful?.agreement ?? 0))
    }
    if (before)
      this.#afterNeighbor = this.#chooseNearer(this.#afterNeighbor, { page, ...before, index: before.index + 1 })
    if (!after) return null
    this.#beforeNeighbor = this.#chooseNearer(this.#beforeNeighbor, { page, ...after })
    const gap = this.#afterNeighbor
    return gap && !this.#doubtful && isAtOrBefore(gap, { page, ...after }) ? gap : null
  }

  /** Returns the best boundary without proof. Null if no page revealed anything of the position. */
  getBest(): PageBoundary | null {
    return this.#doubtful ?? this.#afterNeighbor ?? this.#beforeNeighbor
  }

  #chooseNearer(current: NearBoundary | null, next: NearBoundary): NearBoundary {
    return this.#choose(current, next, (current?.distance ?? 0) - next.distance)
  }

  /**
   * Of two equally likely boundaries, chooses the first for the items after the position, and the last for the items before it.
   *
   * @param advantage How much more likely `next` is. Negative if it is less likely.
   */
  #choose<B extends PageBoundary>(current: B | null, next: B, advantage: number): B {
    if (!current || advantage > 0) return next
    return advantage === 0 && isAtOrBefore(next, current) === this.#isAfter ? next : current
  }
}

/** Whether a boundary is the same as another one of the same scan, or before it. */
function isAtOrBefore(boundary: PageBoundary, other: PageBoundary): boolean {
  if (boundary.page === other.page) return boundary.index <= other.index
  return (boundary.page.scanIndex ?? 0) < (other.page.scanIndex ?? 0)
}

interface NearBoundary extends PageBoundary {
  /** Distance of the neighbor from the position. */
  distance: number
}

/**
 * Chooses a boundary if the item of a position and all its neighbors were deleted. If the neighbors were all items on one side,
 * no known item is left on that side. Otherwise, the offset decides.
 *
 * @param pages All pages of the list. @param last The last one.
 * @throws CURSOR_EXPIRED if nothing is known of the position anymore.
 */
export function resolveByOffset(position: Position, pages: readonly LoadedPage[], last: LoadedPage): PageBoundary {
  const { hasAllBefore, hasAllAfter } = position
  const offset = hasAllBefore ? 0 : hasAllAfter ? Infinity : position.offset
  if (offset === null) throw createCursorExpiredProblem()
  for (const page of pages) {
    const index = offset - (page.offset ?? 0)
    if (index <= page.items.length) return { page, index: Math.max(0, index) }
  }
  return { page: last, index: last.items.length }
}
