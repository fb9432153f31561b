import { defaultTypeResolver, GraphQLError, isObjectType } from 'graphql'
import type { GraphQLAbstractType, GraphQLObjectType } from 'graphql'
import { inspect } from 'graphql/jsutils/inspect.js'
import type { Execution } from './execution.ts'
import type { ResolveInfo } from './resolve-info.ts'
import type { FieldPlan } from './selection-plan.ts'

/**
 * Calls the type resolver of an abstract type. The result should be the name of an object type, or a promise of it, but
 * is not checked.
 */
export function resolveType(
  type: GraphQLAbstractType,
  value: unknown,
  { context }: Execution,
  info: ResolveInfo,
): unknown {
  const resolve = type.resolveType ?? defaultTypeResolver
  return resolve(value, context, info, type)
}

/**
 * Returns the object type with this name.
 *
 * @throws GraphQLError, with the message of GraphQL.js, if it is not a possible type of the abstract type.
 */
export function getRuntimeType(
  execution: Execution,
  field: FieldPlan,
  type: GraphQLAbstractType,
  name: unknown,
  value: unknown,
): GraphQLObjectType {
  const { schema } = execution.plan
  const coordinates = `"${field.parentType.name}.${field.definition.name}"`
  const { nodes } = field
  if (name == null)
    throw new GraphQLError(
      `Abstract type "${type.name}" must resolve to an Object type at runtime for field ${coordinates}. Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`,
      { nodes },
    )
  if (isObjectType(name))
    throw new GraphQLError(
      'Support for returning GraphQLObjectType from resolveType was removed in graphql-js@16.0.0 please return type name instead.',
    )
  if (typeof name !== 'string')
    throw new GraphQLError(
      `Abstract type "${type.name}" must resolve to an Object type at runtime for field ${coordinates} with value ${inspect(value)}, received "${inspect(name)}".`,
    )
  const runtimeType = schema.getType(name)
  if (!runtimeType)
    throw new GraphQLError(
      `Abstract type "${type.name}" was resolved to a type "${name}" that does not exist inside the schema.`,
      { nodes },
    )
  if (!isObjectType(runtimeType))
    throw new GraphQLError(`Abstract type "${type.name}" was resolved to a non-object type "${name}".`, { nodes })
  if (!schema.isSubType(type, runtimeType))
    throw new GraphQLError(`Runtime Object type "${name}" is not a possible type for "${type.name}".`, { nodes })
  return runtimeType
}
