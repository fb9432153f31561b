import { mapSchema, MapperKind, pruneSchema } from '@graphql-tools/utils'
import { GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql'
import { addPrefix } from './add-prefix.ts'
import { createEntitiesField } from './entities.ts'
import type { SubgraphNames } from './names.ts'
import { createServiceField } from './service.ts'

/** Mutations that a gateway cannot pass on: the first accepts a file, and the second returns a credential. */
const omittedMutations: ReadonlySet<string> = new Set(['uploadFile', 'issueUserToken'])

/** Creates the schema of a subgraph. Its resolvers are those of `schema`. */
export function createSubgraphSchema(schema: GraphQLSchema, names: SubgraphNames): GraphQLSchema {
  const shaped = addPrefix(pruneSchema(shapeMutations(schema)), names)
  const config = shaped.toConfig()
  const query = shaped.getQueryType()!
  const fields = {
    ...query.toConfig().fields,
    _service: createServiceField(shaped, names),
    _entities: createEntitiesField(shaped, names),
  }
  return new GraphQLSchema({
    ...config,
    query: new GraphQLObjectType({ ...query.toConfig(), fields }),
    types: config.types.filter((type) => type !== query),
  })
}

/** Requires an idempotency key in every mutation, because a gateway can send a mutation again. */
function shapeMutations(schema: GraphQLSchema): GraphQLSchema {
  return mapSchema(schema, {
    [MapperKind.MUTATION_ROOT_FIELD]: (_, name) => (omittedMutations.has(name) ? null : undefined),
    [MapperKind.INPUT_OBJECT_FIELD]: (field, name) =>
      name === 'idempotencyKey' ? { ...field, type: new GraphQLNonNull(GraphQLString) } : undefined,
  })
}
