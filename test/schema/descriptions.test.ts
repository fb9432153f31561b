import { readdirSync, readFileSync } from 'node:fs'
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isNullableType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
} from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../../src/schema/index.ts'
import { addVendorNotes } from '../../src/schema/vendor-notes.ts'
import type { AnyVendor } from '../../src/vendors/definition.ts'
import { vendors } from '../../src/vendors/index.ts'

interface Described {
  name: string
  description?: string | null | undefined
}

const types = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
)

/** Lists the described parts of a type with their coordinates, such as `Query.users(first)`. */
function* listParts(type: GraphQLNamedType): Generator<[coordinate: string, part: Described]> {
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

const parts = types.flatMap((type) => [...listParts(type)])

test('describes every type, field, argument, and enum value', () => {
  expect(parts.filter(([, { description }]) => !description?.trim()).map(([coordinate]) => coordinate)).toEqual([])
})

test('has no description of more than 320 characters, for which GraphiQL has no room', () => {
  expect(parts.filter(([, { description }]) => description!.length > 320).map(([coordinate]) => coordinate)).toEqual([])
})

test('says for every nullable field when it is null', () => {
  const fields = types.flatMap((type) =>
    isObjectType(type) || isInterfaceType(type)
      ? Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const)
      : [],
  )
  const nullable = fields.filter(([, { type }]) => isNullableType(type))
  expect(nullable.length).toBeGreaterThan(50)
  expect(nullable.filter(([, { description }]) => !/\bnull\b/i.test(description ?? '')).map(([name]) => name)).toEqual(
    [],
  )
})

test('begins no description with a pronoun', () => {
  const pattern = /^(?:It|Its|Whose|Whom?|That|Those)\b/
  expect(parts.filter(([, { description }]) => pattern.test(description!)).map(([coordinate]) => coordinate)).toEqual(
    [],
  )
})

test('explains sources, outcomes, and capabilities in the description of the schema', () => {
  expect(schema.description).toMatch(/`sources`[\s\S]*`outcome`[\s\S]*`capabilities`/)
})

test('names vendors in their notes only', () => {
  const names = vendors.flatMap(({ label }) => [label, label.split(' ')[0]!])
  const folder = new URL('../../src/schema/', import.meta.url)
  const named = readdirSync(folder).filter((file) => {
    const text = readFileSync(new URL(file, folder), 'utf8')
    return names.some((name) => text.includes(name))
  })
  expect(named).toEqual([])
})

test('adds the notes of every vendor to a description', () => {
  const small = buildSchema('"A user." type User { "Company." company: String } type Query { user: User }')
  const noted = (label: string, unreported: string[], notes: Record<string, string>) =>
    ({ label, notes: { unsupported: [], unreported, notes } }) as unknown as AnyVendor
  addVendorNotes(small, [noted('A', ['User.company'], {}), noted('B', ['User.company'], { User: 'never changes.' })])
  expect(small.getType('User')!.description).toBe('A user. B: never changes.')
  expect(JSON.stringify(small.getType('User')!.toConfig())).toContain('"Company. Not reported by A and B."')
  expect(() => addVendorNotes(small, [noted('A', ['User.nothing'], {})])).toThrow('User.nothing')
})
