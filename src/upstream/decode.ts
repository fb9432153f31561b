import { Writable, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Reservation } from '../byte-budget.ts'
import { Problem, type ProblemDetails } from '../errors.ts'
import type { UpstreamLimits } from './limits.ts'

/** Responses up to this size are part of what every operation reserves. */
const unreservedBytes = 32 * 1024
const chunkOverheadBytes = 128

const decoders = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }

/**
 * Reads a body whole: content codings undone (at most two), decoded bytes and the ratio to the received ones bounded.
 * Throws VENDOR_BAD_RESPONSE or VENDOR_RESPONSE_TOO_LARGE; errors of the stream itself pass through.
 */
export async function readBody(
  body: Readable,
  codings: string,
  limits: UpstreamLimits,
  memory?: Reservation,
): Promise<Buffer> {
  const names = codings.split(',').map((name) => name.trim().toLowerCase())
  const named = names.filter((name) => name !== '' && name !== 'identity')
  if (named.length > 2 || named.some((name) => !Object.hasOwn(decoders, name))) {
    // Nobody else listens yet, and destroying a body is an error of its own.
    body.on('error', () => undefined).destroy()
    throw createBadResponse('The vendor answered in a content coding that is not accepted.')
  }
  return named.length === 0 ? readPlain(body, limits, memory) : readCoded(body, named.reverse(), limits, memory)
}

async function readPlain(body: Readable, limits: UpstreamLimits, memory: Reservation | undefined): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  // Leaving the loop early destroys the body, which is an error of its own that nobody waits for.
  body.on('error', () => undefined)
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    size += chunk.length
    if (size > limits.answerBytes) throw createTooLarge()
    if (!fits(memory, size, chunks.length)) throw createNoMemory()
  }
  return Buffer.concat(chunks)
}

async function readCoded(
  body: Readable,
  codings: readonly string[],
  limits: UpstreamLimits,
  memory: Reservation | undefined,
): Promise<Buffer> {
  let received = 0
  body.on('data', (chunk: Buffer) => void (received += chunk.length))
  const chunks: Buffer[] = []
  let decoded = 0
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      decoded += chunk.length
      const swollen = decoded > 65_536 && decoded > received * limits.answerRatio
      if (decoded > limits.answerBytes || swollen) done(createTooLarge())
      else done(fits(memory, decoded, chunks.length) ? null : createNoMemory())
    },
  })
  const steps = codings.map((name) => decoders[name as keyof typeof decoders]())
  try {
    await pipeline([body, ...steps, sink])
  } catch (error) {
    if (isZlibError(error) && received > 0)
      throw createBadResponse('The vendor answered with a body that does not decompress.', {
        cause: error,
        again: 'once',
      })
    if (!isZlibError(error)) throw error
  }
  return Buffer.concat(chunks)
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')

const createBadResponse = (message: string, details: ProblemDetails = {}): Problem =>
  new Problem('VENDOR_BAD_RESPONSE', message, { evidence: 'unread', ...details })

const createTooLarge = (): Problem =>
  new Problem('VENDOR_RESPONSE_TOO_LARGE', 'The vendor answered with more than is accepted of it.', {
    evidence: 'unread',
  })

const createNoMemory = (): Problem =>
  new Problem('OVERLOADED', "The server has no memory left for the vendor's response. Retry later.", {
    evidence: 'unread',
  })

/** Whether there is memory for a response of `size` bytes in so many chunks; each is an object of its own. */
function fits(memory: Reservation | undefined, size: number, chunks: number): boolean {
  if (size <= unreservedBytes) return true
  return memory?.resize(size + chunks * chunkOverheadBytes) ?? true
}

/** UTF-8 text, a byte order mark taken off. Throws VENDOR_BAD_RESPONSE where it is none. */
export function decodeText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw createBadResponse('The vendor answered with text that is not UTF-8.', { cause })
  }
}
