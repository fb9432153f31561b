import { execute, GraphQLBoolean, GraphQLList, GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from 'graphql'
import { expect, test } from 'vitest'
import { selectsNodeField } from '../../src/schema/selects-field.ts'

let selected: boolean | null = null

const node = new GraphQLObjectType({
  name: 'Node',
  fields: { id: { type: GraphQLString }, owner: { type: GraphQLString } },
})
const edge = new GraphQLObjectType({ name: 'Edge', fields: { node: { type: node } } })
const list = new GraphQLObjectType({
  name: 'List',
  fields: {
    nodes: { type: new GraphQLList(node) },
    edges: { type: new GraphQLList(edge) },
    owner: { type: GraphQLString },
  },
})
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      list: {
        type: list,
        resolve: (_source, _args, _context, info) => {
          selected = selectsNodeField(info, 'owner')
          return {}
        },
      },
      isOn: { type: GraphQLBoolean },
    },
  }),
})

test.each([
  [true, '{ list { nodes { owner } } }'],
  [true, '{ list { edges { node { id owner } } } }'],
  [true, '{ list { nodes { host: owner } } }'],
  [true, '{ list { rows: nodes { ... { ... on Node { owner } } } } }'],
  [true, '{ list { ...Rows } } fragment Rows on List { edges { node { ...Row } } } fragment Row on Node { owner }'],
  [true, '{ list { nodes { id } } list { nodes { owner } } }'],
  [true, 'query ($on: Boolean = true) { list { nodes { owner @include(if: $on) @skip(if: false) } } }'],
  [false, 'query ($on: Boolean = false) { list { nodes { owner @include(if: $on) } } }'],
  [false, 'query ($off: Boolean = true) { list { nodes @skip(if: $off) { owner } edges { node { id } } } }'],
  [false, '{ list { ...Rows @skip(if: true) } } fragment Rows on List { nodes { owner } }'],
  [false, '{ list { nodes { id } owner } }'],
  [false, '{ list { nodes { owner: id } } }'],
])('returns %s for %s', async (expected, query) => {
  selected = null
  const { errors } = await execute({ schema, document: parse(query) })
  expect(errors).toBeUndefined()
  expect(selected).toBe(expected)
})
