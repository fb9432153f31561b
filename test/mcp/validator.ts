import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { JsonSchema } from '../../src/mcp/tool.ts'

/** Returns a function that reports why a value does not match a schema. An unknown keyword or format is an error. */
export function createValidator(schema: JsonSchema): (value: unknown) => string[] {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true })
  addFormats.default(ajv)
  const validate = ajv.compile(schema)
  return (value) => {
    validate(value)
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  }
}

/** Returns a schema whose objects cannot have properties that it does not name. */
export function forbidOtherProperties(schema: JsonSchema): JsonSchema {
  const { properties, items } = schema
  const entries = Object.entries(properties ?? {}).map(([name, property]) => [name, forbidOtherProperties(property)])
  return {
    ...schema,
    ...(properties && { properties: Object.fromEntries(entries), additionalProperties: false }),
    ...(items && { items: forbidOtherProperties(items) }),
  }
}
