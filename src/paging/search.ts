import type { LoadedPage } from './loaded-page.ts'
import { matchPosition, type Position } from './position.ts'

/** Where a cut lies: before the item with this index. */
export interface Found {
  batch: LoadedPage
  index: number
}

/**
 * Evidence of where a place lies, gathered page by page from the start of a list. The vendor can list an ID twice: only an
 * item among its known neighbors is proof. Without proof, the cut is chosen that loses no item.
 */
export class Search {
  readonly #place: Position
  /** Whether the items behind the place are wanted. */
  readonly #after: boolean
  /** The item among other neighbors. */
  #doubtful: (Found & { agreement: number }) | null = null
  /** Behind the nearest known item before the place, and before the nearest known item behind it. */
  #behindLeft: Near | null = null
  #beforeRight: Near | null = null
  #previous: LoadedPage | null = null

  constructor(place: Position, after: boolean) {
    this.#place = place
    this.#after = after
  }

  /**
   * Returns the cut if this page proves it. The page before is looked at once more, because its last items can be short of
   * neighbors that support them until this one is known.
   */
  look(batch: LoadedPage): Found | null {
    const found = this.#previous && this.#lookAt(this.#previous)
    this.#previous = batch
    return found ?? this.#lookAt(batch)
  }

  #lookAt(batch: LoadedPage): Found | null {
    const { item, agreement, before, behind } = matchPosition(batch, this.#place, this.#after)
    if (item !== null) {
      const found = { batch, index: this.#after ? item + 1 : item, agreement }
      if (agreement === Infinity) return found
      const known = this.#doubtful?.agreement ?? -1
      if (agreement > known || (agreement === known && !this.#after)) this.#doubtful = found
    }
    if (before) this.#behindLeft = this.#choose(this.#behindLeft, { batch, ...before, index: before.index + 1 })
    if (!behind) return null
    this.#beforeRight = this.#choose(this.#beforeRight, { batch, ...behind })
    const gap = this.#behindLeft
    const isEnclosed = gap !== null && (gap.batch !== batch || gap.index <= behind.index)
    return isEnclosed && !this.#doubtful ? gap : null
  }

  /** The best cut without proof; null if nothing was seen of the place. */
  best(): Found | null {
    return this.#doubtful ?? this.#behindLeft ?? this.#beforeRight
  }

  /** The nearer one; of two as near, the first for the items behind the place, the last for the items before it. */
  #choose(known: Near | null, next: Near): Near {
    const isNearer = !known || next.distance < known.distance || (next.distance === known.distance && !this.#after)
    return isNearer ? next : known
  }
}

interface Near extends Found {
  distance: number
}
