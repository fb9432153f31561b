import { abortOnDisconnect } from '../http/abort-on-disconnect.ts'
import type { AdmittedOperation } from '../http/operation-admission.ts'
import type { OperationEndpointParts } from '../http/operation-endpoint.ts'
import { OperationExecution } from '../http/operation-execution.ts'
import { parseMaxAge } from '../http/request/cache-control.ts'
import { findRequestOrigin } from '../http/request/origin.ts'
import type { GraphQLResponse } from '../http/response/response-limit.ts'
import type { PendingResponse } from '../http/response/response-sender.ts'
import { Subscription } from '../http/stream/subscription.ts'
import { checkArguments } from './tool-arguments.ts'
import { createToolResult } from './tool-result.ts'
import type { Tool, ToolResult } from './tool.ts'

interface ToolCallOptions {
  tool: Tool
  /** Arguments as they were sent. */
  args: unknown
  pending: PendingResponse
  operation: AdmittedOperation
  maxResultBytes: number
}

/** One call of a tool, which runs the GraphQL operation of the tool. */
export class ToolCall {
  readonly execution: OperationExecution
  readonly #options: ToolCallOptions
  readonly #parts: OperationEndpointParts
  /** Result if the arguments are wrong. */
  readonly #rejection: ToolResult | null

  constructor(options: ToolCallOptions, parts: OperationEndpointParts) {
    const { tool, args, pending, operation } = options
    const { request, labels } = pending
    const { requestId } = labels
    const { caller, timer } = operation
    const checked = checkArguments(tool, args, requestId)
    const variables = 'variables' in checked ? checked.variables : {}
    this.#options = options
    this.#parts = parts
    this.#rejection = 'rejection' in checked ? checked.rejection : null
    this.execution = new OperationExecution({
      caller,
      requestId,
      method: 'POST',
      accept: request.headers.accept,
      mediaType: 'application/json',
      parameters: { query: null, documentId: null, hash: null, variables },
      timer,
      maxAgeMs: parseMaxAge(request.headers['cache-control']),
      errorFormatter: parts.createErrorFormatter(requestId, caller.scopes.has('explore')),
      getOrigin: () => findRequestOrigin(request, parts.trust),
    })
  }

  /** @throws An internal error. */
  async run(): Promise<ToolResult> {
    try {
      return await this.#run()
    } catch (error) {
      this.execution.codes = ['INTERNAL']
      throw error
    }
  }

  async #run(): Promise<ToolResult> {
    const { tool, pending, maxResultBytes: maxBytes } = this.#options
    const { document } = tool
    if (this.#rejection) {
      this.execution.operation = document.prepared.chooseOperation().definition
      this.execution.documentId = document.id
      this.execution.codes = ['BAD_USER_INPUT']
      return this.#rejection
    }
    const stopWatching = abortOnDisconnect(pending.response, this.execution)
    const result = await this.#parts.pipeline.runTrusted(document, this.execution)
    stopWatching()
    if (result instanceof Subscription) throw new Error('A tool cannot be a subscription.')
    const response = JSON.parse(result.body) as GraphQLResponse
    return createToolResult({ tool, response, maxBytes, requestId: this.execution.requestId })
  }
}
