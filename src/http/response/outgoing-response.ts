import type { OutgoingHttpHeaders } from 'node:http'

/** The part of pino that is used here. */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface OutgoingResponse {
  status: number
  headers?: OutgoingHttpHeaders
  /** A Buffer is one that many replies share. */
  body?: string | Buffer
}

export function text(status: number, body: string): OutgoingResponse {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${body}\n` }
}
