import { getNullableType, isEnumType, isInputObjectType, isListType, type GraphQLInputType } from 'graphql'
import { Problem } from '../../core/errors.ts'
import { createTooManyKeysProblem } from './object-lookups.ts'
import { isObject } from '../request/request-json.ts'
import type { OperationVariable } from '../document/prepared-operation.ts'

/** Maximum number of items of a list without another limit. An input can have a lower limit. */
const maxItems = 1_000
/**
 * Maximum length of an enum value or name of a field. GraphQL.js would search similar names, which takes long for long
 * names.
 */
const maxNameLength = 1_024

/**
 * Rejects lists and names that are too long, before the values are coerced.
 *
 * @param maxIds Maximum number of items of a list of IDs.
 * @throws `BAD_USER_INPUT`
 */
export function assertVariableLimits(
  variables: readonly OperationVariable[],
  values: Readonly<Record<string, unknown>>,
  maxIds: number,
): void {
  for (const { name, type } of variables)
    if (Object.hasOwn(values, name)) assertValueLimits(values[name], type, name, maxIds)
}

function assertValueLimits(value: unknown, inputType: GraphQLInputType, path: string, maxIds: number): void {
  const type = getNullableType(inputType)
  if (isListType(type) && Array.isArray(value)) {
    assertItemCount(value.length, type.ofType as GraphQLInputType, path, maxIds)
    for (const item of value) assertValueLimits(item, type.ofType as GraphQLInputType, path, maxIds)
  } else if (isListType(type)) assertValueLimits(value, type.ofType as GraphQLInputType, path, maxIds)
  else if (isInputObjectType(type) && isObject(value)) {
    if (Object.keys(value).some((field) => field.length > maxNameLength))
      throw createProblem(path, `has a field that the type ${type.name} does not define`)
    for (const field of Object.values(type.getFields()))
      if (Object.hasOwn(value, field.name))
        assertValueLimits(value[field.name], field.type, `${path}.${field.name}`, maxIds)
  } else if (isEnumType(type) && typeof value === 'string' && value.length > maxNameLength)
    throw createProblem(path, `must be a value of the enum ${type.name}`)
}

function assertItemCount(count: number, itemType: GraphQLInputType, path: string, maxIds: number): void {
  const type = getNullableType(itemType)
  if (isEnumType(type)) {
    const { length } = type.getValues()
    if (count > length) throw createProblem(path, `must have at most ${length} items, the values of ${type.name}`)
  } else if ('name' in type && type.name === 'ID') {
    if (count > maxIds) throw createTooManyKeysProblem(`$${path}`, maxIds)
  } else if (count > maxItems) throw createProblem(path, `must have at most ${maxItems} items`)
}

const createProblem = (path: string, requirement: string): Problem =>
  new Problem('BAD_USER_INPUT', `"$${path}" ${requirement}.`, { path: path.split('.') })
