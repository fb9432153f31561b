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
    ).visit(document, undefined, undefined)
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

/** Visits the nodes of a document for several rules. The parser has bounded the recursion. */
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

  visit(node: ASTNode, key: string | number | undefined, parent: Parent): void {
    const handlers = this.#handlersByKind.get(node.kind) ?? []
    this.#types.enter(node)
    for (const handler of handlers) this.#enter(handler, node, key, parent)
    if (parent) this.#ancestors.push(parent)
    this.#visitChildren(node)
    if (parent) this.#ancestors.pop()
    for (const handler of handlers) this.#leave(handler, node, key, parent)
    this.#types.leave(node)
  }

  #visitChildren(node: ASTNode): void {
    for (const name of QueryDocumentKeys[node.kind]) {
      const child = (node as unknown as Record<string, ASTNode | readonly ASTNode[] | undefined>)[name]
      // According to the specification, descriptions do not affect the validation.
      if (!child || name === 'description') continue
      this.#path.push(name)
      if ('kind' in child) this.visit(child, name, node)
      else this.#visitList(child, node)
      this.#path.pop()
    }
  }

  #visitList(list: readonly ASTNode[], parent: ASTNode): void {
    this.#ancestors.push(parent)
    for (const [index, node] of list.entries()) {
      this.#path.push(index)
      this.visit(node, index, list)
      this.#path.pop()
    }
    this.#ancestors.pop()
  }

  /** A rule that returns `false` from `enter` skips the children of the node and its `leave`. */
  #enter({ rule, enter }: Handler, node: ASTNode, key: string | number | undefined, parent: Parent): void {
    if (!enter || this.#skipped[rule] !== null) return
    if (enter(node, key, parent, this.#path, this.#ancestors) === false) this.#skipped[rule] = node
  }

  #leave({ rule, leave }: Handler, node: ASTNode, key: string | number | undefined, parent: Parent): void {
    if (this.#skipped[rule] === node) this.#skipped[rule] = null
    else if (this.#skipped[rule] === null) leave?.(node, key, parent, this.#path, this.#ancestors)
  }
}

function findHandlers(visitors: readonly ASTVisitor[], kind: string): Handler[] {
  const handlers: Handler[] = []
  for (const [rule, visitor] of visitors.entries()) {
    const { enter, leave } = getEnterLeaveForKind(visitor, kind as ASTNode['kind'])
    if (enter || leave) handlers.push({ rule, enter, leave })
  }
  return handlers
}
