import { GraphQLError } from 'graphql'
import type { GraphQLSchema } from 'graphql'
import type { Caller } from '../auth/caller.ts'
import { Problem } from '../core/errors.ts'
import type { OperationExecution, OperationRequest } from './operation-execution.ts'
import { executeOperation, type ExecutionOutput } from '../execution/execute.ts'
import { CostCheck } from './guard/cost-check.ts'
import type { ListSizes } from './guard/cost.ts'
import { measureIntrospection } from './guard/introspection.ts'
import type { HttpLimits } from './limits.ts'
import { assertEventStream } from './request/negotiate.ts'
import { DocumentPreparer } from './document/document-preparer.ts'
import type { PreparedOperation } from './document/prepared-operation.ts'
import { formatError } from './response/format-error.ts'
import { limitResponse } from './response/response-limit.ts'
import { completeEvent, eventStreamHeaders, formatNextEvent } from './response/event-stream.ts'
import { eventStreamType, getResponseHead, HttpError } from './response/http-error.ts'
import { assertVariableLimits } from './guard/variable-limits.ts'
import { coerceVariables } from './document/variables.ts'

export interface PipelineOptions {
  schema: GraphQLSchema
  limits: HttpLimits
  createContext(request: OperationRequest): object
  /** Returns the sizes of lists, which depend on the number of accounts of the caller. */
  getListSizes(caller: Caller): ListSizes
}

/** HTTP response of an operation. The body is JSON, or an event stream with the JSON. */
export interface OperationResponse {
  status: number
  headers: Record<string, string>
  body: string
}

/** Result of the execution, or the errors because of which the operation was not executed. */
type ExecutionOutcome = ExecutionOutput | { errors: readonly unknown[] }

/**
 * Returns a function that executes an operation and formats its response. The function returns a promise only if the
 * operation is asynchronous.
 */
export function createPipeline(
  options: PipelineOptions,
): (execution: OperationExecution) => OperationResponse | Promise<OperationResponse> {
  const { schema, limits } = options
  const preparer = new DocumentPreparer(schema, limits)
  const costCheck = new CostCheck({ limits, introspection: measureIntrospection(schema) })

  const run = (execution: OperationExecution): ExecutionOutcome | Promise<ExecutionOutcome> => {
    const { parameters, caller, timer } = execution
    const { query, operationName, variables = {} } = parameters
    const prepared = preparer.prepare(query, caller)
    const operation = prepared.chooseOperation(operationName)
    execution.operation = operation.definition
    rejectForbidden(operation, execution)
    costCheck.check(prepared.document, operation, variables, options.getListSizes(caller))
    assertVariableLimits(operation.variables, variables, limits.ids)
    const errors = preparer.validate(prepared, caller)
    if (errors.length > 0) return { errors }
    const coerced = coerceVariables(operation.variables, variables)
    if ('problems' in coerced) return { errors: coerced.problems.map(toError) }
    const context = options.createContext(execution)
    const executed = executeOperation({ plan: operation.plan, variables: coerced.values, context })
    return executed instanceof Promise ? timer.settle(executed) : executed
  }

  return (execution) => {
    const fail = (error: unknown): OperationResponse => toResponse({ errors: [error] }, execution, limits)
    try {
      const outcome = run(execution)
      if (outcome instanceof Promise) return outcome.then((settled) => toResponse(settled, execution, limits), fail)
      return toResponse(outcome, execution, limits)
    } catch (error) {
      return fail(error)
    }
  }
}

const toError = (problem: Problem): GraphQLError => new GraphQLError(problem.message, { originalError: problem })

function rejectForbidden({ definition: { operation: kind } }: PreparedOperation, execution: OperationExecution): void {
  const { method, caller } = execution
  if (kind === 'subscription') {
    assertEventStream(execution.accept)
    execution.mediaType = eventStreamType
    throw new Problem('BAD_USER_INPUT', 'The schema has no subscriptions.')
  }
  if (kind === 'mutation' && method === 'GET') {
    const problem = new Problem('BAD_USER_INPUT', 'A mutation must be sent with POST.')
    throw new HttpError(problem, { status: 405, headers: { allow: 'POST' } })
  }
  const scope = kind === 'mutation' ? 'write' : 'read'
  if (!caller.scopes.has(scope)) throw new Problem('FORBIDDEN', `A ${kind} requires the scope "${scope}".`)
}

/** Formats the outcome as an HTTP response with at most `responseBytes`, and sets the codes of the execution. */
function toResponse(
  outcome: ExecutionOutcome,
  execution: OperationExecution,
  { errors: maxErrors, responseBytes }: HttpLimits,
): OperationResponse {
  const { errorFormatter, mediaType, operation } = execution
  const failures = outcome.errors
  const errors = failures?.slice(0, maxErrors).map((error) => formatError(error, errorFormatter))
  const isExecuted = 'data' in outcome
  const cache = isExecuted ? execution.notes.cacheUse : null
  const response = limitResponse(
    {
      ...(errors && { errors }),
      ...(isExecuted && { data: outcome.data }),
      ...(cache && { extensions: { cache } }),
    },
    {
      maxBytes: responseBytes,
      maxDataBytes: isExecuted ? outcome.maxBytes : 0,
      isMutation: operation?.operation === 'mutation',
      format: (problem, path) => ({ ...formatError(problem, errorFormatter), ...(path && { path }) }),
    },
  )
  execution.codes = response.errors?.map((error) => error.extensions.code) ?? []
  const [firstFailure] = failures ?? []
  const { status, headers } =
    firstFailure instanceof HttpError ? firstFailure.head : getResponseHead(execution.codes, isExecuted, mediaType)
  const json = JSON.stringify(response)
  if (mediaType !== eventStreamType)
    return { status, headers: { ...headers, 'content-type': `${mediaType}; charset=utf-8` }, body: json }
  return status === 200
    ? { status, headers: { ...headers, ...eventStreamHeaders }, body: formatNextEvent(json) + completeEvent }
    : { status, headers: { ...headers, 'content-type': 'application/json; charset=utf-8' }, body: json }
}
