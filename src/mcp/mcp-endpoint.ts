import type { IncomingMessage } from 'node:http'
import type { Authenticate } from '../auth/authenticator.ts'
import { Problem } from '../core/errors.ts'
import type { EndpointOptions } from '../http/endpoint.ts'
import { logOperation } from '../http/log-operation.ts'
import { toOperationEnd, toRejectedEnd, type OperationEnd } from '../http/observer.ts'
import type { AdmittedOperation } from '../http/operation-admission.ts'
import type { OperationEndpointParts, ToolEndpoint } from '../http/operation-endpoint.ts'
import { reserveResponse } from '../http/reserve-response.ts'
import { HttpError } from '../http/response/http-error.ts'
import type { OutgoingResponse } from '../http/response/outgoing-response.ts'
import type { PendingResponse } from '../http/response/response-sender.ts'
import {
  findCalledTool,
  getArguments,
  getKnownMethod,
  readMessage,
  rejectMissingScope,
  type McpMessage,
} from './message.ts'
import type { McpSettings } from './mcp-settings.ts'
import { findMetadataResponse, getMetadataUrl, type ProtectedResource } from './protected-resource.ts'
import { createMcpRejection } from './rejection.ts'
import { ToolCall } from './tool-call.ts'
import type { Tool } from './tool.ts'

export interface McpEndpointOptions extends EndpointOptions {
  authenticate: Authenticate
  /** Returns the settings in use. Null if the endpoint is closed. */
  getSettings(): McpSettings | null
  /** Returns the issuers of JWTs. Empty if none is configured. */
  getIssuers(): readonly string[]
  /** Returns all tools, sorted by name. */
  getTools(): readonly Tool[]
}

let protocol: Promise<typeof import('./protocol.ts')> | null = null

/** Loads the library of the protocol. Without tools, it is not loaded, because it takes time and memory. */
export const loadProtocol = (): Promise<typeof import('./protocol.ts')> => (protocol ??= import('./protocol.ts'))

/** Handles requests to `/mcp`, each with one message. A call of a tool runs its GraphQL operation. */
export class McpEndpoint implements ToolEndpoint {
  readonly #options: McpEndpointOptions
  readonly #parts: OperationEndpointParts

  constructor(options: McpEndpointOptions, parts: OperationEndpointParts) {
    this.#options = options
    this.#parts = parts
  }

  get isOpen(): boolean {
    return this.#options.getSettings() !== null
  }

  readonly createRejection: ToolEndpoint['createRejection'] = (error, formatter) => {
    const resource = this.#findResource()
    const challenge = resource ? `Bearer resource_metadata="${getMetadataUrl(resource.url)}"` : 'Bearer'
    return createMcpRejection(error, formatter, challenge)
  }

  findMetadata(request: IncomingMessage, path: string): OutgoingResponse | null {
    if (!path.startsWith('/.well-known/')) return null
    const resource = this.#findResource()
    return resource && findMetadataResponse(request, path, resource)
  }

  async handle(pending: PendingResponse): Promise<void> {
    const { request, labels } = pending
    const end = this.#options.observe?.(labels.requestId, this.#parts.trust.getTrustedHeaders(request))
    try {
      end?.(await this.#serve(pending))
    } catch (error) {
      end?.(toRejectedEnd(error))
      throw error
    }
  }

  async #serve(pending: PendingResponse): Promise<OperationEnd> {
    const { request, response } = pending
    const { authenticate, limits } = this.#options
    const started = performance.now()
    rejectOtherMethods(request)
    const admitted = this.#parts.admission.admit(pending, authenticate)
    const operation = admitted instanceof Promise ? await admitted : admitted
    operation.timer.start()
    try {
      const message = await readMessage(request, response, { limits, memory: operation.memory })
      return await this.#respond(message, { pending, operation, started })
    } finally {
      operation.end()
    }
  }

  async #respond(
    message: McpMessage,
    { pending, operation, started }: { pending: PendingResponse; operation: AdmittedOperation; started: number },
  ): Promise<OperationEnd> {
    const { request, labels } = pending
    const { log, limits, getTools } = this.#options
    const { sender, createErrorFormatter } = this.#parts
    const { caller, memory } = operation
    const tool = findCalledTool(message, getTools())
    if (tool) rejectMissingScope(tool, caller)
    const { toolResultBytes: maxResultBytes } = limits
    const args = getArguments(message)
    const call = tool && new ToolCall({ tool, args, pending, operation, maxResultBytes }, this.#parts)
    const { requestId } = labels
    const { handleMessage } = await loadProtocol()
    const reply = await handleMessage(message, request.headers, {
      requestId,
      tools: getTools().filter(({ scope }) => caller.scopes.has(scope)),
      callTool: call && (() => call.run()),
      onInternalError: createErrorFormatter(requestId, false).onInternalError,
    })
    reserveResponse(memory, reply.body, call?.execution.operation ?? null)
    sender.send(pending, reply, memory)
    const { status } = reply
    if (call?.execution.operation) {
      logOperation(log, call.execution, labels, status, started)
      return toOperationEnd(call.execution)
    }
    const duration = Math.round(performance.now() - started)
    log.info({ ...labels, caller: caller.name, method: getKnownMethod(message), status, duration }, 'mcp request')
    const code = status === 500 ? 'INTERNAL' : 'BAD_USER_INPUT'
    return { kind: null, codes: status >= 400 ? [code] : [], failedSources: [] }
  }

  /** Returns null if no issuer of tokens is configured. */
  #findResource(): ProtectedResource | null {
    const url = this.#options.getSettings()?.url ?? null
    const issuers = this.#options.getIssuers()
    return url === null || issuers.length === 0 ? null : { url, issuers }
  }
}

function rejectOtherMethods({ method }: IncomingMessage): void {
  if (method === 'POST') return
  const problem = new Problem('BAD_USER_INPUT', 'The HTTP method must be POST.')
  throw new HttpError(problem, { status: 405, headers: { allow: 'POST' } })
}
