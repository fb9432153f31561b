import type { IncomingMessage } from 'node:http'
import { Problem } from '../errors.ts'
import { badInput } from './parameters.ts'
import { Refusal } from './status.ts'

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

export function tooLarge(limit: number): Problem {
  return new Problem('PAYLOAD_TOO_LARGE', `Too large: at most ${limit} bytes are accepted.`)
}

/** Refuses by the declared length, before a byte is read. `envelope`: bytes around what the limit is of. */
export function limitDeclared({ headers }: IncomingMessage, limit: number, envelope = 0): void {
  if (Number(headers['content-length'] ?? 0) > limit + envelope) throw new Refusal(tooLarge(limit))
}

/** The whole body, within its limit and its time in ms. */
export function readBody(request: IncomingMessage, limit: number, timeout: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > limit) reject(new Refusal(tooLarge(limit)))
    else chunks.push(chunk)
  })
  request.once('end', () => resolve(Buffer.concat(chunks)))
  request.once('close', () => !request.complete && reject(badInput('The request body was cut off.')))
  const late = setTimeout(() => reject(badInput('The request body came too slowly.', 408)), timeout)
  return promise.finally(() => {
    clearTimeout(late)
    request.removeAllListeners('data')
  })
}
