import { BREAK, Kind, visit } from 'graphql'
import type { ASTNode, DocumentNode } from 'graphql'

/** The argument that a value stands in, with the input fields on the way to it: `filter.email`; empty for any other node. */
export function findArgumentPath(document: DocumentNode, value: ASTNode): string {
  let place = ''
  visit(document, {
    enter: (node, _key, parent, _path, ancestors) => {
      if (node !== value) return undefined
      place = [...ancestors, parent].flatMap((each) => (each && 'kind' in each ? getNodeName(each) : [])).join('.')
      return BREAK
    },
  })
  return place
}

function getNodeName(node: ASTNode): string[] {
  return node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD ? [node.name.value] : []
}
