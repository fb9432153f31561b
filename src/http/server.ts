import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { ByteBudget } from '../core/byte-budget.ts'
import { Problem } from '../core/errors.ts'
import type { Subgraph } from '../federation/subgraph.ts'
import { RememberedDocuments } from './document/remembered-documents.ts'
import { createSubgraphDocuments } from './document/subgraph-documents.ts'
import { ClientConnections } from './guard/client-connections.ts'
import { CutConnections, type CutReason } from './guard/cut-connections.ts'
import { DownloadEndpoint, type DownloadOptions } from './download/download-endpoint.ts'
import { GraphQLEndpoint, type EndpointOptions } from './endpoint.ts'
import { GraphiQL } from './graphiql/graphiql.ts'
import { HookEndpoint, type HookOptions } from './hook-endpoint.ts'
import type { Playground } from './graphiql/graphiql.ts'
import { formatUrl, PortListener } from './listener.ts'
import { rejectMalformed } from './request/malformed.ts'
import { MetricsListener } from './metrics-listener.ts'
import { createNodeServer } from './node-server.ts'
import { OperationAdmission, type AdmissionOptions } from './operation-admission.ts'
import { Pipeline, type PipelineOptions } from './pipeline.ts'
import type { ErrorFormatter } from './response/format-error.ts'
import { getPeerAddress, ProxyTrust, type TrustProxySetting } from './guard/proxy-trust.ts'
import { ResponseSender } from './response/response-sender.ts'
import type { OperationEndpointParts, ToolEndpoint } from './operation-endpoint.ts'
import { Router, type RouterOptions } from './router.ts'
import { shareComputation } from './shared-computation.ts'
import { OpenStreams } from './stream/open-streams.ts'

export interface HttpServerOptions extends AdmissionOptions, EndpointOptions, PipelineOptions, RouterOptions {
  /** Returns the vendor of an account, by account key. Null if the account is unknown. */
  getVendorName(account: string): string | null
  /** Whether other processes can listen on the same address. */
  reusePort: boolean
  /** Proxies whose forwarded headers, `x-request-id`, and `traceparent` are used. */
  trustProxy: TrustProxySetting
  /** Returns the metrics in the text format of Prometheus. Null if `/metrics` is not served. */
  metrics: (() => Promise<string>) | null
  /** Null if GraphiQL is not served. */
  playground: Playground | null
  /** Schema of `/subgraph`. Null if it is not served. */
  subgraph: Subgraph | null
  /** Webhooks, which arrive at `/hooks/{accountKey}`. */
  hooks: HookOptions
  /** Downloads of recordings, at `/recordings/{token}/{fileName}`. */
  downloads: DownloadOptions
  /** Creates the endpoint for the tools of language models. */
  createToolEndpoint(parts: OperationEndpointParts): ToolEndpoint
  /** Called for every connection that the server closes while it is in use. */
  onCut?: (reason: CutReason) => void
}

/** Time for which a stop waits for the first bytes of a connection. */
const unusedConnectionMs = 1_000

/** Serves `/graphql` with GraphiQL, `/subgraph`, `/mcp`, `/hooks`, `/recordings`, `/healthz`, `/readyz`, and `/metrics`. */
export class HttpServer {
  readonly server: Server
  readonly budget: ByteBudget
  readonly connections: ClientConnections
  readonly streams: OpenStreams
  readonly downloads: DownloadEndpoint
  readonly #listener: PortListener
  readonly #cutConnections: CutConnections
  readonly #options: HttpServerOptions
  readonly #admission: OperationAdmission
  #metricsListener: MetricsListener | null = null
  #isDraining = false

  constructor(options: HttpServerOptions) {
    this.#options = options
    const { limits, log, onCut } = options
    const trust = new ProxyTrust(options.trustProxy)
    this.#cutConnections = new CutConnections({ log, onCut })
    this.budget = new ByteBudget(limits.bufferBytes)
    this.connections = new ClientConnections(limits.connections, this.budget, (reason, socket) =>
      this.#cutConnections.record(reason, { clientAddress: getPeerAddress(socket) }),
    )
    const sender = new ResponseSender({
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
    this.#admission = new OperationAdmission(options, { budget: this.budget, onAuthenticated })
    const documents = { ...options.documents, remembered: new RememberedDocuments() }
    const pipeline = new Pipeline({ ...options, documents })
    const parts: OperationEndpointParts = { admission: this.#admission, pipeline, sender, trust, createErrorFormatter }
    const createEndpoint = (own: Pipeline): GraphQLEndpoint =>
      new GraphQLEndpoint(options, { ...parts, pipeline: own, streams: this.streams })
    const authenticate = (request: IncomingMessage) => this.#admission.authenticate(request)
    const { playground, subgraph, basePath, metrics, hooks, downloads } = options
    this.downloads = new DownloadEndpoint(downloads, {
      limits,
      budget: this.budget,
      createErrorFormatter,
      onAuthenticated,
      onSlowReader: (labels) => this.#cutConnections.record('slow_reader', labels),
    })
    const router = new Router(options, {
      endpoint: createEndpoint(pipeline),
      subgraph:
        subgraph &&
        createEndpoint(new Pipeline({ ...options, ...subgraph, documents: createSubgraphDocuments(documents) })),
      tools: options.createToolEndpoint(parts),
      graphiql: playground && new GraphiQL({ ...playground, basePath, authenticate }),
      hooks: new HookEndpoint(hooks, { limits, budget: this.budget, log, onAuthenticated }),
      downloads: this.downloads,
      // Shared among requests, because it needs no credentials and takes milliseconds.
      metrics: metrics && shareComputation(async () => Buffer.from(await metrics())),
      sender,
      trust,
      cutConnections: this.#cutConnections,
      createErrorFormatter,
      getMetricsListener: () => this.#metricsListener,
      isDraining: () => this.#isDraining,
    })
    const handleRequest = (request: IncomingMessage, response: ServerResponse): void =>
      this.connections.begin(request.socket, response, () => router.handle(request, response))
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
    const closed = Promise.all([this.#listener.close(), this.#admission.waitUntilIdle()])
    const sweep = setInterval(() => this.server.closeIdleConnections(), 50)
    // Clients whose stream has ended connect again at once, some of them without a request.
    const unused = setTimeout(() => this.connections.closeUnused(), unusedConnectionMs)
    const late = new AbortController()
    const aborted = delay(shutdownGrace, undefined, { signal: late.signal }).then(
      () => {
        this.#admission.abort(problem)
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
    this.#admission.close()
  }

  #createErrorFormatter(requestId: string, canExplore: boolean): ErrorFormatter {
    const { log, getVendorName } = this.#options
    const onInternalError = (err: unknown): void => log.error({ requestId, err }, 'internal error')
    return { requestId, canExplore, getVendorName, onInternalError }
  }
}
