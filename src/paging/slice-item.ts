import type { LoadedPage } from './loaded-page.ts'
import { areAlike, neighborLengths } from './fingerprint.ts'
import type { Position } from './position.ts'

/** The item of an outer list whose own list is read. */
export class Outer {
  readonly batch: LoadedPage
  readonly index: number
  readonly #isFixed: boolean

  /** @param isFixed Whether the outer list is one of words, known beforehand. */
  constructor(batch: LoadedPage, index: number, isFixed: boolean) {
    this.batch = batch
    this.index = index
    this.#isFixed = isFixed
  }

  /** A word is never looked for, and needs neither neighbors nor a whole fingerprint. */
  place(): Position {
    if (!this.#isFixed) return this.batch.getPlace(this.index)
    const print = this.batch.fingerprints.get(this.index)!.slice(0, neighborLengths.short)
    return { offset: this.index, near: [print], at: 0 }
  }

  isAt({ near, at }: Position): boolean {
    return areAlike(this.batch.fingerprints.get(this.index), near[at])
  }
}

/** The place of an item, within that of the outer item whose list it is in. */
export function getPlaceWithin(outer: Outer | null, batch: LoadedPage, index: number): Position {
  const place = batch.getPlace(index)
  return outer ? { ...outer.place(), inner: place } : place
}

/** An item that a walk has taken. */
export class SliceItem<T> {
  readonly node: T
  readonly batch: LoadedPage
  readonly index: number
  readonly outer: Outer | null

  constructor(node: T, batch: LoadedPage, index: number, outer: Outer | null) {
    this.node = node
    this.batch = batch
    this.index = index
    this.outer = outer
  }

  getPosition(): Position {
    return getPlaceWithin(this.outer, this.batch, this.index)
  }
}
