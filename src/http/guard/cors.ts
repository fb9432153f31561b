import type { IncomingMessage, ServerResponse } from 'node:http'
import { isLoopbackOrigin } from './local-request.ts'

export interface CorsOptions {
  /** Origins whose pages can read responses. */
  origins: readonly string[]
  /** Whether pages that are served from this machine can also read responses. Default: false. */
  isLoopbackAllowed?: boolean
}

/**
 * Sets the CORS headers that let pages of the allowed origins read responses. Such a page can send any header, because
 * clients add headers of their own, such as `apollographql-client-name` or `traceparent`. That is safe: every request
 * needs credentials or comes from this machine.
 *
 * @param options Null if no page of another origin can read responses.
 */
export function allowOrigin(request: IncomingMessage, response: ServerResponse, options: CorsOptions | null): void {
  if (options === null) return
  const { origins, isLoopbackAllowed = false } = options
  response.setHeader('vary', 'origin')
  const { origin } = request.headers
  if (origin === undefined || !(origins.includes(origin) || (isLoopbackAllowed && isLoopbackOrigin(origin)))) return
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('access-control-expose-headers', 'x-request-id, retry-after')
  const { 'access-control-request-headers': requestedHeaders } = request.headers
  if (request.method !== 'OPTIONS') return
  response.setHeader('vary', 'origin, access-control-request-headers')
  response.setHeader('access-control-allow-methods', 'GET, POST')
  if (requestedHeaders !== undefined) response.setHeader('access-control-allow-headers', requestedHeaders)
  // Chromium caches the result for at most 2 hours, Firefox for at most a day.
  response.setHeader('access-control-max-age', '7200')
}
