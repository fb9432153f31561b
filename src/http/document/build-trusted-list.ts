import type { ListedDocument } from '../../documents/document-sources.ts'
import { buildDocuments, type CostScale } from './build-documents.ts'
import { buildTrustedDocument } from './trusted-document-builder.ts'
import { TrustedList, type TrustedDocument } from './trusted-list.ts'

export interface BuildTrustedListOptions extends CostScale {
  /** Returns a document with this text that is already in use. Null if there is none. */
  findInUse(text: string): TrustedDocument | null
}

export interface BuiltTrustedList {
  list: TrustedList
  /** One line for each error. If there are some, the list must not be used. */
  problems: readonly string[]
  /** One line for each new operation that is too expensive at its default page sizes. */
  warnings: readonly string[]
}

/** Parses and validates documents. Documents that are already in use keep their plans. */
export async function buildTrustedList(
  listed: readonly ListedDocument[],
  { findInUse, ...scale }: BuildTrustedListOptions,
): Promise<BuiltTrustedList> {
  const { documents, problems, warnings } = await buildDocuments<TrustedDocument>(
    listed,
    {
      findInUse: ({ id, text }) => {
        const inUse = findInUse(text)
        return inUse && { ...inUse, id }
      },
      build: ({ id, text }) => buildTrustedDocument(scale.schema, id, text),
      getDocument: (document) => document,
    },
    scale,
  )
  return { list: new TrustedList(documents.map(({ built }) => built)), problems, warnings }
}
