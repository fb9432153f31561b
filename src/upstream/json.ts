import { setImmediate } from 'node:timers/promises'
import { Problem } from '../errors.ts'
import { ChunkedParser, type JsonLimits } from './chunked-parser.ts'
import { decodeText } from './decode.ts'

/**
 * Characters that are parsed in one go. Objects without two keys in common are the slowest that `JSON.parse` reads: it
 * takes 5 ms for 32 KiB of them.
 */
const defaultChunkLength = 32_768

/**
 * Parses JSON. Integers beyond 2^53 become strings with their exact digits; the last of two equal keys wins. One pass
 * over the text counts levels and values and finds the integers; `JSON.parse` does the rest, in chunks with turns of
 * the event loop between them, so that no document holds the event loop.
 *
 * @throws VENDOR_BAD_RESPONSE or VENDOR_RESPONSE_TOO_LARGE, without a byte of the document.
 */
export async function parseJson(bytes: Buffer, limits: JsonLimits, chunkLength = defaultChunkLength): Promise<unknown> {
  const parser = new ChunkedParser(decodeText(bytes), limits, chunkLength)
  try {
    while (!parser.scanChunk()) await setImmediate()
    if (bytes.length > chunkLength) await setImmediate()
    return parser.finish()
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new Problem('VENDOR_BAD_RESPONSE', 'The vendor answered with broken JSON.', { evidence: 'unread' })
    throw error
  }
}
