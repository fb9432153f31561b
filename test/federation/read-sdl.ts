import { graphqlSync } from 'graphql'
import { createSubgraph } from '../../src/federation/subgraph.ts'
import { schema } from '../../src/schema/index.ts'

/** Returns the SDL that `_service` returns to a caller with the scope `explore`. */
export function readSdl(prefix = ''): string {
  const { data, errors } = graphqlSync({
    schema: createSubgraph(schema, prefix).schema,
    source: '{ _service { sdl } }',
    contextValue: { caller: { scopes: new Set(['explore']) } },
  })
  if (errors?.[0]) throw errors[0]
  return (data as { _service: { sdl: string } })._service.sdl
}
