import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { Problem } from '../../core/errors.ts'
import { http } from '../../core/node-http.ts'
import { HttpError } from '../response/http-error.ts'

/** How long in ms a client may take to read why its connection is closed. */
const closeDelayMs = 1_000

/**
 * Rejects what another server could read as a different request, as far as Node lets it through.
 *
 * @throws BAD_USER_INPUT
 */
export function assertUnambiguous({ headers, httpVersion }: IncomingMessage): void {
  const { host, expect, 'transfer-encoding': coding } = headers
  if (httpVersion !== '1.1' && httpVersion !== '1.0') throw createRejection('Send HTTP/1.1.', 505)
  // Two headers come here as one with a comma.
  if (host === undefined ? httpVersion === '1.1' : /[\s,/?#@\\]/.test(host))
    throw createRejection('There must be exactly one "Host" header, with one host.')
  if (expect !== undefined && expect.toLowerCase() !== '100-continue')
    throw createRejection('"Expect" must be "100-continue".', 417)
  if (coding !== undefined && (coding.toLowerCase() !== 'chunked' || httpVersion === '1.0'))
    throw createRejection('"Transfer-Encoding" must be "chunked", in HTTP/1.1.')
}

function createRejection(text: string, status = 400): HttpError {
  return new HttpError(new Problem('BAD_USER_INPUT', text), { status, headers: { connection: 'close' } })
}

const statusByCode: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

const messageByStatus: Record<number, string> = {
  400: 'The request is not valid HTTP/1.1.',
  408: 'The request headers came in too slowly.',
  413: 'The chunk extensions are too long.',
  431: 'The request headers are too long.',
}

/**
 * Answers what is not HTTP, and closes the connection.
 *
 * @param hasBegun Whether a response is on its way: bytes of another one in between would be taken for a part of it.
 * @returns Whether an answer was sent.
 */
export function rejectMalformed(error: Error & { code?: string }, socket: Socket, hasBegun: boolean): boolean {
  // The rest of what is malformed may follow while the answer is being read.
  if (socket.writableEnded) return false
  if (error.code === 'ECONNRESET' || !socket.writable || hasBegun) {
    socket.destroy(error)
    return false
  }
  const status = statusByCode[error.code ?? ''] ?? 400
  const requestId = randomUUID()
  const code = status === 413 ? 'PAYLOAD_TOO_LARGE' : 'BAD_USER_INPUT'
  const extensions = { code, retryable: false, requestId }
  const body = JSON.stringify({ errors: [{ message: messageByStatus[status], extensions }] })
  const head = [
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'X-Content-Type-Options: nosniff',
    `X-Request-Id: ${requestId}`,
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  const timer = setTimeout(() => socket.destroy(), closeDelayMs)
  socket.once('close', () => clearTimeout(timer))
  return true
}
