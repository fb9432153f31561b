// A subgraph with the employees of a company. It finds the employee of a user by email address, and refers to users by the
// vendor's ID and to conferences by ID. The people and meetings are those of Parley's sandboxes.
//
//   PORT=4001 PREFIX=Meeting node employees.js
//
// PREFIX: the prefix of Parley's types, if `federation` configures one.
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { buildSubgraphSchema } from '@apollo/subgraph'
import { parse } from 'graphql'

const { PORT: port = '4001', PREFIX: prefix = '' } = process.env

const employees = [
  { number: 1, email: 'ada.0@example.com', department: 'Board', account: 'zoom', vendorId: '9fG46KiFuK0Bpxd4PzgUEQ' },
  { number: 2, email: 'jill.1@example.com', department: 'Sales', account: 'zoom', vendorId: 'vbHdEFZ5l5yoKyjt0cjM0g' },
  { number: 3, email: 'helen@example.com', department: 'Sales', account: 'trueconf', vendorId: 'helen' },
  { number: 4, email: 'dean@example.com', department: 'Support', account: 'trueconf', vendorId: 'dean' },
]
const roomIdByDepartment = { Sales: 'Q29uZmVyZW5jZTp0cnVlY29uZjo2MTgwMzM5ODg3' }

const typeDefs = parse(`
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@external", "@requires", "@shareable"])

  type Query {
    employees(first: Int! = 20, after: String): EmployeeConnection!
  }

  interface Node { id: ID! }

  type Employee implements Node @key(fields: "id") {
    id: ID!
    email: String!
    department: String!
    user: ${prefix}User
    room: ${prefix}Conference
  }

  type EmployeeConnection { edges: [EmployeeEdge!]! pageInfo: PageInfo! }
  type EmployeeEdge { cursor: String! node: Employee! }
  type PageInfo @shareable {
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }

  scalar EmailAddress

  type ${prefix}Account @key(fields: "key", resolvable: false) { key: String! }
  type ${prefix}Conference @key(fields: "id", resolvable: false) { id: ID! }
  type ${prefix}User @key(fields: "account { key } vendorId") {
    account: ${prefix}Account!
    vendorId: String!
    email: EmailAddress @external
    employee: Employee @requires(fields: "email")
  }
`)

const toId = ({ number }) => `employee-${number}`

const resolvers = {
  Query: {
    employees: (_, { first, after }) => {
      const start = employees.findIndex((employee) => toId(employee) === after) + 1
      const edges = employees.slice(start, start + first).map((node) => ({ node, cursor: toId(node) }))
      const pageInfo = {
        hasNextPage: start + first < employees.length,
        hasPreviousPage: start > 0,
        startCursor: edges.at(0)?.cursor,
        endCursor: edges.at(-1)?.cursor,
      }
      return { edges, pageInfo }
    },
  },
  Node: { __resolveType: () => 'Employee' },
  Employee: {
    __resolveReference: ({ id }) => employees.find((employee) => toId(employee) === id),
    id: toId,
    user: ({ account, vendorId }) => ({ account: { key: account }, vendorId }),
    room: ({ department }) => {
      const id = roomIdByDepartment[department]
      return id ? { id } : null
    },
  },
  [`${prefix}User`]: {
    employee: ({ email }) => employees.find((employee) => employee.email === email),
  },
}

const server = new ApolloServer({ schema: buildSubgraphSchema({ typeDefs, resolvers }) })
const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: Number(port) } })
console.log(`The subgraph of employees is ready: ${url}`)
