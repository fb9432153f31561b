import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSchema, createYoga } from 'graphql-yoga'
import { encodeCursor, getZoomUser, listAllUsers, listZoomUsers, type PeerUser } from './source.ts'

/** The same reads with plain Yoga, without limits, callers, signed cursors, outcomes, and metrics. */
const typeDefs = `
  type Query { users(first: Int!): UserConnection!  allUsers(first: Int!): UserConnection!  user(id: ID!): User }
  type UserConnection { edges: [UserEdge!]!  nodes: [User!]!  pageInfo: PageInfo! }
  type UserEdge { cursor: String!  node: User! }
  type PageInfo { hasNextPage: Boolean!  endCursor: String }
  type User { id: ID!  displayName: String  email: String  department: String  status: UserStatus! }
  enum UserStatus { ACTIVE INACTIVE UNKNOWN }
`
const resolvers = {
  Query: {
    users: (_: unknown, { first }: { first: number }) => listZoomUsers(first),
    allUsers: (_: unknown, { first }: { first: number }) => listAllUsers(first),
    user: (_: unknown, { id }: { id: string }) =>
      getZoomUser(Buffer.from(id, 'base64url').toString().split(':').at(-1)!),
  },
  UserConnection: {
    edges: (users: readonly PeerUser[]) => users.map((node, index) => ({ cursor: encodeCursor(index), node })),
    nodes: (users: readonly PeerUser[]) => users,
    pageInfo: (users: readonly PeerUser[]) => ({ hasNextPage: true, endCursor: encodeCursor(users.length - 1) }),
  },
}

const server = createServer(createYoga({ schema: createSchema({ typeDefs, resolvers }), logging: false }))
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`),
)
