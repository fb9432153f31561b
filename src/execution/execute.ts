import { GraphQLError, OperationTypeNode } from 'graphql'
import { executeField, executeFields, type Result } from './execute-fields.ts'
import { Execution } from './execution.ts'
import type { OperationPlan } from './operation-plan.ts'
import type { FieldPlan, SelectionPlan } from './selection-plan.ts'

export interface ExecutionRequest {
  plan: OperationPlan
  /** Coerced. */
  variables: Record<string, unknown>
  context: unknown
  rootValue?: unknown
}

export interface Executed {
  errors?: readonly GraphQLError[]
  data: Record<string, unknown> | null
  /** Upper bound of the bytes of the data as JSON, as `measureJson` counts them. */
  maxBytes: number
}

/** Executes an operation of a valid document: the same result as that of graphql's `execute`. Is synchronous if all its resolvers are. */
export function executeOperation({
  plan,
  variables,
  context,
  rootValue,
}: ExecutionRequest): Executed | Promise<Executed> {
  const execution = new Execution(plan, variables, context, rootValue)
  try {
    const data = executeRoot(execution)
    if (!(data instanceof Promise)) return toExecuted(execution, data)
    return data.then(
      (resolved) => toExecuted(execution, resolved),
      (error: unknown) => toFailed(execution, error),
    )
  } catch (error) {
    return toFailed(execution, error)
  }
}

function toExecuted({ collected: { errors }, maxBytes }: Execution, data: Result | null): Executed {
  return errors.length === 0 ? { data, maxBytes } : { errors, data, maxBytes }
}

function toFailed(execution: Execution, error: unknown): Executed {
  execution.collected.add(error as GraphQLError, undefined)
  return toExecuted(execution, null)
}

function executeRoot(execution: Execution): Result | Promise<Result> {
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

/** Each field begins when the one before it has ended. */
function executeSerially(execution: Execution, selection: SelectionPlan, source: unknown): Result | Promise<Result> {
  execution.maxBytes += selection.minBytes
  const executeNext = (results: Result, field: FieldPlan): Result | Promise<Result> => {
    const value = executeField(execution, field, source, undefined)
    if (value instanceof Promise)
      return value.then((resolved: unknown) => {
        results[field.responseName] = resolved
        return results
      })
    results[field.responseName] = value
    return results
  }
  let done: Result | Promise<Result> = selection.createResult()
  for (const field of selection.fields)
    done = done instanceof Promise ? done.then((results) => executeNext(results, field)) : executeNext(done, field)
  return done
}
