import { getNullableType, isEnumType, isInputObjectType, isListType, type GraphQLInputType } from 'graphql'
import { Problem } from '../../core/errors.ts'
import { createTooManyIdsProblem } from './cost.ts'
import { isObject } from '../request/parameters.ts'
import type { OperationVariable } from '../document/prepared-operation.ts'

/** Items of a list that has no limit of its own. An input with a smaller one names it. */
const maxItems = 1_000
/** Characters of an enum value or of a field's name: for a longer one, no similar ones are searched. */
const maxNameLength = 1_024

/** Rejects lists that are too long, before anything looks at their items. `maxIds`: of a list of IDs. */
export function limitVariables(
  variables: readonly OperationVariable[],
  given: Readonly<Record<string, unknown>>,
  maxIds: number,
): void {
  for (const { name, type } of variables) if (Object.hasOwn(given, name)) limitValue(given[name], type, name, maxIds)
}

function limitValue(value: unknown, given: GraphQLInputType, path: string, maxIds: number): void {
  const type = getNullableType(given)
  if (isListType(type) && Array.isArray(value)) {
    limitItems(value.length, type.ofType as GraphQLInputType, path, maxIds)
    for (const item of value) limitValue(item, type.ofType as GraphQLInputType, path, maxIds)
  } else if (isListType(type)) limitValue(value, type.ofType as GraphQLInputType, path, maxIds)
  else if (isInputObjectType(type) && isObject(value)) {
    if (Object.keys(value).some((field) => field.length > maxNameLength))
      throw createProblem(path, `has a field that the type ${type.name} does not define`)
    for (const field of Object.values(type.getFields()))
      if (Object.hasOwn(value, field.name)) limitValue(value[field.name], field.type, `${path}.${field.name}`, maxIds)
  } else if (isEnumType(type) && typeof value === 'string' && value.length > maxNameLength)
    throw createProblem(path, `must be a value of the enum ${type.name}`)
}

function limitItems(count: number, itemType: GraphQLInputType, path: string, maxIds: number): void {
  const type = getNullableType(itemType)
  if (isEnumType(type)) {
    const { length } = type.getValues()
    if (count > length) throw createProblem(path, `must have at most ${length} items, the values of ${type.name}`)
  } else if ('name' in type && type.name === 'ID') {
    if (count > maxIds) throw createTooManyIdsProblem(`$${path}`, maxIds)
  } else if (count > maxItems) throw createProblem(path, `must have at most ${maxItems} items`)
}

const createProblem = (path: string, must: string): Problem =>
  new Problem('BAD_USER_INPUT', `"$${path}" ${must}.`, { path: path.split('.') })
