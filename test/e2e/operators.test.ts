import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openSandboxServer, type SandboxServer } from '../support/sandbox-server.ts'

const callers = {
  writer: { scopes: ['read', 'write'] },
  reader: { scopes: ['read', 'write', 'credentials', 'explore'] },
  operator: { scopes: ['read', 'operate'] },
  zoomOperator: { scopes: ['read', 'operate'], accounts: ['zoom'] },
  operatorOnly: { scopes: ['operate'] },
}
type CallerName = keyof typeof callers

let server: SandboxServer

beforeAll(async () => {
  const clients = Object.entries(callers).map(([name, settings]) => ({
    name,
    apiKeySha256: createHash('sha256').update(name).digest('hex'),
    ...settings,
  }))
  server = await openSandboxServer({ clients })
})
afterAll(() => server?.close())

async function sendQuery(caller: CallerName, query: string, variables: object = {}): Promise<any> {
  const response = await fetch(server.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${caller}` },
    body: JSON.stringify({ query, variables }),
  })
  return response.json()
}

/** Sends one mutation of `writer`, and returns its log line. */
async function logMutation(account: string, owner: object): Promise<{ id: string; line: any }> {
  const document = `mutation ($input: CreateConferenceInput!) {
    createConference(input: $input) { outcome operation { id } }
  }`
  const { data } = await sendQuery('writer', document, { input: { account, title: 'Planning', owner } })
  const { id } = data.createConference.operation as { id: string }
  const line = await vi.waitFor(() => {
    const found = mutationLines().find(({ operationId }) => operationId === id)
    expect(found).toBeDefined()
    return found
  })
  return { id, line }
}

const mutationLines = (): any[] =>
  server
    .stderr()
    .split('\n')
    .filter((text) => text.includes('"msg":"mutation"'))
    .map((text) => JSON.parse(text))

const byId = `query ($id: ID!) { operation(id: $id) { id mutation outcome account { key } } }`
const byNode = `query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }`

describe('operationId in the log', () => {
  test.each([
    ['a mutation that succeeded', 'trueconf', { vendorId: 'helen' }, 'SUCCEEDED'],
    ['a mutation that was rejected before it was sent', 'nowhere', { vendorId: 'helen' }, 'REJECTED'],
  ])('is the ID that operation(id) accepts, of %s', async (_, account, owner, outcome) => {
    const { id, line } = await logMutation(account, owner)
    expect(line).toMatchObject({ caller: 'writer', mutation: 'createConference', outcome })
    const { data } = await sendQuery('writer', byId, { id: line.operationId })
    expect(data.operation).toMatchObject({ id, outcome })
  })
})

describe('scope operate', () => {
  test('lets a caller look up the operation of any caller, without a vendor call', async () => {
    const { id } = await logMutation('trueconf', { vendorId: 'helen' })
    const calls = countCalls()
    const { data } = await sendQuery('operator', byId, { id })
    expect(data.operation).toEqual({
      id,
      mutation: 'createConference',
      outcome: 'SUCCEEDED',
      account: { key: 'trueconf' },
    })
    expect((await sendQuery('operator', byNode, { id })).data).toEqual({ node: { id }, nodes: [{ id }] })
    expect(countCalls()).toBe(calls)
  })

  test('is required for operations of other callers', async () => {
    const { id } = await logMutation('trueconf', { vendorId: 'helen' })
    expect(await sendQuery('reader', byId, { id })).toEqual({ data: { operation: null } })
    expect(await sendQuery('reader', byNode, { id })).toEqual({ data: { node: null, nodes: [null] } })
  })

  test('does not reveal operations of accounts that the caller cannot use', async () => {
    const { id } = await logMutation('trueconf', { vendorId: 'helen' })
    const { id: unplaced } = await logMutation('nowhere', { vendorId: 'helen' })
    expect(await sendQuery('zoomOperator', byId, { id })).toEqual({ data: { operation: null } })
    expect(await sendQuery('zoomOperator', byId, { id: unplaced })).toEqual({ data: { operation: null } })
    const { ledger } = server.sandboxes.running['zoom']!
    const [user] = await findZoomUsers()
    const { id: atZoom } = await logMutation('zoom', { vendorId: user })
    const calls = ledger.length
    expect((await sendQuery('zoomOperator', byId, { id: atZoom })).data.operation).toMatchObject({ id: atZoom })
    expect(ledger.length).toBe(calls)
  })

  test('allows no query without the scope read', async () => {
    const { id } = await logMutation('trueconf', { vendorId: 'helen' })
    const { data, errors } = await sendQuery('operatorOnly', byId, { id })
    expect(data).toBeUndefined()
    expect(errors[0].extensions.code).toBe('FORBIDDEN')
  })
})

const countCalls = (): number => Object.values(server.sandboxes.running).flatMap(({ ledger }) => ledger).length

async function findZoomUsers(): Promise<string[]> {
  const { data } = await sendQuery(
    'writer',
    '{ users(first: 1, filter: { accounts: ["zoom"] }) { nodes { vendorId } } }',
  )
  return data.users.nodes.map(({ vendorId }: { vendorId: string }) => vendorId)
}
