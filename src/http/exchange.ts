import type { OperationDefinitionNode } from 'graphql'
import type { Caller } from '../auth/caller.ts'
import type { Code } from '../core/errors.ts'
import { OperationNotes } from '../schema/operation-notes.ts'
import type { Parameters } from './request/parameters.ts'
import type { ErrorFormatter } from './response/format-error.ts'
import type { MediaType } from './response/http-error.ts'
import type { OperationTimer } from './guard/operation-timer.ts'

/** What the server puts into the execution of every operation; `signal` aborts with a Problem. */
export interface OperationRequest {
  caller: Caller
  requestId: string
  readonly signal: AbortSignal
  /** Milliseconds since the epoch; moves while an upload makes progress. */
  readonly deadline: number
  notes: OperationNotes
}

export interface ExchangeOptions {
  caller: Caller
  requestId: string
  method: 'GET' | 'POST'
  mediaType: MediaType
  parameters: Parameters
  timebox: OperationTimer
  presentation: ErrorFormatter
}

/** One operation on its way through the pipeline, and what is known of it for the log. */
export class OperationExecution implements OperationRequest {
  readonly caller: Caller
  readonly requestId: string
  readonly method: 'GET' | 'POST'
  readonly mediaType: MediaType
  readonly parameters: Parameters
  readonly timebox: OperationTimer
  readonly presentation: ErrorFormatter
  /** Null until it is known. */
  operation: OperationDefinitionNode | null = null
  /** Codes of its GraphQL errors. */
  codes: readonly Code[] = []
  readonly notes = new OperationNotes()

  constructor(options: ExchangeOptions) {
    this.caller = options.caller
    this.requestId = options.requestId
    this.method = options.method
    this.mediaType = options.mediaType
    this.parameters = options.parameters
    this.timebox = options.timebox
    this.presentation = options.presentation
  }

  get signal(): AbortSignal {
    return this.timebox.signal
  }

  get deadline(): number {
    return this.timebox.deadline
  }
}
