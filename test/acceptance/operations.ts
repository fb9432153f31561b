import * as fc from 'fast-check'
import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql'

const maxDepth = 5

/** Literals of each scalar, by the name of the scalar. */
export type Literals = Record<string, fc.Arbitrary<string>>

/**
 * Creates small operations that are valid for the schema, with arguments of every kind.
 *
 * @param literals Default: literals that resolvers accept, and some that they reject.
 */
export function createOperations(
  schema: GraphQLSchema,
  root: 'Query' | 'Mutation',
  literals: Literals = scalars,
): fc.Arbitrary<string> {
  const type = schema.getType(root)
  if (!type) throw new Error(`The schema has no ${root}.`)
  const word = root === 'Query' ? 'query' : 'mutation'
  return createSelection({ schema, literals }, type, 0).map((set) => `${word} ${set}`)
}

interface Source {
  schema: GraphQLSchema
  literals: Literals
}

function createSelection(source: Source, type: GraphQLNamedType, depth: number): fc.Arbitrary<string> {
  if (isAbstractType(type)) {
    const parts = source.schema
      .getPossibleTypes(type)
      .map((member) => createSelection(source, member, depth + 1).map((set) => `... on ${member.name} ${set}`))
    return fc.oneof(...parts).map((part) => `{ __typename ${part} }`)
  }
  if (!isObjectType(type)) throw new Error(`${type.name} has no fields.`)
  const usable = Object.values(type.getFields()).filter(
    (field) => depth < maxDepth || isLeafType(getNamedType(field.type)),
  )
  const selected = fc.subarray(usable, {
    minLength: Math.min(1, usable.length),
    maxLength: Math.min(depth === 0 ? 2 : 4, usable.length),
  })
  return selected
    .chain((fields) => fc.tuple(...fields.map((field) => createField(source, field, depth))))
    .map((parts) => `{ __typename ${parts.join(' ')} }`)
}

function createField(source: Source, field: GraphQLField<unknown, unknown>, depth: number): fc.Arbitrary<string> {
  const values = fc.tuple(...field.args.map(({ name, type }) => createArgument(source, name, type)))
  const named = getNamedType(field.type)
  const below = isLeafType(named) ? fc.constant('') : createSelection(source, named, depth + 1)
  return fc.tuple(values, below).map(([args, set]) => {
    const list = args.filter((text) => text !== '').join(', ')
    return `${field.name}${list === '' ? '' : `(${list})`} ${set}`
  })
}

function createArgument(source: Source, name: string, type: GraphQLInputType, depth = 0): fc.Arbitrary<string> {
  const withValue = createValue(source, type, depth).map((value) => `${name}: ${value}`)
  return isNonNullType(type)
    ? withValue
    : fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: withValue })
}

const encode = (text: string) => Buffer.from(text).toString('base64url')
const quote = (text: fc.Arbitrary<string>) => text.map((value) => JSON.stringify(value))
const scalars: Literals = {
  Int: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constantFrom(0, -1, 101)).map(String),
  Float: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  Boolean: fc.boolean().map(String),
  String: quote(fc.oneof(fc.constantFrom('zoom', 'berlin', 'central', 'a', ''), fc.string({ maxLength: 10 }))),
  ID: quote(
    fc.oneof(
      fc.constantFrom(
        encode('User:zoom:x'),
        encode('Conference:berlin:y'),
        encode('Participant:zoom:1:2'),
        encode('Account:zoom'),
        'x',
      ),
      fc.string({ maxLength: 10 }),
    ),
  ),
  DateTime: fc.constantFrom('"2026-11-01T00:00:00Z"', '"2030-06-01T12:30:00+02:00"'),
  EmailAddress: fc.constantFrom('"ada.0@example.com"', '"nobody@example.com"'),
  TimeZone: fc.constantFrom('"Europe/Berlin"', '"UTC"'),
  URL: fc.constant('"https://example.com/"'),
  JSON: fc.constantFrom('{}', '{ a: 1 }', '[1]', 'null'),
}

function createValue(source: Source, type: GraphQLInputType, depth: number): fc.Arbitrary<string> {
  const inner = getNullableType(type)
  if (isListType(inner))
    return fc
      .array(createValue(source, inner.ofType, depth), { maxLength: 2 })
      .map((values) => `[${values.join(', ')}]`)
  if (isEnumType(inner)) return fc.constantFrom(...inner.getValues().map((value) => value.name))
  if (!isInputObjectType(inner)) return source.literals[inner.name] ?? fc.constant('null')
  const fields = Object.values(inner.getFields())
  if (!inner.isOneOf)
    return fc
      .tuple(...fields.map((field) => createArgument(source, field.name, field.type, depth + 1)))
      .map((parts) => `{ ${parts.filter((text) => text !== '').join(', ')} }`)
  return fc.oneof(
    ...fields.map((field) => createValue(source, field.type, depth + 1).map((value) => `{ ${field.name}: ${value} }`)),
  )
}
