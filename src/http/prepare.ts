import { NoSchemaIntrospectionCustomRule, parse, specifiedRules, validate } from 'graphql'
import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql'
import { argumentOf } from './argument.ts'
import type { HttpLimits } from './limits.ts'
import { limitOverlap } from './overlap.ts'
import { scan } from './scan.ts'

/** A document that can be read, with what validation says of it. */
export interface Prepared {
  document: DocumentNode
  errors: readonly GraphQLError[]
}

const keptDocuments = 1_000
const keptLength = 16 * 1024

/** Scans and parses; validation runs when `errors` is first read, once what it may cost is known. */
export function createPreparer(schema: GraphQLSchema, limits: HttpLimits) {
  const kept = new Map<string, Prepared>()
  return (text: string, explore: boolean): Prepared => {
    const key = `${explore ? '+' : '-'}${text}`
    const known = kept.get(key)
    const prepared = known ?? prepare(schema, text, explore, limits)
    if (text.length <= keptLength) {
      // Set again, so that the first key is always the one unused for longest.
      kept.delete(key)
      kept.set(key, prepared)
      if (kept.size > keptDocuments) kept.delete(kept.keys().next().value ?? '')
    }
    return prepared
  }
}

function prepare(schema: GraphQLSchema, text: string, explore: boolean, limits: HttpLimits): Prepared {
  scan(text, limits)
  const document = parse(text, { maxTokens: limits.tokens })
  limitOverlap(document, limits.cost)
  const rules = explore ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule]
  let errors: readonly GraphQLError[] | null = null
  return {
    document,
    get errors() {
      errors ??= validate(schema, document, rules, { maxErrors: 10 }).map((error) => marked(error, document))
      return errors
    },
  }
}

/** Not every error of validation can be told from one of execution by its looks, nor does it name its argument. */
function marked(error: GraphQLError, document: DocumentNode): GraphQLError {
  const [node] = error.nodes ?? []
  error.extensions['code'] = 'GRAPHQL_VALIDATION_FAILED'
  if (node) error.extensions['argument'] = argumentOf(document, node)
  return error
}
