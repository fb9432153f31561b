import type { Code } from '../../core/error-codes.ts'
import type { ExecutionOutput } from '../../execution/execute.ts'
import type { OperationNotes } from '../../schema/operation-notes.ts'
import type { HttpLimits } from '../limits.ts'
import type { OperationExecution } from '../operation-execution.ts'
import { completeEvent, eventStreamHeaders, formatNextEvent } from './event-stream.ts'
import { formatError, type ErrorFormatter } from './format-error.ts'
import { eventStreamType, getResponseHead, HttpError } from './http-error.ts'
import { limitResponse, type GraphQLResponse } from './response-limit.ts'

/** Result of the execution, or the errors because of which the operation was not executed. */
export type ExecutionOutcome = ExecutionOutput | { errors: readonly unknown[] }

/** HTTP response of an operation. The body is JSON, or an event stream with the JSON. */
export interface OperationResponse {
  status: number
  headers: Record<string, string>
  body: string
}

const contentTypes = {
  'application/json': 'application/json; charset=utf-8',
  'application/graphql-response+json': 'application/graphql-response+json; charset=utf-8',
}

export interface FormatOutcomeOptions {
  formatter: ErrorFormatter
  limits: HttpLimits
  isMutation: boolean
  notes: OperationNotes
}

/** Formats an outcome as JSON with at most `responseBytes`. Returns it with the codes of its errors. */
export function formatOutcome(
  outcome: ExecutionOutcome,
  { formatter, limits, isMutation, notes }: FormatOutcomeOptions,
): { json: string; codes: readonly Code[] } {
  const errors = outcome.errors?.slice(0, limits.errors).map((error) => formatError(error, formatter))
  const isExecuted = 'data' in outcome
  const cache = isExecuted ? notes.cacheUse : null
  const whole: GraphQLResponse = {}
  if (errors) whole.errors = errors
  if (isExecuted) whole.data = outcome.data
  if (cache) whole.extensions = { cache }
  const response = limitResponse(whole, {
    maxBytes: limits.responseBytes,
    maxDataBytes: isExecuted ? outcome.maxBytes : 0,
    isMutation,
    format: (problem, path) => ({ ...formatError(problem, formatter), ...(path && { path }) }),
  })
  return { json: JSON.stringify(response), codes: response.errors?.map((error) => error.extensions.code) ?? [] }
}

/** Formats the outcome as an HTTP response, and sets the codes of the execution. */
export function createOperationResponse(
  outcome: ExecutionOutcome,
  execution: OperationExecution,
  limits: HttpLimits,
): OperationResponse {
  const { errorFormatter: formatter, mediaType, operation, notes } = execution
  const isMutation = operation?.operation === 'mutation'
  const { json, codes } = formatOutcome(outcome, { formatter, limits, isMutation, notes })
  execution.codes = codes
  const [firstFailure] = outcome.errors ?? []
  const { status, headers } =
    firstFailure instanceof HttpError ? firstFailure.head : getResponseHead(codes, 'data' in outcome, mediaType)
  if (mediaType !== eventStreamType)
    return { status, headers: { ...headers, 'content-type': contentTypes[mediaType] }, body: json }
  return status === 200
    ? { status, headers: { ...headers, ...eventStreamHeaders }, body: formatNextEvent(json) + completeEvent }
    : { status, headers: { ...headers, 'content-type': contentTypes['application/json'] }, body: json }
}
