import { abortOnDisconnect } from '../http/abort-on-disconnect.ts'
import type { AdmittedOperation } from '../http/operation-admission.ts'
import type { OperationEndpointParts } from '../http/operation-endpoint.ts'
import { OperationExecution } from '../http/operation-execution.ts'
import { parseMaxAge } from '../http/request/cache-control.ts'
import { findRequestOrigin } from '../http/request/origin.ts'
import { isObject } from '../http/request/request-json.ts'
import type { PendingResponse } from '../http/response/response-sender.ts'
import { Subscription } from '../http/stream/subscription.ts'
import type { Tool, ToolResult } from './tool.ts'

interface ToolCallOptions {
  tool: Tool
  /** Arguments as they were sent. */
  args: unknown
  pending: PendingResponse
  operation: AdmittedOperation
}

/** One call of a tool, which runs the GraphQL operation of the tool. */
export class ToolCall {
  readonly execution: OperationExecution
  readonly #tool: Tool
  readonly #options: ToolCallOptions
  readonly #parts: OperationEndpointParts

  constructor(options: ToolCallOptions, parts: OperationEndpointParts) {
    const { tool, args, pending, operation } = options
    const { request, labels } = pending
    const { caller, timer } = operation
    this.#tool = tool
    this.#options = options
    this.#parts = parts
    this.execution = new OperationExecution({
      caller,
      requestId: labels.requestId,
      method: 'POST',
      accept: request.headers.accept,
      mediaType: 'application/json',
      parameters: { query: null, documentId: null, hash: null, variables: isObject(args) ? args : {} },
      timer,
      maxAgeMs: parseMaxAge(request.headers['cache-control']),
      errorFormatter: parts.createErrorFormatter(labels.requestId, caller.scopes.has('explore')),
      getOrigin: () => findRequestOrigin(request, parts.trust),
    })
  }

  async run(): Promise<ToolResult> {
    const { pending } = this.#options
    const stopWatching = abortOnDisconnect(pending.response, this.execution)
    const response = await this.#parts.pipeline.runTrusted(this.#tool.document, this.execution)
    stopWatching()
    if (response instanceof Subscription) throw new Error('A tool cannot be a subscription.')
    const { data } = JSON.parse(response.body) as { data?: Record<string, unknown> | null }
    return {
      content: [{ type: 'text', text: response.body }],
      ...(data ? { structuredContent: data } : { isError: true }),
    }
  }
}
