import { documentIdForm, isDocumentId, isHashId, normalizeDocumentId } from '../../documents/document-id.ts'
import { createBadRequest } from '../response/http-error.ts'
import { isObject } from './request-json.ts'

/** What a request says about its document besides the text. */
export interface DocumentParameters {
  /** ID of the document, without the prefix `sha256:`. Null if the request has none. */
  documentId: string | null
  /** SHA-256 that the client reports for the text, without the prefix. Null if the request has none. */
  hash: string | null
}

const none: DocumentParameters = { documentId: null, hash: null }

/**
 * Reads the ID of a document, which clients send under four names.
 *
 * @throws `BAD_USER_INPUT` if an ID has no valid form, or if two of them differ.
 */
export function parseDocumentParameters(
  { query, documentId, doc_id: relayId, id: shortId }: Readonly<Record<string, unknown>>,
  extensions: Readonly<Record<string, unknown>> | null,
): DocumentParameters {
  const persisted = extensions?.['persistedQuery']
  // Some clients of Relay send the name of the operation as "id" with the text.
  const id = query == null ? shortId : null
  if (documentId == null && relayId == null && id == null && persisted == null) return none
  const sha256Hash = isObject(persisted) ? persisted['sha256Hash'] : null
  const named = Object.entries({ documentId, doc_id: relayId, id, sha256Hash }).filter(([, value]) => value != null)
  const ids = named.map(([name, value]) => parseDocumentId(name, value))
  const [first, ...others] = ids.map(normalizeDocumentId)
  if (first === undefined) return none
  if (others.some((other) => other !== first))
    throw createBadRequest(`The parameters ${named.map(([name]) => `"${name}"`).join(' and ')} have different IDs.`)
  return { documentId: first, hash: sha256Hash != null || ids.some(isHashId) ? first : null }
}

function parseDocumentId(name: string, value: unknown): string {
  if (typeof value !== 'string' || !isDocumentId(value))
    throw createBadRequest(`The parameter "${name}" ${documentIdForm}.`)
  return value
}
