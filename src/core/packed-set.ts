/** An object that can be in one `PackedSet` at a time. */
export interface PackedItem {
  /** Index of the object in its set. */
  packedIndex: number
}

/**
 * A set of objects that are added and removed with every request. Has no order.
 *
 * V8 links the table that a `Set` has outgrown to its new table, and only a full garbage collection sees that the old table
 * is unused. Until then, each later table and most objects that were ever in the set stay in memory. An array has no such links.
 */
export class PackedSet<T extends PackedItem> {
  /** The array keeps its greatest length, because an array that grows again is copied. */
  readonly #items: (T | undefined)[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Adds an object that is in no set. */
  add(item: T): void {
    item.packedIndex = this.#size
    this.#items[this.#size++] = item
  }

  /** Removes an object that is in this set. */
  delete({ packedIndex }: T): void {
    const last = this.#items[--this.#size]!
    last.packedIndex = packedIndex
    this.#items[packedIndex] = last
    this.#items[this.#size] = undefined
  }

  /** Returns the objects. */
  list(): T[] {
    return this.#items.slice(0, this.#size) as T[]
  }
}
