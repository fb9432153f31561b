import { GraphQLError, locatedError } from 'graphql'
import { withoutStack } from '../core/errors.ts'
import { CollectedErrors } from './collected-errors.ts'
import { minValueBytes } from '../core/json-size.ts'
import type { OperationPlan, PlanVariant } from './operation-plan.ts'
import { toPathArray, type ResponsePath } from './response-path.ts'
import type { FieldPlan } from './selection-plan.ts'

/** State of one execution of an operation. */
export class Execution {
  readonly plan: OperationPlan
  readonly variant: PlanVariant
  readonly variables: Record<string, unknown>
  readonly context: unknown
  readonly rootValue: unknown
  readonly collected = new CollectedErrors()
  /** Upper bound of the size of the data so far, as `measureJson` computes it. */
  maxBytes = minValueBytes

  constructor(plan: OperationPlan, variables: Record<string, unknown>, context: unknown, rootValue: unknown) {
    this.plan = plan
    this.variant = plan.getVariant(variables)
    this.variables = variables
    this.context = context
    this.rootValue = rootValue
  }

  /**
   * Records the error of a field or item, and returns null.
   *
   * @throws The error, with its path, if the type is non-null.
   */
  handleError(error: unknown, field: FieldPlan, isNonNull: boolean, path: ResponsePath): null {
    const located = withoutStack(() => locate(error, field, path))
    if (isNonNull) throw located
    this.collected.add(located, path)
    return null
  }
}

/**
 * Adds the path and the nodes to an error. `locatedError` would keep the path of a `Problem`, which is that of an
 * input.
 */
function locate(error: unknown, { nodes }: FieldPlan, path: ResponsePath): GraphQLError {
  if (error instanceof Error && !(error instanceof GraphQLError) && 'path' in error && Array.isArray(error.path))
    return new GraphQLError(error.message, { nodes, path: toPathArray(path), originalError: error })
  return locatedError(error, nodes, toPathArray(path))
}
