import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ByteBudget, Reservation } from '../core/byte-budget.ts'
import type { Authenticate } from '../auth/authenticator.ts'
import type { Caller } from '../auth/caller.ts'
import { Problem } from '../core/errors.ts'
import { LoadShedder } from './guard/load-shedder.ts'
import { hasBody, assertContentLength, readRequestBody } from './request/body.ts'
import type { HttpLimits } from './limits.ts'
import { OperationExecution } from './exchange.ts'
import { MultipartRequest } from './request/multipart.ts'
import { negotiateMediaType, parseBodyType, isJson, createUnsupportedMediaType } from './request/negotiate.ts'
import { toRejectedEnd, type ObserveOperation } from './observer.ts'
import { checkParameters, readJson, readQuery } from './request/parameters.ts'
import type { Parameters } from './request/parameters.ts'
import { createPipeline } from './pipeline.ts'
import type { PipelineOptions } from './pipeline.ts'
import type { ErrorFormatter } from './response/format-error.ts'
import type { ProxyTrust } from './guard/proxy-trust.ts'
import type { ReplySender } from './response/response-sender.ts'
import type { Log } from './response/outgoing-response.ts'
import type { RequestLabels } from './request-labels.ts'
import { HttpError } from './response/http-error.ts'
import { parseRequestTarget } from './request/target.ts'
import { OperationTimer } from './guard/operation-timer.ts'

export interface EndpointOptions extends PipelineOptions {
  authenticate: Authenticate
  /** Called for each operation before its body is read. Throws what the operation is rejected with. */
  beginOperation?(caller: Caller): void
  log: Log
  getVendorName(account: string): string | null
  observe?: ObserveOperation
}

/** What the endpoint shares with the rest of the server. */
export interface EndpointParts {
  budget: ByteBudget
  sender: ReplySender
  trust: ProxyTrust
  /** Is called when a request brings valid credentials. */
  onAuthenticated(request: IncomingMessage): void
}

interface GraphqlRequestBody {
  parameters: Parameters
  upload: MultipartRequest | null
}

/** What may surround the file in a multipart body. */
const envelopeBytes = 64 * 1024
/** What every operation reserves: its state, and a response of the usual size. */
const operationBytes = 32 * 1024
/** A byte of JSON and what is made of it: the buffer, the text, the values. */
const memoryPerByte = 4
/** The streams that an upload goes through, each full. */
const uploadBytes = 512 * 1024
/** What a connection buffers of a body while the credentials are checked. */
const waitingBytes = 64 * 1024
const preflightHeaders = ['x-parley-csrf', 'apollo-require-preflight', 'x-graphql-yoga-csrf']

/** /graphql: from an HTTP request to the answer of one operation. */
export class GraphQLEndpoint {
  readonly #options: EndpointOptions
  readonly #parts: EndpointParts
  readonly #run: ReturnType<typeof createPipeline>
  readonly #running = new Set<OperationTimer>()
  #onIdle: (() => void) | null = null
  readonly #admission: LoadShedder

  constructor(options: EndpointOptions, parts: EndpointParts) {
    this.#options = options
    this.#parts = parts
    this.#admission = new LoadShedder(options.limits)
    this.#run = createPipeline(options)
  }

  /** Throws what the server answers as a refusal. */
  async handle(request: IncomingMessage, response: ServerResponse, labels: RequestLabels): Promise<void> {
    const end = this.#options.observe?.(labels.requestId, this.#parts.trust.getTrustedHeaders(request))
    try {
      const { operation, codes, notes } = await this.#serve(request, response, labels)
      const { mutationCodes, failedSources } = notes
      end?.({ kind: operation?.operation ?? null, codes: [...codes, ...mutationCodes], failedSources })
    } catch (error) {
      end?.(toRejectedEnd(error))
      throw error
    }
  }

  /** No operation follows. */
  close(): void {
    this.#admission.stop()
  }

  /** Resolves once no operation runs, also none whose client has gone. Call it once, when no request follows. */
  waitUntilIdle(): Promise<void> {
    if (this.#running.size === 0) return Promise.resolve()
    return new Promise((resolve) => (this.#onIdle = resolve))
  }

  /** Aborts whatever still runs. */
  abort(problem: Problem): void {
    for (const timebox of this.#running) timebox.abort(problem)
  }

  async #serve(request: IncomingMessage, response: ServerResponse, labels: RequestLabels): Promise<OperationExecution> {
    const { limits } = this.#options
    const { requestId } = labels
    const started = performance.now()
    const method = getMethod(request)
    const found = this.authenticate(request)
    const caller = found instanceof Promise ? await found : found
    this.#parts.onAuthenticated(request)
    this.#options.beginOperation?.(caller)
    const endOperation = this.#admission.tryAcquire(caller.name)
    const memory = this.#parts.budget.reserve(caller.name)
    const timebox = new OperationTimer({ timeMs: limits.operationDeadline, graceMs: limits.deadlineGrace })
    // The parts before an upload's first file have a time limit of their own.
    if (!isMultipart(request)) timebox.start()
    this.#running.add(timebox)
    try {
      memory.hold(operationBytes)
      const mediaType = negotiateMediaType(request.headers.accept)
      const { parameters, upload } = await readGraphqlRequest(request, response, {
        method,
        limits,
        memory,
        onUploadProgress: () => timebox.extend(),
      })
      timebox.start()
      const presentation = this.#createErrorFormatter(requestId, caller.scopes.has('explore'))
      const exchange = new OperationExecution({
        caller,
        requestId,
        method,
        mediaType,
        parameters,
        timebox,
        presentation,
      })
      onDisconnect(response, exchange)
      const answer = await this.#run(exchange)
      // A client whose upload was malformed or too slow hears that, and not what its mutation made of it.
      if (upload?.failure) throw new HttpError(upload.failure)
      holdResponse(memory, answer.body, exchange)
      this.#parts.sender.send({ request, response, labels }, answer, memory)
      this.#logOperation(exchange, labels, answer.status, started)
      return exchange
    } finally {
      timebox.stop()
      this.#running.delete(timebox)
      if (this.#running.size === 0) this.#onIdle?.()
      endOperation()
      if (response.closed || request.socket.destroyed) memory.release()
      else response.once('close', () => memory.release())
    }
  }

  /** What waits for the keys of JWTs is held by nobody yet, and is bounded for all of them together. */
  authenticate(request: IncomingMessage): Caller | Promise<Caller> {
    const caller = this.#options.authenticate(request.headers.authorization)
    if (!(caller instanceof Promise)) return caller
    const memory = this.#parts.budget.reserve('')
    const waiting = caller.finally(() => memory.release())
    // What becomes of it does not matter to a request that is rejected here.
    waiting.catch(() => {})
    memory.hold(waitingBytes)
    return waiting
  }

  #createErrorFormatter(requestId: string, explore: boolean): ErrorFormatter {
    const { log, getVendorName: vendorOf } = this.#options
    return { requestId, explore, getVendorName: vendorOf, onDefect: (err) => log.error({ requestId, err }, 'defect') }
  }

  #logOperation(
    { caller, operation, codes, notes }: OperationExecution,
    labels: RequestLabels,
    status: number,
    started: number,
  ): void {
    const { mutationCodes, failedSources } = notes
    this.#options.log.info(
      {
        ...labels,
        caller: caller.name,
        operation: operation?.name?.value ?? null,
        kind: operation?.operation ?? null,
        status,
        duration: Math.round(performance.now() - started),
        codes: distinct([...codes, ...mutationCodes, ...failedSources.map(({ code }) => code)]),
        ...(failedSources.length > 0 && { partial: true }),
      },
      'operation',
    )
  }
}

const distinct = <T>(values: T[]): T[] => (values.length > 1 ? [...new Set(values)] : values)

function getMethod({ method }: IncomingMessage): 'GET' | 'POST' {
  if (method === 'GET' || method === 'POST') return method
  const problem = new Problem('BAD_USER_INPUT', 'Only GET and POST are answered here.')
  throw new HttpError(problem, { status: 405, headers: { allow: 'GET, POST' } })
}

function isMultipart({ headers }: IncomingMessage): boolean {
  return /^multipart\/form-data\b/i.test(headers['content-type'] ?? '')
}

interface ReadInputOptions {
  method: 'GET' | 'POST'
  limits: HttpLimits
  memory: Reservation
  /** Is called when bytes arrive while the operation uses a file. */
  onUploadProgress(): void
}

async function readGraphqlRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { method, limits, memory, onUploadProgress }: ReadInputOptions,
): Promise<GraphqlRequestBody> {
  const { headers } = request
  if (method === 'GET') {
    // Apollo Client sends the type of a POST with a GET, too. A page of another site needs a preflight for it.
    const type = headers['content-type']
    if (hasBody(request) || (type !== undefined && !isJson(type)))
      throw createUnsupportedMediaType('A GET must not have a body, nor a type other than application/json.')
    return { parameters: readQuery(parseRequestTarget(request).query, limits), upload: null }
  }
  if (parseBodyType(headers['content-type'], headers['content-encoding']) === 'json') {
    assertContentLength(request, limits.requestBytes)
    sendContinue(request, response)
    const pace = { bytes: limits.socketProgressBytes, intervalMs: limits.socketProgressTime }
    const body = await readRequestBody(request, pace, {
      maxBytes: limits.requestBytes,
      timeoutMs: limits.socketRequestTimeout,
      onSize: (size) => memory.hold(operationBytes + memoryPerByte * size),
    })
    return { parameters: checkParameters(readJson(body, limits)), upload: null }
  }
  if (!preflightHeaders.some((name) => headers[name] !== undefined)) {
    const text = `A multipart request needs one of the headers ${preflightHeaders.join(', ')}.`
    throw new HttpError(new Problem('CSRF_BLOCKED', text))
  }
  assertContentLength(request, limits.uploadBytes, envelopeBytes)
  sendContinue(request, response)
  memory.hold(operationBytes + uploadBytes)
  const onHead = (size: number): void => memory.hold(operationBytes + uploadBytes + memoryPerByte * size)
  const upload = new MultipartRequest(request, limits, { onHead, onProgress: onUploadProgress })
  return { parameters: checkParameters(await upload.operations), upload }
}

/** Tells a client that waits with its body for leave to send it. */
function sendContinue({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers.expect !== undefined) response.writeContinue()
}

/** The result of a mutation is not lost: it is recorded. */
function holdResponse(memory: Reservation, body: string, { operation }: OperationExecution): void {
  const bytes = Math.max(operationBytes, Buffer.byteLength(body))
  if (operation?.operation !== 'mutation') return memory.hold(bytes)
  if (memory.resize(bytes)) return
  const text =
    'The mutation ran, but the server has no memory left for its response. ' +
    'Read the result with "operation", or send the mutation again with the same "idempotencyKey".'
  throw new HttpError(new Problem('OUTCOME_UNKNOWN', text), { status: 503 })
}

/** A query whose client has gone is of no use to anyone; a mutation runs to its end. */
function onDisconnect(response: ServerResponse, exchange: OperationExecution): void {
  response.once('close', () => {
    if (response.writableFinished || exchange.operation?.operation === 'mutation') return
    exchange.timebox.abort(new Problem('DEADLINE_EXCEEDED', 'The client went away before the answer.'))
  })
}
