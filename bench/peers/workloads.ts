import { encodeId } from '../../src/schema/ids.ts'

export type Contestant = 'aggregator' | 'yoga' | 'parley'

export interface WorkloadRequest {
  /** Path of the aggregator. */
  path?: string
  /** GraphQL parameters. */
  body?: object
}

export interface Workload {
  name: string
  title: string
  /** Name of the caller, which selects the accounts that are read. */
  caller: 'one' | 'merged'
  requests: Record<Contestant, WorkloadRequest>
}

const fields = 'id displayName email department status'
const page = (selection: string): string => `{ ${selection} pageInfo { hasNextPage endCursor } }`
const edges = page(`edges { cursor node { ${fields} } }`)
const nodes = page(`nodes { ${fields} }`)
const id = encodeId('User', 'zoom', 'zu7')
const user = { query: 'query ($id: ID!) { user(id: $id) { displayName } }', variables: { id } }

export const workloads: readonly Workload[] = [
  {
    name: 'W1',
    title: '100 users of one vendor, a cursor on every edge',
    caller: 'one',
    requests: {
      aggregator: { path: '/w1' },
      yoga: { body: { query: `{ users(first: 100) ${edges} }` } },
      parley: { body: { query: `{ users(first: 100) ${edges} }` } },
    },
  },
  {
    name: 'W1n',
    title: 'the same, nodes and endCursor only',
    caller: 'one',
    requests: {
      aggregator: { path: '/w1n' },
      yoga: { body: { query: `{ users(first: 100) ${nodes} }` } },
      parley: { body: { query: `{ users(first: 100) ${nodes} }` } },
    },
  },
  {
    name: 'W3',
    title: '100 users merged from three vendors',
    caller: 'merged',
    requests: {
      aggregator: { path: '/w3' },
      yoga: { body: { query: `{ allUsers(first: 100) ${edges} }` } },
      parley: { body: { query: `{ users(first: 100) ${edges} }` } },
    },
  },
  {
    name: 'W4',
    title: 'one user, one field',
    caller: 'one',
    requests: { aggregator: { path: '/w4?id=zu7' }, yoga: { body: user }, parley: { body: user } },
  },
]
