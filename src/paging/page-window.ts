/**
 * A page number (from 0) and a size, at most `maxSize`, whose page holds `length` items from `start` on; where none does,
 * the largest page with `offset` on it.
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

/** A page number (from 0) and the largest size within bounds whose page begins at `start`; null if there is none. */
export function windowAt(start: number, minSize: number, maxSize: number): { number: number; size: number } | null {
  for (let size = maxSize; size >= minSize; size--) if (start % size === 0) return { number: start / size, size }
  return null
}
