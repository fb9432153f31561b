import type { GraphQLSchema } from 'graphql'
import { Problem } from '../../core/errors.ts'
import { Pacer } from '../../core/pacer.ts'
import { formatDocumentProblem, type ListedDocument } from '../../documents/document-sources.ts'
import { assertCost, type CostLimits, type ListSizes } from '../guard/cost.ts'
import { withoutDocumentLimits } from '../guard/cost-check.ts'
import { measureIntrospection } from '../guard/introspection.ts'
import type { TrustedDocumentError } from './trusted-document-builder.ts'
import type { TrustedDocument } from './trusted-list.ts'

/** A request needs several turns of the event loop, and each of them can wait for this time. In milliseconds. */
const maxBusyMs = 3

export interface CostScale {
  schema: GraphQLSchema
  limits: CostLimits
  /** Sizes of lists for a caller that can use all accounts. */
  sizes: ListSizes
}

export interface DocumentBuilder<Built> {
  /** Returns what was built earlier of the same text and is in use. Null if there is nothing. */
  findInUse(source: ListedDocument): Built | null
  build(source: ListedDocument): Built | TrustedDocumentError[]
  getDocument(built: Built): TrustedDocument
}

export interface BuiltDocuments<Built> {
  /** The documents without errors, in the order of the files. */
  documents: readonly { source: ListedDocument; built: Built }[]
  /** One line for each error. */
  problems: readonly string[]
  /** One line for each new operation that is too expensive at its default page sizes. */
  warnings: readonly string[]
}

/** Builds something of each document. Lets the event loop do other work between the documents. */
export async function buildDocuments<Built extends object>(
  listed: readonly ListedDocument[],
  { findInUse, build, getDocument }: DocumentBuilder<Built>,
  scale: CostScale,
): Promise<BuiltDocuments<Built>> {
  const listWarnings = createCostCheck(scale)
  const documents: { source: ListedDocument; built: Built }[] = []
  const problems: string[] = []
  const warnings: string[] = []
  const pacer = new Pacer(maxBusyMs)
  for (const source of listed) {
    if (pacer.isDue) await pacer.pause()
    const inUse = findInUse(source)
    const built = inUse ?? build(source)
    if (Array.isArray(built)) {
      for (const { reason, line } of built) problems.push(formatDocumentProblem(source, reason, line))
      continue
    }
    documents.push({ source, built })
    if (!inUse)
      for (const warning of listWarnings(getDocument(built))) warnings.push(formatDocumentProblem(source, warning))
  }
  return { documents, problems, warnings }
}

/** Returns a function that reports why the operations of a document are too expensive if no variable has a value. */
function createCostCheck({ schema, limits: allLimits, sizes }: CostScale): (document: TrustedDocument) => string[] {
  const limits = withoutDocumentLimits(allLimits)
  const introspection = measureIntrospection(schema)
  return ({ prepared }) =>
    prepared.operations.flatMap((operation) => {
      try {
        assertCost(prepared.document, operation, {}, sizes, limits, introspection)
        return []
      } catch (error) {
        if (error instanceof Problem) return [error.message]
        throw error
      }
    })
}
