import type { LoadedPage } from './loaded-page.ts'
import { areAlike, isProof } from './fingerprint.ts'
import type { PageReader } from './page-reader.ts'
import { maxNeighbors, getPositionOf, type Boundary } from './position.ts'

/** Items of one list that lie on the far side of the walk's start, or that the walk has passed. */
export class SeenItems {
  readonly #ids = new Set<string>()
  /** Fingerprints of items on the far side that were not read. */
  readonly #prints = new Set<string>()
  #printLengths: readonly number[] = []
  #readFarSide: () => Promise<readonly string[]> = async () => []

  /** Adds what is known to lie on the far side of the cut: the rest of its page, and the neighbors that its place names. */
  addBeyond(cut: Boundary, batch: LoadedPage, forward: boolean, pages: PageReader): void {
    const { ids, from, to } = batch
    for (const id of forward ? ids.slice(0, from) : ids.slice(to)) if (id !== null) this.#ids.add(id)
    if (typeof cut === 'string') return
    const { near, at } = getPositionOf(cut)
    const index = 'after' in cut ? at + 1 : at
    for (const print of forward ? near.slice(0, index) : near.slice(index))
      if (!isBeside(batch, print, forward)) this.#prints.add(print)
    this.#printLengths = [...new Set(Array.from(this.#prints, (print) => print.length))]
    this.#readFarSide = () => pages.listNeighbors(batch, forward ? 'before' : 'behind')
  }

  add(id: string): void {
    this.#ids.add(id)
  }

  /** Whether an item was seen. A promise if only a short fingerprint says so: the far side is then read, because another item can match. */
  has(id: string, { fingerprints }: LoadedPage, index: number): boolean | Promise<boolean> {
    if (this.#ids.has(id)) return true
    for (const length of this.#printLengths) {
      const print = fingerprints.get(index)!.slice(0, length)
      if (this.#prints.has(print)) return isProof(print) || this.#confirm(id)
    }
    return false
  }

  async #confirm(id: string): Promise<boolean> {
    for (const print of this.#prints) if (!isProof(print)) this.#prints.delete(print)
    for (const far of await this.#readFarSide()) this.#ids.add(far)
    return this.#ids.has(id)
  }
}

/** Whether a fingerprint is of an item that the page has close to its cut, on the far side. */
function isBeside({ fingerprints, from, to, ids }: LoadedPage, print: string, forward: boolean): boolean {
  const [start, end] = forward ? [from - 2 * maxNeighbors, from] : [to, to + 2 * maxNeighbors]
  for (let index = Math.max(0, start); index < Math.min(end, ids.length); index++)
    if (areAlike(fingerprints.get(index), print)) return true
  return false
}
