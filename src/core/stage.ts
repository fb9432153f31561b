/**
 * Collects items during a turn of the event loop and handles them in a row at its end. The code of a long path does not fit
 * into the caches of the processor. If it runs alternately with that of another path, both are loaded again for each item.
 */
export class Stage<T> {
  readonly #handle: (item: T) => void
  #items: T[] = []

  /** @param handle Called for each item, in their order. If it throws, the other items are handled in a later turn. */
  constructor(handle: (item: T) => void) {
    this.#handle = handle
  }

  add(item: T): void {
    if (this.#items.push(item) === 1) setImmediate(this.#handleAll)
  }

  readonly #handleAll = (): void => {
    const items = this.#items
    this.#items = []
    let handled = 0
    try {
      while (handled < items.length) this.#handle(items[handled++]!)
    } finally {
      for (const item of items.slice(handled)) this.add(item)
    }
  }
}
