import { mapSchema, MapperKind } from '@graphql-tools/utils'
import {
  GraphQLEnumType,
  GraphQLInputObjectType,
  GraphQLInterfaceType,
  GraphQLObjectType,
  GraphQLUnionType,
} from 'graphql'
import type { GraphQLAbstractType, GraphQLSchema, GraphQLTypeResolver } from 'graphql'
import type { SubgraphNames } from './names.ts'

/** Adds the prefix to the names of the types and root fields of a schema. */
export function addPrefix(schema: GraphQLSchema, names: SubgraphNames): GraphQLSchema {
  if (!names.isPrefixed) return schema
  const rename = <C extends { name: string }>(config: C): C => ({ ...config, name: names.formatType(config.name) })
  return mapSchema(schema, {
    [MapperKind.ROOT_FIELD]: (field, name) => [names.formatRootField(name), field],
    [MapperKind.OBJECT_TYPE]: (type) => new GraphQLObjectType(rename(type.toConfig())),
    [MapperKind.INPUT_OBJECT_TYPE]: (type) => new GraphQLInputObjectType(rename(type.toConfig())),
    [MapperKind.ENUM_TYPE]: (type) => new GraphQLEnumType(rename(type.toConfig())),
    [MapperKind.INTERFACE_TYPE]: (type) =>
      new GraphQLInterfaceType({ ...rename(type.toConfig()), resolveType: prefixResult(type, names) }),
    [MapperKind.UNION_TYPE]: (type) =>
      new GraphQLUnionType({ ...rename(type.toConfig()), resolveType: prefixResult(type, names) }),
  })
}

/** Returns a type resolver that returns the name with the prefix. Parley's type resolvers are synchronous. */
function prefixResult(
  { resolveType }: GraphQLAbstractType,
  names: SubgraphNames,
): GraphQLTypeResolver<unknown, unknown> {
  return (value, context, info, type) => {
    const name = resolveType!(value, context, info, type)
    return typeof name === 'string' ? names.formatType(name) : name
  }
}
