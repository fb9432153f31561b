import type { Batch } from './batch.ts'
import { placeIn, type Cut } from './place.ts'

/** Items of one list that lie on the far side of the walk's start, or that the walk has passed. */
export class SeenItems {
  readonly #ids = new Set<string>()
  readonly #prints = new Set<string>()

  /** Adds what is known to lie on the far side of the cut: the rest of its page, and the neighbors that its place names. */
  addBeyond(cut: Cut, { ids, from, to }: Batch, forward: boolean): void {
    for (const id of forward ? ids.slice(0, from) : ids.slice(to)) if (id !== null) this.#ids.add(id)
    if (typeof cut === 'string') return
    const { near, at } = placeIn(cut)
    const index = 'after' in cut ? at + 1 : at
    for (const print of forward ? near.slice(0, index) : near.slice(index)) this.#prints.add(print)
  }

  add(id: string): void {
    this.#ids.add(id)
  }

  has(id: string, print: string): boolean {
    return this.#ids.has(id) || this.#prints.has(print)
  }
}
