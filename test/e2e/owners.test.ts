import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { start, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'

interface Reply {
  data: { conferences?: { nodes: { owner: { vendorId: string } | null }[] }; nodes?: ({ id: string } | null)[] }
  errors?: object[]
}

const key = 'key-of-a-caller-4f1d'
const owners = 20
const atOnce = 32

let trueconf: TrueConfSandbox
let server: OpenServer
let expected: string[]
/** Number of requests that the vendor has in progress, and its maximum. */
let [inProgress, mostInProgress] = [0, 0]

beforeAll(async () => {
  trueconf = await start({
    users: 10_000,
    conferences: 60,
    running: 0,
    before: (_request, response, serve) => {
      mostInProgress = Math.max(mostInProgress, ++inProgress)
      response.once('close', () => void inProgress--)
      serve()
    },
  })
  const logins = [...trueconf.data.users.keys()]
  for (const [index, conference] of [...trueconf.data.conferences.values()].entries())
    conference.owner = logins[(index % owners) * 499 + 350]!
  expected = [...trueconf.data.conferences.values()].slice(0, 50).map(({ owner }) => owner)
  const client = (name: string, apiKey: string) => ({
    name,
    apiKeySha256: createHash('sha256').update(apiKey).digest('hex'),
    scopes: ['read'],
  })
  // One caller can use half of the slots of an account that callers share.
  server = await openServer({
    accounts: { trueconf: trueconf.account },
    clients: [client('one', key), client('other', 'key-of-another-caller-77aa')],
  })
})
afterAll(async () => {
  await server.close()
  await trueconf.close()
})

async function sendQuery(query: string, variables: object = {}): Promise<Reply> {
  const response = await fetch(server.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as Reply
}

const ownersQuery = '{ conferences(first: 50) { nodes { owner { vendorId } } } }'
const ownersIn = ({ data }: Reply) => data.conferences!.nodes.map(({ owner }) => owner?.vendorId.toLowerCase())

async function callsOf<T>(work: () => Promise<T>): Promise<{ result: T; paths: string[] }> {
  const from = trueconf.ledger.length
  const result = await work()
  const paths = trueconf.ledger.slice(from).map(({ path }) => path.replace(/^\/api\/v[\d.]+/, ''))
  return { result, paths: paths.filter((path) => !path.includes('oauth')) }
}

describe('owners of a page', () => {
  test('are fetched by ID after one page of users', async () => {
    const { result, paths } = await callsOf(() => sendQuery(ownersQuery))
    expect(result.errors).toBeUndefined()
    expect(ownersIn(result)).toEqual(expected.map((login) => login.toLowerCase()))
    expect(paths.filter((path) => path === '/conferences')).toHaveLength(1)
    expect(paths.filter((path) => path === '/users').length).toBeLessThanOrEqual(1)
    expect(paths.length).toBeLessThanOrEqual(owners + 2)
  })

  test('are found for many concurrent requests', async () => {
    const { result: replies, paths } = await callsOf(() =>
      Promise.all(Array.from({ length: atOnce }, () => sendQuery(ownersQuery))),
    )
    for (const reply of replies) {
      expect(reply.errors).toBeUndefined()
      expect(ownersIn(reply)).toEqual(expected.map((login) => login.toLowerCase()))
    }
    expect(paths.length).toBeLessThanOrEqual(atOnce * (owners + 2))
  })
})

test('finds 100 IDs for each of many concurrent requests', async () => {
  const logins = [...trueconf.data.users.keys()]
  const ids = Array.from({ length: 100 }, (_, index) =>
    Buffer.from(`User:trueconf:${encodeURIComponent(logins[index * 97 + 300]!)}`).toString('base64url'),
  )
  const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }'
  const replies = await Promise.all(Array.from({ length: atOnce }, () => sendQuery(query, { ids })))
  for (const { data, errors } of replies) {
    expect(errors).toBeUndefined()
    expect(data.nodes!.map((node) => node?.id)).toEqual(ids)
  }
})

test('sends at most 8 concurrent calls of one operation to a vendor', async () => {
  mostInProgress = 0
  await sendQuery(ownersQuery)
  expect(mostInProgress).toBeLessThanOrEqual(8)
  expect(mostInProgress).toBeGreaterThan(0)
})
