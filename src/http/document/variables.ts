import { coerceInputValue, getNamedType, isNonNullType, valueFromAST } from 'graphql'
import type { GraphQLError, GraphQLInputType } from 'graphql'
import { Problem } from '../../core/errors.ts'
import type { OperationVariable } from './prepared-operation.ts'
import { stripSuggestion } from '../response/format-error.ts'

type GraphqlVariables = Readonly<Record<string, unknown>>

/** What the resolvers get, or why the variables cannot be read. */
export type CoercedVariables = { values: Record<string, unknown> } | { problems: readonly Problem[] }

const maxProblems = 10
/** Ends the coercion: a list may hold a hundred thousand wrong items. */
const stopCoercion = Symbol('enough')

/** Each problem names a variable, the place in it, and what it takes; never the value itself, as graphql's errors do. */
export function coerceVariables(variables: readonly OperationVariable[], given: GraphqlVariables): CoercedVariables {
  const problems: Problem[] = []
  const values = Object.create(null) as Record<string, unknown>
  const onProblem = (path: readonly (string | number)[], text: string): void => {
    problems.push(createProblem(path, text))
    if (problems.length === maxProblems) throw stopCoercion
  }
  try {
    for (const variable of variables) coerceVariable(variable, given, values, onProblem)
  } catch (error) {
    if (error !== stopCoercion) throw error
  }
  return problems.length > 0 ? { problems } : { values: { ...values } }
}

function coerceVariable(
  { name, type, defaultValue }: OperationVariable,
  given: GraphqlVariables,
  values: Record<string, unknown>,
  onProblem: (path: readonly (string | number)[], text: string) => void,
): void {
  // `constructor` and its like are good names of variables.
  const value = Object.hasOwn(given, name) ? given[name] : undefined
  if (value !== undefined) {
    values[name] = coerceInputValue(value, type, (path, _value, error) =>
      onProblem([name, ...path], explainVariable(error, type, path)),
    )
  } else if (defaultValue) values[name] = valueFromAST(defaultValue, type)
  else if (isNonNullType(type)) onProblem([name], `a value of type ${String(type)} is required`)
}

function createProblem(path: readonly (string | number)[], text: string): Problem {
  return new Problem('BAD_USER_INPUT', `$${path.join('.')}: ${text}.`, { path: path.map(String) })
}

const safeMessagePattern =
  /^(Expected non-nullable|Field "[^"]{1,60}" of required|Field "[^"]{1,60}" is not defined|Exactly one)/

/** graphql's words where they hold names only; a scalar's own where it threw a Problem; else the type that is wanted. */
function explainVariable(error: GraphQLError, type: GraphQLInputType, path: readonly (string | number)[]): string {
  const cause = error.originalError
  if (cause instanceof Problem) return cause.message.replace(/\.$/, '')
  if (safeMessagePattern.test(error.message)) return stripSuggestion(error.message).replace(/\.$/, '')
  const wanted = getTypeNameAt(type, path)
  // Our own scalars say what they take, and not what they got.
  if (error.message.startsWith(`${wanted} must `)) return error.message.replace(/\.$/, '')
  return `a value of type ${wanted} is expected`
}

function getTypeNameAt(type: GraphQLInputType, path: readonly (string | number)[]): string {
  let named = getNamedType(type)
  for (const key of path) {
    const field = typeof key === 'string' && 'getFields' in named ? named.getFields()[key] : undefined
    if (field) named = getNamedType(field.type)
  }
  return named.name
}
