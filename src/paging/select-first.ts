import { Pacer } from '../core/pacer.ts'

/** Returns the first `count` items in the order of `compare`, without sorting the others. Pauses so that it does not block the event loop. */
export async function selectFirst<T>(
  items: readonly T[],
  count: number,
  compare: (left: T, right: T) => number,
): Promise<T[]> {
  const first: T[] = []
  const pacer = new Pacer()
  for (const item of items) {
    if (pacer.isDue) await pacer.pause()
    if (first.length === count && compare(item, first.at(-1)!) >= 0) continue
    first.splice(findInsertIndex(first, item, compare), 0, item)
    if (first.length > count) first.pop()
  }
  return first
}

/** Returns the index of the first item that comes after `item`. */
function findInsertIndex<T>(sorted: readonly T[], item: T, compare: (left: T, right: T) => number): number {
  let [start, end] = [0, sorted.length]
  while (start < end) {
    const middle = (start + end) >> 1
    if (compare(sorted[middle]!, item) <= 0) start = middle + 1
    else end = middle
  }
  return start
}
