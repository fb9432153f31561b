import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import { Problem } from '../../core/errors.ts'
import { isLoopbackOrigin } from './local-request.ts'

export interface CorsOptions {
  /** Origins whose pages can read responses. */
  origins: readonly string[]
  /** Whether pages that are served from this machine can also read responses. Default: false. */
  isLoopbackAllowed?: boolean
}

/** What pages can do with a kind of requests. */
export interface CorsPermissions {
  methods: string
  /** Headers that a page can read, besides those that every page can. */
  exposedHeaders: string
}

export const apiCors: CorsPermissions = { methods: 'GET, POST', exposedHeaders: 'x-request-id, retry-after' }
/** Clients read the version of the protocol, and where to get a token. */
export const toolCors: CorsPermissions = {
  methods: 'POST',
  exposedHeaders: 'x-request-id, retry-after, www-authenticate, mcp-protocol-version',
}
export const downloadCors: CorsPermissions = {
  methods: 'GET, HEAD',
  exposedHeaders: 'x-request-id, retry-after, content-length, content-range, content-disposition, accept-ranges, etag',
}

const noHeaders: OutgoingHttpHeaders = {}

/**
 * Returns the CORS headers that let pages of the allowed origins read responses. Such a page can send any header, because
 * clients add headers of their own, such as `apollographql-client-name` or `traceparent`. That is safe: every request
 * needs credentials or comes from this machine.
 *
 * @param options Null if no page of another origin can read responses.
 */
export function createCorsHeaders(
  request: IncomingMessage,
  options: CorsOptions | null,
  { methods, exposedHeaders }: CorsPermissions,
): OutgoingHttpHeaders {
  if (options === null) return noHeaders
  const { origin } = request.headers
  if (origin === undefined || !isAllowedOrigin(origin, options)) return { vary: 'origin' }
  const headers = {
    'access-control-allow-origin': origin,
    'access-control-expose-headers': exposedHeaders,
  }
  if (request.method !== 'OPTIONS') return { vary: 'origin', ...headers }
  const { 'access-control-request-headers': requestedHeaders } = request.headers
  return {
    vary: 'origin, access-control-request-headers',
    ...headers,
    'access-control-allow-methods': methods,
    ...(requestedHeaders !== undefined && { 'access-control-allow-headers': requestedHeaders }),
    // Chromium caches the result for at most 2 hours, Firefox for at most a day.
    'access-control-max-age': '7200',
  }
}

/**
 * Rejects a request of a page whose origin is not allowed, although it has credentials.
 *
 * @throws `FORBIDDEN`
 */
export function rejectForeignOrigin({ headers: { origin } }: IncomingMessage, options: CorsOptions | null): void {
  if (origin === undefined || (options !== null && isAllowedOrigin(origin, options))) return
  throw new Problem(
    'FORBIDDEN',
    'The "Origin" of the request is not allowed. To allow the page, add its origin to "cors".',
  )
}

function isAllowedOrigin(origin: string, { origins, isLoopbackAllowed = false }: CorsOptions): boolean {
  return origins.includes(origin) || (isLoopbackAllowed && isLoopbackOrigin(origin))
}
