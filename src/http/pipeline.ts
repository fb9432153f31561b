import { GraphQLError } from 'graphql'
import type { GraphQLSchema } from 'graphql'
import type { Caller } from '../auth/caller.ts'
import { Problem } from '../core/errors.ts'
import type { OperationExecution, OperationRequest } from './exchange.ts'
import { executeOperation, type Executed } from '../execution/execute.ts'
import { CostCheck } from './guard/cost-check.ts'
import type { ListSizes } from './guard/cost.ts'
import { measureIntrospection } from './guard/introspection.ts'
import type { HttpLimits } from './limits.ts'
import { DocumentPreparer } from './document/prepare.ts'
import type { PreparedOperation } from './document/prepared-operation.ts'
import { formatError } from './response/format-error.ts'
import { limitResponse } from './response/response-limit.ts'
import { getResponseHead, HttpError } from './response/http-error.ts'
import { limitVariables } from './guard/variable-limits.ts'
import { coerceVariables } from './document/variables.ts'

export interface PipelineOptions {
  schema: GraphQLSchema
  limits: HttpLimits
  createContext(request: OperationRequest): object
  /** Of the lists as long as the caller has accounts. */
  getListSizes(caller: Caller): ListSizes
}

/** A GraphQL response in JSON. */
export interface OperationReply {
  status: number
  headers: Record<string, string>
  body: string
}

/** What came of an operation: the result of its execution, or the errors for which it was not executed. */
type Outcome = Executed | { errors: readonly unknown[] }

/** Runs operations, from their parameters to their responses. The result is at hand at once if nothing has to be waited for. */
export function createPipeline(
  options: PipelineOptions,
): (exchange: OperationExecution) => OperationReply | Promise<OperationReply> {
  const { schema, limits } = options
  const preparer = new DocumentPreparer(schema, limits)
  const costs = new CostCheck({ limits, introspection: measureIntrospection(schema) })

  const run = (exchange: OperationExecution): Outcome | Promise<Outcome> => {
    const { parameters, caller, timebox } = exchange
    const { query, operationName, variables = {} } = parameters
    const prepared = preparer.prepare(query, caller)
    const operation = prepared.chooseOperation(operationName)
    exchange.operation = operation.definition
    rejectForbidden(operation, exchange)
    costs.check(prepared.document, operation, variables, options.getListSizes(caller))
    limitVariables(operation.variables, variables, limits.ids)
    const errors = preparer.validate(prepared, caller)
    if (errors.length > 0) return { errors }
    const coerced = coerceVariables(operation.variables, variables)
    if ('problems' in coerced) return { errors: coerced.problems.map(toError) }
    const context = options.createContext(exchange)
    const executed = executeOperation({ plan: operation.plan, variables: coerced.values, context })
    return executed instanceof Promise ? timebox.settle(executed) : executed
  }

  return (exchange) => {
    const fail = (error: unknown): OperationReply => toReply({ errors: [error] }, exchange, limits)
    try {
      const outcome = run(exchange)
      if (outcome instanceof Promise) return outcome.then((settled) => toReply(settled, exchange, limits), fail)
      return toReply(outcome, exchange, limits)
    } catch (error) {
      return fail(error)
    }
  }
}

const toError = (problem: Problem): GraphQLError => new GraphQLError(problem.message, { originalError: problem })

function rejectForbidden(
  { definition: { operation: kind } }: PreparedOperation,
  { method, caller }: OperationExecution,
): void {
  if (kind === 'subscription') throw new Problem('BAD_USER_INPUT', 'Subscriptions are not supported.')
  if (kind === 'mutation' && method === 'GET') {
    const problem = new Problem('BAD_USER_INPUT', 'A mutation must be sent by POST.')
    throw new HttpError(problem, { status: 405, headers: { allow: 'POST' } })
  }
  const scope = kind === 'mutation' ? 'write' : 'read'
  if (!caller.scopes.has(scope)) throw new Problem('FORBIDDEN', `A ${kind} takes the scope ${scope}.`)
}

/** Turns whatever came out into what the caller may see, within the limit of its size, and with its HTTP status. */
function toReply(
  outcome: Outcome,
  exchange: OperationExecution,
  { errors: maxErrors, responseBytes }: HttpLimits,
): OperationReply {
  const { presentation, mediaType, operation } = exchange
  const failures = outcome.errors
  const errors = failures?.slice(0, maxErrors).map((error) => formatError(error, presentation))
  const isExecuted = 'data' in outcome
  const response = limitResponse(
    { ...(errors && { errors }), ...(isExecuted && { data: outcome.data }) },
    {
      maxBytes: responseBytes,
      maxDataBytes: isExecuted ? outcome.maxBytes : 0,
      isMutation: operation?.operation === 'mutation',
      format: (problem, path) => ({ ...formatError(problem, presentation), ...(path && { path }) }),
    },
  )
  exchange.codes = response.errors?.map((error) => error.extensions.code) ?? []
  const [refusal] = failures ?? []
  const { status, headers } =
    refusal instanceof HttpError ? refusal.answer : getResponseHead(exchange.codes, isExecuted, mediaType)
  return {
    status,
    headers: { ...headers, 'content-type': `${mediaType}; charset=utf-8` },
    body: JSON.stringify(response),
  }
}
