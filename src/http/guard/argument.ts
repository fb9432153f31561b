import { BREAK, Kind, visit } from 'graphql'
import type { ASTNode, DocumentNode } from 'graphql'

/**
 * Returns the path of the argument or input field that contains a node, such as `filter.email`. Empty if the node is
 * not in an argument.
 */
export function findArgumentPath(document: DocumentNode, target: ASTNode): string {
  let path = ''
  visit(document, {
    enter: (node, _key, parent, _path, ancestors) => {
      if (node !== target) return undefined
      path = [...ancestors, parent]
        .flatMap((ancestor) => (ancestor && 'kind' in ancestor ? getNodeName(ancestor) : []))
        .join('.')
      return BREAK
    },
  })
  return path
}

function getNodeName(node: ASTNode): string[] {
  return node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD ? [node.name.value] : []
}
