import type { DocumentNode, GraphQLError, GraphQLSchema } from 'graphql'
import type { Caller } from '../../auth/caller.ts'
import { findArgumentPath } from '../guard/argument.ts'
import { cutLiterals, type CutDocument } from './cut-literals.ts'
import { DocumentCache } from './document-cache.ts'
import { DocumentTemplates } from './document-templates.ts'
import type { HttpLimits } from '../limits.ts'
import { assertOverlap } from '../guard/field-overlap.ts'
import { parseDocument } from './parse-document.ts'
import { PreparedDocument } from './prepared-document.ts'
import { scanTokens } from '../request/scan.ts'
import { validateDocument } from '../guard/validate-document.ts'
import { selectRules } from '../guard/validation-rules.ts'

/** Whether the limits are equal that are checked only once for a cached document. Called for each request. */
function haveEqualDocumentLimits(one: HttpLimits, other: HttpLimits): boolean {
  return (
    one.tokens === other.tokens &&
    one.depth === other.depth &&
    one.introspectionDepth === other.introspectionDepth &&
    one.aliases === other.aliases &&
    one.rootFields === other.rootFields &&
    one.directives === other.directives &&
    one.cost === other.cost &&
    one.operationCalls === other.operationCalls &&
    one.introspectionCost === other.introspectionCost &&
    one.ids === other.ids &&
    one.pageSize === other.pageSize &&
    one.errors === other.errors
  )
}

/** A document of a request. */
export interface RequestedDocument {
  prepared: PreparedDocument
  /** Values of the variables that replace the literals, before coercion. Null if `prepared` is not a template. */
  literals: Readonly<Record<string, unknown>> | null
  /** The text of a new document without its literals. Null if it has none. */
  cut: CutDocument | null
}

/** Parses and validates documents. Caches valid documents whose sender is allowed to run them. */
export class DocumentPreparer {
  readonly #schema: GraphQLSchema
  readonly #limits: HttpLimits
  #cache: DocumentCache
  #templates: DocumentTemplates
  /** The limits that the cached documents were checked against. */
  #checked: HttpLimits

  constructor(schema: GraphQLSchema, limits: HttpLimits) {
    this.#schema = schema
    this.#limits = limits
    this.#checked = { ...limits }
    this.#cache = new DocumentCache()
    this.#templates = new DocumentTemplates(schema, this.#cache)
  }

  get cachedBytes(): number {
    return this.#cache.totalBytes
  }

  /**
   * Returns the document from the cache, or the template of similar documents. Otherwise, scans and parses the document.
   *
   * @throws Problem with the limit that is exceeded. GraphQL.js's syntax error.
   */
  prepare(text: string, { scopes }: Caller): RequestedDocument {
    this.#forgetIfLimitsChanged()
    const canExplore = scopes.has('explore')
    const key = `${canExplore ? '+' : '-'}${text}`
    const cached = this.#cache.get(key)
    if (cached) return { prepared: cached, literals: null, cut: null }
    // A shape is no document with the same text, so its key has another first character.
    const cut = cutLiterals(text, canExplore ? '*' : '/')
    const similar = cut && this.#templates.find(cut)
    if (similar) return { ...similar, cut: null }
    const tokens = scanTokens(text, this.#limits)
    const { document, parts } = parseDocument(text, this.#limits.tokens)
    assertOverlap(document, this.#limits.cost)
    const prepared = new PreparedDocument({ schema: this.#schema, key, document, parts, tokens })
    return { prepared, literals: null, cut }
  }

  /** Empties the cache if a reload of the configuration has changed the limits, which it does in place. */
  #forgetIfLimitsChanged(): void {
    if (haveEqualDocumentLimits(this.#checked, this.#limits)) return
    this.#checked = { ...this.#limits }
    this.#cache = new DocumentCache()
    this.#templates = new DocumentTemplates(this.#schema, this.#cache)
  }

  /**
   * Returns the validation errors of a document, at most 10. Caches a document without errors, so call it after all checks
   * of whether the caller can run the operation.
   */
  validate({ prepared, cut }: RequestedDocument, { name, scopes }: Caller): readonly GraphQLError[] {
    if (prepared.isValid) return []
    const { document, parts } = prepared
    const canExplore = scopes.has('explore')
    const rules = selectRules(parts, canExplore)
    const errors = validateDocument(this.#schema, prepared, { rules, maxErrors: 10, hideSuggestions: !canExplore })
    prepared.isValid = errors.length === 0
    if (prepared.isValid) {
      this.#cache.add(prepared, name)
      if (cut) this.#templates.learn(prepared.key.slice(1), cut, name)
    }
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
