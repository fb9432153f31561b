import { Pacer } from '../core/pacer.ts'

/** The first `count` items in the order of `compare`, without sorting the others. */
export async function selectFirst<T>(
  items: readonly T[],
  count: number,
  compare: (one: T, other: T) => number,
): Promise<T[]> {
  const first: T[] = []
  const pacer = new Pacer()
  for (const item of items) {
    if (pacer.isDue) await pacer.pause()
    if (first.length === count && compare(item, first.at(-1)!) >= 0) continue
    first.splice(findPlace(first, item, compare), 0, item)
    if (first.length > count) first.pop()
  }
  return first
}

/** Index of the first item that comes behind `item`. */
function findPlace<T>(sorted: readonly T[], item: T, compare: (one: T, other: T) => number): number {
  let [start, end] = [0, sorted.length]
  while (start < end) {
    const middle = (start + end) >> 1
    if (compare(sorted[middle]!, item) <= 0) start = middle + 1
    else end = middle
  }
  return start
}
