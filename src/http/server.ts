import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { ByteBudget } from '../core/byte-budget.ts'
import type { Code } from '../core/error-codes.ts'
import { Problem } from '../core/errors.ts'
import { ClientConnections } from './guard/client-connections.ts'
import { apiCors, createCorsHeaders, downloadCors, type CorsOptions } from './guard/cors.ts'
import { CutConnections, type CutReason } from './guard/cut-connections.ts'
import { DownloadEndpoint, type DownloadOptions, type DownloadPath } from './download/download-endpoint.ts'
import { GraphQLEndpoint } from './endpoint.ts'
import type { EndpointOptions } from './endpoint.ts'
import { GraphiQL } from './graphiql/graphiql.ts'
import { HookEndpoint, type HookOptions } from './hook-endpoint.ts'
import type { Playground } from './graphiql/graphiql.ts'
import { formatUrl, PortListener } from './listener.ts'
import { rejectForeignRequest, type AllowedSites } from './guard/local-request.ts'
import { assertUnambiguous, rejectMalformed } from './request/malformed.ts'
import { MetricsListener } from './metrics-listener.ts'
import { createNodeServer } from './node-server.ts'
import { createErrorResponse } from './response/error-response.ts'
import { createBadRequest } from './response/http-error.ts'
import type { ErrorFormatter } from './response/format-error.ts'
import { getPeerAddress, ProxyTrust, type TrustProxySetting } from './guard/proxy-trust.ts'
import { ResponseSender, type PendingResponse } from './response/response-sender.ts'
import { createTextResponse } from './response/outgoing-response.ts'
import type { OutgoingResponse } from './response/outgoing-response.ts'
import { createRequestLabels } from './request-labels.ts'
import { createRootResponse } from './response/root.ts'
import { shareComputation } from './shared-computation.ts'
import { OpenStreams } from './stream/open-streams.ts'
import { getRoute, parseRequestTarget } from './request/target.ts'

export interface HttpServerOptions extends EndpointOptions {
  /** Returns the vendor of an account, by account key. Null if the account is unknown. */
  getVendorName(account: string): string | null
  /** Null if no page of another origin can read responses. */
  cors: CorsOptions | null
  /** Sites whose requests are accepted. Null if authentication is configured: then every request must have credentials. */
  allowedSites: AllowedSites | null
  /**
   * Prefix of every path except `/metrics`, such as `/meetings`. Empty if there is none. Paths without the prefix are
   * also served.
   */
  basePath: string
  /** Whether other processes can listen on the same address. */
  reusePort: boolean
  /** Proxies whose forwarded headers, `x-request-id`, and `traceparent` are used. */
  trustProxy: TrustProxySetting
  /** Returns the metrics in the text format of Prometheus. Null if `/metrics` is not served. */
  metrics: (() => Promise<string>) | null
  /** Null if GraphiQL is not served. */
  playground: Playground | null
  /** Webhooks, which arrive at `/hooks/{accountKey}`. */
  hooks: HookOptions
  /** Downloads of recordings, at `/recordings/{token}/{fileName}`. */
  downloads: DownloadOptions
  /** Called for every request that is rejected without a GraphQL result. */
  onRejected?: (status: number, code: Code) => void
  /** Called for every connection that the server closes while it is in use. */
  onCut?: (reason: CutReason) => void
}

/** Time for which a stop waits for the first bytes of a connection. */
const unusedConnectionMs = 1_000

/** Serves `/graphql` with GraphiQL, `/hooks`, `/recordings`, `/healthz`, `/readyz`, and `/metrics`. */
export class HttpServer {
  readonly server: Server
  readonly budget: ByteBudget
  readonly connections: ClientConnections
  readonly streams: OpenStreams
  readonly downloads: DownloadEndpoint
  readonly #listener: PortListener
  readonly #cutConnections: CutConnections
  readonly #sender: ResponseSender
  readonly #options: HttpServerOptions
  readonly #endpoint: GraphQLEndpoint
  readonly #graphiql: GraphiQL | null
  readonly #hooks: HookEndpoint
  readonly #trust: ProxyTrust
  /** Shared among requests, because it needs no credentials and takes milliseconds. */
  readonly #metrics: (() => Promise<Buffer>) | null
  #metricsListener: MetricsListener | null = null
  #isDraining = false

  constructor(options: HttpServerOptions) {
    this.#options = options
    const { limits, log, onCut } = options
    this.#trust = new ProxyTrust(options.trustProxy)
    this.#cutConnections = new CutConnections({ log, onCut })
    this.budget = new ByteBudget(limits.bufferBytes)
    this.connections = new ClientConnections(limits.connections, this.budget, (reason, socket) =>
      this.#cutConnections.record(reason, { clientAddress: getPeerAddress(socket) }),
    )
    this.#sender = new ResponseSender({
      pace: { bytes: limits.socketProgressBytes, intervalMs: limits.socketProgressTime },
      budget: this.budget,
      onCut: (reason, labels) => this.#cutConnections.record(reason, labels),
    })
    const onAuthenticated = ({ socket }: IncomingMessage): void => this.connections.authenticate(socket)
    const createErrorFormatter = this.#createErrorFormatter.bind(this)
    this.streams = new OpenStreams({
      ...options,
      budget: this.budget,
      createErrorFormatter,
      onOpen: (socket) => this.connections.markStreaming(socket),
      onSlowReader: (labels) => this.#cutConnections.record('slow_reader', labels),
    })
    this.#endpoint = new GraphQLEndpoint(options, {
      budget: this.budget,
      sender: this.#sender,
      streams: this.streams,
      trust: this.#trust,
      createErrorFormatter,
      onAuthenticated,
    })
    const authenticate = (request: IncomingMessage) => this.#endpoint.authenticate(request)
    const { playground, basePath } = options
    this.#graphiql = playground && new GraphiQL({ ...playground, basePath, authenticate })
    const { metrics, hooks, downloads } = options
    this.#hooks = new HookEndpoint(hooks, { limits, budget: this.budget, log, onAuthenticated })
    this.downloads = new DownloadEndpoint(downloads, {
      limits,
      budget: this.budget,
      createErrorFormatter,
      onAuthenticated,
      onSlowReader: (labels) => this.#cutConnections.record('slow_reader', labels),
    })
    this.#metrics = metrics && shareComputation(async () => Buffer.from(await metrics()))
    const handleRequest = (request: IncomingMessage, response: ServerResponse): void =>
      this.connections.begin(request.socket, response, () => void this.#handleRequest(request, response))
    this.server = createNodeServer(limits, handleRequest)
    // The endpoint sends `100 Continue` only when it is going to read the body.
    this.server.on('checkContinue', handleRequest)
    this.server.on('checkExpectation', handleRequest)
    this.server.on('connection', (socket) => this.connections.add(socket))
    this.server.on('clientError', (error, stream) => {
      const socket = stream as Socket
      const clientAddress = getPeerAddress(socket)
      if (rejectMalformed(error, socket, this.connections.hasBegunResponse(socket)))
        this.#cutConnections.record('malformed', { clientAddress })
    })
    this.#listener = new PortListener(this.server, options)
  }

  async listen(port: number, host: string): Promise<{ url: string }> {
    const address = await this.#listener.listen(port, host)
    this.server.on('error', (err) => this.#options.log.error({ err }, 'listening socket failed'))
    return { url: formatUrl(address) }
  }

  /** Serves `/metrics` on this address only. */
  async listenForMetrics(port: number, host: string): Promise<{ url: string }> {
    const listener = new MetricsListener(this.server)
    const address = await listener.listen(port, host)
    this.#metricsListener = listener
    return { url: formatUrl(address) }
  }

  /**
   * Stops the server gracefully. First, all streams end, `/readyz` reports that the server is not ready, and every
   * response has `Connection: close`. After `drainAnnounce`, no connection is accepted. Operations in flight can finish within
   * `shutdownGrace`, and are aborted then.
   */
  async drain(): Promise<void> {
    if (this.#isDraining) return
    this.#isDraining = true
    const problem = new Problem('SHUTTING_DOWN', 'The server is stopping.')
    this.streams.stop(problem)
    this.downloads.stop(problem)
    const { drainAnnounce, shutdownGrace, deadlineGrace } = this.#options.limits
    await delay(drainAnnounce)
    await this.#listener.acceptWaiting()
    const closed = Promise.all([this.#listener.close(), this.#endpoint.waitUntilIdle()])
    const sweep = setInterval(() => this.server.closeIdleConnections(), 50)
    // Clients whose stream has ended connect again at once, some of them without a request.
    const unused = setTimeout(() => this.connections.closeUnused(), unusedConnectionMs)
    const late = new AbortController()
    const aborted = delay(shutdownGrace, undefined, { signal: late.signal }).then(
      () => {
        this.#endpoint.abort(problem)
        this.downloads.abort(problem)
      },
      () => {},
    )
    await Promise.race([
      closed,
      aborted.then(() => delay(deadlineGrace, undefined, { signal: late.signal })).catch(() => {}),
    ])
    late.abort()
    clearInterval(sweep)
    clearTimeout(unused)
    await this.close()
  }

  /** Closes every connection at once. */
  async close(): Promise<void> {
    const closed = Promise.all([this.#listener.close(), this.#metricsListener?.close()])
    this.server.closeAllConnections()
    await closed
    this.#endpoint.close()
  }

  async #handleRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { log, cors, basePath } = this.#options
    const labels = createRequestLabels(request, this.#trust)
    response.on('error', (err) => log.warn({ ...labels, err }, 'connection failed'))
    const isForMetrics = this.#metricsListener?.has(request.socket) === true
    const hook = isForMetrics ? null : this.#hooks.find(request, basePath)
    const download = isForMetrics ? null : this.downloads.find(request, basePath)
    // A webhook comes from no page. Its signature proves who sent it, so it can be addressed to any host.
    const corsHeaders = createCorsHeaders(request, hook ? null : cors, download ? downloadCors : apiCors)
    const headers = this.#isDraining ? { ...corsHeaders, connection: 'close' } : corsHeaders
    const pending: PendingResponse = { request, response, labels, headers }
    try {
      this.#assertHeaderCount(request)
      assertUnambiguous(request)
      const reply = await (hook
        ? this.#hooks.handle(hook, pending)
        : download
          ? this.#handleDownload(download, pending)
          : isForMetrics
            ? this.#routeMetrics(request)
            : this.#route(pending))
      if (reply) this.#sender.send(pending, reply)
    } catch (error) {
      this.#sendError(pending, error)
    }
  }

  /** Returns the response to a request. The result is undefined if the endpoint has sent the response itself. */
  #route(pending: PendingResponse): OutgoingResponse | Promise<OutgoingResponse | void> {
    const { request } = pending
    const { basePath } = this.#options
    const path = getRoute(request, basePath)
    if (path === '/healthz') return createTextResponse(200, 'ok')
    if (path === '/readyz')
      return this.#isDraining ? createTextResponse(503, 'draining') : createTextResponse(200, 'ready')
    this.#rejectForeignRequest(request)
    if (path === '/metrics' && this.#metrics && !this.#metricsListener)
      return this.#metrics().then(createMetricsResponse)
    const page = this.#graphiql?.reply(request, path)
    if (!page && path === '/graphql') {
      if (request.method === 'OPTIONS') return { status: 204, headers: { allow: 'GET, POST' } }
      return this.#endpoint.handle(pending)
    }
    if (path === '/') {
      const site = this.#trust.findRequestedSite(request)
      return createRootResponse(request, { basePath, site, hasPage: this.#graphiql !== null })
    }
    const notFound = createTextResponse(404, `Not found. The API is at ${basePath}/graphql.`)
    return page ? page.then((reply) => reply ?? notFound) : notFound
  }

  /** The result is undefined if the endpoint has sent the response itself. */
  #handleDownload(path: DownloadPath, pending: PendingResponse): Promise<OutgoingResponse | void> {
    this.#rejectForeignRequest(pending.request)
    return this.downloads.handle(path, pending)
  }

  /** Returns the response to a request on the address of the metrics. */
  async #routeMetrics(request: IncomingMessage): Promise<OutgoingResponse> {
    this.#rejectForeignRequest(request)
    const isFound = parseRequestTarget(request).path === '/metrics' && this.#metrics !== null
    return isFound
      ? createMetricsResponse(await this.#metrics())
      : createTextResponse(404, 'Not found. The metrics are at /metrics.')
  }

  #rejectForeignRequest(request: IncomingMessage): void {
    const { allowedSites } = this.#options
    if (allowedSites) rejectForeignRequest(request, allowedSites, this.#trust.findRequestedSite(request).host)
  }

  #assertHeaderCount(request: IncomingMessage): void {
    const limit = this.#options.limits.headers
    if (request.rawHeaders.length > limit * 2)
      throw createBadRequest(`The request has too many headers. The limit is ${limit}.`, 431)
  }

  #createErrorFormatter(requestId: string, canExplore: boolean): ErrorFormatter {
    const { log, getVendorName } = this.#options
    const onInternalError = (err: unknown): void => log.error({ requestId, err }, 'internal error')
    return { requestId, canExplore, getVendorName, onInternalError }
  }

  #sendError(pending: PendingResponse, error: unknown): void {
    const { request, labels } = pending
    const { log, onRejected } = this.#options
    const { code, ...response } = createErrorResponse(error, this.#createErrorFormatter(labels.requestId, false))
    const { status } = response
    const reason = error instanceof Problem && error.cause instanceof Error ? error.cause.message : undefined
    log.info({ ...labels, status, code, reason }, 'request rejected')
    onRejected?.(status, code)
    if (status === 408 && !request.socket.destroyed) this.#cutConnections.record('slow_body', labels)
    this.#sender.send(pending, response)
  }
}

function createMetricsResponse(body: Buffer): OutgoingResponse {
  return { status: 200, headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }, body }
}
