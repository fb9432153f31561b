import type { RequestListener, Server } from 'node:http'
import { http } from '../core/node-http.ts'
import type { HttpLimits } from './limits.ts'

/** Creates Node's HTTP server with Parley's limits. */
export function createNodeServer(limits: HttpLimits, listener: RequestListener): Server {
  const server = http.createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.socketHeadersTimeout,
      // Bodies have their own timers, because an upload can continue for as long as it makes progress.
      requestTimeout: 0,
      // Without this option, Node ignores a second Authorization or Content-Type. Joined, the two values are rejected.
      joinDuplicateHeaders: true,
      // Parley checks the header itself, because Node's response has no body.
      requireHostHeader: false,
      keepAliveTimeout: limits.socketKeepAlive,
      connectionsCheckingInterval: Math.min(500, limits.socketHeadersTimeout),
    },
    listener,
  )
  // Node drops further headers without an error. One more than the limit is accepted, so that Parley can reject the
  // request.
  server.maxHeadersCount = limits.headers + 1
  return server
}
