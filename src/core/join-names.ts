/**
 * Joins names as in an English sentence: `A`, `A and B`, `A, B, and C`. `Intl.ListFormat` does the same, but the data of the
 * language takes megabytes of memory and milliseconds at the start.
 */
export function joinNames(names: Iterable<string>, conjunction: 'and' | 'or' = 'and'): string {
  const rest = [...names]
  const last = rest.pop() ?? ''
  if (rest.length === 0) return last
  return `${rest.join(', ')}${rest.length > 1 ? ',' : ''} ${conjunction} ${last}`
}
