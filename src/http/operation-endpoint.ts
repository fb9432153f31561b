import type { IncomingMessage } from 'node:http'
import type { Code } from '../core/error-codes.ts'
import type { ProxyTrust } from './guard/proxy-trust.ts'
import type { OperationAdmission } from './operation-admission.ts'
import type { Pipeline } from './pipeline.ts'
import type { ErrorFormatter } from './response/format-error.ts'
import type { OutgoingResponse } from './response/outgoing-response.ts'
import type { PendingResponse, ResponseSender } from './response/response-sender.ts'

/** Objects that every endpoint for operations shares with the rest of the server. */
export interface OperationEndpointParts {
  admission: OperationAdmission
  pipeline: Pipeline
  sender: ResponseSender
  trust: ProxyTrust
  createErrorFormatter(requestId: string, canExplore: boolean): ErrorFormatter
}

/** The endpoint for the tools of language models, at `/mcp`. */
export interface ToolEndpoint {
  /** Whether the configuration opens the endpoint. */
  readonly isOpen: boolean
  /**
   * Handles a request and sends the response.
   *
   * @throws `HttpError` or `Problem` if the request is rejected; then nothing was sent.
   */
  handle(pending: PendingResponse): Promise<void>
  /** Creates the response to a request that is rejected. */
  createRejection(error: unknown, formatter: ErrorFormatter): OutgoingResponse & { code: Code }
  /** Returns the metadata with which clients find the issuers of tokens. Null if the path is another one. */
  findMetadata(request: IncomingMessage, path: string): OutgoingResponse | null
}
