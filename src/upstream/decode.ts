import { Writable, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Reservation } from '../core/byte-budget.ts'
import { Problem, type ProblemDetails } from '../core/errors.ts'
import type { UpstreamLimits } from './limits.ts'

/** Responses up to this size are covered by the memory that every operation reserves. */
const unreservedBytes = 32 * 1024
const chunkOverheadBytes = 128

const decoders = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }

/**
 * Returns the content codings of a response in the order in which they must be decoded.
 *
 * @throws `VENDOR_BAD_RESPONSE` for a coding that is not supported.
 */
export function parseCodings(header: string): readonly string[] {
  const names = header.split(',').map((name) => name.trim().toLowerCase())
  const codings = names.filter((name) => name !== '' && name !== 'identity')
  if (codings.length > 2 || codings.some((name) => !Object.hasOwn(decoders, name)))
    throw createBadResponseProblem("The vendor's response has a content coding that is not supported.")
  return codings.reverse()
}

/** A response body in memory, limited in size and by the available memory. */
export class Body {
  readonly #limits: Pick<UpstreamLimits, 'answerBytes'>
  readonly #memory: Reservation | undefined
  readonly #chunks: Buffer[] = []
  #size = 0

  constructor(limits: Pick<UpstreamLimits, 'answerBytes'>, memory: Reservation | undefined) {
    this.#limits = limits
    this.#memory = memory
  }

  get size(): number {
    return this.#size
  }

  /** @throws `VENDOR_RESPONSE_TOO_LARGE`, or `OVERLOADED` if no memory is available. */
  add(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#size += chunk.length
    if (this.#size > this.#limits.answerBytes) throw createTooLargeProblem()
    if (!reserveMemory(this.#memory, this.#size, this.#chunks.length)) throw createNoMemoryProblem()
  }

  toBuffer(): Buffer {
    return this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks)
  }
}

/**
 * Decodes a body with content codings (`parseCodings`). Limits its size, and the ratio of decoded to received bytes.
 *
 * @throws `VENDOR_BAD_RESPONSE` or `VENDOR_RESPONSE_TOO_LARGE`
 * @throws The error of the stream.
 */
export async function decodeBody(
  received: Readable,
  codings: readonly string[],
  limits: Pick<UpstreamLimits, 'answerBytes' | 'answerRatio'>,
  memory?: Reservation,
): Promise<Buffer> {
  let receivedBytes = 0
  received.on('data', (chunk: Buffer) => void (receivedBytes += chunk.length))
  const body = new Body(limits, memory)
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      try {
        body.add(chunk)
        const isRatioExceeded = body.size > 65_536 && body.size > receivedBytes * limits.answerRatio
        done(isRatioExceeded ? createTooLargeProblem() : null)
      } catch (error) {
        done(error as Problem)
      }
    },
  })
  const steps = codings.map((name) => decoders[name as keyof typeof decoders]())
  try {
    await pipeline([received, ...steps, sink])
  } catch (error) {
    if (isZlibError(error) && receivedBytes > 0)
      throw createBadResponseProblem("The vendor's response could not be decompressed.", {
        cause: error,
        readRetry: 'once',
      })
    if (!isZlibError(error)) throw error
  }
  return body.toBuffer()
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')

const createBadResponseProblem = (message: string, details: ProblemDetails = {}): Problem =>
  new Problem('VENDOR_BAD_RESPONSE', message, { delivery: 'unread', ...details })

const createTooLargeProblem = (): Problem =>
  new Problem('VENDOR_RESPONSE_TOO_LARGE', "The vendor's response is too large. Request fewer items.", {
    delivery: 'unread',
  })

const createNoMemoryProblem = (): Problem =>
  new Problem('OVERLOADED', "No memory is available for the vendor's response. Retry later.", {
    delivery: 'unread',
  })

/** Reserves memory for a response. Every chunk has an overhead. Returns false if too little memory is available. */
function reserveMemory(memory: Reservation | undefined, size: number, chunks: number): boolean {
  if (size <= unreservedBytes) return true
  return memory?.resize(size + chunks * chunkOverheadBytes) ?? true
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Decodes UTF-8 and removes a byte order mark. @throws `VENDOR_BAD_RESPONSE` if the bytes are not UTF-8. */
export function decodeText(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw createBadResponseProblem("The vendor's response is not UTF-8.", { cause })
  }
}
