import type { CostScale } from '../http/document/build-documents.ts'
import { httpLimits } from '../http/limits.ts'
import { schema } from '../schema/index.ts'
import { createListSizes } from './list-sizes.ts'
import type { CostConfiguration } from './watched-list.ts'

/** Returns the scale for the cost of documents, for a caller that can use all accounts. */
export function createCostScale({ accounts, limits }: CostConfiguration): CostScale {
  return { schema, limits: { ...httpLimits, ...limits }, sizes: createListSizes(accounts.length) }
}
