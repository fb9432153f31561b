import { buildASTSchema, isInputObjectType, isNonNullType, isScalarType, isSpecifiedScalarType, parse } from 'graphql'
import type { GraphQLSchema } from 'graphql'
import { describe, expect, test } from 'vitest'
import { SubgraphNames } from '../../src/federation/names.ts'
import { createSubgraph } from '../../src/federation/subgraph.ts'
import { schema } from '../../src/schema/index.ts'
import { readSdl } from './read-sdl.ts'

const listTypes = (of: GraphQLSchema): string[] => Object.keys(of.getTypeMap()).filter((name) => !name.startsWith('_'))
const listFields = (of: GraphQLSchema): string[] =>
  [of.getQueryType(), of.getMutationType(), of.getSubscriptionType()].flatMap((type) =>
    Object.keys(type!.getFields()).filter((name) => !name.startsWith('_')),
  )

describe('schema of the subgraph', () => {
  test('requires an idempotency key in every mutation', () => {
    const mutations = Object.values(createSubgraph(schema, '').schema.getMutationType()!.getFields())
    const keyTypes = mutations.map(({ name, args: [input] }) => {
      const type = isNonNullType(input?.type) ? input.type.ofType : null
      return [name, isInputObjectType(type) ? String(type.getFields()['idempotencyKey']?.type) : null]
    })
    expect(mutations.length).toBeGreaterThan(7)
    expect(keyTypes).toEqual(mutations.map(({ name }) => [name, 'String!']))
  })

  test('omits only uploads, access tokens, and the types that only they use', () => {
    const subgraph = createSubgraph(schema, '').schema
    const [types, fields] = [new Set(listTypes(subgraph)), new Set(listFields(subgraph))]
    expect(listFields(schema).filter((name) => !fields.has(name))).toEqual(['issueUserToken', 'uploadFile'])
    expect(
      listTypes(schema)
        .filter((name) => !types.has(name))
        .toSorted(),
    ).toEqual([
      'File',
      'IssueUserTokenInput',
      'IssueUserTokenPayload',
      'UploadFileInput',
      'UploadFilePayload',
      'UploadTargetInput',
      'UserTokenType',
    ])
    expect(listTypes(subgraph).filter((name) => !schema.getType(name))).toEqual([])
  })

  test('renames every type and root field that subgraphs do not share', () => {
    const [plain, prefixed] = [createSubgraph(schema, '').schema, createSubgraph(schema, 'Meeting').schema]
    const shared = new Set(['Query', 'Mutation', 'Subscription', 'Node', 'PageInfo'])
    const scalars = Object.values(plain.getTypeMap()).filter(isScalarType)
    for (const { name } of scalars) shared.add(name)
    expect(listTypes(prefixed).toSorted()).toEqual(
      listTypes(plain)
        .map((name) => (shared.has(name) ? name : `Meeting${name}`))
        .toSorted(),
    )
    expect(listFields(prefixed)).toEqual(
      listFields(plain).map((name) => `meeting${name[0]!.toUpperCase()}${name.slice(1)}`),
    )
  })

  test('can have any prefix: no name with a prefix is that of a type without one', () => {
    const types = listTypes(schema)
    const scalars = types.filter((name) => isScalarType(schema.getType(name)))
    const unchanged = new Set(['Query', 'Mutation', 'Subscription', 'Node', 'PageInfo', ...scalars])
    const renamed = types.filter((name) => !unchanged.has(name))
    expect([...unchanged].filter((name) => renamed.some((other) => name.endsWith(other)))).toEqual([])
  })

  test('does not change the schema of /graphql', () => {
    const before = listTypes(schema)
    createSubgraph(schema, 'Meeting')
    expect(listTypes(schema)).toEqual(before)
    expect(schema.getType('EndConferenceInput')).toSatisfy(
      (type: unknown) => isInputObjectType(type) && String(type.getFields()['idempotencyKey']!.type) === 'String',
    )
  })
})

describe('SubgraphNames', () => {
  test.each(['', 'Meeting', 'M', 'V2', 'ABC'])('finds the name to which the prefix "%s" was added', (prefix) => {
    const names = new SubgraphNames(prefix)
    for (const field of listFields(schema)) expect(names.parseRootField(names.formatRootField(field))).toBe(field)
    expect(names.parseType(names.formatType('User'))).toBe('User')
    expect(names.parseRootField('_entities')).toBe('_entities')
  })
})

describe('SDL', () => {
  const sdl = readSdl()

  test('has the directives of federation and composite schemas', () => {
    const lines = sdl.split('\n')
    expect(lines.filter((line) => line.includes('@link'))).toEqual([
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable"])',
    ])
    expect(lines.filter((line) => /@(key|shareable)\b/.test(line) && !line.includes('@link')).toSorted()).toEqual([
      'type Account implements Node @key(fields: "id") @key(fields: "key") {',
      'type Conference implements Node @key(fields: "id") @key(fields: "account { key } vendorId") {',
      'type Operation implements Node @key(fields: "id") {',
      'type PageInfo @shareable {',
      'type Participant implements Node @key(fields: "id") {',
      'type UploadedFile implements Node @key(fields: "id") {',
      'type User implements Node @key(fields: "id") @key(fields: "account { key } vendorId") {',
    ])
    expect(sdl).toContain('directive @oneOf on INPUT_OBJECT')
    expect(sdl).toContain('input ConferenceRef @oneOf {')
    expect(sdl).toContain('directive @lookup on FIELD_DEFINITION')
    expect(sdl.match(/@semanticNonNull$/gm)).toHaveLength(6)
  })

  test('places @lookup on the fields that return an object by its key', () => {
    const document = parse(readSdl('Meeting'))
    const lookups = document.definitions.flatMap((definition) =>
      'fields' in definition && definition.kind === 'ObjectTypeDefinition'
        ? (definition.fields ?? []).flatMap(({ name, directives = [] }) =>
            directives.some((directive) => directive.name.value === 'lookup')
              ? [`${definition.name.value}.${name.value}`]
              : [],
          )
        : [],
    )
    expect(lookups.toSorted()).toEqual(
      ['Account', 'Conference', 'Node', 'Operation', 'User'].map((name) => `Query.meeting${name}`),
    )
  })

  test('has everything that a gateway can request, and nothing of the gateway itself', () => {
    const read = buildASTSchema(parse(sdl), { assumeValidSDL: true })
    const subgraph = createSubgraph(schema, '').schema
    expect(listTypes(read).toSorted()).toEqual(
      listTypes(subgraph)
        .filter((name) => !isSpecifiedScalarType(subgraph.getType(name) as never) || read.getType(name))
        .toSorted(),
    )
    expect(listFields(read)).toEqual(listFields(subgraph))
    expect(sdl).not.toMatch(/_Any|_Entity|_Service|_entities|_service/)
  })

  test('describes the types that are only of this subgraph', () => {
    expect(sdl).toMatch(/"""\s*A user of one account[^"]*"""\ntype User/)
    expect(sdl).toMatch(/^interface Node \{\n {2}id: ID!\n\}/m)
  })
})
