import { setImmediate } from 'node:timers/promises'
import { Problem } from '../core/errors.ts'
import { ChunkedParser, maxDigits, maxMembers, type JsonLimits } from './chunked-parser.ts'
import { decodeText } from './decode.ts'

/**
 * Characters that are parsed in one go. Objects without two keys in common are the slowest that `JSON.parse` reads: it
 * takes 5 ms for 32 KiB of them.
 */
const defaultChunkLength = 32_768

/** Bytes of a document that is parsed whole, such as 200 users. The slowest of this size takes 5 ms, and 15 ms with garbage collection. */
const maxWholeLength = 96 * 1024

/**
 * Parses JSON. Integers beyond 2^53 become strings with their exact digits; the last of two equal keys wins. A small
 * document is parsed whole, and one pass over its values looks for what only `ChunkedParser` can handle. For large ones, and for
 * those few, one pass over the text counts levels and values and finds the integers; `JSON.parse` does the rest, in
 * chunks with turns of the event loop between them, so that no document holds the event loop.
 *
 * @param chunkLength If it is given, also a small document is parsed in chunks, of so many characters.
 * @throws VENDOR_BAD_RESPONSE or VENDOR_RESPONSE_TOO_LARGE, without a byte of the document.
 */
export async function parseJson(bytes: Buffer, limits: JsonLimits, chunkLength?: number): Promise<unknown> {
  const value = chunkLength === undefined ? parseWhole(bytes, limits) : undefined
  return value === undefined ? parseInChunks(decodeText(bytes), limits, chunkLength ?? defaultChunkLength) : value
}

/** Parses a small document if `JSON.parse` reads it exactly and it is within the limits. Otherwise returns undefined. */
export function parseWhole(bytes: Buffer, { answerDepth, answerValues }: JsonLimits): unknown {
  if (bytes.length > maxWholeLength || bytes.length >= answerValues || mayHaveLongNumber(bytes)) return undefined
  try {
    const value: unknown = JSON.parse(decodeText(bytes))
    return isPlain(value, answerDepth) ? value : undefined
  } catch {
    return undefined
  }
}

/** Whether there are at most so many levels, no object with too many members, and no integer that a number cannot hold. */
function isPlain(value: unknown, levels: number): boolean {
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER
  if (typeof value !== 'object' || value === null) return true
  if (levels === 0) return false
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) if (!isPlain(value[index], levels - 1)) return false
    return true
  }
  let members = 0
  for (const key in value) {
    if (!isPlain((value as Record<string, unknown>)[key], levels - 1) || ++members > maxMembers) return false
  }
  return true
}

/** Distance of the bytes that are looked at: a number that is too long has many in a row that are all digits. */
const stride = 50

function mayHaveLongNumber(bytes: Buffer): boolean {
  const [zero, nine] = [0x30, 0x39]
  let digits = 0
  for (let at = 0; at < bytes.length; at += stride) {
    digits = bytes[at]! >= zero && bytes[at]! <= nine ? digits + 1 : 0
    if (digits * stride >= maxDigits - stride) return true
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
      throw new Problem('VENDOR_BAD_RESPONSE', 'The vendor answered with broken JSON.', { delivery: 'unread' })
    throw error
  }
}
