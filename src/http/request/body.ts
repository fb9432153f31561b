import type { IncomingMessage } from 'node:http'
import { createPayloadTooLargeProblem } from '../../core/errors.ts'
import { ChunkCounter } from './chunk-counter.ts'
import { GrowingBuffer } from './growing-buffer.ts'
import { watchPace, type Pace } from '../guard/pace.ts'
import { createBadRequest } from './parameters.ts'
import { HttpError } from '../response/http-error.ts'

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/** Refuses by the declared length, before a byte is read. `envelope`: bytes around what the limit is of. */
export function assertContentLength({ headers }: IncomingMessage, limit: number, envelope = 0): void {
  if (Number(headers['content-length'] ?? 0) > limit + envelope)
    throw new HttpError(createPayloadTooLargeProblem(limit))
}

export interface BodyLimits {
  maxBytes: number
  timeoutMs: number
  /** Is called with the size so far, before the bytes are kept. Throws if they may not be. */
  onSize(bytes: number): void
}

/**
 * Reads the whole body.
 *
 * @throws PAYLOAD_TOO_LARGE over `maxBytes`; BAD_USER_INPUT with status 408 if it is not complete within `timeoutMs`, or
 * comes in too slowly, and with 400 if it is cut off.
 */
export function readRequestBody(request: IncomingMessage, pace: Pace, limits: BodyLimits): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const body = new GrowingBuffer()
  const chunks = new ChunkCounter()
  const tooSlow = (): void => reject(createBadRequest('The request body came in too slowly.', 408))
  let stopTimers = (): void => {}
  // Nearly always, the body is complete by then.
  const begin = setImmediate(() => {
    const stopPace = watchPace(pace, { getBytes: () => body.length, isOurTurn: () => false, onTooSlow: tooSlow })
    const timer = setTimeout(tooSlow, limits.timeoutMs)
    stopTimers = () => {
      stopPace()
      clearTimeout(timer)
    }
  })
  // It can have been cut off while the credentials were checked: then nothing more is heard of it.
  if (request.destroyed && !request.complete) reject(createBadRequest('The request body was cut off.'))
  request.on('data', (chunk: Buffer) => {
    try {
      chunks.add(chunk.length)
      const size = body.length + chunk.length
      if (size > limits.maxBytes) throw new HttpError(createPayloadTooLargeProblem(limits.maxBytes))
      limits.onSize(size)
      body.append(chunk)
    } catch (error) {
      reject(error as Error)
    }
  })
  request.once('end', () => resolve(body.toBuffer()))
  request.once('close', () => !request.complete && reject(createBadRequest('The request body was cut off.')))
  return promise.finally(() => {
    clearImmediate(begin)
    stopTimers()
    request.removeAllListeners('data')
  })
}
