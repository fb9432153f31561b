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

const deepest = 5

/** Literals of each scalar, by its name. */
export type Literals = Record<string, fc.Arbitrary<string>>

/**
 * Operations that are valid for the schema: small, with arguments of every kind. Without `literals` of their own, they
 * have right ones and wrong ones.
 */
export function operationsOf(
  schema: GraphQLSchema,
  root: 'Query' | 'Mutation',
  literals: Literals = scalars,
): fc.Arbitrary<string> {
  const type = schema.getType(root)
  if (!type) throw new Error(`The schema has no ${root}.`)
  const word = root === 'Query' ? 'query' : 'mutation'
  return selection({ schema, literals }, type, 0).map((set) => `${word} ${set}`)
}

interface Source {
  schema: GraphQLSchema
  literals: Literals
}

function selection(source: Source, type: GraphQLNamedType, depth: number): fc.Arbitrary<string> {
  if (isAbstractType(type)) {
    const parts = source.schema
      .getPossibleTypes(type)
      .map((each) => selection(source, each, depth + 1).map((set) => `... on ${each.name} ${set}`))
    return fc.oneof(...parts).map((part) => `{ __typename ${part} }`)
  }
  if (!isObjectType(type)) throw new Error(`${type.name} has no fields.`)
  const usable = Object.values(type.getFields()).filter(
    (each) => depth < deepest || isLeafType(getNamedType(each.type)),
  )
  const some = fc.subarray(usable, {
    minLength: Math.min(1, usable.length),
    maxLength: Math.min(depth === 0 ? 2 : 4, usable.length),
  })
  return some
    .chain((fields) => fc.tuple(...fields.map((each) => fieldOf(source, each, depth))))
    .map((parts) => `{ __typename ${parts.join(' ')} }`)
}

function fieldOf(source: Source, field: GraphQLField<unknown, unknown>, depth: number): fc.Arbitrary<string> {
  const given = fc.tuple(...field.args.map(({ name, type }) => argument(source, name, type)))
  const named = getNamedType(field.type)
  const below = isLeafType(named) ? fc.constant('') : selection(source, named, depth + 1)
  return fc.tuple(given, below).map(([args, set]) => {
    const list = args.filter((text) => text !== '').join(', ')
    return `${field.name}${list === '' ? '' : `(${list})`} ${set}`
  })
}

function argument(source: Source, name: string, type: GraphQLInputType, depth = 0): fc.Arbitrary<string> {
  const given = valueOf(source, type, depth).map((value) => `${name}: ${value}`)
  return isNonNullType(type)
    ? given
    : fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: given })
}

const id = (text: string) => Buffer.from(text).toString('base64url')
const quoted = (text: fc.Arbitrary<string>) => text.map((each) => JSON.stringify(each))
const scalars: Literals = {
  Int: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constantFrom(0, -1, 101)).map(String),
  Float: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  Boolean: fc.boolean().map(String),
  String: quoted(fc.oneof(fc.constantFrom('zoom', 'berlin', 'central', 'a', ''), fc.string({ maxLength: 10 }))),
  ID: quoted(
    fc.oneof(
      fc.constantFrom(
        id('User:zoom:x'),
        id('Conference:berlin:y'),
        id('Participant:zoom:1:2'),
        id('Account:zoom'),
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

function valueOf(source: Source, type: GraphQLInputType, depth: number): fc.Arbitrary<string> {
  const inner = getNullableType(type)
  if (isListType(inner))
    return fc.array(valueOf(source, inner.ofType, depth), { maxLength: 2 }).map((values) => `[${values.join(', ')}]`)
  if (isEnumType(inner)) return fc.constantFrom(...inner.getValues().map((value) => value.name))
  if (!isInputObjectType(inner)) return source.literals[inner.name] ?? fc.constant('null')
  const fields = Object.values(inner.getFields())
  if (!inner.isOneOf)
    return fc
      .tuple(...fields.map((each) => argument(source, each.name, each.type, depth + 1)))
      .map((all) => `{ ${all.filter((text) => text !== '').join(', ')} }`)
  return fc.oneof(
    ...fields.map((each) => valueOf(source, each.type, depth + 1).map((value) => `{ ${each.name}: ${value} }`)),
  )
}
