import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Reservation } from '../../core/byte-budget.ts'
import type { HttpLimits } from '../limits.ts'
import { assertContentLength, readRequestBody, sendContinue } from './body.ts'
import { parseRequestJson } from './request-json.ts'

/** Memory that every operation reserves: for its state and a response of the usual size. */
export const operationBytes = 32 * 1024
/** Memory for each byte of JSON: the buffer, the string, and the values. */
export const memoryPerByte = 4

interface ReadJsonOptions {
  limits: HttpLimits
  memory: Reservation
  /** Levels of JSON above the variables. Default: 1. */
  levels?: number
}

/**
 * Reads and parses a body of JSON, whose declared type was checked before.
 *
 * @throws `PAYLOAD_TOO_LARGE`, or `BAD_USER_INPUT` with the status 400 or 408.
 */
export function readJsonBody(
  request: IncomingMessage,
  response: ServerResponse,
  { limits, memory, levels }: ReadJsonOptions,
): Promise<unknown> {
  assertContentLength(request, limits.requestBytes)
  sendContinue(request, response)
  const pace = { bytes: limits.socketProgressBytes, intervalMs: limits.socketProgressTime }
  return readRequestBody(request, pace, {
    maxBytes: limits.requestBytes,
    timeoutMs: limits.socketRequestTimeout,
    onSize: (size) => memory.hold(operationBytes + memoryPerByte * size),
  }).then((body) => parseRequestJson(body, limits, levels))
}
