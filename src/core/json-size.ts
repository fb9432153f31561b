/** Minimum size that a value counts as. Many small values take longer to write than one long string of the same size. */
export const minValueBytes = 16
/** Up to this length, inspecting each character is faster than `JSON.stringify`. */
const shortLength = 64

/**
 * Returns an upper bound of the size of a value as JSON, in bytes. If it exceeds `maxBytes`, any number above
 * `maxBytes` is returned early.
 */
export function measureJson(value: unknown, maxBytes: number): number {
  if (typeof value === 'string') return Math.max(measureString(value, maxBytes), minValueBytes)
  if (typeof value !== 'object' || value === null) return minValueBytes
  let bytes = minValueBytes
  if (Array.isArray(value)) {
    for (const item of value) {
      bytes += measureJson(item, maxBytes - bytes)
      if (bytes > maxBytes) break
    }
    return bytes
  }
  const object = value as Record<string, unknown>
  for (const name in object) {
    bytes += measureString(name, maxBytes - bytes) + measureJson(object[name], maxBytes - bytes)
    if (bytes > maxBytes) break
  }
  return bytes
}

/** Includes the quotes and a comma or colon. */
function measureString(text: string, maxBytes: number): number {
  if (text.length > maxBytes) return text.length + 3
  if (text.length > shortLength) return Buffer.byteLength(JSON.stringify(text)) + 1
  let bytes = text.length + 3
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code < 0x20 || code === 0x22 || code === 0x5c) bytes += 5
    else if (code > 0x7f) bytes += 2
  }
  return bytes
}
