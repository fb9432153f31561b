import { GraphQLError, print } from 'graphql'
import type { DocumentNode, GraphQLSchema } from 'graphql'
import { parseDocument } from '../http/document/parse-document.ts'
import { describeError, type TrustedDocumentError } from '../http/document/trusted-document-builder.ts'
import { buildTool } from './build-tool.ts'
import { addOutcomeFields, outcomeSelection } from './outcome-fields.ts'
import { findRuleErrors } from './tool-rules.ts'
import type { Tool } from './tool.ts'

/**
 * Builds a tool of the operator. Mutations select the fields of their outcome, even if the document does not. Returns all
 * errors of the document if it has some.
 *
 * @param id ID of the document in the log.
 */
export function buildOwnTool(schema: GraphQLSchema, id: string, text: string): Tool | TrustedDocumentError[] {
  const tool = buildTool(schema, id, text)
  const document = tryParse(text)
  if (document === null) return tool
  const errors = [...(Array.isArray(tool) ? tool : []), ...findRuleErrors(document).map(describeError)]
  if (errors.length > 0) return errors
  const complete = addOutcomeFields(document)
  return complete === document ? tool : completeTool(schema, id, complete)
}

function completeTool(schema: GraphQLSchema, id: string, document: DocumentNode): Tool | TrustedDocumentError[] {
  const tool = buildTool(schema, id, print(document))
  if (!Array.isArray(tool)) return tool
  // The document was valid without the fields, so only aliases can make it invalid.
  const reason = `Aliases of the payload must not conflict with the fields that Parley adds: ${outcomeSelection}. Rename the aliases.`
  return [{ reason, line: null }]
}

/** Returns null if the document cannot be parsed. */
function tryParse(text: string): DocumentNode | null {
  try {
    return parseDocument(text).document
  } catch (error) {
    if (error instanceof GraphQLError || error instanceof RangeError) return null
    throw error
  }
}
