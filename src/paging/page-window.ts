/**
 * Returns a page number (from 0) and a page size of at most `maxSize`, so that the page contains `length` items from `start`.
 * If no such page exists, returns the largest page that contains `offset`.
 */
export function computePageWindow(
  { start, length, offset }: { start: number; length: number; offset: number },
  maxSize: number,
): { number: number; size: number } {
  for (let number = Math.floor(start / length); number >= 0; number--) {
    const size = Math.ceil((start + length) / (number + 1))
    if (size > maxSize) break
    if (number * size <= start) return { number, size }
  }
  return { number: Math.floor(offset / maxSize), size: maxSize }
}

/** Returns a page number (from 0) and the largest page size from `minSize` to `maxSize`, so that the page begins at `start`. Null if none exists. */
export function findPageWindowAt(
  start: number,
  minSize: number,
  maxSize: number,
): { number: number; size: number } | null {
  for (let size = maxSize; size >= minSize; size--) if (start % size === 0) return { number: start / size, size }
  return null
}
