import type { FederationSettings } from '../config/configuration.ts'
import type { Subgraph } from '../federation/subgraph.ts'
import { schema } from '../schema/index.ts'

/** Creates the subgraph. Loads its code only if it is configured. Null if it is not. */
export async function openSubgraph(settings: FederationSettings | null): Promise<Subgraph | null> {
  if (settings === null) return null
  const { createSubgraph } = await import('../federation/subgraph.ts')
  return createSubgraph(schema, settings.prefix ?? '')
}
