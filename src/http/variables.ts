import { coerceInputValue, getNamedType, isInputType, isNonNullType, typeFromAST } from 'graphql'
import type {
  GraphQLError,
  GraphQLInputType,
  GraphQLSchema,
  OperationDefinitionNode,
  VariableDefinitionNode,
} from 'graphql'
import { Problem } from '../errors.ts'
import { withoutSuggestion } from './present.ts'

type Variables = Readonly<Record<string, unknown>>
const told = 10
/** Ends the coercion: a list may hold a hundred thousand wrong items. */
const enough = Symbol('enough')

/** `constructor` and its like are good names of variables. */
function given(variables: Variables, name: string): unknown {
  return Object.hasOwn(variables, name) ? variables[name] : undefined
}

/** Why these variables cannot be read: which one, where in it, and what it takes; never the value itself. */
export function explainVariables(schema: GraphQLSchema, operation: OperationDefinitionNode, variables: Variables) {
  const problems: Problem[] = []
  const tell = (path: readonly (string | number)[], text: string): void => {
    problems.push(refused(path, text))
    if (problems.length === told) throw enough
  }
  try {
    for (const definition of operation.variableDefinitions ?? []) explain(schema, definition, variables, tell)
  } catch (error) {
    if (error !== enough) throw error
  }
  return problems
}

function explain(
  schema: GraphQLSchema,
  { variable, type: typeNode, defaultValue }: VariableDefinitionNode,
  variables: Variables,
  tell: (path: readonly (string | number)[], text: string) => void,
): void {
  const name = variable.name.value
  const type = typeFromAST(schema, typeNode)
  if (!isInputType(type)) return
  const value = given(variables, name)
  if (value !== undefined) {
    coerceInputValue(value, type, (path, _value, error) => tell([name, ...path], reason(error, type, path)))
  } else if (isNonNullType(type) && !defaultValue) tell([name], `a value of type ${String(type)} is required`)
}

function refused(path: readonly (string | number)[], text: string): Problem {
  return new Problem('BAD_USER_INPUT', `$${path.join('.')}: ${text}.`, { path: path.map(String) })
}

const shapely = /^(Expected non-nullable|Field "[^"]{1,60}" of required|Field "[^"]{1,60}" is not defined|Exactly one)/

/** graphql's words where they hold names only; a scalar's own where it threw a Problem; else the type that is wanted. */
function reason(error: GraphQLError, type: GraphQLInputType, path: readonly (string | number)[]): string {
  const cause = error.originalError
  if (cause instanceof Problem) return cause.message.replace(/\.$/, '')
  if (shapely.test(error.message)) return withoutSuggestion(error.message).replace(/\.$/, '')
  const wanted = typeAt(type, path)
  // Our own scalars say what they take, and not what they got.
  if (error.message.startsWith(`${wanted} must `)) return error.message.replace(/\.$/, '')
  return `a value of type ${wanted} is expected`
}

function typeAt(type: GraphQLInputType, path: readonly (string | number)[]): string {
  let named = getNamedType(type)
  for (const key of path) {
    const field = typeof key === 'string' && 'getFields' in named ? named.getFields()[key] : undefined
    if (field) named = getNamedType(field.type)
  }
  return named.name
}
