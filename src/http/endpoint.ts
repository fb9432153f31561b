import { Problem } from '../core/errors.ts'
import type { Reservation } from '../core/byte-budget.ts'
import { abortOnDisconnect } from './abort-on-disconnect.ts'
import { logOperation } from './log-operation.ts'
import { parseMaxAge } from './request/cache-control.ts'
import type { OperationAdmission } from './operation-admission.ts'
import { OperationExecution } from './operation-execution.ts'
import { getMethod, isMultipart, operationBytes, readGraphqlRequest } from './request/graphql-request.ts'
import { negotiateMediaType, createUnsupportedMediaType } from './request/negotiate.ts'
import { findRequestOrigin } from './request/origin.ts'
import { toRejectedEnd, type ObserveOperation } from './observer.ts'
import type { HttpLimits } from './limits.ts'
import type { Pipeline } from './pipeline.ts'
import type { ErrorFormatter } from './response/format-error.ts'
import type { ProxyTrust } from './guard/proxy-trust.ts'
import type { PendingResponse, ResponseSender } from './response/response-sender.ts'
import type { Log } from './response/outgoing-response.ts'
import { HttpError } from './response/http-error.ts'
import type { OpenStreams } from './stream/open-streams.ts'
import { Subscription } from './stream/subscription.ts'

export interface EndpointOptions {
  limits: HttpLimits
  log: Log
  observe?: ObserveOperation
}

/** Objects that the endpoint shares with the rest of the server. */
export interface EndpointParts {
  admission: OperationAdmission
  pipeline: Pipeline
  sender: ResponseSender
  streams: OpenStreams
  trust: ProxyTrust
  createErrorFormatter(requestId: string, canExplore: boolean): ErrorFormatter
}

/** Handles requests to `/graphql` or `/subgraph`, each with one operation. */
export class GraphQLEndpoint {
  readonly #options: EndpointOptions
  readonly #parts: EndpointParts

  constructor(options: EndpointOptions, parts: EndpointParts) {
    this.#options = options
    this.#parts = parts
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

  async #serve(pending: PendingResponse): Promise<OperationExecution> {
    const { request, response, labels } = pending
    const { limits, log } = this.#options
    const { admission, pipeline, sender, streams, trust, createErrorFormatter } = this.#parts
    const { requestId } = labels
    const started = performance.now()
    const method = getMethod(request)
    const admitted = admission.admit(pending)
    const { caller, memory, timer, end } = admitted instanceof Promise ? await admitted : admitted
    // The parts before the first file of an upload have their own time limit.
    if (!isMultipart(request)) timer.start()
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
      const execution = new OperationExecution({
        caller,
        requestId,
        method,
        accept,
        mediaType,
        parameters,
        timer,
        maxAgeMs: parseMaxAge(request.headers['cache-control']),
        errorFormatter: createErrorFormatter(requestId, caller.scopes.has('explore')),
        getOrigin: () => findRequestOrigin(request, trust),
      })
      const stopWatching = abortOnDisconnect(response, execution)
      const result = await pipeline.run(execution)
      if (result instanceof Subscription) {
        if (upload) throw createUnsupportedMediaType('A subscription must be sent as application/json.')
        stopWatching()
        streams.open(pending, execution, result)
        isStreaming = true
        return execution
      }
      // If the upload was malformed or too slow, the client gets that error instead of the result of its mutation.
      if (upload?.failure) throw new HttpError(upload.failure)
      reserveResponse(memory, result.body, execution)
      sender.send(pending, result, memory)
      logOperation(log, execution, labels, result.status, started)
      return execution
    } finally {
      end(isStreaming)
    }
  }
}

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
