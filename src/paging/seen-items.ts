import type { LoadedPage } from './loaded-page.ts'
import { areAlike, isProof } from './fingerprint.ts'
import type { PageReader } from './page-reader.ts'
import { maxNeighbors, getBoundaryPosition, type Boundary } from './position.ts'

/** Items of one list that the scan has passed, or that are on the far side of the boundary at which the scan began. */
export class SeenItems {
  readonly #ids = new Set<string>()
  /** Fingerprints of items on the far side that were not loaded. */
  readonly #fingerprints = new Set<string>()
  #fingerprintLengths: readonly number[] = []
  #readFarSide: () => Promise<readonly string[]> = async () => []

  /** Adds the known items on the far side of the boundary: the rest of its page, and the neighbors of its position. */
  addFarSide(boundary: Boundary, page: LoadedPage, isForward: boolean, reader: PageReader): void {
    const { ids, start, end } = page
    for (const id of isForward ? ids.slice(0, start) : ids.slice(end)) if (id !== null) this.#ids.add(id)
    if (typeof boundary === 'string') return
    const { neighbors, itemIndex } = getBoundaryPosition(boundary)
    const middle = 'after' in boundary ? itemIndex + 1 : itemIndex
    for (const neighbor of isForward ? neighbors.slice(0, middle) : neighbors.slice(middle))
      if (!isNextToPart(page, neighbor, isForward)) this.#fingerprints.add(neighbor)
    this.#fingerprintLengths = [...new Set(Array.from(this.#fingerprints, (fingerprint) => fingerprint.length))]
    this.#readFarSide = () => reader.listNeighbors(page, isForward ? 'before' : 'after')
  }

  add(id: string): void {
    this.#ids.add(id)
  }

  /**
   * Whether the item at `index` was seen. Returns a promise if only a short fingerprint matches: the far side is then read,
   * because another item can have the same short fingerprint.
   */
  has(id: string, { lazyFingerprints }: LoadedPage, index: number): boolean | Promise<boolean> {
    if (this.#ids.has(id)) return true
    for (const length of this.#fingerprintLengths) {
      const fingerprint = lazyFingerprints.get(index)!.slice(0, length)
      if (this.#fingerprints.has(fingerprint)) return isProof(fingerprint) || this.#confirm(id)
    }
    return false
  }

  async #confirm(id: string): Promise<boolean> {
    for (const fingerprint of this.#fingerprints) if (!isProof(fingerprint)) this.#fingerprints.delete(fingerprint)
    for (const farId of await this.#readFarSide()) this.#ids.add(farId)
    return this.#ids.has(id)
  }
}

/** Whether a neighbor is on the page, next to its wanted part and on the far side of the boundary. */
function isNextToPart(
  { lazyFingerprints, start, end, ids }: LoadedPage,
  neighbor: string,
  isForward: boolean,
): boolean {
  const [from, to] = isForward ? [start - 2 * maxNeighbors, start] : [end, end + 2 * maxNeighbors]
  for (let index = Math.max(0, from); index < Math.min(to, ids.length); index++)
    if (areAlike(lazyFingerprints.get(index), neighbor)) return true
  return false
}
