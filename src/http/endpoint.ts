import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ByteBudget, Reservation } from '../core/byte-budget.ts'
import type { Authenticate } from '../auth/authenticator.ts'
import type { Caller } from '../auth/caller.ts'
import { Problem } from '../core/errors.ts'
import { LoadShedder } from './guard/load-shedder.ts'
import { OperationQueue } from './guard/operation-queue.ts'
import { parseMaxAge } from './request/cache-control.ts'
import { OperationExecution } from './operation-execution.ts'
import { getMethod, isMultipart, operationBytes, readGraphqlRequest } from './request/graphql-request.ts'
import { negotiateMediaType, createUnsupportedMediaType } from './request/negotiate.ts'
import { findRequestOrigin } from './request/origin.ts'
import { toRejectedEnd, type ObserveOperation } from './observer.ts'
import { createPipeline } from './pipeline.ts'
import type { PipelineOptions } from './pipeline.ts'
import type { ErrorFormatter } from './response/format-error.ts'
import type { ProxyTrust } from './guard/proxy-trust.ts'
import type { PendingResponse, ResponseSender } from './response/response-sender.ts'
import type { Log } from './response/outgoing-response.ts'
import type { RequestLabels } from './request-labels.ts'
import { HttpError } from './response/http-error.ts'
import { OperationTimer } from './guard/operation-timer.ts'
import type { OpenStreams } from './stream/open-streams.ts'
import { Subscription } from './stream/subscription.ts'

export interface EndpointOptions extends PipelineOptions {
  authenticate: Authenticate
  /** Called for each operation before its body is read. Throws to reject the operation. */
  beginOperation?(caller: Caller): void
  log: Log
  observe?: ObserveOperation
}

/** Objects that the endpoint shares with the rest of the server. */
export interface EndpointParts {
  budget: ByteBudget
  sender: ResponseSender
  streams: OpenStreams
  trust: ProxyTrust
  createErrorFormatter(requestId: string, canExplore: boolean): ErrorFormatter
  /** Called when a request has valid credentials. */
  onAuthenticated(request: IncomingMessage): void
}

/** Memory that a connection can buffer of a body while the credentials are checked, or while its operation waits. */
const bufferedBytes = 64 * 1024
/** Memory of a request and its response. */
const requestBytes = 16 * 1024

/** Handles requests to `/graphql`, each with one operation. */
export class GraphQLEndpoint {
  readonly #options: EndpointOptions
  readonly #parts: EndpointParts
  readonly #run: ReturnType<typeof createPipeline>
  readonly #running = new Set<OperationTimer>()
  #onIdle: (() => void) | null = null
  readonly #loadShedder: LoadShedder
  readonly #queue: OperationQueue

  constructor(options: EndpointOptions, parts: EndpointParts) {
    this.#options = options
    this.#parts = parts
    this.#loadShedder = new LoadShedder(options.limits)
    this.#queue = new OperationQueue(this.#loadShedder)
    this.#run = createPipeline(options)
  }

  /**
   * Runs the operation of a request and sends the response.
   *
   * @throws `HttpError` or `Problem` if the request is rejected; then nothing was sent.
   */
  async handle(pending: PendingResponse): Promise<void> {
    const { request, labels } = pending
    const end = this.#options.observe?.(labels.requestId, this.#parts.trust.getTrustedHeaders(request))
    try {
      const { operation, codes, notes } = await this.#serve(pending)
      const { mutationCodes, failedSources } = notes
      end?.({ kind: operation?.operation ?? null, codes: [...codes, ...mutationCodes], failedSources })
    } catch (error) {
      end?.(toRejectedEnd(error))
      throw error
    }
  }

  /** Ends the timers. Call it when no operation follows. */
  close(): void {
    this.#loadShedder.stop()
    this.#queue.close()
  }

  /**
   * Resolves when no operation is running, including operations whose client has disconnected. Call it once, when no
   * request follows.
   */
  waitUntilIdle(): Promise<void> {
    if (this.#running.size === 0) return Promise.resolve()
    return new Promise((resolve) => (this.#onIdle = resolve))
  }

  /** Aborts all running operations. */
  abort(problem: Problem): void {
    for (const timer of this.#running) timer.abort(problem)
  }

  async #serve(pending: PendingResponse): Promise<OperationExecution> {
    const { request, response, labels } = pending
    const { limits } = this.#options
    const { requestId } = labels
    const started = performance.now()
    const method = getMethod(request)
    const authenticated = this.authenticate(request)
    const caller = authenticated instanceof Promise ? await authenticated : authenticated
    this.#parts.onAuthenticated(request)
    this.#options.beginOperation?.(caller)
    const memory = this.#parts.budget.reserve(caller.name)
    const turn = this.#begin(caller, pending, memory)
    const endOperation = turn instanceof Promise ? await turn : turn
    const timer = new OperationTimer({ timeoutMs: limits.operationDeadline, graceMs: limits.deadlineGrace })
    // The parts before the first file of an upload have their own time limit.
    if (!isMultipart(request)) timer.start()
    this.#running.add(timer)
    let isStreaming = false
    try {
      const { accept } = request.headers
      const mediaType = negotiateMediaType(accept)
      const { parameters, upload } = await readGraphqlRequest(request, response, {
        method,
        limits,
        memory,
        onUploadProgress: () => timer.extend(),
      })
      timer.start()
      const errorFormatter = this.#parts.createErrorFormatter(requestId, caller.scopes.has('explore'))
      const execution = new OperationExecution({
        caller,
        requestId,
        method,
        accept,
        mediaType,
        parameters,
        timer,
        maxAgeMs: parseMaxAge(request.headers['cache-control']),
        errorFormatter,
        getOrigin: () => findRequestOrigin(request, this.#parts.trust),
      })
      const stopWatching = abortOnDisconnect(response, execution)
      const result = await this.#run(execution)
      if (result instanceof Subscription) {
        if (upload) throw createUnsupportedMediaType('A subscription must be sent as application/json.')
        stopWatching()
        this.#parts.streams.open(pending, execution, result)
        isStreaming = true
        return execution
      }
      // If the upload was malformed or too slow, the client gets that error instead of the result of its mutation.
      if (upload?.failure) throw new HttpError(upload.failure)
      reserveResponse(memory, result.body, execution)
      this.#parts.sender.send(pending, result, memory)
      this.#logOperation(execution, labels, result.status, started)
      return execution
    } finally {
      timer.stop()
      this.#running.delete(timer)
      if (this.#running.size === 0) this.#onIdle?.()
      endOperation()
      if (isStreaming || response.closed || request.socket.destroyed) memory.release()
      else response.once('close', () => memory.release())
    }
  }

  /**
   * Returns the caller of a request. Requests that wait for the keys of JWTs share one part of the memory, because they
   * have no caller yet.
   */
  authenticate(request: IncomingMessage): Caller | Promise<Caller> {
    const caller = this.#options.authenticate(request.headers.authorization)
    if (!(caller instanceof Promise)) return caller
    const memory = this.#parts.budget.reserve('')
    const waiting = caller.finally(() => memory.release())
    // If the reservation fails, the request is rejected, and nothing handles this promise.
    waiting.catch(() => {})
    memory.hold(bufferedBytes)
    return waiting
  }

  /** Returns a function that ends the operation, or a promise of it if the operation must wait. */
  #begin(
    caller: Caller,
    { request, response }: PendingResponse,
    memory: Reservation,
  ): (() => void) | Promise<() => void> {
    try {
      const turn = this.#queue.enter({
        caller: caller.name,
        response,
        memory,
        runningBytes: operationBytes,
        waitingBytes: requestBytes + estimateBuffered(request),
      })
      if (turn instanceof Promise) turn.catch(() => memory.release())
      return turn
    } catch (error) {
      memory.release()
      throw error
    }
  }

  #logOperation(
    { caller, operation, documentId, codes, notes }: OperationExecution,
    labels: RequestLabels,
    status: number,
    started: number,
  ): void {
    const { mutationCodes, failedSources, cacheUse } = notes
    this.#options.log.info(
      {
        ...labels,
        caller: caller.name,
        operation: operation?.name?.value ?? null,
        document: documentId,
        kind: operation?.operation ?? null,
        status,
        duration: Math.round(performance.now() - started),
        codes: getDistinct([...codes, ...mutationCodes, ...failedSources.map(({ code }) => code)]),
        ...(failedSources.length > 0 && { partial: true }),
        ...(cacheUse && cacheUse.stale.length > 0 && { stale: cacheUse.stale }),
      },
      'operation',
    )
  }
}

/** Estimates how many bytes of the body a connection buffers while nothing reads it. */
function estimateBuffered({ headers }: IncomingMessage): number {
  const length = headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : bufferedBytes
  return Math.min(length, bufferedBytes)
}

const getDistinct = <T>(values: T[]): T[] => (values.length > 1 ? [...new Set(values)] : values)

/**
 * Reserves memory for a response.
 *
 * @throws `TOO_MANY_REQUESTS` or `OVERLOADED`; for a mutation `OUTCOME_UNKNOWN`, because its result is recorded.
 */
function reserveResponse(memory: Reservation, body: string, { operation }: OperationExecution): void {
  const bytes = Math.max(operationBytes, Buffer.byteLength(body))
  if (operation?.operation !== 'mutation') return memory.hold(bytes)
  if (memory.resize(bytes)) return
  const text =
    'The mutation was executed, but the server has no memory for its response. ' +
    'Query "operation" for the result, or send the mutation again with the same "idempotencyKey".'
  throw new HttpError(new Problem('OUTCOME_UNKNOWN', text), { status: 503 })
}

/**
 * Aborts a query when its client disconnects. A mutation continues, because its result is recorded. Returns a function
 * that ends the watch.
 */
function abortOnDisconnect(response: ServerResponse, execution: OperationExecution): () => void {
  const onClose = (): void => {
    if (response.writableFinished || execution.operation?.operation === 'mutation') return
    execution.timer.abort(
      new Problem('DEADLINE_EXCEEDED', 'The client closed the connection before the response was sent.'),
    )
  }
  response.once('close', onClose)
  return () => response.off('close', onClose)
}
