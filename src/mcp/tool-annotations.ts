import { Kind, OperationTypeNode } from 'graphql'
import type { OperationDefinitionNode } from 'graphql'
import type { Tool } from './tool.ts'

/** Mutations whose name begins with one of these words change or remove something that exists. */
const destructivePattern = /^(update|delete|end|remove)/

/** Derives the annotations of a tool from the root fields of its operation, which are not in fragments. */
export function createAnnotations({ operation, selectionSet }: OperationDefinitionNode): Tool['annotations'] {
  const isMutation = operation === OperationTypeNode.MUTATION
  const isDestructive = selectionSet.selections.some(
    (selection) => selection.kind === Kind.FIELD && destructivePattern.test(selection.name.value),
  )
  return {
    readOnlyHint: !isMutation,
    destructiveHint: isMutation && isDestructive,
    idempotentHint: true,
    openWorldHint: true,
  }
}
