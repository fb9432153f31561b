import type { RequestListener, Server } from 'node:http'
import { http } from '../core/node-http.ts'
import type { HttpLimits } from './limits.ts'

/** Creates Node's HTTP server with Parley's limits. */
export function createNodeServer(limits: HttpLimits, listener: RequestListener): Server {
  const server = http.createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.socketHeadersTimeout,
      // Bodies have their own clock, which lets an upload go on for as long as it moves.
      requestTimeout: 0,
      // Two credentials or types are none: Node would take the first in silence.
      joinDuplicateHeaders: true,
      // Node's own refusal has no body.
      requireHostHeader: false,
      keepAliveTimeout: limits.socketKeepAlive,
      connectionsCheckingInterval: Math.min(500, limits.socketHeadersTimeout),
    },
    listener,
  )
  // Node drops what is over in silence: one more than the limit is let through, to be refused.
  server.maxHeadersCount = limits.headers + 1
  return server
}
