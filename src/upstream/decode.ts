import { Writable, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Reservation } from '../core/byte-budget.ts'
import { Problem, type ProblemDetails } from '../core/errors.ts'
import type { UpstreamLimits } from './limits.ts'

/** Responses up to this size are part of what every operation reserves. */
const unreservedBytes = 32 * 1024
const chunkOverheadBytes = 128

const decoders = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }

/** Returns the content codings to undo, the last one first. @throws VENDOR_BAD_RESPONSE for those not accepted. */
export function parseCodings(header: string): readonly string[] {
  const names = header.split(',').map((name) => name.trim().toLowerCase())
  const codings = names.filter((name) => name !== '' && name !== 'identity')
  if (codings.length > 2 || codings.some((name) => !Object.hasOwn(decoders, name)))
    throw createBadResponseProblem('The vendor answered in a content coding that is not accepted.')
  return codings.reverse()
}

/** A body in memory, bounded in decoded bytes and by the memory that is left for it. */
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

  /** @throws VENDOR_RESPONSE_TOO_LARGE or OVERLOADED if it does not fit. */
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
 * Decodes a body that comes in content codings (`parseCodings`). Bounds the ratio of decoded to received bytes.
 *
 * @throws VENDOR_BAD_RESPONSE or VENDOR_RESPONSE_TOO_LARGE; errors of the stream itself pass through.
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
        const isSwollen = body.size > 65_536 && body.size > receivedBytes * limits.answerRatio
        done(isSwollen ? createTooLargeProblem() : null)
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
      throw createBadResponseProblem('The vendor answered with a body that does not decompress.', {
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
  new Problem('VENDOR_RESPONSE_TOO_LARGE', 'The vendor answered with more than is accepted of it.', {
    delivery: 'unread',
  })

const createNoMemoryProblem = (): Problem =>
  new Problem('OVERLOADED', "The server has no memory left for the vendor's response. Retry later.", {
    delivery: 'unread',
  })

/** Whether there is memory for a response of `size` bytes in so many chunks; each is an object of its own. */
function reserveMemory(memory: Reservation | undefined, size: number, chunks: number): boolean {
  if (size <= unreservedBytes) return true
  return memory?.resize(size + chunks * chunkOverheadBytes) ?? true
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** UTF-8 text, a byte order mark taken off. Throws VENDOR_BAD_RESPONSE where it is none. */
export function decodeText(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw createBadResponseProblem('The vendor answered with text that is not UTF-8.', { cause })
  }
}
