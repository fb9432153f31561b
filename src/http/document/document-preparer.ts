import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql'
import type { Caller } from '../../auth/caller.ts'
import { findArgumentPath } from '../guard/argument.ts'
import { DocumentCache } from './document-cache.ts'
import type { HttpLimits } from '../limits.ts'
import { assertOverlap } from '../guard/field-overlap.ts'
import { parseDocument } from './parse-document.ts'
import { PreparedDocument } from './prepared-document.ts'
import { scanTokens } from '../request/scan.ts'
import { validateDocument } from '../guard/validate-document.ts'
import { selectRules } from '../guard/validation-rules.ts'

/** Limits that are checked only once for a cached document. */
const documentLimits = [
  'tokens',
  'depth',
  'introspectionDepth',
  'aliases',
  'rootFields',
  'directives',
  'cost',
  'operationCalls',
  'introspectionCost',
  'ids',
  'pageSize',
  'errors',
] as const satisfies (keyof HttpLimits)[]

/** Parses and validates documents. Caches valid documents whose sender is allowed to run them. */
export class DocumentPreparer {
  readonly #schema: GraphQLSchema
  readonly #limits: HttpLimits
  #cache = new DocumentCache()
  /** The limits that the cached documents were checked against. */
  #checked: Pick<HttpLimits, (typeof documentLimits)[number]>

  constructor(schema: GraphQLSchema, limits: HttpLimits) {
    this.#schema = schema
    this.#limits = limits
    this.#checked = { ...limits }
  }

  get cachedBytes(): number {
    return this.#cache.totalBytes
  }

  /**
   * Returns the document from the cache, or scans and parses it.
   *
   * @throws Problem with the limit that is exceeded. GraphQL.js's syntax error.
   */
  prepare(text: string, { scopes }: Caller): PreparedDocument {
    this.#forgetIfLimitsChanged()
    const key = `${scopes.has('explore') ? '+' : '-'}${text}`
    const cached = this.#cache.get(key)
    if (cached) return cached
    const tokens = scanTokens(text, this.#limits)
    const { document, parts } = parseDocument(text, this.#limits.tokens)
    assertOverlap(document, this.#limits.cost)
    return new PreparedDocument({ schema: this.#schema, key, document, parts, tokens })
  }

  /** Empties the cache if a reload of the configuration has changed the limits, which it does in place. */
  #forgetIfLimitsChanged(): void {
    if (documentLimits.every((name) => this.#checked[name] === this.#limits[name])) return
    this.#checked = { ...this.#limits }
    this.#cache = new DocumentCache()
  }

  /**
   * Returns the validation errors of a document, at most 10. Caches a document without errors, so call it after all checks
   * of whether the caller can run the operation.
   */
  validate(prepared: PreparedDocument, { name, scopes }: Caller): readonly GraphQLError[] {
    if (prepared.isValid) return []
    const { document, parts } = prepared
    const canExplore = scopes.has('explore')
    const rules = selectRules(parts, canExplore)
    const errors = validateDocument(this.#schema, prepared, { rules, maxErrors: 10, hideSuggestions: !canExplore })
    prepared.isValid = errors.length === 0
    if (prepared.isValid) this.#cache.add(prepared, name)
    return errors.map((error) => tagValidationError(error, document))
  }
}

/** Marks a validation error, which can look like an error of execution, and adds the path of its argument. */
export function tagValidationError(error: GraphQLError, document: DocumentNode): GraphQLError {
  const [node] = error.nodes ?? []
  error.extensions['code'] = 'GRAPHQL_VALIDATION_FAILED'
  if (node) error.extensions['argument'] = findArgumentPath(document, node)
  return error
}
