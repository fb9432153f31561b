import { Kind } from 'graphql'
import type { OperationDefinitionNode, TypeNode } from 'graphql'
import { UsageError } from './exit.ts'

export type GraphqlVariables = Record<string, unknown>

/** `assignments`: `name=value`, read as the type that the operation declares; several of one name make a list. */
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
  const at = assignment.indexOf('=')
  if (at < 1) throw new UsageError(`"--var" must have the form NAME=VALUE.`)
  return [assignment.slice(0, at), assignment.slice(at + 1)]
}

function parseVariable(name: string, texts: readonly string[], type: TypeNode): unknown {
  if (type.kind === Kind.NON_NULL_TYPE) return parseVariable(name, texts, type.type)
  const [first = ''] = texts
  if (type.kind === Kind.LIST_TYPE) {
    const whole = texts.length === 1 && /^\s*(\[|null\s*$)/.test(first)
    return whole ? parseJsonOption(`--var ${name}`, first) : texts.map((text) => parseVariable(name, [text], type.type))
  }
  if (texts.length > 1) throw new UsageError(`"--var ${name}" can be repeated only if the variable is a list.`)
  return parseScalar(name, first, type.name.value)
}

/** What is neither text, number nor truth value: an object in JSON, else an enum's word or a scalar's text. */
function parseScalar(name: string, text: string, type: string): unknown {
  if (type === 'String' || type === 'ID') return text
  const plain = { Int: 'number', Float: 'number', Boolean: 'boolean' }[type]
  if (plain === undefined) {
    const value = /^\s*([{[]|null\s*$)/.test(text) || type === 'JSON'
    return value ? parseJsonOption(`--var ${name}`, text) : text
  }
  const read = tryParseJson(text)
  if (read !== null && typeof read !== plain)
    throw new UsageError(`"--var ${name}" must be a value of the type ${type}.`)
  return read
}

/** Undefined where it is no JSON. */
function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function parseJsonOption(where: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UsageError(`"${where}" must be JSON.`)
  }
}
