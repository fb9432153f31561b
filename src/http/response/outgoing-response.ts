import type { OutgoingHttpHeaders } from 'node:http'

/** The methods of a pino logger that the HTTP server uses. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** A response that is ready to be sent. */
export interface OutgoingResponse {
  status: number
  headers?: OutgoingHttpHeaders
  /** Default: empty. A Buffer is shared by many responses, so its memory is not counted for one of them. */
  body?: string | Buffer
}

/** Creates a response with a line of plain text. */
export function createTextResponse(status: number, body: string): OutgoingResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${body}\n` }
}
