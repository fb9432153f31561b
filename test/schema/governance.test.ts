import { buildSchema, isUnionType, type GraphQLObjectType } from 'graphql'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { listBreakingChanges } from '../../scripts/breaking-changes.ts'
import { getErrorKind, type ErrorKind } from '../../src/core/error-codes.ts'
import { schema } from '../../src/schema/index.ts'

test('has the same type for fields of one name in all members of a union', () => {
  for (const union of Object.values(schema.getTypeMap()).filter(isUnionType)) {
    const fields = union.getTypes().flatMap((type: GraphQLObjectType) => Object.values(type.getFields()))
    const types = Map.groupBy(fields, ({ name }) => name)
    for (const [name, alike] of types)
      expect.soft([`${union.name}.${name}`, ...new Set(alike.map(({ type }) => String(type)))]).toHaveLength(2)
  }
})

test('has exactly the kinds of the error codes', () => {
  const kinds = schema.getType('ProblemKind')!
  const values = 'getValues' in kinds ? kinds.getValues().map(({ name }) => name) : []
  const expected: Record<ErrorKind, true> = {
    CONFLICT: true,
    FORBIDDEN: true,
    INPUT: true,
    INTERNAL: true,
    MISCONFIGURED: true,
    NOT_FOUND: true,
    RATE_LIMITED: true,
    UNAUTHENTICATED: true,
    UNAVAILABLE: true,
    UNKNOWN_OUTCOME: true,
    UNSUPPORTED: true,
  }
  expect(values.toSorted()).toEqual(Object.keys(expected))
  expect(getErrorKind('VENDOR_TIMEOUT')).toBe('UNAVAILABLE')
})

test('marks exactly six lists as null only with an error', () => {
  const text = readFileSync('schema.graphql', 'utf8')
  expect(text.match(/\)(: \w+) @semanticNonNull$/gm)).toEqual([
    '): ConferenceConnection @semanticNonNull',
    '): UserConnection @semanticNonNull',
    '): ParticipantConnection @semanticNonNull',
    '): ConferenceConnection @semanticNonNull',
    '): UserConnection @semanticNonNull',
    '): ConferenceConnection @semanticNonNull',
  ])
})

const released = `
  type Query { users(first: Int, after: String @deprecated): Int  name: String @deprecated  state: State  kind: ProblemKind }
  enum State { OPEN CLOSED GONE @deprecated }
  enum ProblemKind { INPUT }
  type Mutation { create(input: Input!): Int }
  input Input { title: String  note: String }
`
test.each<[change: string, from: string, to: string, expected: string[]]>([
  [
    'a removed field',
    'users(first: Int, after: String @deprecated): Int',
    '',
    ['FIELD_REMOVED: Query.users was removed.'],
  ],
  ['a removed enum value', 'CLOSED', '', ['VALUE_REMOVED_FROM_ENUM: CLOSED was removed from enum type State.']],
  [
    'a stricter input',
    'title: String',
    'title: String!',
    ['FIELD_CHANGED_KIND: Input.title changed type from String to String!.'],
  ],
  ['a new kind', 'INPUT }', 'INPUT OTHER }', ['VALUE_ADDED_TO_ENUM: OTHER was added to enum type ProblemKind.']],
  ['a new enum value', 'OPEN', 'OPEN PAUSED', []],
  ['a removed field that was deprecated', 'name: String @deprecated', '', []],
  ['a removed argument that was deprecated', ', after: String @deprecated', '', []],
  ['a removed enum value that was deprecated', 'GONE @deprecated', '', []],
])('reports %s in check:breaking', (_, from, to, expected) => {
  const changed = buildSchema(released.replace(from, to))
  expect(listBreakingChanges(buildSchema(released), changed)).toEqual(expected)
})
