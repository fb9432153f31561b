import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { getErrorKind, type Code } from '../../core/error-codes.ts'
import { Problem } from '../../core/errors.ts'
import { http } from '../../core/node-http.ts'
import { invalidLinkMessage } from '../download/download-error.ts'
import { HttpError } from '../response/http-error.ts'

/** Time for a client to read the response before the connection is closed. */
const closeDelayMs = 1_000

/**
 * Rejects a request that another server could interpret in a different way, if Node accepts it.
 *
 * @throws `BAD_USER_INPUT` with the status 400, 417, or 505.
 */
export function assertUnambiguous({ headers, httpVersion }: IncomingMessage): void {
  const { host, expect, 'transfer-encoding': coding } = headers
  if (httpVersion !== '1.1' && httpVersion !== '1.0') throw createRejection('The HTTP version must be 1.0 or 1.1.', 505)
  // Node joins two headers with a comma.
  if (host === undefined ? httpVersion === '1.1' : /[\s,/?#@\\]/.test(host))
    throw createRejection('The request must have exactly one "Host" header, with one host.')
  if (expect !== undefined && expect.toLowerCase() !== '100-continue')
    throw createRejection('"Expect" must be "100-continue".', 417)
  if (coding !== undefined && (coding.toLowerCase() !== 'chunked' || httpVersion === '1.0'))
    throw createRejection('"Transfer-Encoding" must be "chunked", and requires HTTP/1.1.')
}

function createRejection(text: string, status = 400): HttpError {
  return new HttpError(new Problem('BAD_USER_INPUT', text), { status, headers: { connection: 'close' } })
}

const statusByCode: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

const codeByStatus: Record<number, Code> = { 404: 'NOT_FOUND', 413: 'PAYLOAD_TOO_LARGE' }

const messageByStatus: Record<number, string> = {
  400: 'The request is not valid HTTP/1.1.',
  404: invalidLinkMessage,
  408: 'The request headers were sent too slowly.',
  413: 'The chunk extensions are too long.',
  431: 'The request headers are too long.',
}

/** Error of Node's server. `rawPacket` has the bytes that arrived last. */
type ClientError = Error & { code?: string; rawPacket?: Buffer }

/** Whether the target of a request is a download link that is longer than the headers of a request can be. */
const isLongDownloadLink = ({ code, rawPacket }: ClientError): boolean =>
  code === 'HPE_HEADER_OVERFLOW' &&
  /^(?:GET|HEAD) \S*?\/recordings\/[\w-]{100}/.test(rawPacket?.toString('latin1', 0, 400) ?? '')

/**
 * Sends an error response to a request that is not valid HTTP, and closes the connection.
 *
 * @param hasBegun Whether a part of another response was sent. Then no error response is sent, because the client would
 * read it as a part of the other response.
 * @returns Whether an error response was sent.
 */
export function rejectMalformed(error: ClientError, socket: Socket, hasBegun: boolean): boolean {
  // The rest of the malformed request can arrive after the response was sent.
  if (socket.writableEnded) return false
  if (error.code === 'ECONNRESET' || !socket.writable || hasBegun) {
    socket.destroy(error)
    return false
  }
  const status = isLongDownloadLink(error) ? 404 : (statusByCode[error.code ?? ''] ?? 400)
  const requestId = randomUUID()
  const code = codeByStatus[status] ?? 'BAD_USER_INPUT'
  const extensions = { code, kind: getErrorKind(code), retryable: false, requestId }
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
