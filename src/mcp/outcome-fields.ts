import { Kind, OperationTypeNode, parse } from 'graphql'
import type { DocumentNode, FieldNode, SelectionNode, SelectionSetNode } from 'graphql'

/** Fields of a mutation's payload from which the result of a tool is derived. */
export const outcomeSelection = 'outcome replayed problems { code message path retryable retryAt } operation { id }'

const outcomeFields = readFields(outcomeSelection)

/** Adds the fields of the outcome to each mutation that does not select them. Returns the same document if none is missing. */
export function addOutcomeFields(document: DocumentNode): DocumentNode {
  let isChanged = false
  const definitions = document.definitions.map((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION || definition.operation !== OperationTypeNode.MUTATION)
      return definition
    const selections = definition.selectionSet.selections.map((field) => {
      if (field.kind !== Kind.FIELD || field.selectionSet === undefined) return field
      const { selectionSet } = field
      const missing = outcomeFields.filter((wanted) => !isSelected(wanted, selectionSet))
      if (missing.length === 0) return field
      isChanged = true
      return { ...field, selectionSet: { ...selectionSet, selections: [...selectionSet.selections, ...missing] } }
    })
    return { ...definition, selectionSet: { ...definition.selectionSet, selections } }
  })
  return isChanged ? { ...document, definitions } : document
}

/** Whether a field is selected in every response, under its own name and with all fields below it. */
function isSelected(wanted: FieldNode, { selections }: SelectionSetNode): boolean {
  return selections.some(
    (selection) =>
      isPlainField(selection) &&
      selection.name.value === wanted.name.value &&
      (wanted.selectionSet?.selections ?? []).every((inner) => isSelected(inner as FieldNode, selection.selectionSet!)),
  )
}

const isPlainField = (selection: SelectionNode): selection is FieldNode =>
  selection.kind === Kind.FIELD && selection.alias === undefined && selection.directives?.length === 0

function readFields(selection: string): FieldNode[] {
  const [operation] = parse(`{ ${selection} }`, { noLocation: true }).definitions
  return operation?.kind === Kind.OPERATION_DEFINITION ? (operation.selectionSet.selections as FieldNode[]) : []
}
