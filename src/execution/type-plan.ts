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

/** Plan for the completion of values of an output type. */
export type TypePlan =
  | LeafPlan
  | { readonly kind: 'list'; readonly isNonNull: boolean; readonly item: TypePlan }
  | { readonly kind: 'object'; readonly isNonNull: boolean; readonly type: GraphQLObjectType }
  | { readonly kind: 'abstract'; readonly isNonNull: boolean; readonly type: GraphQLAbstractType }

/** Plan for a scalar or enum. */
export interface LeafPlan {
  readonly kind: 'leaf'
  readonly isNonNull: boolean
  readonly type: GraphQLLeafType
  /** Whether strings are returned unchanged. */
  readonly isText: boolean
}

const planByType = new WeakMap<GraphQLOutputType, TypePlan>()

/** Returns the plan of an output type, which is created once. */
export function getTypePlan(type: GraphQLOutputType): TypePlan {
  let plan = planByType.get(type)
  if (!plan) planByType.set(type, (plan = createTypePlan(type)))
  return plan
}

function createTypePlan(outputType: GraphQLOutputType): TypePlan {
  const isNonNull = isNonNullType(outputType)
  const type = getNullableType(outputType)
  if (isListType(type)) return { kind: 'list', isNonNull, item: getTypePlan(type.ofType as GraphQLOutputType) }
  if (isLeafType(type)) return { kind: 'leaf', isNonNull, type, isText: type === GraphQLString || type === GraphQLID }
  if (isAbstractType(type)) return { kind: 'abstract', isNonNull, type }
  return { kind: 'object', isNonNull, type }
}
