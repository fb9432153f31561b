import { Pacer } from '../core/pacer.ts'

/**
 * Groups items that share a key, directly or through other items. Items and groups keep their order.
 *
 * @param listKeys Returns the keys of an item. An item without keys is a group of its own.
 */
export async function groupConnected<T>(items: readonly T[], listKeys: (item: T) => readonly string[]): Promise<T[][]> {
  const pacer = new Pacer()
  /** Index of an earlier item of the same group, or of the item itself if it is the first. */
  const parents: number[] = []
  const indexByKey = new Map<string, number>()
  for (const [index, item] of items.entries()) {
    parents.push(index)
    for (const key of listKeys(item)) {
      const other = indexByKey.get(key)
      if (other === undefined) indexByKey.set(key, index)
      else connect(parents, index, other)
    }
    if (pacer.isDue) await pacer.pause()
  }
  const groups = new Map<number, T[]>()
  for (const [index, item] of items.entries()) {
    const first = findFirst(parents, index)
    const group = groups.get(first)
    if (group) group.push(item)
    else groups.set(first, [item])
  }
  return [...groups.values()]
}

function connect(parents: number[], left: number, right: number): void {
  const [first, second] = [findFirst(parents, left), findFirst(parents, right)]
  parents[Math.max(first, second)] = Math.min(first, second)
}

function findFirst(parents: number[], index: number): number {
  let current = index
  while (parents[current] !== current) {
    // Halves the path, so that long chains are not followed again and again.
    parents[current] = parents[parents[current]!]!
    current = parents[current]!
  }
  return current
}
