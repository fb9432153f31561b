import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendQuery, type QueryResult } from '../../support/send-query.ts'
import type { ServerProcess } from '../../support/server.ts'
import { isInstalled, startApollo, startHive } from './programs.ts'
import { keys, openStage, startParley, type Stage } from './stage.ts'
import type { RunningScript } from './start-script.ts'

let stage: Stage
let work: ServerProcess

beforeAll(async () => {
  if (!isInstalled) return
  stage = await openStage('Meeting')
  work = await startParley({ zoom: stage.zoom.account }, 'Work')
})
afterAll(async () => {
  await work?.dispose()
  await stage?.close()
})

describe.skipIf(!isInstalled).each([
  ['Hive Gateway', startHive],
  ['Apollo Gateway', startApollo],
])('%s with two servers that have different prefixes', (name, startGateway) => {
  let gateway: RunningScript

  beforeAll(async () => {
    const subgraphs = { ...stage.subgraphs, work: `${work.url}/subgraph` }
    const config = fileURLToPath(new URL('two-servers.config.js', import.meta.url))
    gateway = await startGateway({ subgraphs, key: keys.gateway, config })
  })
  afterAll(() => gateway?.stop())

  const send = (query: string, variables: Record<string, unknown> = {}): Promise<QueryResult> =>
    sendQuery(gateway.url, query, variables)

  test('returns lists of both servers with the types of each', async () => {
    const selection = `{ __typename nodes { __typename account { __typename key } } edges { __typename } pageInfo { __typename }
      sources { __typename status } }`
    const { data, errors } = await send(`{ meetingUsers(first: 1) ${selection} workUsers(first: 1) ${selection} }`)
    expect(errors).toBeUndefined()
    const toList = (prefix: string) => ({
      __typename: `${prefix}UserConnection`,
      nodes: [{ __typename: `${prefix}User`, account: { __typename: `${prefix}Account`, key: 'zoom' } }],
      edges: [{ __typename: `${prefix}UserEdge` }],
      pageInfo: { __typename: 'PageInfo' },
    })
    const source = (prefix: string, status: string) => ({ __typename: `${prefix}ConnectionSource`, status })
    expect(data).toEqual({
      meetingUsers: { ...toList('Meeting'), sources: [source('Meeting', 'OK'), source('Meeting', 'NOT_REACHED')] },
      workUsers: { ...toList('Work'), sources: [source('Work', 'OK')] },
    })
  })

  test('returns the types of each server for nodes and unions', async () => {
    const found = await send(`{
      meetingUsers(first: 1) { nodes { id } } workUsers(first: 1) { nodes { id } }
      meetingConferences(first: 1, filter: { accounts: ["trueconf"] }) { nodes { id } }
    }`)
    const { meetingUsers, workUsers, meetingConferences } = found.data as Record<string, { nodes: { id: string }[] }>
    const ids = [meetingUsers, workUsers, meetingConferences].map((list) => list!.nodes[0]!.id)
    // The ID of an object has no prefix.
    expect(ids[0]).toBe(ids[1])
    const { data, errors } = await send(
      `query ($user: ID!, $conference: ID!) {
        meetingNode(id: $user) { __typename id ... on MeetingUser { displayName account { __typename } } }
        workNode(id: $user) { __typename id ... on WorkUser { displayName account { __typename } } }
        meetingNodes(ids: [$user, $conference]) { __typename ... on MeetingConference { schedule { __typename } } }
      }`,
      { user: ids[0], conference: ids[2] },
    )
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      meetingNode: {
        __typename: 'MeetingUser',
        id: ids[0],
        displayName: 'Ada Lovelace',
        account: { __typename: 'MeetingAccount' },
      },
      workNode: {
        __typename: 'WorkUser',
        id: ids[0],
        displayName: 'Ada Lovelace',
        account: { __typename: 'WorkAccount' },
      },
      meetingNodes: [
        { __typename: 'MeetingUser' },
        { __typename: 'MeetingConference', schedule: { __typename: expect.stringMatching(/^Meeting\w+Schedule$/) } },
      ],
    })
  })

  test('resolves references to and from types with a prefix', async () => {
    const { data, errors } = await send(`{
      meetingUsers(first: 1) { nodes { __typename employee { __typename department } } }
      employees(first: 2) { edges { node { user { __typename displayName } room { __typename title } } } }
    }`)
    expect(errors).toBeUndefined()
    const room = { __typename: 'MeetingConference', title: 'Planning 1' }
    expect(data).toEqual({
      meetingUsers: {
        nodes: [{ __typename: 'MeetingUser', employee: { __typename: 'Employee', department: 'Board' } }],
      },
      employees: {
        edges: [
          { node: { user: { __typename: 'MeetingUser', displayName: 'Ada Lovelace' }, room: null } },
          { node: { user: { __typename: 'MeetingUser', displayName: 'Jill 佐藤' }, room } },
        ],
      },
    })
  })

  test('sends each mutation to its server', async () => {
    const before = stage.trueconf.effects.length
    const { data, errors } = await send(
      `mutation ($input: MeetingCreateConferenceInput!, $key: String!) {
        meetingCreateConference(input: $input) { __typename outcome operation { __typename mutation } conference { __typename } }
        workCreateConference(input: { account: "trueconf", title: "Plan", idempotencyKey: $key }) {
          __typename outcome problems { __typename code kind } } }`,
      {
        key: `work-${name}`.replace(' ', '-'),
        input: {
          account: 'trueconf',
          title: 'Plan',
          owner: { vendorId: 'helen' },
          schedule: { permanent: true },
          idempotencyKey: `meeting-${name}`.replace(' ', '-'),
        },
      },
    )
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      meetingCreateConference: {
        __typename: 'MeetingCreateConferencePayload',
        outcome: 'SUCCEEDED',
        operation: { __typename: 'MeetingOperation', mutation: 'createConference' },
        conference: { __typename: 'MeetingConference' },
      },
      // This server does not have the account.
      workCreateConference: {
        __typename: 'WorkCreateConferencePayload',
        outcome: 'REJECTED',
        problems: [{ __typename: 'WorkProblem', code: 'BAD_USER_INPUT', kind: 'INPUT' }],
      },
    })
    expect(stage.trueconf.effects).toHaveLength(before + 1)
  })
})
