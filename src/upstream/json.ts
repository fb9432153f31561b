import { setImmediate } from 'node:timers/promises'
import { Problem } from '../core/errors.ts'
import { ChunkedParser, maxDigits, maxMembers, type JsonLimits } from './chunked-parser.ts'
import { decodeText } from './decode.ts'

/**
 * Number of characters that are parsed at once. `JSON.parse` is slowest for objects that have no keys in common: 5 ms for
 * 32 KiB.
 */
const defaultChunkLength = 32_768

/**
 * Maximum size in bytes of a document that is parsed at once, about 200 users. The slowest document of this size takes
 * 5 ms, and 15 ms with garbage collection.
 */
const maxWholeLength = 96 * 1024

/**
 * Parses JSON. Integers beyond ±2^53 become strings with their exact digits. The last of two equal keys wins.
 *
 * A small document is parsed at once. One pass over its values checks whether it needs `ChunkedParser`. That parser scans
 * the text for levels, values, and long integers, and parses it with `JSON.parse` in chunks. The event loop runs between
 * the chunks, so that a large document does not block it.
 *
 * V8 can misread a name that is written with an escape, as a name with a backslash that it has parsed before
 * (https://github.com/nodejs/node/issues/63785). Vendors write the names that Parley reads without escapes.
 *
 * @param chunkLength In characters. If set, small documents are parsed in chunks, too.
 * @throws `VENDOR_BAD_RESPONSE` or `VENDOR_RESPONSE_TOO_LARGE`. The problems contain no part of the document.
 */
export async function parseJson(bytes: Buffer, limits: JsonLimits, chunkLength?: number): Promise<unknown> {
  const value = chunkLength === undefined ? parseWhole(bytes, limits) : undefined
  return value === undefined ? parseInChunks(decodeText(bytes), limits, chunkLength ?? defaultChunkLength) : value
}

/** Parses a small document. Returns undefined if it is large, exceeds a limit, or cannot be read exactly by `JSON.parse`. */
export function parseWhole(bytes: Buffer, { answerDepth, answerValues }: JsonLimits): unknown {
  if (bytes.length > maxWholeLength || bytes.length >= answerValues || mayHaveLongNumber(bytes)) return undefined
  try {
    const value: unknown = JSON.parse(decodeText(bytes))
    return isPlain(value, answerDepth) ? value : undefined
  } catch {
    return undefined
  }
}

/** Whether a value is within the limits of levels and members, and has no integer beyond ±2^53. */
function isPlain(value: unknown, maxLevels: number): boolean {
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER
  if (typeof value !== 'object' || value === null) return true
  if (maxLevels === 0) return false
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) if (!isPlain(value[index], maxLevels - 1)) return false
    return true
  }
  let members = 0
  for (const key in value) {
    if (!isPlain((value as Record<string, unknown>)[key], maxLevels - 1) || ++members > maxMembers) return false
  }
  return true
}

/** Only one in so many bytes is checked. In a number that is too long, many of these in a row are digits. */
const sampleDistance = 50

function mayHaveLongNumber(bytes: Buffer): boolean {
  const [zero, nine] = [0x30, 0x39]
  let digits = 0
  for (let position = 0; position < bytes.length; position += sampleDistance) {
    digits = bytes[position]! >= zero && bytes[position]! <= nine ? digits + 1 : 0
    if (digits * sampleDistance >= maxDigits - sampleDistance) return true
  }
  return false
}

async function parseInChunks(text: string, limits: JsonLimits, chunkLength: number): Promise<unknown> {
  const parser = new ChunkedParser(text, limits, chunkLength)
  try {
    while (!parser.scanChunk()) await setImmediate()
    if (text.length > chunkLength) await setImmediate()
    return parser.finish()
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new Problem('VENDOR_BAD_RESPONSE', "The vendor's response is not valid JSON.", { delivery: 'unread' })
    throw error
  }
}
