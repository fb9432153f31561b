import { optionalShare } from '../core/byte-budget.ts'
import type { Call } from './call.ts'
import type { WriteOptions } from './client.ts'
import type { HttpRequest } from './http-message.ts'
import { addHeaders, baseHeaders } from './headers.ts'
import type { Target } from './path.ts'
import { Replay } from './replay.ts'

/** One request of an account, before its token is put on. */
export interface Request extends HttpRequest {
  limit: string
  text: boolean
  resource?: string | undefined
  /** Where it may be sent on to. */
  follow?: ((to: URL) => boolean) | undefined
}

/** Whether its body went by and is gone. */
export const isSpent = ({ body }: Request): boolean => body instanceof Replay && !body.complete

export function readRequest({ origin, path }: Target, limit: string, once: boolean): Request {
  return { method: 'GET', origin, path, headers: baseHeaders.json, limit, text: false, once }
}

export function writeRequest(
  method: HttpRequest['method'],
  target: Target,
  write: WriteOptions<unknown>,
  call: Call,
): Request {
  const { json, stream, headers, follow, limit = '', text = false, resource } = write
  const body = json === undefined ? undefined : JSON.stringify(json)
  const memory = stream && call.budget?.reserve(call.caller, optionalShare)
  return {
    ...target,
    method,
    headers: addHeaders(baseHeaders[text ? 'text' : 'json'], {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    }),
    body: stream ? new Replay(stream, memory) : body,
    once: true,
    limit,
    text,
    resource,
    ...(stream && { follow }),
  }
}
