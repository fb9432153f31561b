import { validate } from 'graphql'
import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql'
import type { Caller } from '../../auth/caller.ts'
import { findArgumentPath } from '../guard/argument.ts'
import { combineRules } from '../guard/combined-rule.ts'
import { DocumentCache } from './document-cache.ts'
import type { HttpLimits } from '../limits.ts'
import { assertOverlap } from '../guard/field-overlap.ts'
import { parseDocument } from './parse-document.ts'
import { PreparedDocument } from './prepared-document.ts'
import { scanTokens } from '../request/scan.ts'
import { selectRules } from '../guard/validation-rules.ts'

/** Limits that a document or one of its operations is checked for once, and not again while the document is cached. */
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

/** Parses and validates documents. Only valid ones that the caller may run are cached. */
export class DocumentPreparer {
  readonly #schema: GraphQLSchema
  readonly #limits: HttpLimits
  #cache = new DocumentCache()
  /** The limits that cached documents were checked for. */
  #checked: Pick<HttpLimits, (typeof documentLimits)[number]>

  constructor(schema: GraphQLSchema, limits: HttpLimits) {
    this.#schema = schema
    this.#limits = limits
    this.#checked = { ...limits }
  }

  get cachedBytes(): number {
    return this.#cache.totalBytes
  }

  /** Scans and parses, unless the document is cached. Throws a Problem, or graphql's syntax error. */
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

  /** A reload of the configuration changes the limits in place. */
  #forgetIfLimitsChanged(): void {
    if (documentLimits.every((name) => this.#checked[name] === this.#limits[name])) return
    this.#checked = { ...this.#limits }
    this.#cache = new DocumentCache()
  }

  /** Comes after every check of whether the caller may run the operation: a document without errors is cached. */
  validate(prepared: PreparedDocument, { name, scopes }: Caller): readonly GraphQLError[] {
    if (prepared.isValid) return []
    const { document, parts } = prepared
    const canExplore = scopes.has('explore')
    const rule = combineRules(selectRules(parts, canExplore), parts)
    const errors = validate(this.#schema, document, [rule], { maxErrors: 10, hideSuggestions: !canExplore })
    prepared.isValid = errors.length === 0
    if (prepared.isValid) this.#cache.add(prepared, name)
    return errors.map((error) => tagValidationError(error, document))
  }
}

/** Not every error of validation can be told from one of execution by its looks, nor does it name its argument. */
function tagValidationError(error: GraphQLError, document: DocumentNode): GraphQLError {
  const [node] = error.nodes ?? []
  error.extensions['code'] = 'GRAPHQL_VALIDATION_FAILED'
  if (node) error.extensions['argument'] = findArgumentPath(document, node)
  return error
}
