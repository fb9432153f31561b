import {
  astFromValue,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  typeFromAST,
  valueFromASTUntyped,
} from 'graphql'
import type {
  DocumentNode,
  GraphQLInputField,
  GraphQLInputObjectType,
  GraphQLInputType,
  GraphQLSchema,
  OperationDefinitionNode,
  VariableDefinitionNode,
} from 'graphql'
import { serverLimitTable } from '../core/limits.ts'
import { createLeafSchema, withNull } from './leaf-schema.ts'
import type { JsonSchema, ObjectSchema } from './tool.ts'
import { findVariableUses, type VariableUses } from './variable-uses.ts'

/** What a value that does not match the pattern of an idempotency key must be. */
export const keyRequirement = 'must have 8 to 255 visible ASCII characters'
const keySchema: JsonSchema = { pattern: '^[!-~]{8,255}$' }
const pageSizeSchema: JsonSchema = { minimum: 1, maximum: serverLimitTable.pageSize.max }

/** Length up to which the descriptions of nested fields are complete. */
const maxDescriptionLength = 80

/** Creates the schema of the variables of an operation. The document must be valid. */
export function createInputSchema(
  schema: GraphQLSchema,
  document: DocumentNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
): ObjectSchema {
  const uses = findVariableUses(document)
  const types = new InputTypes()
  const properties = variableDefinitions.map((definition) => [
    definition.variable.name.value,
    createVariableSchema(schema, definition, uses, types),
  ])
  const required = variableDefinitions.filter(isRequired).map(({ variable }) => variable.name.value)
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
    ...types.getDefinitions(),
  }
}

const isRequired = ({ type, defaultValue }: VariableDefinitionNode): boolean =>
  type.kind === 'NonNullType' && defaultValue === undefined

/** Null counts as omitted, so every argument that can be omitted can be null. */
function createVariableSchema(
  schema: GraphQLSchema,
  definition: VariableDefinitionNode,
  { keys, pageSizes }: VariableUses,
  types: InputTypes,
): JsonSchema {
  const { variable, description, defaultValue } = definition
  const name = variable.name.value
  const inner = types.createSchema(typeFromAST(schema, definition.type) as GraphQLInputType)
  return {
    ...(isRequired(definition) ? inner : withNull(inner)),
    ...(keys.has(name) && keySchema),
    ...(pageSizes.has(name) && pageSizeSchema),
    ...(description && { description: description.value }),
    ...(defaultValue && { default: valueFromASTUntyped(defaultValue) }),
  }
}

/** Creates the schemas of input types. They are part of the schema that uses them, except for types that contain themselves. */
class InputTypes {
  readonly #definitions = new Map<string, JsonSchema>()
  /** Types whose schema is being created. */
  readonly #open = new Set<GraphQLInputObjectType>()
  readonly #recursive = new Set<GraphQLInputObjectType>()

  /** Returns the types that are not part of the schema that uses them. */
  getDefinitions(): { $defs?: Record<string, JsonSchema> } {
    return this.#definitions.size > 0 ? { $defs: Object.fromEntries(this.#definitions) } : {}
  }

  /** Creates the schema of the values of a type, without null. */
  createSchema(inputType: GraphQLInputType): JsonSchema {
    const type = getNullableType(inputType)
    if (isListType(type)) return { type: 'array', items: this.#createMemberSchema(type.ofType as GraphQLInputType) }
    return isInputObjectType(type) ? this.#createObjectSchema(type) : createLeafSchema(type)
  }

  #createMemberSchema(type: GraphQLInputType): JsonSchema {
    const inner = this.createSchema(type)
    return isNonNullType(type) ? inner : withNull(inner)
  }

  #createObjectSchema(type: GraphQLInputObjectType): JsonSchema {
    const reference = { $ref: `#/$defs/${type.name}` }
    if (this.#open.has(type)) this.#recursive.add(type)
    if (this.#recursive.has(type)) return reference
    this.#open.add(type)
    const fields = Object.values(type.getFields())
    const required = fields.filter(isRequiredField).map(({ name }) => name)
    const schema: JsonSchema = {
      type: 'object',
      properties: Object.fromEntries(fields.map((field) => [field.name, this.#createFieldSchema(field, type.isOneOf)])),
      ...(required.length > 0 && { required }),
      additionalProperties: false,
      ...(type.isOneOf && { minProperties: 1, maxProperties: 1 }),
    }
    this.#open.delete(type)
    if (!this.#recursive.has(type)) return schema
    this.#definitions.set(type.name, schema)
    return reference
  }

  /** A field of a type of which exactly one field is set counts as set if it is null. */
  #createFieldSchema(field: GraphQLInputField, isOneOf: boolean): JsonSchema {
    const { description, type, defaultValue } = field
    const inner = this.createSchema(type)
    const literal = defaultValue === undefined ? null : astFromValue(defaultValue, type)
    return {
      ...(isOneOf || isRequiredField(field) ? inner : withNull(inner)),
      ...(description && { description: shortenDescription(description) }),
      ...(literal && { default: valueFromASTUntyped(literal) }),
    }
  }
}

/** Returns the first sentences of a description, because a model reads the schemas of all tools before each call. */
function shortenDescription(description: string): string {
  const sentences = description.split(/(?<=\.) /)
  let shortened = sentences.shift()!
  for (const sentence of sentences) {
    if (shortened.length + sentence.length >= maxDescriptionLength) break
    shortened += ` ${sentence}`
  }
  return shortened
}

const isRequiredField = ({ type, defaultValue }: GraphQLInputField): boolean =>
  isNonNullType(type) && defaultValue === undefined
