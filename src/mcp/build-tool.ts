import { GraphQLError, Kind, OperationTypeNode } from 'graphql'
import type { GraphQLSchema, OperationDefinitionNode } from 'graphql'
import {
  buildTrustedDocument,
  describeError,
  type TrustedDocumentError,
} from '../http/document/trusted-document-builder.ts'
import type { TrustedDocument } from '../http/document/trusted-list.ts'
import { createInputSchema } from './input-schema.ts'
import { createOutputSchema } from './output-schema.ts'
import { createAnnotations } from './tool-annotations.ts'
import type { Tool } from './tool.ts'

const maxNameLength = 64

/**
 * Builds the tool that a document defines. Returns the errors of the document if it has some.
 *
 * @param id ID of the document in the log.
 */
export function buildTool(schema: GraphQLSchema, id: string, text: string): Tool | TrustedDocumentError[] {
  const trusted = buildTrustedDocument(schema, id, text)
  if (Array.isArray(trusted)) return trusted
  const { operations } = trusted.prepared
  const [operation] = operations
  if (!operation || operations.length > 1)
    return [{ reason: 'A tool must be a document with exactly one operation.', line: null }]
  const errors = findErrors(operation)
  if (errors.length > 0) return errors
  try {
    return createTool(schema, trusted, operation)
  } catch (error) {
    if (error instanceof GraphQLError) return [describeError(error)]
    throw error
  }
}

function createTool(schema: GraphQLSchema, trusted: TrustedDocument, operation: OperationDefinitionNode): Tool {
  const { document } = trusted.prepared
  return {
    name: operation.name!.value,
    description: operation.description!.value,
    scope: operation.operation === OperationTypeNode.MUTATION ? 'write' : 'read',
    inputSchema: createInputSchema(schema, document, operation),
    outputSchema: createOutputSchema(schema, document, operation),
    annotations: createAnnotations(operation),
    document: trusted,
  }
}

function findErrors(operation: OperationDefinitionNode): TrustedDocumentError[] {
  const { name, description, selectionSet } = operation
  const reasons: string[] = []
  if (!name) reasons.push('The operation must have a name, which is the name of the tool.')
  else if (name.value.length > maxNameLength)
    reasons.push(`The name of the operation can have at most ${maxNameLength} characters.`)
  if (!description?.value.trim())
    reasons.push('The operation must have a description before it, which is the description of the tool.')
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) reasons.push('A subscription cannot be a tool.')
  if (selectionSet.selections.some(({ kind }) => kind !== Kind.FIELD))
    reasons.push('Fragments cannot be at the root of the operation. Select the fields there.')
  return reasons.map((reason) => describeError(new GraphQLError(reason, { nodes: operation })))
}
