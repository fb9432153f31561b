import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ByteBudget, Reservation } from '../../core/byte-budget.ts'
import { hasBody } from '../request/body.ts'
import type { CutReason } from '../guard/cut-connections.ts'
import { watchPace, type Pace } from '../guard/pace.ts'
import type { OutgoingResponse } from './outgoing-response.ts'
import type { RequestLabels } from '../request-labels.ts'

/** A rejected request's body is read for so long in ms, and up to so many bytes. */
const discardMs = 1_000
const maxDiscardedBytes = 64 * 1024
/** What each chunk of it counts besides its bytes: a chunk of one byte takes as long as a larger one. */
const discardedChunkBytes = 64
/** Large bodies are written in pieces of this many bytes, so that it can be seen how many of them were read. */
const pieceBytes = 32 * 1024
/** Caller of what is answered without credentials. */
const anonymous = ''

const safe = {
  'cache-control': 'private, no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

export interface ReplySenderOptions {
  /** The slowest that a client may read. */
  pace: Pace
  budget: ByteBudget
  /** Is called before a client is disconnected. */
  onCut(reason: CutReason, labels: RequestLabels): void
}

/** A request and its response. */
export interface Sending {
  request: IncomingMessage
  response: ServerResponse
  labels: RequestLabels
}

/** Sends responses, and disconnects clients that do not read them. */
export class ReplySender {
  readonly #options: ReplySenderOptions

  constructor(options: ReplySenderOptions) {
    this.#options = options
  }

  /** If the request's body is not complete, the connection is closed. `held`: already holds the response's bytes. */
  send(sending: Sending, reply: OutgoingResponse, held?: Reservation): void {
    const { request } = sending
    const write = (): void => this.#write(sending, reply, held)
    // A body that came in one piece with its headers is read right after them.
    if (hasBody(request) && !request.complete) setImmediate(write)
    else write()
  }

  #write(sending: Sending, reply: OutgoingResponse, held: Reservation | undefined): void {
    const { request, response, labels } = sending
    const { status, headers, body = '' } = reply
    if (response.destroyed || response.headersSent) return
    const size = Buffer.byteLength(body)
    const isUnread = hasBody(request) && !request.complete
    if (isUnread) response.setHeader('connection', 'close')
    // Node takes several times as long for headers that are set one by one.
    response.writeHead(status, { 'x-request-id': labels.requestId, ...safe, ...headers, 'content-length': size })
    // A client that is too slow has read its answer before it sends on.
    const isSending = isUnread && status !== 408
    const getWritten = writeBody(request, response, body, isSending)
    // Nearly always, the operating system has taken everything by now.
    if (response.writableEnded && response.socket?.writableLength === 0) return
    const isOwnMemory = typeof body === 'string' && !held && !isSending
    this.#watch(sending, getWritten, isOwnMemory ? size : 0)
  }

  #watch({ request, response, labels }: Sending, getWritten: () => number, size: number): void {
    const { pace, budget, onCut } = this.#options
    const cut = (reason: CutReason): void => {
      onCut(reason, labels)
      request.socket.resetAndDestroy()
    }
    const reservation = budget.reserve(anonymous)
    if (!reservation.resize(size)) return cut('no_memory')
    const stop = watchPace(pace, {
      getBytes: () => getWritten() - (response.socket?.writableLength ?? 0),
      isOurTurn: () => false,
      onTooSlow: () => cut('slow_reader'),
    })
    response.once('close', () => {
      stop()
      reservation.release()
    })
  }
}

/** Writes the body and ends the response. Returns a function that returns how many bytes were written so far. */
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
  const writeOn = (): void => {
    while (start < body.length) {
      const piece = body.subarray(start, start + pieceBytes)
      start += piece.length
      onWrite(piece.length)
      if (!response.write(piece)) return void response.once('drain', writeOn)
    }
    response.end()
  }
  writeOn()
}

/** Closing at once would reset the connection, and the client, still sending, would never read its answer. */
function endAfterBody(request: IncomingMessage, response: ServerResponse, body: string | Buffer): void {
  response.write(body)
  const timer = setTimeout(() => response.end(), discardMs)
  response.once('close', () => clearTimeout(timer))
  request.once('end', () => response.end())
  request.unpipe()
  let discarded = 0
  request.on('data', (chunk: Buffer) => {
    discarded += chunk.length + discardedChunkBytes
    // A client that sends on for long is as costly as one whose body is used.
    // The request itself flows on: paused, it would keep each chunk that Node has already read.
    if (discarded > maxDiscardedBytes) request.socket.pause()
  })
}
