import { GraphQLNonNull, GraphQLObjectType, GraphQLString } from 'graphql'
import type { GraphQLFieldConfig, GraphQLSchema } from 'graphql'
import type { Context } from '../schema/context.ts'
import { assertScope } from '../schema/credentials.ts'
import type { SubgraphNames } from './names.ts'
import { formatSdl } from './sdl.ts'

/** Creates the field `_service`, from which a gateway or a registry reads the SDL of the schema. */
export function createServiceField(schema: GraphQLSchema, names: SubgraphNames): GraphQLFieldConfig<unknown, Context> {
  // Formatted at the start, because it takes up to 50 ms.
  const sdl = formatSdl(schema, names)
  const Service = new GraphQLObjectType({
    name: '_Service',
    description: 'The schema of this subgraph.',
    fields: {
      sdl: {
        type: new GraphQLNonNull(GraphQLString),
        description: 'Schema in the schema definition language, with the directives of Apollo Federation 2.',
        resolve: () => sdl,
      },
    },
  })
  return {
    type: new GraphQLNonNull(Service),
    description: 'Returns the schema of this subgraph. Requires the scope `explore`.',
    resolve: (_, __, context) => {
      assertScope(context, '_service', 'explore')
      return {}
    },
  }
}
