import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Code } from '../core/error-codes.ts'
import { Problem } from '../core/errors.ts'
import { Stage } from '../core/stage.ts'
import type { DownloadEndpoint, DownloadPath } from './download/download-endpoint.ts'
import type { EndpointOptions, GraphQLEndpoint } from './endpoint.ts'
import type { GraphiQL } from './graphiql/graphiql.ts'
import {
  apiCors,
  createCorsHeaders,
  downloadCors,
  rejectForeignOrigin,
  toolCors,
  type CorsOptions,
} from './guard/cors.ts'
import type { CutConnections } from './guard/cut-connections.ts'
import { rejectForeignRequest, type AllowedSites } from './guard/local-request.ts'
import type { ProxyTrust } from './guard/proxy-trust.ts'
import type { HookEndpoint } from './hook-endpoint.ts'
import type { MetricsListener } from './metrics-listener.ts'
import type { ToolEndpoint } from './operation-endpoint.ts'
import { createRequestLabels } from './request-labels.ts'
import { assertUnambiguous } from './request/malformed.ts'
import { getRoute, parseRequestTarget } from './request/target.ts'
import { createErrorResponse } from './response/error-response.ts'
import type { ErrorFormatter } from './response/format-error.ts'
import { createBadRequest } from './response/http-error.ts'
import { createTextResponse, type OutgoingResponse } from './response/outgoing-response.ts'
import type { PendingResponse, ResponseSender } from './response/response-sender.ts'
import { createRootResponse } from './response/root.ts'

export interface RouterOptions extends Pick<EndpointOptions, 'limits' | 'log'> {
  /** Null if no page of another origin can read responses. */
  cors: CorsOptions | null
  /** Sites whose requests are accepted. Null if authentication is configured: then every request must have credentials. */
  allowedSites: AllowedSites | null
  /**
   * Prefix of every path except `/metrics`, such as `/meetings`. Empty if there is none. Paths without the prefix are
   * also served.
   */
  basePath: string
  /** Called for every request that is rejected without a GraphQL result. */
  onRejected?: (status: number, code: Code) => void
}

/** Endpoints, and objects that the router shares with the rest of the server. */
interface RouterParts {
  endpoint: GraphQLEndpoint
  /** Endpoint of `/subgraph`. Null if it is not served. */
  subgraph: GraphQLEndpoint | null
  /** Endpoint of `/mcp`. */
  tools: ToolEndpoint
  /** Null if GraphiQL is not served. */
  graphiql: GraphiQL | null
  hooks: HookEndpoint
  downloads: DownloadEndpoint
  /** Returns the body of `/metrics`. Null if it is not served. */
  metrics: (() => Promise<Buffer>) | null
  sender: ResponseSender
  trust: ProxyTrust
  cutConnections: CutConnections
  createErrorFormatter(requestId: string, canExplore: boolean): ErrorFormatter
  /** Returns null if `/metrics` has no address of its own. */
  getMetricsListener(): MetricsListener | null
  /** Whether the server is stopping. */
  isDraining(): boolean
}

/** Passes each request to the endpoint of its path, and sends the response or the error. */
export class Router {
  readonly #options: RouterOptions
  readonly #parts: RouterParts
  readonly #arrivals = new Stage<() => void>((begin) => begin())

  constructor(options: RouterOptions, parts: RouterParts) {
    this.#options = options
    this.#parts = parts
  }

  /** Handles a request. Never throws. */
  handle(request: IncomingMessage, response: ServerResponse): void {
    const { log, cors, basePath } = this.#options
    const labels = createRequestLabels(request, this.#parts.trust)
    response.on('error', (err) => log.warn({ ...labels, err }, 'connection failed'))
    const isForMetrics = this.#parts.getMetricsListener()?.has(request.socket) === true
    const hook = isForMetrics ? null : this.#parts.hooks.find(request, basePath)
    const download = isForMetrics ? null : this.#parts.downloads.find(request, basePath)
    const path = getRoute(request, basePath)
    const isForTools = !isForMetrics && path === '/mcp' && this.#parts.tools.isOpen
    const permissions = isForTools ? toolCors : download ? downloadCors : apiCors
    // A webhook comes from no page. Its signature proves who sent it, so it can be addressed to any host.
    const corsHeaders = createCorsHeaders(request, hook ? null : cors, permissions)
    const headers = this.#parts.isDraining() ? { ...corsHeaders, connection: 'close' } : corsHeaders
    const pending: PendingResponse = { request, response, labels, headers }
    const send = (reply: OutgoingResponse | void): void => {
      if (reply) this.#parts.sender.send(pending, reply)
    }
    const fail = (error: unknown): void =>
      this.#sendError(pending, error, isForTools ? this.#parts.tools.createRejection : createErrorResponse)
    try {
      this.#assertHeaderCount(request)
      assertUnambiguous(request)
      const reply = hook
        ? this.#parts.hooks.handle(hook, pending)
        : download
          ? this.#handleDownload(download, pending)
          : isForMetrics
            ? this.#routeMetrics(request)
            : isForTools
              ? this.#handleTools(pending)
              : this.#route(pending, path)
      if (reply instanceof Promise) reply.then(send).catch(fail)
      else send(reply)
    } catch (error) {
      fail(error)
    }
  }

  /** Returns the response to a request. The result is undefined if the endpoint has sent the response itself. */
  #route(pending: PendingResponse, path: string): OutgoingResponse | Promise<OutgoingResponse | void> {
    const { request } = pending
    const { basePath } = this.#options
    if (path === '/healthz') return createTextResponse(200, 'ok')
    if (path === '/readyz')
      return this.#parts.isDraining() ? createTextResponse(503, 'draining') : createTextResponse(200, 'ready')
    const metadata = this.#parts.tools.findMetadata(request, path)
    if (metadata) return metadata
    this.#rejectForeignRequest(request)
    if (path === '/metrics' && this.#parts.metrics && !this.#parts.getMetricsListener())
      return this.#parts.metrics().then(createMetricsResponse)
    const page = this.#parts.graphiql?.reply(request, path)
    const endpoint = page ? null : this.#findEndpoint(path)
    if (endpoint) {
      if (request.method === 'OPTIONS') return { status: 204, headers: { allow: 'GET, POST' } }
      return this.#handleLater(endpoint, pending)
    }
    if (path === '/') {
      const site = this.#parts.trust.findRequestedSite(request)
      return createRootResponse(request, { basePath, site, hasPage: this.#parts.graphiql !== null })
    }
    const notFound = createTextResponse(404, `Not found. The API is at ${basePath}/graphql.`)
    return page ? page.then((reply) => reply ?? notFound) : notFound
  }

  #findEndpoint(path: string): GraphQLEndpoint | null {
    if (path === '/graphql') return this.#parts.endpoint
    return path === '/subgraph' ? this.#parts.subgraph : null
  }

  /** The result is undefined if the endpoint has sent the response itself. */
  #handleTools(pending: PendingResponse): OutgoingResponse | Promise<void> {
    const { request } = pending
    this.#rejectForeignRequest(request)
    // Without callers, the pages of this machine are allowed, too.
    if (!this.#options.allowedSites) rejectForeignOrigin(request, this.#options.cors)
    if (isPreflight(request)) return { status: 204, headers: { allow: 'POST' } }
    return this.#handleLater(this.#parts.tools, pending)
  }

  /**
   * Handles an operation at the end of this turn of the event loop. Responses without an operation are not delayed: they are
   * sent even if malformed bytes or the end of the connection follow in the same turn.
   *
   * @throws `DEADLINE_EXCEEDED` if the connection has closed by then, because no event of the request follows.
   */
  async #handleLater(endpoint: GraphQLEndpoint | ToolEndpoint, pending: PendingResponse): Promise<void> {
    await new Promise<void>((resolve) => this.#arrivals.add(resolve))
    if (pending.request.socket.destroyed)
      throw new Problem('DEADLINE_EXCEEDED', 'The client closed the connection before the operation began.')
    return endpoint.handle(pending)
  }

  /** The result is undefined if the endpoint has sent the response itself. */
  #handleDownload(path: DownloadPath, pending: PendingResponse): Promise<OutgoingResponse | void> {
    this.#rejectForeignRequest(pending.request)
    return this.#parts.downloads.handle(path, pending)
  }

  /** Returns the response to a request on the address of the metrics. */
  async #routeMetrics(request: IncomingMessage): Promise<OutgoingResponse> {
    this.#rejectForeignRequest(request)
    const { metrics } = this.#parts
    return metrics && parseRequestTarget(request).path === '/metrics'
      ? createMetricsResponse(await metrics())
      : createTextResponse(404, 'Not found. The metrics are at /metrics.')
  }

  #rejectForeignRequest(request: IncomingMessage): void {
    const { allowedSites } = this.#options
    if (allowedSites) rejectForeignRequest(request, allowedSites, this.#parts.trust.findRequestedSite(request).host)
  }

  #assertHeaderCount(request: IncomingMessage): void {
    const limit = this.#options.limits.headers
    if (request.rawHeaders.length > limit * 2)
      throw createBadRequest(`The request has too many headers. The limit is ${limit}.`, 431)
  }

  #sendError(pending: PendingResponse, error: unknown, createResponse: typeof createErrorResponse): void {
    const { request, labels } = pending
    const { log, onRejected } = this.#options
    const { code, ...response } = createResponse(error, this.#parts.createErrorFormatter(labels.requestId, false))
    const { status } = response
    const reason = error instanceof Problem && error.cause instanceof Error ? error.cause.message : undefined
    log.info({ ...labels, status, code, reason }, 'request rejected')
    onRejected?.(status, code)
    if (status === 408 && !request.socket.destroyed) this.#parts.cutConnections.record('slow_body', labels)
    this.#parts.sender.send(pending, response)
  }
}

/** Whether a browser asks if a page can send a request. */
function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
}

function createMetricsResponse(body: Buffer): OutgoingResponse {
  return { status: 200, headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }, body }
}
