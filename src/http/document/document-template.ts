import {
  getNullableType,
  GraphQLInt,
  isScalarType,
  Kind,
  OperationTypeNode,
  TypeInfo,
  valueFromASTUntyped,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type {
  DefinitionNode,
  DocumentNode,
  GraphQLScalarType,
  GraphQLSchema,
  NameNode,
  Token,
  VariableDefinitionNode,
  VariableNode,
} from 'graphql'
import type { Literal } from './cut-literals.ts'
import { DocumentParser } from './parse-document.ts'
import { PreparedDocument, type PreparedDocumentOptions } from './prepared-document.ts'

/** Begins the names of variables that replace literals. No name in a document contains this character. */
const namePrefix = '"'

/** A valid document with variables in place of its literals. Prepares every document of the same shape. */
export class DocumentTemplate extends PreparedDocument {
  readonly #types: readonly GraphQLScalarType[]
  readonly #names: readonly string[]

  /** @param types Types of the literals, in the order of the text. */
  constructor(options: PreparedDocumentOptions, types: readonly GraphQLScalarType[]) {
    super(options)
    this.isValid = true
    this.#types = types
    this.#names = types.map((_, index) => formatName(index))
  }

  /**
   * Returns the values of the variables that replace the literals, before coercion. Null if a literal is not valid for its
   * type, so the document is not valid.
   */
  readLiterals(literals: readonly Literal[]): Record<string, unknown> | null {
    const values: Record<string, unknown> = {}
    for (const [index, { node }] of literals.entries()) {
      if (!isValid(node, this.#types[index]!)) return null
      values[this.#names[index]!] = valueFromASTUntyped(node)
    }
    return values
  }
}

const formatName = (index: number): string => namePrefix + index

/** Whether the validation accepts a literal: `ValuesOfCorrectTypeRule` of GraphQL.js. */
function isValid(node: Literal['node'], type: GraphQLScalarType): boolean {
  try {
    return type.parseLiteral(node, undefined) != null
  } catch {
    return false
  }
}

/**
 * Creates the template of a document. Returns null if there is none, because the validity or another property of the
 * document depends on the value of a literal, not only on whether the type accepts the literal.
 *
 * @param text A valid document with these literals.
 */
export function createTemplate(
  schema: GraphQLSchema,
  key: string,
  text: string,
  literals: readonly Literal[],
): DocumentTemplate | null {
  const parser = new TemplateParser(text, literals)
  const document = parser.parseDocument()
  const types = canHaveTemplate(document) ? findTypes(schema, document, literals) : null
  if (!types) return null
  const definitions = document.definitions.map((definition) => addVariables(definition, types))
  const { parts, tokenCount: tokens } = parser
  return new DocumentTemplate({ schema, key, document: { ...document, definitions }, parts, tokens }, types)
}

/** Creates variables instead of literals. */
class TemplateParser extends DocumentParser {
  readonly #indexByStart: ReadonlyMap<number, number>

  constructor(text: string, literals: readonly Literal[]) {
    super(text)
    this.#indexByStart = new Map(literals.map(({ start }, index) => [start, index]))
  }

  override node<T extends { kind?: string }>(startToken: Token, node: T): T {
    const isLiteral = node.kind === Kind.STRING || node.kind === Kind.INT
    const index = isLiteral ? this.#indexByStart.get(startToken.start) : undefined
    return super.node(startToken, index === undefined ? node : (createVariable(index) as unknown as T))
  }
}

const createVariable = (index: number): VariableNode => ({ kind: Kind.VARIABLE, name: createName(formatName(index)) })

const createName = (value: string): NameNode => ({ kind: Kind.NAME, value })

/**
 * Whether a document has one operation, so that its template needs no more memory than the document, and no subscription,
 * whose memory depends on its variables.
 */
function canHaveTemplate({ definitions }: DocumentNode): boolean {
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  return operations.length === 1 && operations[0]!.operation !== OperationTypeNode.SUBSCRIPTION
}

/** Returns the types of the literals. Null if a literal has an effect that a variable with its value would not have. */
function findTypes(
  schema: GraphQLSchema,
  document: DocumentNode,
  literals: readonly Literal[],
): GraphQLScalarType[] | null {
  const types: GraphQLScalarType[] = []
  const info = new TypeInfo(schema)
  const fieldCounts = new Map<string, number>()
  const namesWithLiterals = new Set<string>()
  let responseName = ''
  const visitor = visitWithTypeInfo(info, {
    Field: ({ alias, name }) => {
      responseName = (alias ?? name).value
      fieldCounts.set(responseName, (fieldCounts.get(responseName) ?? 0) + 1)
    },
    Variable: ({ name }) => {
      const type = name.value.startsWith(namePrefix) ? findVariableType(info) : null
      if (!type) return
      types.push(type)
      namesWithLiterals.add(responseName)
    },
  })
  visit(document, visitor)
  if (types.length < literals.length) return null
  // As a variable, an ID of many digits would lose some of them.
  if (literals.some(({ node }, index) => node.kind === Kind.INT && types[index] !== GraphQLInt)) return null
  // The arguments of two fields with the same response name must be equal.
  return [...namesWithLiterals].some((name) => fieldCounts.get(name) !== 1) ? null : types
}

/** Returns the type of the current value of an argument of a field. Null for other values, and for other types than scalars. */
function findVariableType(info: TypeInfo): GraphQLScalarType | null {
  if (!info.getArgument() || info.getDirective()) return null
  const type = getNullableType(info.getInputType())
  // A list is an item of itself, or a value of a scalar that accepts lists.
  const isInScalar = isScalarType(getNullableType(info.getParentInputType()))
  return isScalarType(type) && !isInScalar ? type : null
}

function addVariables(definition: DefinitionNode, types: readonly GraphQLScalarType[]): DefinitionNode {
  if (definition.kind !== Kind.OPERATION_DEFINITION) return definition
  const variables = types.map(({ name }, index): VariableDefinitionNode => ({
    kind: Kind.VARIABLE_DEFINITION,
    variable: createVariable(index),
    type: { kind: Kind.NAMED_TYPE, name: createName(name) },
  }))
  return { ...definition, variableDefinitions: [...(definition.variableDefinitions ?? []), ...variables] }
}
