import type { GraphQLError } from 'graphql'
import { normalizeDocumentId } from '../../documents/document-id.ts'
import type { PreparedDocument } from './prepared-document.ts'

/** A document of the operator's list. It is parsed and valid, and the limits of documents do not apply to it. */
export interface TrustedDocument {
  /** ID that its source assigns. */
  id: string
  prepared: PreparedDocument
  /** SHA-256 of its text, as hexadecimal digits. */
  hash: string
  /** Errors for callers without the scope `explore`. Empty if the document has no introspection. */
  introspectionErrors: readonly GraphQLError[]
}

/** The trusted documents of one API client, or of all other callers. */
export class TrustedList {
  readonly documents: readonly TrustedDocument[]
  readonly #byId: ReadonlyMap<string, TrustedDocument>
  readonly #byText: ReadonlyMap<string, TrustedDocument>

  constructor(documents: readonly TrustedDocument[]) {
    this.documents = documents
    this.#byText = new Map(documents.toReversed().map((document) => [document.prepared.key, document]))
    const byHash = [...this.#byText.values()].map((document) => [document.hash, document] as const)
    const byOwnId = documents.map((document) => [normalizeDocumentId(document.id), document] as const)
    // The ID that a source assigns has precedence.
    this.#byId = new Map([...byHash, ...byOwnId])
  }

  /** @param id Without the prefix `sha256:`. */
  findById(id: string): TrustedDocument | null {
    return this.#byId.get(id) ?? null
  }

  /** Finds the document with exactly this text. */
  findByText(text: string): TrustedDocument | null {
    return this.#byText.get(text) ?? null
  }
}
