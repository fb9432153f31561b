/**
 * Returns a `Range` header that asks for a single range of bytes. Null for several ranges, other units, and malformed headers:
 * the response is then the whole file.
 */
export function parseRange(header: string | undefined): string | null {
  const [, first = '', last = ''] = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(header ?? '') ?? []
  if (first === '' && last === '') return null
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null
  return `bytes=${first}-${last}`
}
