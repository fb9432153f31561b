import { Writable, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { TokenParser, Tokenizer, TokenType } from '@streamparser/json'
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
    throw bad('The vendor answered in a content coding that is not accepted.')
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
    if (size > limits.answerBytes) throw tooLarge()
    if (!fits(memory, size, chunks.length)) throw noMemory()
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
      if (decoded > limits.answerBytes || swollen) done(tooLarge())
      else done(fits(memory, decoded, chunks.length) ? null : noMemory())
    },
  })
  const steps = codings.map((name) => decoders[name as keyof typeof decoders]())
  try {
    await pipeline([body, ...steps, sink])
  } catch (error) {
    if (isZlibError(error) && received > 0)
      throw bad('The vendor answered with a body that does not decompress.', { cause: error, again: 'once' })
    if (!isZlibError(error)) throw error
  }
  return Buffer.concat(chunks)
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')

const bad = (message: string, details: ProblemDetails = {}): Problem =>
  new Problem('VENDOR_BAD_RESPONSE', message, { evidence: 'unread', ...details })

const tooLarge = (): Problem =>
  new Problem('VENDOR_RESPONSE_TOO_LARGE', 'The vendor answered with more than is accepted of it.', {
    evidence: 'unread',
  })

const noMemory = (): Problem =>
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
    throw bad('The vendor answered with text that is not UTF-8.', { cause })
  }
}

/** Larger documents (bytes) are parsed in slices, so that the event loop is not held. */
const sliced = 512 * 1024

/**
 * JSON as a value: integers past 2^53 as strings with their exact digits, at most `depth` levels, the last of two
 * equal keys. Throws VENDOR_BAD_RESPONSE; no byte of the document is in the message.
 */
export async function parseJson(bytes: Buffer, depth: number): Promise<unknown> {
  const text = decodeText(bytes)
  // The slicing parser drops a byte order mark also where it is a character of a string.
  if (bytes.length > sliced && !bytes.includes(byteOrderMark, 1)) return parseSliced(bytes, depth)
  if (deeper(text, depth)) throw bad('The vendor answered with JSON that is nested too deep.')
  try {
    return /\d{16}/.test(text) ? JSON.parse(text, exactNumber as never) : JSON.parse(text)
  } catch {
    throw bad('The vendor answered with broken JSON.')
  }
}

function exactNumber(_key: string, value: unknown, context: { source: string }): unknown {
  return typeof value === 'number' ? exact(context.source, value) : value
}

const exact = (source: string, value: number): number | string =>
  /^-?\d+$/.test(source) && !Number.isSafeInteger(value) ? source : value

function deeper(text: string, most: number): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x22) {
      for (at++; at < text.length && text.charCodeAt(at) !== 0x22; at++) if (text.charCodeAt(at) === 0x5c) at++
    } else if (code === 0x5b || code === 0x7b) {
      if (++depth > most) return true
    } else if (code === 0x5d || code === 0x7d) depth--
  }
  return false
}

class ExactTokenizer extends Tokenizer {
  override parseNumber(source: string): number {
    return exact(source, Number(source)) as number
  }
}

/** `bytes` are known to be UTF-8. */
export async function parseSliced(bytes: Buffer, most: number, slice = 65_536): Promise<unknown> {
  const tokenizer = new ExactTokenizer()
  const parser = new TokenParser({ paths: ['$'] })
  let depth = 0
  let result: unknown
  const failures: Problem[] = []
  const broken = (): void => void failures.push(bad('The vendor answered with broken JSON.'))
  tokenizer.onToken = (token) => {
    if (token.token === TokenType.LEFT_BRACE || token.token === TokenType.LEFT_BRACKET) depth++
    if (token.token === TokenType.RIGHT_BRACE || token.token === TokenType.RIGHT_BRACKET) depth--
    if (depth > most) failures.push(bad('The vendor answered with JSON that is nested too deep.'))
    if (failures.length === 0) parser.write(token)
  }
  tokenizer.onError = parser.onError = broken
  tokenizer.onEnd = parser.onEnd = () => undefined
  parser.onValue = ({ value }) => void (result = value)
  const start = bytes.indexOf(byteOrderMark) === 0 ? byteOrderMark.length : 0
  for (let at = start; at < bytes.length && failures.length === 0; at += slice) {
    tokenizer.write(bytes.subarray(at, at + slice))
    await setImmediate()
  }
  if (failures.length === 0) tokenizer.end()
  if (result === undefined) broken()
  if (failures[0]) throw failures[0]
  return result
}

const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])
