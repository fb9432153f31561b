import { randomUUID } from 'node:crypto'
import http from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { ByteBudget } from '../byte-budget.ts'
import { Problem, type Code } from '../errors.ts'
import { ClientConnections } from './client-connections.ts'
import { allowOrigin, type CorsOptions } from './cors.ts'
import { CutConnections, type CutReason } from './cut-connections.ts'
import { GraphQLEndpoint } from './endpoint.ts'
import type { EndpointOptions } from './endpoint.ts'
import { GraphiQL } from './graphiql.ts'
import type { Playground } from './graphiql.ts'
import type { HttpLimits } from './limits.ts'
import { formatUrl, Listener } from './listener.ts'
import { rejectForeignRequest, type AllowedSites } from './local-request.ts'
import { assertUnambiguous, rejectMalformed } from './malformed.ts'
import { MetricsListener } from './metrics-listener.ts'
import { badInput } from './parameters.ts'
import { present } from './present.ts'
import { ReplySender } from './reply-sender.ts'
import { text } from './reply.ts'
import type { Reply } from './reply.ts'
import { replyRoot } from './root.ts'
import { shareComputation } from './shared-computation.ts'
import { Refusal } from './status.ts'
import { getRoute, targetOf } from './target.ts'

export interface HttpServerOptions extends EndpointOptions {
  /** Null if no page of another origin can read responses. */
  cors: CorsOptions | null
  /** The only senders of requests. Null if callers are configured: then each request has credentials, or is rejected. */
  allowedSites: AllowedSites | null
  /** Prefix of every path but `/metrics`, such as `/meetings`; empty if there is none. Requests without the prefix are answered too. */
  basePath: string
  /** Whether x-request-id is taken from the request. */
  trustProxy: boolean
  /** Prometheus text; null: there is no /metrics. */
  metrics: (() => Promise<string>) | null
  /** GraphiQL; null: there is none. */
  playground: Playground | null
  /** Is called for every request that is rejected without a GraphQL result. */
  onRejected?: (status: number, code: Code) => void
  /** Is called for every connection that the server closes while it is in use. */
  onCut?: (reason: CutReason) => void
}

/** The HTTP surface: /graphql with GraphiQL, /healthz, /readyz and /metrics. */
export class HttpServer {
  readonly server: http.Server
  readonly budget: ByteBudget
  readonly connections: ClientConnections
  readonly #listener: Listener
  readonly #cuts: CutConnections
  readonly #sender: ReplySender
  readonly #options: HttpServerOptions
  readonly #endpoint: GraphQLEndpoint
  readonly #graphiql: GraphiQL | null
  /** Needs no credentials, and takes milliseconds. */
  readonly #metrics: (() => Promise<Buffer>) | null
  #metricsListener: MetricsListener | null = null
  #draining = false

  constructor(options: HttpServerOptions) {
    this.#options = options
    const { limits, log, onCut } = options
    this.#cuts = new CutConnections({ log, onCut })
    this.budget = new ByteBudget(limits.bufferBytes)
    this.connections = new ClientConnections(limits.connections, this.budget, (reason) => this.#cuts.note(reason))
    this.#sender = new ReplySender({
      pace: { bytes: limits.socketProgressBytes, intervalMs: limits.socketProgressTime },
      budget: this.budget,
      onCut: (reason, response) => this.#cuts.note(reason, String(response.getHeader('x-request-id'))),
    })
    this.#endpoint = new GraphQLEndpoint(options, {
      budget: this.budget,
      sender: this.#sender,
      onAuthenticated: ({ socket }) => this.connections.authenticate(socket),
    })
    const authenticate = (request: IncomingMessage) => this.#endpoint.authenticate(request)
    const { playground, basePath } = options
    this.#graphiql = playground && new GraphiQL({ ...playground, basePath, authenticate })
    const { metrics } = options
    this.#metrics = metrics && shareComputation(async () => Buffer.from(await metrics()))
    const answer = (request: IncomingMessage, response: ServerResponse): void =>
      this.connections.begin(request.socket, response, () => void this.#answer(request, response))
    this.server = createServer(limits, answer)
    // Whoever asks before sending a body is told to go on only when it will be read.
    this.server.on('checkContinue', answer)
    this.server.on('checkExpectation', answer)
    this.server.on('connection', (socket) => this.connections.add(socket))
    this.server.on('clientError', (error, stream) => {
      const socket = stream as Socket
      if (rejectMalformed(error, socket, this.connections.hasBegunResponse(socket))) this.#cuts.note('malformed')
    })
    this.#listener = new Listener(this.server)
  }

  async listen(port: number, host: string): Promise<{ url: string }> {
    const address = await this.#listener.listen(port, host)
    this.server.on('error', (err) => this.#options.log.error({ err }, 'server'))
    return { url: formatUrl(address) }
  }

  /** Serves `/metrics` at this address, and no longer at the API's. */
  async listenForMetrics(port: number, host: string): Promise<{ url: string }> {
    const listener = new MetricsListener(this.server)
    const address = await listener.listen(port, host)
    this.#metricsListener = listener
    return { url: formatUrl(address) }
  }

  /**
   * The graceful stop: unready at once and `Connection: close` on every answer, so that clients leave by themselves; then
   * no new connections, and what still runs may end within its time.
   */
  async drain(): Promise<void> {
    if (this.#draining) return
    this.#draining = true
    const { drainAnnounce, shutdownGrace, deadlineGrace } = this.#options.limits
    await delay(drainAnnounce)
    const closed = this.#listener.close()
    const sweep = setInterval(() => this.server.closeIdleConnections(), 50)
    const late = new AbortController()
    const overtime = delay(shutdownGrace, undefined, { signal: late.signal }).then(
      () => this.#endpoint.abort(new Problem('SHUTTING_DOWN', 'The server is stopping.')),
      () => {},
    )
    await Promise.race([
      closed,
      overtime.then(() => delay(deadlineGrace, undefined, { signal: late.signal })).catch(() => {}),
    ])
    late.abort()
    clearInterval(sweep)
    await this.close()
  }

  /** Ends every connection at once. */
  async close(): Promise<void> {
    const closed = Promise.all([this.#listener.close(), this.#metricsListener?.close()])
    this.server.closeAllConnections()
    await closed
    this.#endpoint.close()
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { log, cors, trustProxy } = this.#options
    const requestId = requestIdOf(request, trustProxy)
    response.setHeader('x-request-id', requestId)
    if (this.#draining) response.setHeader('connection', 'close')
    response.on('error', (err) => log.warn({ requestId, err }, 'connection'))
    allowOrigin(request, response, cors)
    try {
      this.#limitHeaders(request)
      assertUnambiguous(request)
      const isForMetrics = this.#metricsListener?.has(request.socket) === true
      const reply = await (isForMetrics ? this.#routeMetrics(request) : this.#route(request, response, requestId))
      if (reply) this.#sender.send(request, response, reply)
    } catch (error) {
      this.#refuse(request, response, requestId, error)
    }
  }

  /** Null where the endpoint has answered by itself. */
  async #route(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<Reply | null> {
    const { allowedSites, basePath } = this.#options
    const path = getRoute(request, basePath)
    if (path === '/healthz') return text(200, 'ok')
    if (path === '/readyz') return this.#draining ? text(503, 'draining') : text(200, 'ready')
    if (allowedSites) rejectForeignRequest(request, allowedSites)
    if (path === '/metrics' && this.#metrics && !this.#metricsListener) return metricsReply(await this.#metrics())
    const page = this.#graphiql?.reply(request, path)
    if (!page && path === '/graphql') {
      if (request.method === 'OPTIONS') return { status: 204, headers: { allow: 'GET, POST' } }
      await this.#endpoint.handle(request, response, requestId)
      return null
    }
    if (path === '/') return replyRoot(request, basePath, this.#graphiql !== null)
    return (await page) ?? text(404, `Not found. The API is at ${basePath}/graphql.`)
  }

  /** At the address of the metrics. */
  async #routeMetrics(request: IncomingMessage): Promise<Reply> {
    const { allowedSites } = this.#options
    if (allowedSites) rejectForeignRequest(request, allowedSites)
    const isFound = targetOf(request).path === '/metrics' && this.#metrics !== null
    return isFound ? metricsReply(await this.#metrics()) : text(404, 'Not found. The metrics are at /metrics.')
  }

  #limitHeaders(request: IncomingMessage): void {
    const limit = this.#options.limits.headers
    if (request.rawHeaders.length > limit * 2) throw badInput(`Too many headers: at most ${limit} are accepted.`, 431)
  }

  #refuse(request: IncomingMessage, response: ServerResponse, requestId: string, error: unknown): void {
    const { log, vendorOf } = this.#options
    const onDefect = (err: unknown) => log.error({ requestId, err }, 'defect')
    const presented = present(error, { requestId, explore: false, vendorOf, onDefect })
    const { code } = presented.extensions
    const problem = error instanceof Problem ? error : new Problem(code, presented.message)
    const { answer } = error instanceof Refusal ? error : new Refusal(problem)
    const reason = error instanceof Problem && error.cause instanceof Error ? error.cause.message : undefined
    log.info({ requestId, status: answer.status, code, reason }, 'refused')
    this.#options.onRejected?.(answer.status, code)
    if (answer.status === 408 && !request.socket.destroyed) this.#cuts.note('slow_body', requestId)
    const headers = { 'content-type': 'application/json; charset=utf-8', ...answer.headers }
    this.#sender.send(request, response, {
      status: answer.status,
      headers,
      body: JSON.stringify({ errors: [presented] }),
    })
  }
}

function createServer(limits: HttpLimits, listener: http.RequestListener): http.Server {
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

function requestIdOf({ headers }: IncomingMessage, trusted: boolean): string {
  const given = headers['x-request-id']
  return trusted && typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID()
}

function metricsReply(body: Buffer): Reply {
  return { status: 200, headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }, body }
}
