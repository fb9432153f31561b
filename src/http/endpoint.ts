import { abortOnDisconnect } from './abort-on-disconnect.ts'
import { logOperation } from './log-operation.ts'
import { parseMaxAge } from './request/cache-control.ts'
import type { OperationEndpointParts } from './operation-endpoint.ts'
import { OperationExecution } from './operation-execution.ts'
import { getMethod, isMultipart, readGraphqlRequest } from './request/graphql-request.ts'
import { negotiateMediaType, createUnsupportedMediaType } from './request/negotiate.ts'
import { findRequestOrigin } from './request/origin.ts'
import { toOperationEnd, toRejectedEnd, type ObserveOperation } from './observer.ts'
import { reserveResponse } from './reserve-response.ts'
import type { HttpLimits } from './limits.ts'
import type { PendingResponse } from './response/response-sender.ts'
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
export interface EndpointParts extends OperationEndpointParts {
  streams: OpenStreams
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
  handle(pending: PendingResponse): Promise<void> {
    const { request, labels } = pending
    const end = this.#options.observe?.(labels.requestId, this.#parts.trust.getTrustedHeaders(request))
    return this.#serve(pending).then(
      (execution) => end?.(toOperationEnd(execution)),
      (error: unknown) => {
        end?.(toRejectedEnd(error))
        throw error
      },
    )
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
      reserveResponse(memory, result.body, execution.operation)
      sender.send(pending, result, memory)
      logOperation(log, execution, labels, result.status, started)
      return execution
    } finally {
      end(isStreaming)
    }
  }
}
