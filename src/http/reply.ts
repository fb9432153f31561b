import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { hasBody } from './body.ts'

/** The part of pino that is used here. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** How long in ms a body that nobody wants is still taken in. */
const linger = 1_000

const safe = {
  'cache-control': 'private, no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

export interface Reply {
  status: number
  headers?: OutgoingHttpHeaders
  body?: string | Buffer
}

/** Sends an answer; where the request's body is not all there, the connection closes behind it. */
export function send(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
  // A body that came in one piece with its headers is read right after them.
  if (hasBody(request) && !request.complete) setImmediate(() => write(request, response, reply))
  else write(request, response, reply)
}

function write(request: IncomingMessage, response: ServerResponse, { status, headers, body = '' }: Reply): void {
  if (response.destroyed || response.headersSent) return
  const unread = hasBody(request) && !request.complete
  if (unread) response.setHeader('connection', 'close')
  response.writeHead(status, { ...safe, ...headers, 'content-length': Buffer.byteLength(body) })
  // A client that is too slow has read its answer before it sends on.
  if (!unread || status === 408) {
    response.end(request.method === 'HEAD' ? undefined : body)
    return
  }
  response.write(body)
  endAfterBody(request, response)
}

/** Closing at once would reset the connection, and the client, still sending, would never read its answer. */
function endAfterBody(request: IncomingMessage, response: ServerResponse): void {
  const timer = setTimeout(() => response.end(), linger)
  response.once('close', () => clearTimeout(timer))
  request.once('end', () => response.end())
  request.unpipe()
  request.resume()
}
