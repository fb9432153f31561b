import { getEnterLeaveForKind, GraphQLError, TypeInfo, ValidationContext } from 'graphql'
import type { ASTNode, ASTVisitFn, ASTVisitor, DocumentNode, GraphQLSchema, ValidationRule } from 'graphql'
import { QueryDocumentKeys } from 'graphql/language/ast.js'
import type { DocumentParts } from './validation-rules.ts'

export interface ValidationOptions {
  rules: readonly ValidationRule[]
  maxErrors: number
  hideSuggestions?: boolean
}

/**
 * Returns the errors of a document, in the same order as `validate` of GraphQL.js, which prepares handlers for 43 kinds of nodes.
 * This takes longer than the rules themselves for a small document, which might never be sent again.
 */
export function validateDocument(
  schema: GraphQLSchema,
  { document, parts }: { document: DocumentNode; parts: DocumentParts },
  { rules, maxErrors, hideSuggestions = false }: ValidationOptions,
): GraphQLError[] {
  const errors: GraphQLError[] = []
  const onError = (error: GraphQLError): void => {
    if (errors.length >= maxErrors)
      throw new GraphQLError('Too many validation errors, error limit reached. Validation aborted.')
    errors.push(error)
  }
  const types = new TypeInfo(schema)
  const context = new ValidationContext(schema, document, types, onError, hideSuggestions)
  try {
    new DocumentWalk(
      rules.map((rule) => rule(context)),
      parts,
      types,
    ).visit(document)
  } catch (error) {
    // A rule, too, can throw an error to end the validation.
    if (!(error instanceof GraphQLError)) throw error
    errors.push(error)
  }
  return errors
}

interface Handler {
  /** Index of the rule. */
  rule: number
  enter: ASTVisitFn<ASTNode> | undefined
  leave: ASTVisitFn<ASTNode> | undefined
}

type Parent = ASTNode | readonly ASTNode[] | undefined

/** A node whose children are visited. */
interface Visit {
  node: ASTNode
  key: string | number | undefined
  parent: Parent
  handlers: readonly Handler[]
  /** Visit of the node that contains this one. */
  outer: Visit | null
  /** Number of properties of the node that were visited. */
  properties: number
  /** List of children that is visited. Null if the current property has only one child. */
  list: readonly ASTNode[] | null
  /** Number of nodes of `list` that were visited. */
  items: number
}

/** Visits the nodes of a document for several rules. Does not recurse, because no limit bounds the levels of a value. */
class DocumentWalk {
  readonly #types: TypeInfo
  readonly #handlersByKind = new Map<string, readonly Handler[]>()
  /** The node that a rule skips, by index of the rule. */
  readonly #skipped: (ASTNode | null)[]
  readonly #path: (string | number)[] = []
  readonly #ancestors: (ASTNode | readonly ASTNode[])[] = []

  constructor(visitors: readonly ASTVisitor[], parts: DocumentParts, types: TypeInfo) {
    this.#types = types
    this.#skipped = visitors.map(() => null)
    for (const kind of parts) this.#handlersByKind.set(kind, findHandlers(visitors, kind))
  }

  visit(document: DocumentNode): void {
    let visit: Visit | null = this.#enter(document, undefined, undefined, null)
    while (visit) visit = this.#enterNext(visit) ?? this.#leave(visit)
  }

  /** A rule that returns `false` from `enter` skips the children of the node and its `leave`. */
  #enter(node: ASTNode, key: string | number | undefined, parent: Parent, outer: Visit | null): Visit {
    const handlers = this.#handlersByKind.get(node.kind) ?? noHandlers
    this.#types.enter(node)
    for (const { rule, enter } of handlers) {
      if (!enter || this.#skipped[rule] !== null) continue
      if (enter(node, key, parent, this.#path, this.#ancestors) === false) this.#skipped[rule] = node
    }
    if (parent) this.#ancestors.push(parent)
    return { node, key, parent, handlers, outer, properties: 0, list: null, items: 0 }
  }

  /** Enters the next child of a node. Returns null if it has no more children. */
  #enterNext(visit: Visit): Visit | null {
    const { node } = visit
    if (visit.list) {
      const item = visit.list[visit.items]
      if (item) return this.#enterChild(item, visit.items++, visit.list, visit)
      visit.list = null
      this.#ancestors.pop()
      this.#path.pop()
    }
    const names = QueryDocumentKeys[node.kind]
    while (visit.properties < names.length) {
      const name = names[visit.properties++]!
      const child = (node as unknown as Record<string, ASTNode | readonly ASTNode[] | undefined>)[name]
      // According to the specification, descriptions do not affect the validation.
      if (!child || name === 'description') continue
      if ('kind' in child) return this.#enterChild(child, name, node, visit)
      if (child.length === 0) continue
      this.#path.push(name)
      this.#ancestors.push(node)
      visit.list = child
      visit.items = 1
      return this.#enterChild(child[0]!, 0, child, visit)
    }
    return null
  }

  #enterChild(node: ASTNode, key: string | number, parent: Parent, outer: Visit): Visit {
    this.#path.push(key)
    return this.#enter(node, key, parent, outer)
  }

  /** Returns the visit of the node that contains this one. */
  #leave({ node, key, parent, handlers, outer }: Visit): Visit | null {
    if (parent) this.#ancestors.pop()
    for (const { rule, leave } of handlers) {
      if (this.#skipped[rule] === node) this.#skipped[rule] = null
      else if (this.#skipped[rule] === null) leave?.(node, key, parent, this.#path, this.#ancestors)
    }
    this.#types.leave(node)
    this.#path.pop()
    return outer
  }
}

const noHandlers: readonly Handler[] = []

function findHandlers(visitors: readonly ASTVisitor[], kind: string): Handler[] {
  const handlers: Handler[] = []
  for (const [rule, visitor] of visitors.entries()) {
    const { enter, leave } = getEnterLeaveForKind(visitor, kind as ASTNode['kind'])
    if (enter || leave) handlers.push({ rule, enter, leave })
  }
  return handlers
}
