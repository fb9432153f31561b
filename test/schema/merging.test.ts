import { isUnionType } from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../../src/schema/index.ts'

const unions = Object.values(schema.getTypeMap()).filter(isUnionType)

test.each(unions)('can select fields with the same name on every type of %s', (union) => {
  const typesByField = new Map<string, Set<string>>()
  for (const field of union.getTypes().flatMap((possible) => Object.values(possible.getFields())))
    typesByField.set(field.name, (typesByField.get(field.name) ?? new Set()).add(String(field.type)))
  const conflicts = [...typesByField].filter(([, fieldTypes]) => fieldTypes.size > 1).map(([name]) => name)
  expect(conflicts).toEqual([])
})
