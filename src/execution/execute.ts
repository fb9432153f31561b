import { GraphQLError, OperationTypeNode } from 'graphql'
import { executeField, executeFields, type ResultObject } from './execute-fields.ts'
import { Execution } from './execution.ts'
import type { OperationPlan } from './operation-plan.ts'
import type { FieldPlan, SelectionPlan } from './selection-plan.ts'

export interface ExecutionRequest {
  plan: OperationPlan
  /** Values of the variables, after coercion. */
  variables: Record<string, unknown>
  context: unknown
  rootValue?: unknown
}

/** Result of an execution. `errors` is omitted if there are none. */
export interface ExecutionOutput {
  errors?: readonly GraphQLError[]
  data: Record<string, unknown> | null
  /** Upper bound of the size of the data, as `measureJson` computes it. */
  maxBytes: number
}

/**
 * Executes an operation of a valid document, with the same result as `execute` of GraphQL.js. Returns a promise only if
 * a resolver is asynchronous.
 */
export function executeOperation({
  plan,
  variables,
  context,
  rootValue,
}: ExecutionRequest): ExecutionOutput | Promise<ExecutionOutput> {
  const execution = new Execution(plan, variables, context, rootValue)
  try {
    const data = executeRoot(execution)
    if (!(data instanceof Promise)) return createResult(execution, data)
    return data.then(
      (resolved) => createResult(execution, resolved),
      (error: unknown) => createFailedResult(execution, error),
    )
  } catch (error) {
    return createFailedResult(execution, error)
  }
}

function createResult({ collected: { errors }, maxBytes }: Execution, data: ResultObject | null): ExecutionOutput {
  return errors.length === 0 ? { data, maxBytes } : { errors, data, maxBytes }
}

function createFailedResult(execution: Execution, error: unknown): ExecutionOutput {
  execution.collected.add(error as GraphQLError, undefined)
  return createResult(execution, null)
}

function executeRoot(execution: Execution): ResultObject | Promise<ResultObject> {
  const { plan, variant, variables, rootValue } = execution
  const { operation } = plan
  const type = plan.schema.getRootType(operation.operation)
  if (!type)
    throw new GraphQLError(`Schema is not configured to execute ${operation.operation} operation.`, {
      nodes: operation,
    })
  const selection = variant.getRoot(type, variables)
  return operation.operation === OperationTypeNode.MUTATION
    ? executeSerially(execution, selection, rootValue)
    : executeFields(execution, selection, rootValue, undefined)
}

/** Executes each field after the previous field has ended. */
function executeSerially(
  execution: Execution,
  selection: SelectionPlan,
  source: unknown,
): ResultObject | Promise<ResultObject> {
  execution.maxBytes += selection.minBytes
  const executeNext = (results: ResultObject, field: FieldPlan): ResultObject | Promise<ResultObject> => {
    const value = executeField(execution, field, source, undefined)
    if (value instanceof Promise)
      return value.then((resolved: unknown) => {
        results[field.responseName] = resolved
        return results
      })
    results[field.responseName] = value
    return results
  }
  let result: ResultObject | Promise<ResultObject> = selection.createResult()
  for (const field of selection.fields)
    result =
      result instanceof Promise ? result.then((results) => executeNext(results, field)) : executeNext(result, field)
  return result
}
