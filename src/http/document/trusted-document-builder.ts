import { hash } from 'node:crypto'
import { GraphQLError } from 'graphql'
import type { GraphQLSchema } from 'graphql'
import { getLocations } from '../guard/node-location.ts'
import { IntrospectionScopeRule } from '../guard/introspection-scope-rule.ts'
import { validateDocument } from '../guard/validate-document.ts'
import { metaName, selectRules } from '../guard/validation-rules.ts'
import { tagValidationError } from './document-preparer.ts'
import { parseDocument, type ParsedDocument } from './parse-document.ts'
import { PreparedDocument } from './prepared-document.ts'
import type { TrustedDocument } from './trusted-list.ts'

/** Why a document cannot be trusted. */
export interface TrustedDocumentError {
  reason: string
  /** Line in the document. Null if the whole document is wrong. */
  line: number | null
}

const maxErrors = 10

/** Parses and validates a document, and creates the plans of its operations. Returns its errors if it has some. */
export function buildTrustedDocument(
  schema: GraphQLSchema,
  id: string,
  text: string,
): TrustedDocument | TrustedDocumentError[] {
  try {
    const parsed = parseDocument(text)
    const errors = validateDocument(schema, parsed, { rules: selectRules(parsed.parts, true), maxErrors })
    if (errors.length > 0) return errors.map(describeError)
    const introspectionErrors = findIntrospection(schema, parsed)
    return { id, prepared: prepare(schema, text, parsed), hash: hash('sha256', text), introspectionErrors }
  } catch (error) {
    if (error instanceof GraphQLError) return [describeError(error)]
    if (error instanceof RangeError) return [{ reason: 'The document is nested too deeply.', line: null }]
    throw error
  }
}

function prepare(schema: GraphQLSchema, text: string, parsed: ParsedDocument): PreparedDocument {
  const prepared = new PreparedDocument({ schema, key: text, ...parsed })
  prepared.isValid = true
  prepared.createPlans()
  return prepared
}

function findIntrospection(schema: GraphQLSchema, parsed: ParsedDocument): readonly GraphQLError[] {
  if (!parsed.parts.has(metaName)) return []
  const errors = validateDocument(schema, parsed, { rules: [IntrospectionScopeRule], maxErrors })
  return errors.map((error) => tagValidationError(error, parsed.document))
}

/** Formats an error of a document, with the line of its node. */
export function describeError(error: GraphQLError): TrustedDocumentError {
  const [location] = getLocations(error) ?? []
  const reason =
    error.message === 'Validation aborted.'
      ? 'The document repeats fields or fragments too often. Request each field and spread each fragment once.'
      : error.message
  return { reason, line: location?.line ?? null }
}
