import { buildSchema } from 'graphql'
import { describe, expect, test } from 'vitest'
import { buildTool } from '../../src/mcp/build-tool.ts'
import type { Tool } from '../../src/mcp/tool.ts'
import { schema } from '../../src/schema/index.ts'

function build(text: string, from = schema): Tool {
  const built = buildTool(from, 'tool', text)
  if (Array.isArray(built)) throw new Error(built.map(({ reason }) => reason).join('\n'))
  return built
}

const findReasons = (text: string) => {
  const built = buildTool(schema, 'tool', text)
  return Array.isArray(built) ? built : []
}

describe('buildTool', () => {
  test('builds a tool from the name, the description, and the type of the operation', () => {
    const query = build('"""\nFinds an account.\n"""\nquery find_it($key: String!) { account(key: $key) { id } }')
    expect(query).toMatchObject({ name: 'find_it', description: 'Finds an account.', scope: 'read' })
    expect(query.document).toMatchObject({ id: 'tool', hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const mutation = build(
      `"Ends it." mutation end_it($key: String!) {
        endConference(input: { conferenceId: "x", idempotencyKey: $key }) { outcome }
      }`,
    )
    expect(mutation).toMatchObject({
      name: 'end_it',
      scope: 'write',
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
    })
  })

  test.each([
    ['query a { accounts { key } }', /description/, 1],
    ['\n" "\nquery a { accounts { key } }', /description/, 2],
    ['"x" query { accounts { key } }', /name/, 1],
    [`"x" query ${'a'.repeat(65)} { accounts { key } }`, /64/, 1],
    ['"x" query a { accounts { key } } "x" query b { accounts { key } }', /exactly one operation/, null],
    ['"x" subscription a { conferenceEvents { cursor } }', /subscription/, 1],
    ['"x" query a { ...A } fragment A on Query { accounts { key } }', /Fragments/, 1],
    ['"x" query a { ... { accounts { key } } }', /Fragments/, 1],
    ['"x" query a {\n  nothing\n}', /nothing/, 2],
    ['"x" query a {', /Syntax Error/, 1],
    ['fragment A on Query { accounts { key } }', /A|exactly one/, 1],
  ])('rejects %j with the reason and the line', (text, reason, line) => {
    expect(findReasons(text)[0]).toEqual({ reason: expect.stringMatching(reason), line })
  })

  test('rejects a result with too many fields, without creating all of them', () => {
    const fragments = Array.from({ length: 20 }, (_, index) => {
      const fields = ['a', 'b', 'c'].map((name) => `${name}: sources { account { users { ...F${index + 1} } } }`)
      return `fragment F${index} on UserConnection { ${fields.join(' ')} }`
    })
    fragments.push('fragment F20 on UserConnection { totalCount }')
    expect(findReasons(`"x" query a { users { ...F0 } } ${fragments.join(' ')}`)).toEqual([
      { reason: 'The result of a tool can have at most 2000 fields. Select fewer fields.', line: null },
    ])
  })

  test('reports all errors of the operation', () => {
    expect(findReasons('query { ... { accounts { key } } }')).toHaveLength(3)
  })
})

describe('inputSchema', () => {
  const inputs = buildSchema(`
    scalar DateTime
    scalar JSON
    enum Role { GUEST OWNER }
    input Ref @oneOf { id: ID  email: String }
    input Tree { "Name of it. It has another sentence, which is too long to be in the schema of a tool, even if it is useful." name: String!  children: [Tree!]  role: Role! = GUEST }
    type Query {
      a(text: String, at: DateTime!, any: JSON, role: Role, ref: Ref, refs: [Ref], tree: Tree, first: Int, last: Int, ratio: Float, all: [[Boolean!]!]): Int
      b(input: Keyed!): Int
    }
    input Keyed { idempotencyKey: String  title: String }
  `)
  const createInputSchema = (variables: string, args: string, field = 'a') =>
    build(`"x" query t(${variables}) { ${field}(${args}) }`, inputs).inputSchema

  test('has the variables with their descriptions and defaults, and no others', () => {
    const args = 'text: $text, at: $at, role: $role, first: 1'
    expect(createInputSchema('"Some text." $text: String, $at: DateTime!, "Role." $role: Role = OWNER', args)).toEqual({
      type: 'object',
      properties: {
        text: { type: ['string', 'null'], description: 'Some text.' },
        at: { type: 'string', format: 'date-time' },
        role: { type: ['string', 'null'], enum: ['GUEST', 'OWNER', null], description: 'Role.', default: 'OWNER' },
      },
      required: ['at'],
      additionalProperties: false,
    })
  })

  test('accepts null for every argument that can be omitted', () => {
    const { properties, required } = createInputSchema('$at: DateTime! = "2026-12-01T00:00:00Z"', 'at: $at')
    expect(properties!['at']).toMatchObject({ type: ['string', 'null'], default: '2026-12-01T00:00:00Z' })
    expect(required).toBeUndefined()
  })

  test('has the type of every kind of variable', () => {
    const { properties } = createInputSchema(
      '$any: JSON, $ratio: Float, $all: [[Boolean!]!], $ref: Ref!, $refs: [Ref]',
      'at: "2026-12-01T00:00:00Z", any: $any, ratio: $ratio, all: $all, ref: $ref, refs: $refs',
    )
    const ref = {
      type: 'object',
      properties: { id: { type: 'string' }, email: { type: 'string' } },
      additionalProperties: false,
      minProperties: 1,
      maxProperties: 1,
    }
    expect(properties).toEqual({
      any: {},
      ratio: { type: ['number', 'null'] },
      all: { type: ['array', 'null'], items: { type: 'array', items: { type: 'boolean' } } },
      ref,
      refs: { type: ['array', 'null'], items: { ...ref, type: ['object', 'null'] } },
    })
  })

  test('refers to a type that contains itself', () => {
    const { properties, $defs } = createInputSchema('$tree: Tree', 'at: "2026-12-01T00:00:00Z", tree: $tree')
    const reference = { $ref: '#/$defs/Tree' }
    expect(properties!['tree']).toEqual({ anyOf: [reference, { type: 'null' }] })
    expect($defs).toEqual({
      Tree: {
        type: 'object',
        properties: {
          name: { type: 'string', description: 'Name of it.' },
          children: { type: ['array', 'null'], items: reference },
          role: { type: ['string', 'null'], enum: ['GUEST', 'OWNER', null], default: 'GUEST' },
        },
        required: ['name'],
        additionalProperties: false,
      },
    })
  })

  test('has the range of a number of items and of an idempotency key, whatever the names of the variables', () => {
    for (const argument of ['first', 'last']) {
      const { properties } = createInputSchema('$n: Int = 10, $at: DateTime!', `${argument}: $n, at: $at`)
      expect(properties!['n']).toEqual({ type: ['integer', 'null'], minimum: 1, maximum: 100, default: 10 })
    }
    const keyed = createInputSchema('$k: String!, $t: String', 'input: { idempotencyKey: $k, title: $t }', 'b')
    expect(keyed.properties).toEqual({
      k: { type: 'string', pattern: '^[!-~]{8,255}$' },
      t: { type: ['string', 'null'] },
    })
  })

  test('has no properties if the operation has no variables', () => {
    expect(build('"x" query t { accounts { key } }').inputSchema).toEqual({
      type: 'object',
      properties: {},
      additionalProperties: false,
    })
  })
})
