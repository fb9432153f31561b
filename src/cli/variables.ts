import { Kind } from 'graphql'
import type { OperationDefinitionNode, TypeNode } from 'graphql'
import { UsageError } from './exit.ts'

export type GraphqlVariables = Record<string, unknown>

/**
 * Returns the variables of an operation.
 *
 * @param assignments `name=value`, converted to the declared type. Several assignments of one name are a list.
 * @param json Object of variables. Assignments override single ones.
 * @throws UsageError if a value is invalid or its variable is not declared.
 */
export function readVariables(
  operation: OperationDefinitionNode,
  assignments: readonly string[],
  json: string | undefined,
): GraphqlVariables {
  const variables = json === undefined ? {} : readObject(json)
  const types = new Map(operation.variableDefinitions?.map(({ variable, type }) => [variable.name.value, type]))
  const texts = Map.groupBy(assignments.map(splitAssignment), ([name]) => name)
  for (const [name, pairs] of texts) {
    const type = types.get(name)
    if (!type) throw new UsageError(`The operation does not declare a variable "$${name}".`)
    variables[name] = parseVariable(
      name,
      pairs.map(([, text]) => text),
      type,
    )
  }
  return variables
}

function readObject(json: string): GraphqlVariables {
  const value = parseJsonOption('--variables', json)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as GraphqlVariables
  throw new UsageError('"--variables" must be a file with a JSON object.')
}

function splitAssignment(assignment: string): [name: string, text: string] {
  const index = assignment.indexOf('=')
  if (index < 1) throw new UsageError(`"--var" must have the form NAME=VALUE.`)
  return [assignment.slice(0, index), assignment.slice(index + 1)]
}

function parseVariable(name: string, texts: readonly string[], type: TypeNode): unknown {
  if (type.kind === Kind.NON_NULL_TYPE) return parseVariable(name, texts, type.type)
  const [first = ''] = texts
  if (type.kind === Kind.LIST_TYPE) {
    const isJson = texts.length === 1 && /^\s*(\[|null\s*$)/.test(first)
    return isJson
      ? parseJsonOption(`--var ${name}`, first)
      : texts.map((text) => parseVariable(name, [text], type.type))
  }
  if (texts.length > 1) throw new UsageError(`"--var ${name}" can be repeated only if the variable is a list.`)
  return parseScalar(name, first, type.name.value)
}

/** Parses a value of a named type. A type that is not built in has JSON objects, enum values, or strings as its values. */
function parseScalar(name: string, text: string, type: string): unknown {
  if (type === 'String' || type === 'ID') return text
  const javaScriptType = { Int: 'number', Float: 'number', Boolean: 'boolean' }[type]
  if (javaScriptType === undefined) {
    const isJson = /^\s*([{[]|null\s*$)/.test(text) || type === 'JSON'
    return isJson ? parseJsonOption(`--var ${name}`, text) : text
  }
  const value = tryParseJson(text)
  if (value !== null && typeof value !== javaScriptType)
    throw new UsageError(`"--var ${name}" must be a value of the type ${type}.`)
  return value
}

/** Returns undefined if the text is not JSON. */
function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function parseJsonOption(option: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError(`"${option}" must be JSON.`)
  }
}
