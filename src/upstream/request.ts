import { optionalShare } from '../core/byte-budget.ts'
import type { CallContext } from './call-context.ts'
import type { WriteOptions } from './vendor-client.ts'
import type { HttpRequest } from './http-message.ts'
import { addHeaders, baseHeaders } from './headers.ts'
import type { Target } from './path.ts'
import { ReplayableStream } from './replayable-stream.ts'

/** One request of an account, before its token is put on. */
export interface VendorRequest extends HttpRequest {
  rateLimit: string
  isText: boolean
  lockKey?: string | undefined
  /** Where it may be sent on to. */
  canFollowRedirect?: ((to: URL) => boolean) | undefined
}

/** Whether its body went by and is gone. */
export const isBodyConsumed = ({ body }: VendorRequest): boolean => body instanceof ReplayableStream && !body.isReplayable

export function createReadRequest({ origin, path }: Target, limit: string, once: boolean): VendorRequest {
  return { method: 'GET', origin, path, headers: baseHeaders.json, rateLimit: limit, isText: false, singleUse: once }
}

export function createWriteRequest(
  method: HttpRequest['method'],
  target: Target,
  write: WriteOptions<unknown>,
  call: CallContext,
): VendorRequest {
  const {
    json,
    stream,
    headers,
    canFollowRedirect: follow,
    rateLimit: limit = '',
    text = false,
    lockKey: resource,
  } = write
  const body = json === undefined ? undefined : JSON.stringify(json)
  const memory = stream && call.budget?.reserve(call.caller, optionalShare)
  return {
    ...target,
    method,
    headers: addHeaders(baseHeaders[text ? 'text' : 'json'], {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    }),
    body: stream ? new ReplayableStream(stream, memory) : body,
    singleUse: true,
    rateLimit: limit,
    isText: text,
    lockKey: resource,
    ...(stream && { canFollowRedirect: follow }),
  }
}
