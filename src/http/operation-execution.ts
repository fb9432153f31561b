import type { OperationDefinitionNode } from 'graphql'
import type { Caller } from '../auth/caller.ts'
import type { Code } from '../core/error-codes.ts'
import { OperationNotes } from '../schema/operation-notes.ts'
import type { Parameters } from './request/parameters.ts'
import type { ErrorFormatter } from './response/format-error.ts'
import type { MediaType } from './response/http-error.ts'
import type { OperationTimer } from './guard/operation-timer.ts'

/** The request of an operation, from which the context of its resolvers is created. */
export interface OperationRequest {
  caller: Caller
  requestId: string
  /** Aborts with a `Problem` as its reason. */
  readonly signal: AbortSignal
  /** In milliseconds since the epoch. Extended while an upload makes progress. */
  readonly deadline: number
  /** Maximum age of the vendor responses that a query can use, in milliseconds. Null if it can use no earlier responses. */
  readonly maxAgeMs: number | null
  /** Origin at which the request arrived, such as `https://api.example.com`. */
  readonly origin: string
  notes: OperationNotes
}

export interface OperationExecutionOptions {
  caller: Caller
  requestId: string
  method: 'GET' | 'POST'
  /** Accept header of the request. */
  accept: string | undefined
  /** Media type that the header prefers. */
  mediaType: MediaType
  parameters: Parameters
  timer: OperationTimer
  /** Maximum age of the vendor responses that the operation can use if it is a query, in milliseconds. */
  maxAgeMs: number
  errorFormatter: ErrorFormatter
  /** Returns the origin at which the request arrived. */
  getOrigin(): string
}

/** One operation during its execution, with the facts for its log line. */
export class OperationExecution implements OperationRequest {
  readonly caller: Caller
  readonly requestId: string
  readonly method: 'GET' | 'POST'
  readonly accept: string | undefined
  /** Media type of the response. That of a subscription is always an event stream. */
  mediaType: MediaType
  readonly parameters: Parameters
  readonly timer: OperationTimer
  readonly errorFormatter: ErrorFormatter
  /** Null until the document is parsed. */
  operation: OperationDefinitionNode | null = null
  /** ID that the source of a trusted document assigns. Null if the document is not trusted. */
  documentId: string | null = null
  /** Codes of the GraphQL errors in the response. */
  codes: readonly Code[] = []
  readonly notes = new OperationNotes()
  readonly #maxAgeMs: number
  readonly #getOrigin: () => string

  constructor(options: OperationExecutionOptions) {
    this.caller = options.caller
    this.requestId = options.requestId
    this.method = options.method
    this.accept = options.accept
    this.mediaType = options.mediaType
    this.parameters = options.parameters
    this.timer = options.timer
    this.#maxAgeMs = options.maxAgeMs
    this.errorFormatter = options.errorFormatter
    this.#getOrigin = options.getOrigin
  }

  get signal(): AbortSignal {
    return this.timer.signal
  }

  get deadline(): number {
    return this.timer.deadline
  }

  get origin(): string {
    return this.#getOrigin()
  }

  get maxAgeMs(): number | null {
    return this.operation?.operation === 'query' ? this.#maxAgeMs : null
  }
}
