import { createCipheriv, createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Context } from 'hono'

/** A file whose bytes are computed when they are read, so that a file of any size needs no memory. */
export interface GeneratedFile {
  /** Files with the same seed have the same bytes, up to the size of the shorter one. */
  seed: string
  /** In bytes. */
  size: number
  contentType: string
  /** Bytes that are sent instead of generated ones, exactly `size`. Default: null. */
  content?: Buffer<ArrayBuffer> | null
}

const chunkSize = 65_536
const zeros = Buffer.alloc(chunkSize)
const blockSize = 16

/** Generates the bytes of a file from `start` up to, but not including, `end`. */
export function* generateBytes(seed: string, start: number, end: number): Generator<Buffer> {
  const key = createHash('sha256').update(seed).digest().subarray(0, blockSize)
  const counter = Buffer.alloc(blockSize)
  counter.writeBigUInt64BE(BigInt(Math.floor(start / blockSize)), blockSize / 2)
  const cipher = createCipheriv('aes-128-ctr', key, counter)
  cipher.update(zeros.subarray(0, start % blockSize))
  for (let position = start; position < end; position += chunkSize)
    yield cipher.update(zeros.subarray(0, Math.min(chunkSize, end - position)))
}

/** Returns the SHA-256 of a file, in lower-case hexadecimal. */
export function hashFile({ seed, size }: Pick<GeneratedFile, 'seed' | 'size'>): string {
  const hash = createHash('sha256')
  for (const chunk of generateBytes(seed, 0, size)) hash.update(chunk)
  return hash.digest('hex')
}

interface ByteRange {
  start: number
  /** After the last byte. */
  end: number
}

/** Parses a header `Range`. Null, for the whole file, if it is invalid or has several ranges. */
function parseRange(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  if (first === '' && last === '') return null
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1)
  return start < end ? { start, end } : 'unsatisfiable'
}

/**
 * Responds with a file, or with the part that the headers `Range` and `If-Range` request.
 *
 * @param acceptsRanges False for a server that ignores `Range` and sends no `ETag`.
 */
export function serveFile(c: Context, file: GeneratedFile, acceptsRanges = true): Response {
  const { seed, size, contentType, content } = file
  const etag = `"${createHash('sha256').update(`${seed} ${size}`).digest('hex').slice(0, 16)}"`
  const condition = c.req.header('if-range')
  const isCurrent = condition === undefined || condition === etag
  const range = acceptsRanges && isCurrent ? parseRange(c.req.header('range'), size) : null
  const headers = { 'content-type': contentType, ...(acceptsRanges && { 'accept-ranges': 'bytes', etag }) }
  if (range === 'unsatisfiable') return c.body(null, 416, { ...headers, 'content-range': `bytes */${size}` })
  const { start, end } = range ?? { start: 0, end: size }
  const generate = () => Readable.toWeb(Readable.from(generateBytes(seed, start, end))) as ReadableStream
  return c.body(content ? content.subarray(start, end) : generate(), range ? 206 : 200, {
    ...headers,
    'content-length': String(end - start),
    ...(range && { 'content-range': `bytes ${start}-${end - 1}/${size}` }),
  })
}
