import { GraphQLError, Kind, parse, visit } from 'graphql'
import type { DocumentNode, FieldNode, OperationDefinitionNode } from 'graphql'
import { UsageError } from './exit.ts'

/** Returns null if the document has a syntax error. The server reports the error. */
export function tryParseDocument(text: string): DocumentNode | null {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof GraphQLError) return null
    throw error
  }
}

/** @throws UsageError if the document does not have the operation, or has several and `name` is undefined. */
export function chooseOperation(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  const chosen = name === undefined ? operations : operations.filter((operation) => operation.name?.value === name)
  const [operation] = chosen
  if (!operation)
    throw new UsageError(`The document does not have an operation${name === undefined ? '' : ` "${name}"`}.`)
  if (chosen.length > 1) throw new UsageError('The document has several operations. Choose one with "--operation".')
  return operation
}

/** Returns the document with `outcome` selected for every mutation, because the exit code depends on it. */
export function addOutcomes(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  const outcome: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: 'outcome' } }
  const addOutcomeField = (field: FieldNode): FieldNode => {
    const selections = field.selectionSet?.selections ?? []
    const isSelected = selections.some(
      (selection) => selection.kind === Kind.FIELD && (selection.alias ?? selection.name).value === 'outcome',
    )
    if (!field.selectionSet || isSelected) return field
    return { ...field, selectionSet: { ...field.selectionSet, selections: [...selections, outcome] } }
  }
  const fields = new Set<unknown>(operation.selectionSet.selections)
  return visit(document, { Field: (field) => (fields.has(field) ? addOutcomeField(field) : undefined) })
}
