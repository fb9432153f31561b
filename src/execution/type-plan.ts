import {
  getNullableType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  GraphQLID,
  GraphQLString,
} from 'graphql'
import type { GraphQLAbstractType, GraphQLLeafType, GraphQLObjectType, GraphQLOutputType } from 'graphql'

/** How values of an output type are completed. */
export type TypePlan = { readonly isNonNull: boolean } & (
  | { readonly kind: 'leaf'; readonly type: GraphQLLeafType; readonly isText: boolean }
  | { readonly kind: 'list'; readonly item: TypePlan }
  | { readonly kind: 'object'; readonly type: GraphQLObjectType }
  | { readonly kind: 'abstract'; readonly type: GraphQLAbstractType }
)

const plans = new WeakMap<GraphQLOutputType, TypePlan>()

export function getTypePlan(type: GraphQLOutputType): TypePlan {
  let plan = plans.get(type)
  if (!plan) plans.set(type, (plan = createTypePlan(type)))
  return plan
}

function createTypePlan(given: GraphQLOutputType): TypePlan {
  const isNonNull = isNonNullType(given)
  const type = getNullableType(given)
  if (isListType(type)) return { isNonNull, kind: 'list', item: getTypePlan(type.ofType as GraphQLOutputType) }
  // Strings of these types are in the response as they are.
  if (isLeafType(type)) return { isNonNull, kind: 'leaf', type, isText: type === GraphQLString || type === GraphQLID }
  if (isAbstractType(type)) return { isNonNull, kind: 'abstract', type }
  return { isNonNull, kind: 'object', type }
}
