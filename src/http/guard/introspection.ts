import { isAbstractType, isEnumType, isInputObjectType, isInterfaceType, isObjectType, isWrappingType } from 'graphql'
import type { GraphQLSchema, GraphQLType } from 'graphql'
import type { ListSizes } from './cost.ts'

/**
 * Computes the average lengths of the lists that introspection returns, by name of the field. `ofType` counts as a list
 * with at most one item.
 */
export function measureIntrospection(schema: GraphQLSchema): ListSizes {
  const types = Object.values(schema.getTypeMap())
  const composite = types.filter((type) => isObjectType(type) || isInterfaceType(type))
  const fields = composite.flatMap((type) => Object.values(type.getFields()))
  const inputFields = types.flatMap((type) => (isInputObjectType(type) ? Object.values(type.getFields()) : []))
  const wrappers = fields.map(({ type }) => countWrappers(type))
  return {
    types: types.length,
    directives: schema.getDirectives().length,
    fields: fields.length / types.length,
    args: sum(fields.map(({ args }) => args.length)) / fields.length,
    inputFields: inputFields.length / types.length,
    enumValues: sum(types.map((type) => (isEnumType(type) ? type.getValues().length : 0))) / types.length,
    interfaces: sum(composite.map((type) => type.getInterfaces().length)) / types.length,
    possibleTypes:
      sum(types.map((type) => (isAbstractType(type) ? schema.getPossibleTypes(type).length : 0))) / types.length,
    ofType: sum(wrappers) / (sum(wrappers) + fields.length),
  }
}

function countWrappers(type: GraphQLType): number {
  return isWrappingType(type) ? 1 + countWrappers(type.ofType as GraphQLType) : 0
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
