import { getNullableType, isInputObjectType, isListType } from 'graphql'
import type { GraphQLInputType } from 'graphql'
import { Problem } from '../core/errors.ts'
import type { OperationVariable } from '../http/document/prepared-operation.ts'
import { coerceVariables } from '../http/document/variables.ts'
import { assertVariableLimits } from '../http/guard/variable-limits.ts'
import { isObject } from '../http/request/request-json.ts'
import { createErrorResult } from './error-result.ts'
import { keyRequirement } from './input-schema.ts'
import type { JsonSchema, Tool, ToolResult } from './tool.ts'

type Arguments = Readonly<Record<string, unknown>>

/** The variables of the operation, or the result of a call whose arguments are wrong. */
export type CheckedArguments = { variables: Arguments } | { rejection: ToolResult }

/** Maximum number and length of the names of unknown arguments in a message. */
const maxUnknownNames = 5
const safeNamePattern = /^[\w.-]{1,64}$/

/**
 * Checks the arguments of a call. Each error names the argument. Null counts as omitted, at every level of the input
 * types, but not as an item of a list and not in a JSON value.
 *
 * @param input Arguments as they were sent. Undefined and null count as none.
 */
export function checkArguments(tool: Tool, input: unknown, requestId: string): CheckedArguments {
  const { variables } = tool.document.prepared.chooseOperation()
  const { values, messages } = checkValues(tool, variables, input ?? {})
  if (messages.length === 0) return { variables: values }
  return { rejection: createErrorResult({ code: 'BAD_USER_INPUT', message: messages.join(' '), requestId }) }
}

interface CheckedValues {
  values: Arguments
  messages: readonly string[]
}

function checkValues(tool: Tool, variables: readonly OperationVariable[], input: unknown): CheckedValues {
  if (!isObject(input)) return reject(`The arguments must be an object. ${describeArguments(tool)}`)
  const known = new Set(variables.map(({ name }) => name))
  const unknown = Object.keys(input).filter((name) => !known.has(name))
  if (unknown.length > 0) return reject(`${describeUnknown(unknown)} ${describeArguments(tool)}`)
  const values = omitNulls(input, variables)
  const { properties = {}, required = [] } = tool.inputSchema
  const missing = required.filter((name) => !Object.hasOwn(values, name))
  if (missing.length > 0) return reject(...missing.map((name) => describeMissing(name, properties[name]!)))
  const wrong = findWrongTypes(variables, values)
  return { values, messages: wrong.length > 0 ? wrong : findOutsideOfRange(properties, values) }
}

const reject = (...messages: string[]): CheckedValues => ({ values: {}, messages })

function describeArguments({ inputSchema }: Tool): string {
  const names = Object.keys(inputSchema.properties ?? {})
  return names.length === 0 ? 'The tool has no arguments.' : `The arguments of the tool are: ${names.join(', ')}.`
}

function describeUnknown(names: readonly string[]): string {
  const safe = names.filter((name) => safeNamePattern.test(name)).slice(0, maxUnknownNames)
  if (safe.length === 0) return 'An argument is unknown.'
  const quoted = safe.map((name) => `"${name}"`).join(', ')
  return names.length === 1 ? `The argument ${quoted} is unknown.` : `These arguments are unknown: ${quoted}.`
}

const describeMissing = (name: string, { pattern }: JsonSchema): string =>
  pattern === undefined ? `"${name}" is required.` : `"${name}" is required, and ${keyRequirement}.`

function omitNulls(values: Arguments, fields: readonly { name: string; type: GraphQLInputType }[]): Arguments {
  const typeByName = new Map(fields.map(({ name, type }) => [name, type]))
  const kept = Object.entries(values).filter(([, value]) => value !== null)
  return Object.fromEntries(kept.map(([name, value]) => [name, omitNullsIn(value, typeByName.get(name))]))
}

/** @param inputType Undefined if the field does not exist. */
function omitNullsIn(value: unknown, inputType: GraphQLInputType | undefined): unknown {
  if (!inputType || typeof value !== 'object' || value === null) return value
  const type = getNullableType(inputType)
  if (isListType(type) && Array.isArray(value))
    return value.map((item) => omitNullsIn(item, type.ofType as GraphQLInputType))
  return isInputObjectType(type) && isObject(value) ? omitNulls(value, Object.values(type.getFields())) : value
}

function findWrongTypes(variables: readonly OperationVariable[], values: Arguments): string[] {
  try {
    // The operation has a limit of its own for IDs.
    assertVariableLimits(variables, values, Infinity)
  } catch (error) {
    if (error instanceof Problem) return [nameArgument(error.message)]
    throw error
  }
  const coerced = coerceVariables(variables, values)
  return 'problems' in coerced ? coerced.problems.map(({ message }) => nameArgument(message)) : []
}

/** Variables of GraphQL have a dollar sign, which arguments of tools do not have. */
const nameArgument = (message: string): string => message.replace(/^"\$/, '"').replace(/^\$([^:]+): /, '"$1": ')

function findOutsideOfRange(properties: Readonly<Record<string, JsonSchema>>, values: Arguments): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const { pattern, minimum = -Infinity, maximum = Infinity } = properties[name]!
    if (pattern !== undefined && !new RegExp(pattern).test(String(value))) return [`"${name}" ${keyRequirement}.`]
    const isOutside = typeof value === 'number' && (value < minimum || value > maximum)
    return isOutside ? [`"${name}" must be ${minimum} to ${maximum}.`] : []
  })
}
