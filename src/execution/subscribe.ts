import { Problem } from '../core/errors.ts'
import { isThenable } from './complete-value.ts'
import type { ExecutionRequest } from './execute.ts'
import { Execution } from './execution.ts'
import { ResolveInfo } from './resolve-info.ts'
import { createPath } from './response-path.ts'
import type { FieldPlan } from './selection-plan.ts'

/** Source values of a subscription. Each is the root value of one execution of the operation. */
export type SourceStream = AsyncIterable<unknown>

/**
 * Calls the `subscribe` resolver of the field of a subscription: `CreateSourceEventStream` of the GraphQL specification.
 * Returns a promise only if the resolver is asynchronous.
 *
 * @throws GraphQLError with the path of the field. `BAD_USER_INPUT` if there is not exactly one field.
 */
export function createSourceStream({
  plan,
  variables,
  context,
  rootValue,
}: ExecutionRequest): SourceStream | Promise<SourceStream> {
  const execution = new Execution(plan, variables, context, rootValue)
  const field = getOnlyField(execution)
  const fail = (error: unknown): never =>
    execution.handleError(error, field, true, createPath(field, undefined)) as never
  try {
    const args = field.getArguments(variables)
    const info = new ResolveInfo(execution, field, undefined)
    const source: unknown = field.definition.subscribe?.(rootValue, args, context, info)
    return isThenable(source)
      ? Promise.resolve(source).then(assertSourceStream).catch(fail)
      : assertSourceStream(source)
  } catch (error) {
    return fail(error)
  }
}

/** The document has exactly one field, but `@skip` and `@include` can exclude it. */
function getOnlyField({ plan, variant, variables }: Execution): FieldPlan {
  const type = plan.schema.getSubscriptionType()
  const [field, ...others] = type ? variant.getRoot(type, variables).fields : []
  if (field && others.length === 0) return field
  throw new Problem(
    'BAD_USER_INPUT',
    'A subscription must have exactly one field. "@skip" and "@include" cannot exclude it.',
  )
}

function assertSourceStream(source: unknown): SourceStream {
  if (typeof source === 'object' && source !== null && Symbol.asyncIterator in source) return source as SourceStream
  throw new Error('The subscribe resolver did not return an AsyncIterable.')
}
