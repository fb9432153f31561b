import { optionalShare } from '../core/byte-budget.ts'
import type { CallContext } from './call-context.ts'
import type { WriteOptions } from './vendor-client.ts'
import type { HttpRequest } from './http-message.ts'
import { addHeaders, baseHeaders } from './headers.ts'
import type { Target } from './path.ts'
import { ReplayableStream } from './replayable-stream.ts'

/** A request to an account's vendor, without its access token. */
export interface VendorRequest extends HttpRequest {
  /** Name of the vendor's rate limit that the request counts against. */
  rateLimit: string
  /** Whether the response is text instead of JSON. */
  isText: boolean
  /** Whether a redirect to the URL can be followed. Omitted if no redirect is followed. */
  canFollowRedirect?: ((to: URL) => boolean) | undefined
}

/** Whether the request cannot be sent again because its body is a stream whose start was not kept. */
export const isBodyConsumed = ({ body }: VendorRequest): boolean =>
  body instanceof ReplayableStream && !body.isReplayable

/** Creates the request of a read. */
export function createReadRequest({ origin, path }: Target, rateLimit: string, singleUse: boolean): VendorRequest {
  return { method: 'GET', origin, path, headers: baseHeaders.json, rateLimit, isText: false, singleUse }
}

/** Creates the request of a write. Its body can be replayed if memory is available for it. */
export function createWriteRequest(
  method: HttpRequest['method'],
  target: Target,
  write: WriteOptions<unknown>,
  call: CallContext,
): VendorRequest {
  const { json, stream, headers, canFollowRedirect, rateLimit = '', text: isText = false } = write
  const body = json === undefined ? undefined : JSON.stringify(json)
  const memory = stream && call.budget?.reserve(call.caller, optionalShare)
  return {
    ...target,
    method,
    headers: addHeaders(baseHeaders[isText ? 'text' : 'json'], {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    }),
    body: stream ? new ReplayableStream(stream, memory) : body,
    singleUse: true,
    rateLimit,
    isText,
    ...(stream && { canFollowRedirect }),
  }
}
