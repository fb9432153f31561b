export interface TextCacheOptions {
  /** All results are forgotten when there would be more than this number. */
  maxEntries: number
  /** Results of longer texts are not cached. Default: no limit. */
  maxLength?: number
}

/**
 * Returns a function that calls `compute` for a text and caches the result. If `compute` throws, nothing is cached.
 *
 * @param compute Must return the same result for the same text. `undefined` is not cached.
 */
export function cacheByText<T>(
  compute: (text: string) => T,
  { maxEntries, maxLength = Infinity }: TextCacheOptions,
): (text: string) => T {
  const resultByText = new Map<string, T>()
  return (text) => {
    const cached = resultByText.get(text)
    if (cached !== undefined) return cached
    const result = compute(text)
    if (text.length > maxLength) return result
    if (resultByText.size >= maxEntries) resultByText.clear()
    resultByText.set(text, result)
    return result
  }
}
