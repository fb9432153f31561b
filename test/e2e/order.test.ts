import { afterAll, beforeAll, expect, test } from 'vitest'
import { start as startCentral, type IMeetCentralSandbox } from '../../src/sandboxes/imeetcentral/index.ts'
import { start as startTrueConf, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { createClient, type SendQuery } from '../support/client.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'
import { conferencesPage, usersPage } from './documents.ts'
import type { UserOrderField } from './gql/graphql.ts'
import { listUsers } from './list-users.ts'

let trueconf: TrueConfSandbox
let central: IMeetCentralSandbox
let server: OpenServer
let sendQuery: SendQuery

beforeAll(async () => {
  trueconf = await startTrueConf({ users: 120, conferences: 151 })
  central = await startCentral({ seed: { users: 90, workspaces: 20 } })
  const accounts = { trueconf: trueconf.account, central: central.account }
  server = await openServer({ accounts, limits: { orderByItems: 150 } })
  sendQuery = createClient(server.graphqlUrl)
})
afterAll(async () => {
  await server.close()
  await Promise.all([trueconf.close(), central.close()])
})

const collator = new Intl.Collator('und', { numeric: true })
const fields: [UserOrderField, 'displayName' | 'email'][] = [
  ['DISPLAY_NAME', 'displayName'],
  ['EMAIL', 'email'],
]

test.each(fields)(
  'orders by %s, ascending and descending, and returns every user once in both paging directions',
  async (field, property) => {
    for (const direction of ['ASC', 'DESC'] as const) {
      const orderBy = { field, direction }
      const forwards = await listUsers(sendQuery, 'first', { size: 30, orderBy })
      const texts = forwards.nodes.map((user) => user[property]!)
      expect(texts).toHaveLength(210)
      const sorted = texts.toSorted((a, b) => collator.compare(a, b) * (direction === 'ASC' ? 1 : -1))
      expect(texts).toEqual(sorted)
      expect(forwards.pages[0]!.totalCount).toBe(210)
      const backwards = await listUsers(sendQuery, 'last', { size: 30, orderBy })
      expect(backwards.nodes.map(({ id }) => id)).toEqual(forwards.nodes.map(({ id }) => id))
    }
  },
)

test('rejects the whole field if the list of one account is too long, and names the limit', async () => {
  const orderBy = { field: 'TITLE', direction: 'ASC' } as const
  for (const filter of [undefined, { accounts: ['trueconf'] }]) {
    const { data, errors } = await sendQuery(conferencesPage, { first: 5, orderBy, filter })
    expect(data!.conferences).toBeNull()
    expect(errors).toMatchObject([
      { path: ['conferences'], extensions: { code: 'OPERATION_TOO_EXPENSIVE', account: 'trueconf' } },
    ])
    expect(errors[0]!.message).toContain('150 objects')
  }
  const narrowed = await sendQuery(conferencesPage, {
    first: 5,
    orderBy,
    filter: { accounts: ['trueconf'], tag: 'board' },
  })
  expect(narrowed.errors).toEqual([])
  expect(narrowed.data!.conferences!.nodes).toHaveLength(5)
})

test('rejects a cursor of another sort order', async () => {
  const orderBy = { field: 'EMAIL', direction: 'ASC' } as const
  const { data } = await sendQuery(usersPage, { first: 3, orderBy })
  const after = data!.users!.pageInfo.endCursor!
  for (const other of [{ ...orderBy, direction: 'DESC' as const }, undefined]) {
    const { errors } = await sendQuery(usersPage, { first: 3, after, orderBy: other })
    expect(errors[0]!.extensions.code).toBe('CURSOR_FOREIGN')
  }
})
