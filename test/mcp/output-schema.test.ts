import { buildSchema } from 'graphql'
import { describe, expect, test } from 'vitest'
import { buildTool } from '../../src/mcp/build-tool.ts'

const schema = buildSchema(`
  scalar DateTime
  scalar JSON
  scalar URL
  enum Size { BIG SMALL }
  type Query { pet: Pet!  any: Any  cat: Cat  node(id: ID): Node  cats: [Cat!]  grid: [[Int]!]! }
  interface Node { id: ID! }
  interface Pet { name: String  owner: Owner! }
  union Any = Cat | Dog | Owner
  type Cat implements Pet & Node { id: ID!  name: String  lives: Int!  owner: Owner!  friend: Pet  raw: JSON  size: Size }
  type Dog implements Pet & Node { id: ID!  name: String  weight: Float  owner: Owner!  friend: Pet  born: DateTime! }
  type Owner implements Node { id: ID!  name: String  site: URL }
`)

function createOutputSchema(selection: string, { variables = '', fragments = '' } = {}) {
  const built = buildTool(schema, 't', `"x" query t${variables} { ${selection} } ${fragments}`)
  if (Array.isArray(built)) throw new Error(built.map(({ reason }) => reason).join('\n'))
  return built.outputSchema.properties!
}

const nullable = (type: string) => ({ type: [type, 'null'] })
const condition = { variables: '($yes: Boolean!, $no: Boolean!)' }

describe('outputSchema', () => {
  test('has the types of scalars, enums, and lists, and allows null where the field does', () => {
    expect(createOutputSchema('cats { id name lives raw size } grid')).toEqual({
      cats: {
        type: ['array', 'null'],
        items: {
          type: 'object',
          properties: {
            id: { type: 'string' },
            name: nullable('string'),
            lives: { type: 'integer' },
            raw: {},
            size: { type: ['string', 'null'], enum: ['BIG', 'SMALL', null] },
          },
          required: ['id', 'name', 'lives', 'raw', 'size'],
        },
      },
      grid: { type: 'array', items: { type: 'array', items: nullable('integer') } },
    })
  })

  test('has the names of the response', () => {
    const { a, b } = createOutputSchema('a: cat { n: name } b: cat { m: name }')
    expect([a, b]).toEqual([
      { type: ['object', 'null'], properties: { n: nullable('string') }, required: ['n'] },
      { type: ['object', 'null'], properties: { m: nullable('string') }, required: ['m'] },
    ])
  })

  test('has the fields of introspection', () => {
    const { __schema: root, __type: type } = createOutputSchema(
      '__schema { queryType { name } } __type(name: "Cat") { kind fields { name } }',
    )
    const names = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] }
    expect(root).toMatchObject({
      type: 'object',
      properties: { queryType: { properties: { name: nullable('string') } } },
    })
    expect(type).toMatchObject({
      type: ['object', 'null'],
      properties: { kind: { type: 'string' }, fields: { type: ['array', 'null'], items: names } },
    })
  })

  test('has the names of types only if no type has another value under the same name', () => {
    const { any } = createOutputSchema('any { ... on Cat { is: __typename } ... on Dog { is: id } }')
    expect(any!.properties!['is']).toEqual({ type: 'string' })
  })

  test('requires only the fields that all types of an object have', () => {
    const fragments = 'fragment D on Dog { weight born }'
    expect(
      createOutputSchema('any { __typename ... on Pet { name } ... on Cat { lives } ...D }', { fragments }),
    ).toEqual({
      any: {
        type: ['object', 'null'],
        properties: {
          __typename: { type: 'string', enum: ['Cat', 'Dog', 'Owner'] },
          name: nullable('string'),
          lives: { type: 'integer' },
          weight: nullable('number'),
          born: { type: 'string', format: 'date-time' },
        },
        required: ['__typename'],
      },
    })
  })

  test('merges the selections of one field', () => {
    const { pet } = createOutputSchema(
      'pet { owner { id } ... on Cat { owner { name } friend { name } } ... on Dog { friend { owner { site } } } }',
    )
    expect(pet).toEqual({
      type: 'object',
      properties: {
        owner: {
          type: 'object',
          properties: { id: { type: 'string' }, name: nullable('string') },
          required: ['id'],
        },
        friend: {
          type: ['object', 'null'],
          properties: {
            name: nullable('string'),
            owner: { type: 'object', properties: { site: nullable('string') }, required: ['site'] },
          },
        },
      },
      required: ['owner', 'friend'],
    })
  })

  test.each([
    ['cat { id name @include(if: $yes) size @skip(if: $no) }', ['id']],
    ['cat { id ... @include(if: $yes) { name } ... on Cat @skip(if: $no) { size } }', ['id']],
    ['cat { id name @include(if: $yes) name ... @skip(if: $no) { name } size @skip(if: $no) }', ['id', 'name']],
    ['cat { id ...A @include(if: $yes) ...A @skip(if: $no) }', ['id']],
    ['cat { id ...A @include(if: $yes) ...A @skip(if: $no) ...A }', ['id', 'name', 'size']],
    ['cat { id ...A } cat @include(if: $yes) @skip(if: $no) { lives }', ['id', 'name', 'size']],
    ['cat { id } cat @include(if: $yes) @skip(if: $no) { ...A }', ['id']],
  ])('does not require what a directive can leave out: %s', (selection, required) => {
    const fragments = /\.\.\.A/.test(selection) ? 'fragment A on Cat { name size }' : ''
    const variables = `(${[...new Set(selection.match(/\$\w+/g))].map((name) => `${name}: Boolean!`).join(' ')})`
    expect(createOutputSchema(selection, { variables, fragments })['cat']!.required).toEqual(required)
  })

  test('requires the fields of an object that a directive can leave out as a whole', () => {
    const built = buildTool(
      schema,
      't',
      `"x" query t${condition.variables} {
      cat @include(if: $yes) { id ... @skip(if: $no) { name } }
    }`,
    )
    expect(built).toMatchObject({
      outputSchema: { type: 'object', properties: { cat: { required: ['id'] } } },
    })
    expect(built).not.toHaveProperty('outputSchema.required')
  })
})
