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
export type TypePlan =
  | LeafPlan
  | { readonly kind: 'list'; readonly isNonNull: boolean; readonly item: TypePlan }
  | { readonly kind: 'object'; readonly isNonNull: boolean; readonly type: GraphQLObjectType }
  | { readonly kind: 'abstract'; readonly isNonNull: boolean; readonly type: GraphQLAbstractType }

export interface LeafPlan {
  readonly kind: 'leaf'
  readonly isNonNull: boolean
  readonly type: GraphQLLeafType
  /** Whether strings are in the response as they are. */
  readonly isText: boolean
}

const plans = new WeakMap<GraphQLOutputType, TypePlan>()

export function getTypePlan(type: GraphQLOutputType): TypePlan {
  let plan = plans.get(type)
  if (!plan) plans.set(type, (plan = createTypePlan(type)))
  return plan
}

function createTypePlan(given: GraphQLOutputType): TypePlan {
  const isNonNull = isNonNullType(given)
  const type = getNullableType(given)
  if (isListType(type)) return { kind: 'list', isNonNull, item: getTypePlan(type.ofType as GraphQLOutputType) }
  if (isLeafType(type)) return { kind: 'leaf', isNonNull, type, isText: type === GraphQLString || type === GraphQLID }
  if (isAbstractType(type)) return { kind: 'abstract', isNonNull, type }
  return { kind: 'object', isNonNull, type }
}
