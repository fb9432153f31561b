import { isUnionType } from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../../src/schema/index.ts'

const unions = Object.values(schema.getTypeMap()).filter(isUnionType)

test.each(unions)('fields of one name can be selected on every type of %s', (union) => {
  const found = new Map<string, Set<string>>()
  for (const field of union.getTypes().flatMap((possible) => Object.values(possible.getFields())))
    found.set(field.name, (found.get(field.name) ?? new Set()).add(String(field.type)))
  const conflicts = [...found].filter(([, fieldTypes]) => fieldTypes.size > 1).map(([name]) => name)
  expect(conflicts).toEqual([])
})
