import { Source } from 'graphql'
import type { ASTNode, DocumentNode, GraphQLError, Location, SourceLocation } from 'graphql'
import { metaName, type DocumentParts } from './validation-rules.ts'

const emptySource = new Source('')

/**
 * Where a node begins, without its tokens. graphql counts the lines of the whole text again for each error that it creates: 250 errors
 * in a document of a million lines would take seconds. From this it counts the lines of an empty text.
 */
class NodeLocation {
  readonly start = 0
  readonly end = 0
  readonly source = emptySource
  readonly line: number
  readonly column: number

  constructor({ startToken }: Location) {
    this.line = startToken.line
    this.column = startToken.column
  }
}

/**
 * Replaces the locations of a parsed document; `getLocations` reads them. Its tokens can be released then.
 *
 * @returns What the document consists of.
 */
export function simplifyLocations(document: DocumentNode): DocumentParts {
  const parts = new Set<string>()
  simplify(document, parts)
  return parts
}

function simplify(node: object, parts: Set<string>): void {
  const fields = node as Record<string, unknown>
  for (const name in fields) {
    const value = fields[name]
    if (name === 'kind') parts.add(value as string)
    else if (typeof value === 'string') {
      if (name === 'value' && value.startsWith(metaName)) parts.add(metaName)
    } else if (typeof value === 'object' && value !== null) {
      if (name === 'loc') fields['loc'] = new NodeLocation(value as Location)
      else simplify(value, parts)
    }
  }
}

/** Where an error's nodes begin, or where a syntax error is. */
export function getLocations({ nodes, locations }: GraphQLError): readonly SourceLocation[] | undefined {
  return nodes?.some(hasLocation) ? nodes.flatMap((node) => (hasLocation(node) ? [getLocation(node)] : [])) : locations
}

const hasLocation = ({ loc }: ASTNode): boolean => loc instanceof NodeLocation

function getLocation({ loc }: ASTNode): SourceLocation {
  const { line, column } = loc as unknown as NodeLocation
  return { line, column }
}
