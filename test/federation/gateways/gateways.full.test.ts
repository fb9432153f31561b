import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { sendQuery, type QueryResult } from '../../support/send-query.ts'
import { isInstalled, startApollo, startHive } from './programs.ts'
import { keys, openStage, type Stage } from './stage.ts'
import type { RunningScript } from './start-script.ts'

let stage: Stage

beforeAll(async () => {
  if (isInstalled) stage = await openStage()
})
afterAll(() => stage?.close())

const users = `{ users(first: 100) { __typename edges { __typename cursor node { __typename id vendorId displayName } }
  pageInfo { __typename hasNextPage endCursor }
  sources { __typename account { __typename key } status nodes problem { __typename code kind message retryable } } } }`

describe.skipIf(!isInstalled).each([
  ['Hive Gateway', startHive],
  ['Apollo Gateway', startApollo],
])('%s', (name, startGateway) => {
  let gateway: RunningScript

  beforeAll(async () => {
    gateway = await startGateway({ subgraphs: stage.subgraphs, key: keys.gateway })
  })
  afterAll(() => gateway?.stop())
  beforeEach(() => {
    stage.front.requests.length = 0
  })

  const send = (query: string, variables?: Record<string, unknown>): Promise<QueryResult> =>
    sendQuery(gateway.url, query, variables)
  const sendDirectly = (query: string): Promise<QueryResult> =>
    sendQuery(`${stage.server.url}/subgraph`, query, {}, keys.gateway)

  test('returns a list with its sources as Parley does', async () => {
    const result = await send(users)
    expect(result).toEqual(await sendDirectly(users))
    expect(result.data).toMatchObject({ users: { sources: [{ status: 'OK', nodes: 20 }, { status: 'OK' }] } })
    expect(stage.front.requests).toHaveLength(1)
  })

  test('returns the data of the other accounts if one account is down', async () => {
    const removeFault = stage.zoom.fault({ match: { path: /users/ }, kind: 'reset' })
    try {
      const result = await send(users)
      expect(result.errors).toBeUndefined()
      expect(result.data).toMatchObject({
        users: {
          edges: expect.arrayContaining([expect.objectContaining({ __typename: 'UserEdge' })]),
          sources: [
            {
              status: 'FAILED',
              nodes: 0,
              problem: { code: 'VENDOR_UNAVAILABLE', kind: 'UNAVAILABLE', retryable: true },
            },
            { status: 'OK', problem: null },
          ],
        },
      })
    } finally {
      removeFault()
    }
  })

  test('keeps code, kind, and request ID of an error', async () => {
    const { data, errors } = await send('{ users(first: 1000) { nodes { id } } accounts { key } }')
    expect(data).toEqual({ users: null, accounts: [{ key: 'zoom' }, { key: 'trueconf' }] })
    expect(errors).toMatchObject([
      { path: ['users'], extensions: { code: 'BAD_USER_INPUT', kind: 'INPUT', retryable: false } },
    ])
    const { requestId } = errors![0]!.extensions
    await vi.waitFor(() =>
      expect(stage.server.lines()).toContainEqual(
        expect.objectContaining({ requestId, msg: 'operation', codes: ['BAD_USER_INPUT'] }),
      ),
    )
  })

  test('keeps the code of an error in a field of an entity', async () => {
    const field = 'conferences(first: 1000) { nodes { id } }'
    const { data, errors } = await send(`{ employees(first: 1) { edges { node { user { displayName ${field} } } } } }`)
    const user = { displayName: 'Ada Lovelace', conferences: null }
    expect(data).toEqual({ employees: { edges: [{ node: { user } }] } })
    const path = ['employees', 'edges', 0, 'node', 'user', 'conferences']
    expect(errors).toMatchObject([{ path, extensions: { code: 'BAD_USER_INPUT', kind: 'INPUT' } }])
  })

  test('does not create a conference with two fields of a @oneOf input', async () => {
    const schedule = { permanent: true, oneTime: { startsAt: '2027-01-01T10:00:00Z', durationMinutes: 30 } }
    const input = {
      account: 'trueconf',
      title: 'Plan',
      owner: { vendorId: 'helen' },
      schedule,
      idempotencyKey: 'both-fields',
    }
    const document = 'mutation ($input: CreateConferenceInput!) { createConference(input: $input) { outcome } }'
    const before = stage.countCalls()
    const { data, errors } = await send(document, { input })
    expect(data?.['createConference']).toBeUndefined()
    expect(errors![0]!.message).toContain('ScheduleInput')
    expect(stage.countCalls()).toBe(before)
    // Only Apollo's composition omits `@oneOf`, so that Parley rejects the input.
    if (name === 'Apollo Gateway')
      expect(errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT', kind: 'INPUT', requestId: expect.any(String) } },
      ])
    expect(stage.front.requests).toHaveLength(name === 'Apollo Gateway' ? 1 : 0)
  })

  test('resolves a field of another subgraph by email with one request to Parley', async () => {
    const document =
      '{ users(first: 3) { nodes { __typename email employee { __typename department user { displayName } } } } }'
    const { data, errors } = await send(document)
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({
      users: {
        nodes: [
          { __typename: 'User', email: 'ada.0@example.com', employee: { __typename: 'Employee', department: 'Board' } },
          { email: 'jill.1@example.com', employee: { department: 'Sales' } },
          { employee: null },
        ],
      },
    })
    expect(stage.front.requests).toHaveLength(2)
  })

  test('resolves references by ID and by vendor ID with one request to Parley for each step', async () => {
    const before = stage.countCalls()
    const { data, errors } =
      await send(`{ employees { pageInfo { __typename hasNextPage } edges { node { __typename email
      user { __typename id displayName account { __typename key label } }
      room { __typename title owner { __typename email employee { __typename department } } } } } } }`)
    expect(errors).toBeUndefined()
    const owner = { __typename: 'User', email: 'helen@example.com', employee: { department: 'Sales' } }
    const room = { __typename: 'Conference', title: 'Planning 1', owner }
    const toUser = (displayName: string, key: string) => ({
      __typename: 'User',
      displayName,
      account: { __typename: 'Account', key, label: expect.any(String) },
    })
    expect(data).toMatchObject({
      employees: {
        pageInfo: { __typename: 'PageInfo', hasNextPage: false },
        edges: [
          { node: { __typename: 'Employee', user: toUser('Ada Lovelace', 'zoom'), room: null } },
          { node: { user: toUser('Jill 佐藤', 'zoom'), room } },
          { node: { user: toUser('Helen Smith', 'trueconf'), room } },
          { node: { user: toUser('Dean García', 'trueconf'), room: null } },
        ],
      },
    })
    // Hive Gateway sends the steps that do not depend on each other together.
    expect(stage.front.requests).toHaveLength(name === 'Hive Gateway' ? 1 : 2)
    const sent = stage.front.requests.flatMap(({ variables }) => Object.values(variables!)) as unknown[][]
    expect(sent.map(({ length }) => length).toSorted()).toEqual([expect.any(Number), 4])
    // Four users, one conference, and its owner.
    expect(stage.countCalls() - before).toBeLessThanOrEqual(6)
  })
})
