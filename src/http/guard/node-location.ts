import { Source } from 'graphql'
import type { ASTNode, GraphQLError, SourceLocation, Token } from 'graphql'

const emptySource = new Source('')

/**
 * The line and column where a node begins, without its tokens. GraphQL.js counts the lines of the source again for each
 * error, so 250 errors in a document of a million lines would take seconds. Here, the source is empty.
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

/** Returns the positions of the nodes of an error, or of a syntax error. Undefined if there are none. */
export function getLocations({ nodes, locations }: GraphQLError): readonly SourceLocation[] | undefined {
  return nodes?.some(hasLocation) ? nodes.flatMap((node) => (hasLocation(node) ? [getLocation(node)] : [])) : locations
}

const hasLocation = ({ loc }: ASTNode): boolean => loc instanceof NodeLocation

function getLocation({ loc }: ASTNode): SourceLocation {
  const { line, column } = loc as unknown as NodeLocation
  return { line, column }
}
