import { coerceInputValue, getNamedType, isNonNullType, valueFromAST } from 'graphql'
import type { GraphQLError, GraphQLInputType } from 'graphql'
import { Problem } from '../../core/errors.ts'
import type { OperationVariable } from './prepared-operation.ts'
import { stripSuggestion } from '../response/format-error.ts'

type GraphqlVariables = Readonly<Record<string, unknown>>

/** The values for the resolvers, or the errors of the variables. */
export type CoercedVariables = { values: Record<string, unknown> } | { problems: readonly Problem[] }

/** Returns the values of the variables of an operation and of the literals that are variables of its template. */
export function addLiterals(
  variables: readonly OperationVariable[],
  inputs: GraphqlVariables,
  literals: GraphqlVariables,
): GraphqlVariables {
  const values = Object.create(null) as Record<string, unknown>
  for (const { name } of variables) if (Object.hasOwn(inputs, name)) values[name] = inputs[name]
  return Object.assign(values, literals)
}

const maxProblems = 10
/** Thrown to end the coercion, because a list can have 100,000 invalid items. */
const stopCoercion = Symbol('stopCoercion')

/**
 * Coerces the values of variables to their types. Each problem reports the path in the variable and the expected type.
 * Unlike the errors of GraphQL.js, it does not contain the value. At most 10 problems are reported.
 */
export function coerceVariables(variables: readonly OperationVariable[], inputs: GraphqlVariables): CoercedVariables {
  const problems: Problem[] = []
  const values: Record<string, unknown> = {}
  const onProblem = (path: readonly (string | number)[], text: string): void => {
    problems.push(createProblem(path, text))
    if (problems.length === maxProblems) throw stopCoercion
  }
  try {
    for (const variable of variables) coerceVariable(variable, inputs, values, onProblem)
  } catch (error) {
    if (error !== stopCoercion) throw error
  }
  return problems.length > 0 ? { problems } : { values }
}

function coerceVariable(
  { name, type, defaultValue }: OperationVariable,
  inputs: GraphqlVariables,
  values: Record<string, unknown>,
  onProblem: (path: readonly (string | number)[], text: string) => void,
): void {
  // `constructor` is a valid name of a variable.
  const value = Object.hasOwn(inputs, name) ? inputs[name] : undefined
  if (value !== undefined) {
    const coerced: unknown = coerceInputValue(value, type, (path, _value, error) =>
      onProblem([name, ...path], explainVariable(error, type, path)),
    )
    setValue(values, name, coerced)
  } else if (defaultValue) setValue(values, name, valueFromAST(defaultValue, type))
  else if (isNonNullType(type)) onProblem([name], `a value of type ${String(type)} is required`)
}

function setValue(values: Record<string, unknown>, name: string, value: unknown): void {
  // An assignment to `__proto__`, which is a valid name of a variable, would change the prototype.
  if (name === '__proto__')
    Object.defineProperty(values, name, { value, enumerable: true, configurable: true, writable: true })
  else values[name] = value
}

function createProblem(path: readonly (string | number)[], text: string): Problem {
  return new Problem('BAD_USER_INPUT', `$${path.join('.')}: ${text}.`, { path: path.map(String) })
}

const safeMessagePattern =
  /^(Expected non-nullable|Field "[^"]{1,60}" of required|Field "[^"]{1,60}" is not defined|Exactly one)/

/** Returns the message of GraphQL.js or of the scalar if it contains no value. Otherwise names the expected type. */
function explainVariable(error: GraphQLError, type: GraphQLInputType, path: readonly (string | number)[]): string {
  const cause = error.originalError
  if (cause instanceof Problem) return cause.message.replace(/\.$/, '')
  if (safeMessagePattern.test(error.message)) return stripSuggestion(error.message).replace(/\.$/, '')
  const typeName = getTypeNameAt(type, path)
  // Messages of Parley's scalars do not contain the value.
  if (error.message.startsWith(`${typeName} must `)) return error.message.replace(/\.$/, '')
  return `a value of type ${typeName} is expected`
}

function getTypeNameAt(type: GraphQLInputType, path: readonly (string | number)[]): string {
  let named = getNamedType(type)
  for (const key of path) {
    const field = typeof key === 'string' && 'getFields' in named ? named.getFields()[key] : undefined
    if (field) named = getNamedType(field.type)
  }
  return named.name
}
