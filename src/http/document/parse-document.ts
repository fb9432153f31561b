import { Kind } from 'graphql'
import type { DocumentNode, Location, NameNode, Token } from 'graphql'
import { Parser } from 'graphql/language/parser.js'
import { NodeLocation } from '../guard/node-location.ts'
import { metaName, type DocumentParts } from '../guard/validation-rules.ts'

/** Stores where nodes begin instead of their tokens, so that the tokens can be released from memory. */
export class DocumentParser extends Parser {
  readonly parts = new Set<string>()

  override node<T extends { kind?: string; loc?: Location }>(startToken: Token, node: T): T {
    const { kind = '' } = node
    this.parts.add(kind)
    if (kind === Kind.NAME && (node as unknown as NameNode).value.startsWith(metaName)) this.parts.add(metaName)
    node.loc = new NodeLocation(startToken) as unknown as Location
    return node
  }
}

export interface ParsedDocument {
  document: DocumentNode
  parts: DocumentParts
  /** Number of tokens. */
  tokens: number
}

/**
 * Parses a document. `getLocations` returns the locations of its nodes.
 *
 * @throws GraphQL.js's syntax error.
 */
export function parseDocument(text: string, maxTokens?: number): ParsedDocument {
  const parser = new DocumentParser(text, { maxTokens })
  const document = parser.parseDocument()
  return { document, parts: parser.parts, tokens: parser.tokenCount }
}
