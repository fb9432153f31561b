import type { IncomingMessage, ServerResponse } from 'node:http'

const allowedHeaders = 'authorization, content-type, x-parley-csrf, apollo-require-preflight, x-graphql-yoga-csrf'

/** Lets scripts of the configured origins, and of no others, read the answers. */
export function allowOrigin(request: IncomingMessage, response: ServerResponse, origins: readonly string[]): void {
  if (origins.length > 0) response.setHeader('vary', 'origin')
  const { origin } = request.headers
  if (origin === undefined || !origins.includes(origin)) return
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('access-control-expose-headers', 'x-request-id, retry-after')
  if (request.method !== 'OPTIONS') return
  response.setHeader('access-control-allow-methods', 'GET, POST')
  response.setHeader('access-control-allow-headers', allowedHeaders)
  response.setHeader('access-control-max-age', '600')
}
