import type { GraphQLSchema } from 'graphql'
import { SubgraphNames } from './names.ts'
import { createSubgraphSchema } from './subgraph-schema.ts'

/** What `/subgraph` serves. */
export interface Subgraph {
  schema: GraphQLSchema
  names: SubgraphNames
}

/**
 * Creates the subgraph of a schema.
 *
 * @param prefix Prefix of the names of types and root fields. Empty if they do not change.
 */
export function createSubgraph(schema: GraphQLSchema, prefix: string): Subgraph {
  const names = new SubgraphNames(prefix)
  return { schema: createSubgraphSchema(schema, names), names }
}
