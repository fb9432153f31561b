import type { IncomingMessage, ServerResponse } from 'node:http'
import { createPayloadTooLargeProblem } from '../../core/errors.ts'
import { ChunkCounter } from './chunk-counter.ts'
import { GrowingBuffer } from './growing-buffer.ts'
import { watchPace, type Pace } from '../guard/pace.ts'
import { createBadRequest } from '../response/http-error.ts'
import { HttpError } from '../response/http-error.ts'

export function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/**
 * Checks the declared length of a body before it is read.
 *
 * @param envelopeBytes Size of the body without the part to which the limit applies.
 * @throws `PAYLOAD_TOO_LARGE`
 */
export function assertContentLength({ headers }: IncomingMessage, maxBytes: number, envelopeBytes = 0): void {
  if (Number(headers['content-length'] ?? 0) > maxBytes + envelopeBytes)
    throw new HttpError(createPayloadTooLargeProblem(maxBytes))
}

/** Sends `100 Continue` to a client that waits for it before it sends the body. */
export function sendContinue({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers.expect !== undefined) response.writeContinue()
}

export interface BodyLimits {
  maxBytes: number
  timeoutMs: number
  /** Called with the new size before bytes are stored. Throws to reject the body. */
  onSize(bytes: number): void
}

/**
 * Reads the whole body.
 *
 * @throws `PAYLOAD_TOO_LARGE` if it has more than `maxBytes`. `BAD_USER_INPUT` with status 408 if it is too slow or not
 * complete within `timeoutMs`, and with status 400 if it is incomplete or has too many small chunks.
 */
export function readRequestBody(request: IncomingMessage, pace: Pace, limits: BodyLimits): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const body = new GrowingBuffer()
  const chunks = new ChunkCounter()
  let stopTimers = (): void => {}
  const stop = (): void => {
    clearImmediate(startTimers)
    stopTimers()
    request.off('data', onData)
  }
  const fail = (error: Error): void => {
    stop()
    reject(error)
  }
  const rejectSlow = (): void => fail(createBadRequest('The request body was sent too slowly.', 408))
  const onData = (chunk: Buffer): void => {
    try {
      chunks.add(chunk.length)
      const size = body.length + chunk.length
      if (size > limits.maxBytes) throw new HttpError(createPayloadTooLargeProblem(limits.maxBytes))
      limits.onSize(size)
      body.append(chunk)
    } catch (error) {
      fail(error as Error)
    }
  }
  // The body is nearly always complete in the next turn of the event loop, and needs no timers.
  const startTimers = setImmediate(() => {
    const stopPace = watchPace(pace, {
      getBytes: () => body.length,
      isWaitingForServer: () => false,
      onTooSlow: rejectSlow,
    })
    const timer = setTimeout(rejectSlow, limits.timeoutMs)
    stopTimers = () => {
      stopPace()
      clearTimeout(timer)
    }
  })
  // The connection can have closed while the credentials were checked. Then no event follows.
  if (request.destroyed) fail(createBadRequest('The request body is incomplete.'))
  request.on('data', onData)
  request.on('end', () => {
    stop()
    resolve(body.toBuffer())
  })
  request.on('close', () => !request.complete && fail(createBadRequest('The request body is incomplete.')))
  return promise
}
