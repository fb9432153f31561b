import { composeServices as composeWithApollo } from '@apollo/composition'
import { composeServices as composeWithGuild } from '@theguild/federation-composition'
import { federateSubgraphs, LATEST_ROUTER_COMPATIBILITY_VERSION } from '@wundergraph/composition'
import { parse } from 'graphql'
import { describe, expect, test } from 'vitest'
import { readSdl } from './read-sdl.ts'

/** SDL of each subgraph, by name. */
type Subgraphs = Record<string, string>

interface Composition {
  errors?: readonly { message: string }[] | undefined
  /** Hints and warnings. The composition of The Guild has none. */
  hints?: readonly { message: string }[] | undefined
}

const listServices = (subgraphs: Subgraphs) =>
  Object.entries(subgraphs).map(([name, text]) => ({ name, typeDefs: parse(text), url: `http://${name}.test` }))

const composers: Record<string, (subgraphs: Subgraphs) => Composition> = {
  Apollo: (subgraphs) => composeWithApollo(listServices(subgraphs)),
  'The Guild': (subgraphs) => composeWithGuild(listServices(subgraphs)),
  Cosmo: (subgraphs) => {
    const list = listServices(subgraphs).map(({ name, typeDefs, url }) => ({ name, definitions: typeDefs, url }))
    const composed = federateSubgraphs({ subgraphs: list, version: LATEST_ROUTER_COMPATIBILITY_VERSION })
    return { errors: composed.success ? undefined : composed.errors, hints: composed.warnings }
  },
}

function listMessages(composition: Composition): string[] {
  const { errors = [], hints = [] } = composition
  return [...errors, ...hints].map(({ message }) => message)
}

/** Describes and specifies everything that subgraphs share in other words than Parley. */
const relayShop = (query = ''): string => `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
  "An object of the shop."
  interface Node { "ID in the shop." id: ID! }
  "A page of the shop."
  type PageInfo @shareable {
    "Whether the shop has more."
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }
  "A time of the shop."
  scalar DateTime @specifiedBy(url: "https://shop.test/date-time")
  scalar URL @specifiedBy(url: "https://shop.test/url")
  "Anything."
  scalar JSON
  "Queries of the shop."
  type Query { products(first: Int, after: String): ProductConnection! ${query} }
  "Mutations of the shop."
  type Mutation { buy(id: ID!): Product }
  "Events of the shop."
  type Subscription { bought: Product }
  type Product implements Node @key(fields: "id") { id: ID! name: String addedAt: DateTime url: URL data: JSON }
  type ProductConnection { edges: [ProductEdge!]! pageInfo: PageInfo! }
  type ProductEdge { cursor: String! node: Product! }
`
const relayNode = 'node(id: ID!): Node nodes(ids: [ID!]!): [Node]!'

/** Refers to users and conferences by their vendor IDs and IDs, and extends users by their email addresses. */
const staff = (prefix: string): string => `
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires"])
  scalar EmailAddress
  type Query { employees: [Employee!]! }
  type Employee @key(fields: "number") { number: ID! user: ${prefix}User! lastMeeting: ${prefix}Conference }
  type ${prefix}User @key(fields: "account { key } vendorId") @key(fields: "id") {
    id: ID!
    account: ${prefix}Account!
    vendorId: String!
    email: EmailAddress @external
    manager: String @requires(fields: "email")
  }
  type ${prefix}Account @key(fields: "key", resolvable: false) { key: String! }
  type ${prefix}Conference @key(fields: "id", resolvable: false) { id: ID! }
`

const [plain, meeting, work] = [readSdl(), readSdl('Meeting'), readSdl('Work')]

describe.each(Object.entries(composers))('composition of %s', (_, compose) => {
  test.each<[string, Subgraphs]>([
    ['alone', { parley: plain }],
    ['with a prefix', { parley: meeting }],
    ['beside a subgraph with Node and PageInfo of Relay', { parley: plain, shop: relayShop() }],
    ['with a prefix, beside a subgraph with the field node', { parley: meeting, shop: relayShop(relayNode) }],
    ['beside a subgraph that refers to users and conferences', { parley: plain, staff: staff('') }],
    ['with a prefix, beside a subgraph that refers to users', { parley: meeting, staff: staff('Meeting') }],
    ['twice, with different prefixes', { meeting, work, shop: relayShop(relayNode) }],
    ['twice, of which one has a prefix', { plain, work }],
  ])('accepts the subgraph %s, without a hint', (__, subgraphs) => {
    expect(listMessages(compose(subgraphs))).toEqual([])
  })

  test('reports a field node that another subgraph has, too', () => {
    const messages = listMessages(compose({ parley: plain, shop: relayShop(relayNode) }))
    expect(messages.join('\n')).toMatch(/node.*shop/s)
  })

  test('reports another subgraph whose types have the same names', () => {
    expect(listMessages(compose({ first: plain, second: plain }))).not.toEqual([])
  })
})
