import { afterEach, beforeEach, expect, test } from 'vitest'
import { start as startCentral, type IMeetCentralSandbox } from '../../src/sandboxes/imeetcentral/index.ts'
import { start as startTrueConf, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { start as startZoom, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { createClient, type SendQuery } from '../support/client.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'
import { usersPage } from './documents.ts'
import { countByAccount, listUsers } from './list-users.ts'

const credentials = { clientId: 'the-same-after', clientSecret: 'every-start-of-it' }
let zoom: ZoomSandbox
let trueconf: TrueConfSandbox
let central: IMeetCentralSandbox
let server: OpenServer
let sendQuery: SendQuery

beforeEach(async () => {
  zoom = await startZoom({ seed: { active: 120, inactive: 6, pending: 4 } })
  trueconf = await startTrueConf({ users: 150, ...credentials })
  central = await startCentral({ seed: { users: 110 } })
  const accounts = { zoom: zoom.account, trueconf: trueconf.account, central: central.account }
  server = await openServer({ accounts })
  sendQuery = createClient(server.graphqlUrl)
})
afterEach(async () => {
  await server.close()
  await Promise.all([zoom, trueconf, central].map((sandbox) => sandbox.close()))
})

/**
 * The access token is cached, so that the vendor call fails instead of the token request, whose failure is shared for 3
 * s.
 */
async function switchOff(): Promise<void> {
  const { errors } = await sendQuery(usersPage, { first: 1, filter: { accounts: ['trueconf'] } })
  expect(errors).toEqual([])
  await trueconf.close()
}

async function switchOn(): Promise<void> {
  trueconf = await startTrueConf({ users: 150, ...credentials, port: Number(new URL(trueconf.url).port) })
}

test.each(['first', 'last'] as const)(
  'returns the other two accounts in full and reports TrueConf as failed while it is off, %s',
  async (direction) => {
    await switchOff()
    const { nodes, pages, errors } = await listUsers(sendQuery, direction)
    expect(countByAccount(nodes)).toEqual({ zoom: 130, central: 110 })
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(240)
    const failed = pages.filter(({ sources }) => sources[1]!.status === 'FAILED')
    expect(failed.length).toBeGreaterThan(0)
    for (const { sources, pageInfo } of failed) {
      expect(sources[1]).toMatchObject({ nodes: 0, problem: { code: 'VENDOR_UNAVAILABLE', retryable: true } })
      expect(direction === 'first' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage).toBe(true)
    }
    // Only TrueConf remains to be read, so that the result is an error.
    expect(errors).toMatchObject([{ path: ['users'], extensions: { code: 'VENDOR_UNAVAILABLE', account: 'trueconf' } }])
  },
)

test.each(['first', 'last'] as const)(
  'returns all users of an account that recovers during paging, with %s',
  async (direction) => {
    await switchOff()
    let missed = false
    const { nodes, pages, errors } = await listUsers(sendQuery, direction, {
      size: 40,
      between: async () => {
        if (missed) return
        // The outage ends after the page that encounters it first.
        const { data } = await sendQuery(usersPage, { first: 1, filter: { accounts: ['trueconf'] } })
        missed = data?.users == null
        if (missed) await switchOn()
      },
    })
    expect(errors).toEqual([])
    expect(countByAccount(nodes)).toEqual({ zoom: 130, trueconf: 150, central: 110 })
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(390)
    expect(pages.at(-1)!.sources.map(({ status }) => status)).toEqual(['OK', 'OK', 'OK'])
  },
)

test('returns all users if the account fails and recovers while its own users are read', async () => {
  const { nodes, errors } = await listUsers(sendQuery, 'first', {
    size: 50,
    between: async (pages) => {
      if (pages === 4) await trueconf.close()
      if (pages === 6) await switchOn()
    },
  })
  const whole = await listUsers(sendQuery, 'first')
  expect(errors).toEqual([])
  expect(countByAccount(nodes)).toEqual({ zoom: 130, trueconf: 150, central: 110 })
  expect(nodes.map(({ id }) => id).toSorted()).toEqual(whole.nodes.map(({ id }) => id).toSorted())
})

test('returns the same nodes for the other accounts as without the failing account', async () => {
  await trueconf.close()
  const { nodes } = await listUsers(sendQuery, 'first')
  const without = await listUsers(sendQuery, 'first', { filter: { accounts: ['zoom', 'central'] } })
  expect(without.errors).toEqual([])
  expect(JSON.stringify(nodes)).toBe(JSON.stringify(without.nodes))
})

test('omits a failed account from an ordered list, and includes it after it recovers', async () => {
  const orderBy = { field: 'DISPLAY_NAME', direction: 'ASC' } as const
  const filter = { accounts: ['trueconf', 'central'] }
  await switchOff()
  const { nodes, pages, errors } = await listUsers(sendQuery, 'first', {
    filter,
    orderBy,
    between: async (count) => {
      if (count === 1) await switchOn()
    },
  })
  expect(errors).toEqual([])
  expect(pages[0]!.sources[0]).toMatchObject({ status: 'FAILED', problem: { code: 'VENDOR_UNAVAILABLE' } })
  expect(pages[0]!.totalCount).toBeNull()
  expect(countByAccount(nodes)).toEqual({ trueconf: 150, central: 110 })
  expect(new Set(nodes.map(({ id }) => id)).size).toBe(260)
})
