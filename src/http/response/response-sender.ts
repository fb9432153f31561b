import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { ByteBudget, Reservation } from '../../core/byte-budget.ts'
import { hasBody } from '../request/body.ts'
import type { CutReason } from '../guard/cut-connections.ts'
import { watchPace, type Pace } from '../guard/pace.ts'
import type { OutgoingResponse } from './outgoing-response.ts'
import { securityHeaders } from './security-headers.ts'
import type { RequestLabels } from '../request-labels.ts'

/** Maximum time and size for which the body of a rejected request is read. */
const discardMs = 1_000
const maxDiscardedBytes = 64 * 1024
/** Size that each chunk counts in addition to its bytes. A chunk of one byte takes as long as a larger chunk. */
const discardedChunkBytes = 64
/** Large bodies are written in pieces of this size, so that the progress of the client can be measured. */
const pieceBytes = 32 * 1024
/** Caller of responses to requests without credentials. */
const anonymous = ''

export interface ResponseSenderOptions {
  /** Minimum rate at which a client must read. */
  pace: Pace
  budget: ByteBudget
  /** Called before a client is disconnected. */
  onCut(reason: CutReason, labels: RequestLabels): void
}

/** A request and its response. */
export interface PendingResponse {
  request: IncomingMessage
  response: ServerResponse
  labels: RequestLabels
  /**
   * Headers that do not depend on the result of the request. They are sent together with the others: setting each header on
   * its own would take several times as long.
   */
  headers: OutgoingHttpHeaders
}

/** Sends responses, and disconnects clients that do not read them. */
export class ResponseSender {
  readonly #options: ResponseSenderOptions

  constructor(options: ResponseSenderOptions) {
    this.#options = options
  }

  /**
   * Sends a response. If the body of the request is not complete, the connection is closed afterwards.
   *
   * @param reservation A reservation that includes the memory of the response, if there is one.
   */
  send(sending: PendingResponse, outgoing: OutgoingResponse, reservation?: Reservation): void {
    const { request } = sending
    const write = (): void => this.#write(sending, outgoing, reservation)
    // Node reads a body that came together with the headers in the same turn of the event loop.
    if (hasBody(request) && !request.complete) setImmediate(write)
    else write()
  }

  #write(sending: PendingResponse, outgoing: OutgoingResponse, reservation: Reservation | undefined): void {
    const { request, response, labels, headers: commonHeaders } = sending
    const { status, headers, body = '' } = outgoing
    if (response.destroyed || response.headersSent) return
    const size = Buffer.byteLength(body)
    const isUnread = hasBody(request) && !request.complete
    response.writeHead(status, {
      'x-request-id': labels.requestId,
      ...securityHeaders,
      ...commonHeaders,
      ...(isUnread && { connection: 'close' }),
      ...headers,
      // HTTP does not allow the header with this status.
      ...(status !== 204 && { 'content-length': size }),
    })
    // After a 408, the rest of the body is not read: a slow client reads the response before it sends more.
    const isSending = isUnread && status !== 408
    const getWritten = writeBody(request, response, body, isSending)
    // The operating system has nearly always accepted the whole response by now.
    if (response.writableEnded && response.socket?.writableLength === 0) return
    const isOwnMemory = typeof body === 'string' && !reservation && !isSending
    this.#watch(sending, getWritten, isOwnMemory ? size : 0)
  }

  #watch({ request, response, labels }: PendingResponse, getWritten: () => number, size: number): void {
    const { pace, budget, onCut } = this.#options
    const cut = (reason: CutReason): void => {
      onCut(reason, labels)
      request.socket.resetAndDestroy()
    }
    const memory = budget.reserve(anonymous)
    if (!memory.resize(size)) return cut('no_memory')
    const stop = watchPace(pace, {
      getBytes: () => getWritten() - (response.socket?.writableLength ?? 0),
      isWaitingForServer: () => false,
      onTooSlow: () => cut('slow_reader'),
    })
    response.once('close', () => {
      stop()
      memory.release()
    })
  }
}

/** Writes the body and ends the response. Returns a function that returns the number of bytes that were written so far. */
function writeBody(
  request: IncomingMessage,
  response: ServerResponse,
  body: string | Buffer,
  isSending: boolean,
): () => number {
  let written = 0
  const bytes = typeof body === 'string' ? null : body
  if (request.method === 'HEAD') response.end()
  else if (isSending) endAfterBody(request, response, body)
  else if (body.length <= pieceBytes) response.end(body)
  else writePieces(response, bytes ?? Buffer.from(body), (size) => (written += size))
  return () => written
}

function writePieces(response: ServerResponse, body: Buffer, onWrite: (bytes: number) => void): void {
  let start = 0
  const writeRest = (): void => {
    while (start < body.length) {
      const piece = body.subarray(start, start + pieceBytes)
      start += piece.length
      onWrite(piece.length)
      if (!response.write(piece)) return void response.once('drain', writeRest)
    }
    response.end()
  }
  writeRest()
}

/**
 * Discards the rest of the request before the response ends. Closing at once would reset the connection, and a client
 * that is still sending would not read the response.
 */
function endAfterBody(request: IncomingMessage, response: ServerResponse, body: string | Buffer): void {
  response.write(body)
  const timer = setTimeout(() => response.end(), discardMs)
  response.once('close', () => clearTimeout(timer))
  request.once('end', () => response.end())
  request.unpipe()
  const { socket } = request
  let discarded = 0
  request.on('data', (chunk: Buffer) => {
    const wasReading = discarded <= maxDiscardedBytes
    discarded += chunk.length + discardedChunkBytes
    if (!wasReading || discarded <= maxDiscardedBytes) return
    // Pausing the socket limits the work. Pausing the request would keep each chunk that Node has already read.
    socket.pause()
    // Node resumes the socket when the request has passed its chunk on.
    socket.on('resume', () => socket.pause())
  })
}
