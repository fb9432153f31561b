import { isAbstractType, isScalarType, isSpecifiedScalarType } from 'graphql'
import { expect, test } from 'vitest'
import { possibleTypes, scalars } from '../../src/client/schema.ts'
import { schema } from '../../src/schema/index.ts'

const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))

test('scalars has every scalar of the schema, and ID', () => {
  const names = types.filter((type) => isScalarType(type) && !isSpecifiedScalarType(type)).map(({ name }) => name)
  expect(Object.keys(scalars).sort()).toEqual([...names, 'ID'].sort())
})

test('possibleTypes has the object types of every interface and union', () => {
  const expected = types
    .filter((type) => isAbstractType(type))
    .map((type) => [
      type.name,
      schema
        .getPossibleTypes(type)
        .map(({ name }) => name)
        .sort(),
    ])
  expect(possibleTypes).toEqual(Object.fromEntries(expected))
})
