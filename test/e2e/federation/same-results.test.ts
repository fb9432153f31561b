import * as fc from 'fast-check'
import { parse, validate } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSubgraph } from '../../../src/federation/subgraph.ts'
import { schema } from '../../../src/schema/index.ts'
import { randomOperations, type RandomOperation } from '../../execution/random-documents.ts'
import { renameDocument } from '../../federation/rename-document.ts'
import { runs } from '../../support/property.ts'
import { openStage, type Stage } from './stage.ts'

describe.each(['', 'Meeting'])('/subgraph with the prefix "%s"', (prefix) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openStage({ federation: prefix === '' ? {} : { prefix }, limits: { aliases: 500, directives: 500 } })
  })
  afterAll(() => stage?.close())

  /** Returns the result without what differs between two requests, and without the prefix. */
  async function send(path: string, text: string, variables: Record<string, unknown>): Promise<unknown> {
    const result = await stage.send(path, text, variables)
    const changing = ['requestId', 'locations', 'asOf', 'retryAt']
    // The cursors of a sorted list name the list that was read for the request.
    if (text.includes('orderBy')) changing.push('cursor', 'startCursor', 'endCursor')
    return JSON.parse(JSON.stringify(result), (name, value: unknown) => {
      if (changing.includes(name)) return undefined
      const hasTypeName = name === '__typename' || name === 'message'
      return typeof value === 'string' && hasTypeName && prefix !== '' ? value.replaceAll(prefix, '') : value
    })
  }

  async function compare(text: string, variables: Record<string, unknown>): Promise<void> {
    const expected = await send('/graphql', text, variables)
    expect(await send('/subgraph', renameDocument(schema, text, prefix), variables), text).toEqual(expected)
  }

  // Generated from the subgraph, whose mutations have keys.
  const operations = randomOperations(createSubgraph(schema, '').schema).filter(
    ({ text }: RandomOperation) =>
      text.startsWith('query') &&
      // The health of an account changes with each request.
      !/health|_service|_entities/.test(text) &&
      validate(schema, parse(text)).length === 0,
  )

  test('returns the same as /graphql for every query', { timeout: 120_000 }, () =>
    fc.assert(
      fc.asyncProperty(operations, ({ text, variables }) => compare(text, variables[0])),
      runs(60, 1_000),
    ),
  )

  test.each([
    [
      'sorted users with a fragment',
      `query ($first: Int, $filter: UserFilter) {
         users(first: $first, filter: $filter, orderBy: { field: EMAIL }) {
           __typename
           edges { __typename cursor node { ...Person } }
           pageInfo { __typename hasNextPage endCursor }
           sources { __typename status account { __typename key } problem { __typename code kind } } } }
       fragment Person on User { __typename id status presence sameAs { id } account { __typename vendor capabilities } }`,
      { first: 3, filter: { status: ['ACTIVE'] } },
    ],
    [
      'conferences with each kind of schedule',
      `{ __typename
         conferences(first: 10) { nodes { __typename kind schedule { __typename
           ... on OneTimeSchedule { startsAt durationMinutes }
           ... on PermanentSchedule { since } }
           participants(first: 3) { nodes { __typename id user { __typename } } } } } }`,
      {},
    ],
    ['a user by vendor ID', '{ userBy(account: "berlin", ref: { vendorId: "helen" }) { __typename id vendorId } }', {}],
    [
      'a user by two references',
      '{ userBy(account: "berlin", ref: { vendorId: "x", email: "y@example.com" }) { id } }',
      {},
    ],
    ['an unknown account', '{ conferenceBy(account: "none", ref: { vendorId: "1" }) { __typename } }', {}],
    ['a page that is too large', '{ users(first: 101) { nodes { id } } }', {}],
    [
      'a list of an unknown account beside a field without an error',
      '{ users(filter: { accounts: ["none"] }) { nodes { id } } accounts { key } }',
      {},
    ],
    [
      'three levels of lists',
      `{ users(first: 100) { nodes { conferences(first: 100) { nodes { participants(first: 100) { nodes { id } } } } } } }`,
      {},
    ],
    [
      'two lists of each account',
      '{ accounts { users(first: 100) { nodes { id } } conferences(first: 100) { nodes { id } } } }',
      {},
    ],
    ['251 IDs', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array.from({ length: 251 }, () => 'x') }],
    [
      'two lists of each conference',
      `{ conferences(first: 100) { nodes { owner { conferences { nodes { id } } } participants { nodes { id } } } } }`,
      {},
    ],
  ])('returns the same as /graphql for %s', (_, text, variables) => compare(text, variables))

  test('returns the names of types with the prefix', async () => {
    const name = (type: string): string => `${prefix}${type}`
    const users = prefix === '' ? 'users' : `${prefix.toLowerCase()}Users`
    const node = prefix === '' ? 'node' : `${prefix.toLowerCase()}Node`
    const { data } = await stage.send(
      '/subgraph',
      `{ ${users}(first: 1) { __typename nodes { __typename id account { __typename } } pageInfo { __typename } sources { __typename } } }`,
    )
    const found = (data as any)[users]
    expect(found).toMatchObject({
      __typename: name('UserConnection'),
      nodes: [{ __typename: name('User'), account: { __typename: name('Account') } }],
      pageInfo: { __typename: 'PageInfo' },
      sources: [{ __typename: name('ConnectionSource') }, { __typename: name('ConnectionSource') }],
    })
    const { id } = found.nodes[0]
    const byId = await stage.send('/subgraph', `{ ${node}(id: "${id}") { __typename ... on ${name('User')} { id } } }`)
    expect(byId).toEqual({ data: { [node]: { __typename: name('User'), id } } })
    const entities = await stage.send(
      '/subgraph',
      'query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }',
      {
        r: [
          { __typename: name('User'), id },
          { __typename: name('Account'), key: 'zoom' },
          { __typename: `Other${name('User')}`, id },
        ],
      },
    )
    expect(entities.data).toEqual({
      _entities: [{ __typename: name('User') }, { __typename: name('Account') }, null],
    })
    expect(entities.errors).toMatchObject([{ path: ['_entities', 2], extensions: { code: 'BAD_USER_INPUT' } }])
    expect(entities.errors![0]!.message).toContain(name('User'))
    const invalid = await stage.send('/subgraph', `{ ${node}(id: "x") { id } }`)
    expect(invalid.errors).toMatchObject([{ path: [node], extensions: { code: 'INVALID_ID' } }])
  })

  test('returns the result of a mutation that was sent to /graphql', async () => {
    const text = `mutation ($input: CreateConferenceInput!) { createConference(input: $input) {
      __typename outcome problems { __typename code }
      operation { __typename id mutation idempotencyKey result { __typename id } }
      conference { __typename id title schedule { __typename } } } }`
    const input = {
      account: 'berlin',
      title: 'Plan',
      owner: { vendorId: 'helen' },
      schedule: { permanent: true },
      idempotencyKey: 'between-endpoints',
    }
    await compare(text, { input })
    expect(stage.trueconf.effects).toHaveLength(1)
  })

  test('streams events', async () => {
    const field = prefix === '' ? 'conferenceEvents' : 'meetingConferenceEvents'
    const response = await fetch(`${stage.server.url}/subgraph`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        authorization: 'Bearer key-of-gateway-5f0c9d2b7a61',
      },
      body: JSON.stringify({ query: `subscription { ${field} { __typename cursor sources { __typename } } }` }),
    })
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (!text.includes('\n\n') || !text.includes('data:')) text += (await reader.read()).value ?? ''
    await reader.cancel()
    expect(text).toContain(`"${field}":{"__typename":"${prefix}ConferenceEventMessage"`)
  })

  test('accepts queries by GET, and rejects mutations', async () => {
    const accounts = prefix === '' ? 'accounts' : 'meetingAccounts'
    const get = (query: string): Promise<Response> =>
      fetch(`${stage.server.url}/subgraph?${new URLSearchParams({ query }).toString()}`, {
        headers: { authorization: 'Bearer key-of-gateway-5f0c9d2b7a61' },
      })
    expect(await (await get(`{ ${accounts} { key } }`)).json()).toEqual({
      data: { [accounts]: [{ key: 'zoom' }, { key: 'berlin' }] },
    })
    expect((await get('mutation { __typename }')).status).toBe(405)
  })
})
