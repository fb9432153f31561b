import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendQuery } from '../../support/send-query.ts'
import { isInstalled, startApollo, startHive } from './programs.ts'
import { keys, openStage, type Stage } from './stage.ts'
import type { RunningScript } from './start-script.ts'

let stage: Stage

beforeAll(async () => {
  if (isInstalled) stage = await openStage()
})
afterAll(() => stage?.close())

describe.skipIf(!isInstalled).each([
  ['Hive Gateway', startHive],
  ['Apollo Gateway', startApollo],
])('%s that forwards the Authorization of its callers', (_, startGateway) => {
  let gateway: RunningScript

  beforeAll(async () => {
    gateway = await startGateway({ subgraphs: stage.subgraphs, key: keys.gateway, isForwarding: true })
  })
  afterAll(() => gateway?.stop())

  test('returns what each caller can access, also of entities', async () => {
    const query = '{ accounts { key } employees { edges { node { user { id displayName } } } } }'
    const findAs = async (key: string): Promise<unknown> => (await sendQuery(gateway.url, query, {}, key)).data
    expect(await findAs(keys.gateway)).toMatchObject({
      accounts: [{ key: 'zoom' }, { key: 'trueconf' }],
      employees: { edges: [{}, {}, { node: { user: { displayName: 'Helen Smith' } } }, {}] },
    })
    expect(await findAs(keys.zoomer)).toMatchObject({
      accounts: [{ key: 'zoom' }],
      employees: {
        edges: [{ node: { user: { displayName: 'Ada Lovelace' } } }, {}, { node: { user: null } }, {}],
      },
    })
  })

  test('returns the error UNAUTHENTICATED to a caller without credentials', async () => {
    const before = stage.countCalls()
    const { data, errors } = await sendQuery(gateway.url, '{ users(first: 1) { nodes { id } } }')
    expect(data?.['users'] ?? null).toBeNull()
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
    expect(stage.countCalls()).toBe(before)
  })
})
