import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendQuery } from '../support/send-query.ts'
import { openSandboxServer, type SandboxServer } from '../support/sandbox-server.ts'

interface List {
  totalCount?: number | null
  sources: { account: { key: string }; totalCount: number | null }[]
}

let server: SandboxServer

beforeAll(async () => {
  server = await openSandboxServer()
})
afterAll(() => server?.close())

async function read(field: 'users' | 'conferences', selection: string, args: string): Promise<List> {
  const { data } = await sendQuery(server.graphqlUrl, `{ list: ${field}(${args}) { ${selection} } }`)
  return data!['list'] as List
}

const countCalls = async (work: () => Promise<unknown>): Promise<number> => {
  const count = () =>
    Object.values(server.sandboxes.running).reduce(
      (sum, { ledger }) => sum + ledger.filter(({ path }) => !path.endsWith('/token')).length,
      0,
    )
  const before = count()
  await work()
  return count() - before
}

const perAccount = (list: List) =>
  Object.fromEntries(list.sources.map((source) => [source.account.key, source.totalCount]))
const ofSources = 'sources { account { key } totalCount }'

describe('totalCount of sources', () => {
  test('costs no vendor call, and is null for what no call of the page reports', async () => {
    for (const [field, account, expected] of [
      ['users', 'zoom', null],
      ['users', 'trueconf', null],
      ['conferences', 'zoom', null],
      ['conferences', 'trueconf', 500],
    ] as const) {
      const args = `first: 5, filter: { accounts: "${account}" }`
      const without = await countCalls(() => read(field, 'nodes { id }', args))
      const calls = await countCalls(async () => {
        expect(perAccount(await read(field, `nodes { id } ${ofSources}`, args))).toEqual({ [account]: expected })
      })
      expect(calls).toBe(without)
    }
  })

  test.each([`totalCount ${ofSources}`, `${ofSources} totalCount`])(
    'has the totals that the connection reads, which is null if an account reports none: %s',
    async (selection) => {
      const users = await read('users', selection, 'first: 5')
      expect(perAccount(users)).toEqual({ zoom: 1300, trueconf: null, imeetcentral: null })
      expect(users.totalCount).toBeNull()
      const conferences = await read('conferences', selection, 'first: 5')
      expect(perAccount(conferences)).toEqual({ zoom: null, trueconf: 500, imeetcentral: null })
      expect(conferences.totalCount).toBeNull()
    },
  )

  test('is null with a filter that the vendor does not apply', async () => {
    const users = await read('users', `totalCount ${ofSources}`, 'first: 5, filter: { search: "a" }')
    expect(perAccount(users)).toEqual({ zoom: null, trueconf: null, imeetcentral: null })
    expect(users.totalCount).toBeNull()
    const args = 'first: 5, filter: { accounts: ["trueconf"], tag: "board" }'
    expect(await read('conferences', `totalCount ${ofSources}`, args)).toMatchObject({ totalCount: null })
  })
})
