import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
} from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../../src/schema/index.ts'

interface Described {
  name: string
  description?: string | null | undefined
}

const types = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
)

/** What the schema has to say of a type: by its place, e.g. `Query.users(first)`. */
function* partsOf(type: GraphQLNamedType): Generator<[place: string, part: Described]> {
  yield [type.name, type]
  if (isEnumType(type)) for (const value of type.getValues()) yield [`${type.name}.${value.name}`, value]
  if (isInputObjectType(type))
    for (const field of Object.values(type.getFields())) yield [`${type.name}.${field.name}`, field]
  if (!isObjectType(type) && !isInterfaceType(type)) return
  for (const field of Object.values(type.getFields())) {
    yield [`${type.name}.${field.name}`, field]
    for (const arg of field.args) yield [`${type.name}.${field.name}(${arg.name})`, arg]
  }
}

const parts = types.flatMap((type) => [...partsOf(type)])

test('every type, field, argument and enum value is described', () => {
  expect(parts.filter(([, { description }]) => !description?.trim()).map(([place]) => place)).toEqual([])
})

test('none is longer than the pane beside the editor has room for', () => {
  expect(parts.filter(([, { description }]) => description!.length > 320).map(([place]) => place)).toEqual([])
})

test('the first page of the reference tells what to look at', () => {
  expect(schema.description).toMatch(/`sources`[\s\S]*`outcome`[\s\S]*`capabilities`/)
})
