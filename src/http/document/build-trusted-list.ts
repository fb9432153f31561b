import type { GraphQLSchema } from 'graphql'
import { Problem } from '../../core/errors.ts'
import { Pacer } from '../../core/pacer.ts'
import { formatDocumentProblem, type ListedDocument } from '../../documents/document-sources.ts'
import { assertCost, type CostLimits, type ListSizes } from '../guard/cost.ts'
import { withoutDocumentLimits } from '../guard/cost-check.ts'
import { measureIntrospection } from '../guard/introspection.ts'
import { buildTrustedDocument } from './trusted-document-builder.ts'
import { TrustedList, type TrustedDocument } from './trusted-list.ts'

export interface BuildTrustedListOptions {
  schema: GraphQLSchema
  limits: CostLimits
  /** Sizes of lists for a caller that can use all accounts. */
  sizes: ListSizes
  /** Returns a document with this text that is already in use. Null if there is none. */
  findInUse(text: string): TrustedDocument | null
}

export interface BuiltList {
  list: TrustedList
  /** One line for each error. If there are some, the list must not be used. */
  problems: readonly string[]
  /** One line for each new operation that is too expensive at its default page sizes. */
  warnings: readonly string[]
}

/**
 * Parses and validates documents. Documents that are already in use keep their plans. Lets the event loop do other work
 * between the documents.
 */
export async function buildTrustedList(
  listed: readonly ListedDocument[],
  { schema, limits, sizes, findInUse }: BuildTrustedListOptions,
): Promise<BuiltList> {
  const costOptions = { limits: withoutDocumentLimits(limits), sizes, introspection: measureIntrospection(schema) }
  const documents: TrustedDocument[] = []
  const problems: string[] = []
  const warnings: string[] = []
  const pacer = new Pacer()
  for (const source of listed) {
    if (pacer.isDue) await pacer.pause()
    const { id, text } = source
    const inUse = findInUse(text)
    const built = inUse ? { ...inUse, id } : buildTrustedDocument(schema, id, text)
    if (Array.isArray(built)) {
      for (const { reason, line } of built) problems.push(formatDocumentProblem(source, reason, line))
      continue
    }
    documents.push(built)
    if (!inUse)
      for (const warning of listCostWarnings(built, costOptions)) warnings.push(formatDocumentProblem(source, warning))
  }
  return { list: new TrustedList(documents), problems, warnings }
}

interface CostOptions {
  limits: CostLimits
  sizes: ListSizes
  introspection: ListSizes
}

/** Returns why the operations of a document are too expensive if no variable has a value. */
function listCostWarnings({ prepared }: TrustedDocument, { limits, sizes, introspection }: CostOptions): string[] {
  return prepared.operations.flatMap((operation) => {
    try {
      assertCost(prepared.document, operation, {}, sizes, limits, introspection)
      return []
    } catch (error) {
      if (error instanceof Problem) return [error.message]
      throw error
    }
  })
}
