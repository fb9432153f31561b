import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Fault } from '../../support/fault-server.ts'
import { reply, reset } from '../../support/faults.ts'
import { sendQuery, type QueryResult } from '../../support/send-query.ts'
import { isInstalled, startHive } from './programs.ts'
import { keys, openStage, type Stage } from './stage.ts'
import type { RunningScript } from './start-script.ts'
import { forward } from './subgraph-front.ts'

let stage: Stage

beforeAll(async () => {
  if (isInstalled) stage = await openStage()
})
afterAll(() => stage?.close())

const resolve = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const unavailable = reply({ status: 503, body: 'unavailable' })

/** Faults of the responses to a mutation that Parley executes. */
const faults: Record<string, Fault> = {
  'a reset': { kind: reset, applied: true, times: 1 },
  'the status 503': { kind: unavailable, applied: true, times: 1 },
  'the status 503, twice': { kind: unavailable, applied: true, times: 2 },
  'a reset while the mutation is in progress': {
    kind: ({ socket, request }) => {
      void forward(request, stage.server.url)
      socket.resetAndDestroy()
    },
    times: 1,
  },
}

const document = `mutation ($input: CreateConferenceInput!) {
  createConference(input: $input) { __typename outcome replayed conference { __typename title } } }`

const create = (gateway: RunningScript, idempotencyKey: string): Promise<QueryResult> => {
  const input = { account: 'trueconf', title: 'Plan', owner: { vendorId: 'helen' }, schedule: { permanent: true } }
  return sendQuery(gateway.url, document, { input: { ...input, idempotencyKey } }, keys.gateway)
}

const created = { __typename: 'CreateConferencePayload', outcome: 'SUCCEEDED', conference: { title: 'Plan' } }

describe.skipIf(!isInstalled).each([
  ['with a key of its own', false],
  ['that forwards the Authorization of its callers', true],
])('Hive Gateway with upstreamRetry, %s', (_, isForwarding) => {
  let gateway: RunningScript

  beforeAll(async () => {
    const config = resolve('retrying.config.js')
    gateway = await startHive({ subgraphs: stage.subgraphs, key: keys.gateway, isForwarding, config })
  })
  afterAll(() => gateway?.stop())
  afterEach(() => stage.front.faults.clearScript())

  test.each(Object.entries(faults))('creates one conference if the response is lost by %s', async (name, fault) => {
    const before = stage.trueconf.effects.length
    const { requests } = stage.front.faults.ledger
    const attempts = requests.length
    stage.front.requests.length = 0
    stage.front.faults.script(fault)
    const { data, errors } = await create(gateway, `${name}, ${isForwarding}`.replaceAll(/\W+/g, '-'))
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({ createConference: { ...created, replayed: true } })
    expect(requests).toHaveLength(attempts + fault.times! + 1)
    const authorizations = new Set(stage.front.requests.map(({ authorization }) => authorization))
    expect([...authorizations]).toEqual([`Bearer ${keys.gateway}`])
    expect(stage.trueconf.effects).toHaveLength(before + 1)
  })
})

describe.skipIf(!isInstalled)('Hive Gateway with upstreamRetry and propagateHeaders', () => {
  let gateway: RunningScript

  beforeAll(async () => {
    const config = resolve('propagating.config.js')
    gateway = await startHive({ subgraphs: stage.subgraphs, key: keys.gateway, config })
  })
  afterAll(() => gateway?.stop())
  afterEach(() => stage.front.faults.clearScript())

  test('loses the Authorization in the second attempt, and the same key returns the conference', async () => {
    const before = stage.trueconf.effects.length
    stage.front.requests.length = 0
    stage.front.faults.script(faults['the status 503']!)
    const { errors } = await create(gateway, 'without-authorization')
    expect(stage.front.requests.map((request) => request.authorization)).toEqual([`Bearer ${keys.gateway}`, undefined])
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    const again = await create(gateway, 'without-authorization')
    expect(again.data).toMatchObject({ createConference: { ...created, replayed: true } })
    expect(stage.trueconf.effects).toHaveLength(before + 1)
  })
})
