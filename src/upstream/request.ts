import type { WriteOptions } from './client.ts'
import type { HttpRequest } from './exchange.ts'
import { Replay } from './replay.ts'

/** One request of an account, before its token is put on. */
export interface Request extends HttpRequest {
  limit: string
  text: boolean
  resource?: string | undefined
  /** Where it may be sent on to, and the body to send there. */
  redirect?: { follow(to: URL): boolean; body: Replay }
}

export function readRequest(url: URL, limit: string, once: boolean): Request {
  return { method: 'GET', url, headers: { accept: 'application/json' }, limit, text: false, once }
}

export function writeRequest(method: HttpRequest['method'], url: URL, write: WriteOptions<unknown>): Request {
  const { json, stream, headers, follow, limit = '', text = false, resource } = write
  const body = json === undefined ? undefined : JSON.stringify(json)
  const request: Request = {
    method,
    url,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    body: stream ?? body,
    streamed: stream !== undefined,
    once: true,
    limit,
    text,
    resource,
  }
  return stream && follow ? { ...request, redirect: { follow, body: new Replay(stream) } } : request
}
