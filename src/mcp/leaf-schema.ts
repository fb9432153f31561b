import { isEnumType } from 'graphql'
import type { GraphQLLeafType } from 'graphql'
import type { JsonSchema } from './tool.ts'

/** Scalars whose values are no strings, or strings in a format that JSON Schema names. */
const schemaByScalar: Readonly<Record<string, JsonSchema>> = {
  Boolean: { type: 'boolean' },
  DateTime: { type: 'string', format: 'date-time' },
  Float: { type: 'number' },
  Int: { type: 'integer' },
  JSON: {},
}

/** Creates the schema of the values of a scalar or enum, without null. */
export function createLeafSchema(type: GraphQLLeafType): JsonSchema {
  if (isEnumType(type)) return { type: 'string', enum: type.getValues().map(({ name }) => name) }
  return schemaByScalar[type.name] ?? { type: 'string' }
}

/** Returns a schema that also accepts null. */
export function withNull(schema: JsonSchema): JsonSchema {
  if (schema.$ref !== undefined) return { anyOf: [schema, { type: 'null' }] }
  const { type, enum: values } = schema
  // A schema without a type accepts every value.
  if (typeof type !== 'string') return schema
  return { ...schema, type: [type, 'null'], ...(values && { enum: [...values, null] }) }
}
