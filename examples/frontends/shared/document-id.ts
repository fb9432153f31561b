import type { DocumentNode } from 'graphql'

/** Returns the ID that GraphQL Code Generator gave to a document of `documents.graphql`. Caches keep it in their copies. */
export function getDocumentId(document: DocumentNode): string {
  return (document as unknown as { __meta__: { hash: string } }).__meta__.hash
}
