import { Source } from 'graphql'
import type { ASTNode, GraphQLError, SourceLocation, Token } from 'graphql'

const emptySource = new Source('')

/**
 * Where a node begins, without its tokens. graphql counts the lines of the whole text again for each error that it creates: 250 errors
 * in a document of a million lines would take seconds. From this it counts the lines of an empty text.
 */
export class NodeLocation {
  readonly start = 0
  readonly end = 0
  readonly source = emptySource
  readonly line: number
  readonly column: number

  constructor({ line, column }: Token) {
    this.line = line
    this.column = column
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
