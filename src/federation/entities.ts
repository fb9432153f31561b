import { GraphQLList, GraphQLNonNull, GraphQLScalarType, GraphQLUnionType } from 'graphql'
import type { GraphQLFieldConfig, GraphQLInterfaceType, GraphQLObjectType, GraphQLSchema } from 'graphql'
import { Problem, withoutStack } from '../core/errors.ts'
import type { Context } from '../schema/context.ts'
import { createFieldProblem } from '../schema/input.ts'
import { findNodes, type NodeLookup } from '../schema/node.ts'
import { entityKeys } from './entity-keys.ts'
import type { SubgraphNames } from './names.ts'
import { readRepresentation } from './representation.ts'

const Any = new GraphQLScalarType({
  name: '_Any',
  description: 'A representation of an entity: an object with `__typename` and the fields of one of its keys.',
})

/** Creates the field `_entities`, with which a gateway looks up objects by their keys. */
export function createEntitiesField(schema: GraphQLSchema, names: SubgraphNames): GraphQLFieldConfig<unknown, Context> {
  const { resolveType } = schema.getType('Node') as GraphQLInterfaceType
  const Entity = new GraphQLUnionType({
    name: '_Entity',
    description: 'An object that a gateway can look up by a key.',
    types: Object.keys(entityKeys).map((type) => schema.getType(names.formatType(type)) as GraphQLObjectType),
    resolveType,
  })
  return {
    type: new GraphQLNonNull(new GraphQLList(Entity)),
    description:
      'Returns entities by their keys, in the same order. An entity is null if it does not exist or you do not have access to it. A representation without a valid key is reported in `errors`.',
    args: {
      representations: {
        type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Any))),
        description: 'Representations of the entities, at most 250 by default.',
      },
    },
    resolve: (_, { representations }, context) => findEntities(representations as unknown[], names, context),
  }
}

function findEntities(
  representations: readonly unknown[],
  names: SubgraphNames,
  context: Context,
): (Promise<object | null> | Problem)[] {
  const lookups = representations.map((value, index) => toLookup(value, index, names))
  const valid = lookups.flatMap((lookup) => (lookup instanceof Problem ? [] : lookup))
  const found = findNodes(valid, context).values()
  return lookups.map((lookup) => (lookup instanceof Problem ? lookup : found.next().value!))
}

/** Returns the problem of a representation that identifies no object. */
function toLookup(value: unknown, index: number, names: SubgraphNames): NodeLookup | Problem {
  const path = ['representations', String(index)]
  const read = readRepresentation(value, names)
  if ('id' in read) return { id: read.id, expected: read.type, argument: [...path, 'id'].join('.') }
  return withoutStack(() => createFieldProblem([...path, ...read.path], read.requirement))
}
