import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandboxes, type Sandboxes } from '../../src/sandboxes/index.ts'
import { createPerson } from '../../src/sandboxes/people.ts'
import type { IMeetCentralSandbox } from '../../src/sandboxes/imeetcentral/index.ts'
import type { TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { vendors } from '../../src/vendors/index.ts'
import { createClient, type SendQuery } from '../support/client.ts'
import type { ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'
import { accountsNow, conferencesPage, conferencesWithOwners, nodesById, userById, usersPage } from './documents.ts'
import { countByAccount, listUsers } from './list-users.ts'

const keys = vendors.map(({ slug }) => slug)
let sandboxes: Sandboxes
let server: ServerProcess
let sendQuery: SendQuery

beforeAll(async () => {
  sandboxes = await startSandboxes(0)
  server = await startProcess({ accounts: sandboxes.accounts })
  sendQuery = createClient(server.graphqlUrl)
})
afterAll(async () => {
  expect(await server.stop()).toBe(0)
  await sandboxes.close()
})

/** Returns the requests that the vendors received while `work` ran, without token requests. */
async function listCalls(work: () => Promise<unknown>): Promise<string[]> {
  const before = new Map(Object.entries(sandboxes.running).map(([key, { ledger }]) => [key, ledger.length]))
  await work()
  return Object.entries(sandboxes.running).flatMap(([key, { ledger }]) =>
    ledger
      .slice(before.get(key))
      .filter(({ path }) => !path.endsWith('/token'))
      .map(({ method, path, query }) => `${key} ${method} ${path}${query && `?${query}`}`),
  )
}

describe('before the first vendor call', () => {
  test('returns accounts, capabilities, and health without a vendor call', async () => {
    const calls = await listCalls(async () => {
      const { data, errors } = await sendQuery(accountsNow, {})
      expect(errors).toEqual([])
      expect(data!.accounts.map(({ key }) => key)).toEqual(keys)
      for (const { health, capabilities } of data!.accounts) {
        expect(health).toMatchObject({ state: 'UNUSED', calls: 0, tokenExpiresAt: null, lastProblem: null })
        expect(capabilities).toContain('LIST_USERS')
      }
    })
    expect(calls).toEqual([])
  })
})

describe('users of all accounts as one list', () => {
  let forwards: Awaited<ReturnType<typeof listUsers>>

  test('returns every user once when paged forward, account by account', async () => {
    forwards = await listUsers(sendQuery, 'first')
    expect(forwards.errors).toEqual([])
    expect(countByAccount(forwards.nodes)).toEqual({ zoom: 1300, trueconf: 500, imeetcentral: 200 })
    expect(new Set(forwards.nodes.map(({ id }) => id)).size).toBe(2000)
    const order = forwards.nodes.map(({ account }) => keys.indexOf(account.key))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    const trueconf = forwards.nodes.filter(({ account }) => account.key === 'trueconf')
    const { data } = sandboxes.running['trueconf'] as TrueConfSandbox
    expect(trueconf.map(({ vendorId }) => vendorId)).toEqual([...data.users.keys()])
  })

  test('returns full pages, and reports the progress of each account in sources', () => {
    const { pages } = forwards
    expect(pages.map(({ nodes }) => nodes.length)).toEqual(Array.from({ length: 20 }, () => 100))
    for (const { sources, nodes } of pages) {
      expect(sources.map(({ account }) => account.key)).toEqual(keys)
      expect(sources.reduce((sum, source) => sum + source.nodes, 0)).toBe(nodes.length)
      expect(sources.every(({ problem }) => problem === null)).toBe(true)
    }
    expect(pages[0]!.sources.map(({ status }) => status)).toEqual(['OK', 'NOT_REACHED', 'NOT_REACHED'])
    expect(pages.at(-1)!.sources.map(({ status }) => status)).toEqual(['OK', 'OK', 'OK'])
  })

  test('returns the same list when paged backward', async () => {
    const backwards = await listUsers(sendQuery, 'last')
    expect(backwards.errors).toEqual([])
    expect(backwards.nodes.map(({ id }) => id)).toEqual(forwards.nodes.map(({ id }) => id))
  })

  test('continues from the middle in both directions', async () => {
    const cursor = forwards.pages[12]!.pageInfo.endCursor!
    const [after, before] = await Promise.all([
      sendQuery(usersPage, { first: 60, after: cursor }),
      sendQuery(usersPage, { last: 60, before: cursor }),
    ])
    const ids = forwards.nodes.map(({ id }) => id)
    expect(after.data!.users!.nodes.map(({ id }) => id)).toEqual(ids.slice(1300, 1360))
    expect(before.data!.users!.nodes.map(({ id }) => id)).toEqual(ids.slice(1239, 1299))
  })

  test('accepts a cursor after a restart of the server', async () => {
    const cursor = forwards.pages[14]!.pageInfo.endCursor!
    await server.restart()
    sendQuery = createClient(server.graphqlUrl)
    const { data } = await sendQuery(usersPage, { first: 30, after: cursor })
    expect(data!.users!.nodes.map(({ id }) => id)).toEqual(forwards.nodes.slice(1500, 1530).map(({ id }) => id))
  })

  test('reports totalCount if every selected account reports its total, otherwise null', async () => {
    const total = async (accounts: string[]) =>
      (await sendQuery(usersPage, { first: 5, filter: { accounts } })).data!.users!.totalCount
    expect(await total(['zoom'])).toBe(1300)
    expect(await total(['trueconf'])).toBeNull()
    expect(await total(['zoom', 'trueconf'])).toBeNull()
    const { data } = await sendQuery(conferencesPage, { first: 5, filter: { accounts: ['trueconf'] } })
    expect(data!.conferences!.totalCount).toBe(500)
    const narrowed = await sendQuery(conferencesPage, { first: 5, filter: { accounts: ['trueconf'], tag: 'board' } })
    expect(narrowed.data!.conferences!.totalCount).toBeNull()
  })

  test('reports the total of the vendor if the vendor filters, and that of each account in sources', async () => {
    const { users } = (sandboxes.running['zoom'] as ZoomSandbox).data
    const active = users.filter(({ status }) => status === 'active').length
    const query = `query ($filter: UserFilter) {
      users(first: 1, filter: $filter) { totalCount sources { account { key } totalCount } }
    }`
    const read = async (filter: object) => {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(server.graphqlUrl, {
        method: 'POST',
        headers,
        body: JSON.stringify({ query, variables: { filter } }),
      })
      return ((await response.json()) as { data: { users: object } }).data.users
    }
    expect(active).toBeGreaterThan(0)
    const zoom = { account: { key: 'zoom' }, totalCount: active }
    expect(await read({ accounts: ['zoom'], status: ['ACTIVE'] })).toEqual({ totalCount: active, sources: [zoom] })
    expect(await read({ accounts: ['zoom', 'trueconf'], status: ['ACTIVE'] })).toEqual({
      totalCount: null,
      sources: [zoom, { account: { key: 'trueconf' }, totalCount: null }],
    })
    expect(await read({ accounts: ['zoom'], search: 'a' })).toMatchObject({ totalCount: null })
  })
})

describe('number of vendor calls', () => {
  test('fetches 50 TrueConf conferences with their owners in 2 calls', async () => {
    const calls = await listCalls(async () => {
      const { data } = await sendQuery(conferencesWithOwners, { first: 50, accounts: ['trueconf'] })
      expect(data!.conferences!.nodes).toHaveLength(50)
      expect(new Set(data!.conferences!.nodes.map(({ owner }) => owner!.id)).size).toBe(50)
    })
    expect(calls).toHaveLength(2)
  })

  test('fetches the hosts of Zoom meetings without additional calls, because the scan has read them', async () => {
    const filter = { accounts: ['zoom'] }
    const without = await listCalls(() => sendQuery(conferencesPage, { first: 50, filter }))
    const calls = await listCalls(async () => {
      const { data } = await sendQuery(conferencesWithOwners, { first: 50, accounts: ['zoom'] })
      expect(data!.conferences!.nodes.length).toBeGreaterThan(3)
      expect(data!.conferences!.nodes.every(({ owner }) => owner?.displayName != null)).toBe(true)
    })
    expect(calls.toSorted()).toEqual(without.toSorted())
    expect(calls.length).toBeLessThanOrEqual(30)
  })

  test('fetches 50 iMeet Central workspaces in 2 calls of 25', async () => {
    const calls = await listCalls(async () => {
      const { data } = await sendQuery(conferencesWithOwners, { first: 48, accounts: ['imeetcentral'] })
      expect(data!.conferences!.nodes).toHaveLength(48)
    })
    expect(calls).toHaveLength(2)
  })

  test('nodes fetches many IDs of one vendor with one page of its list, and a repeated ID once', async () => {
    const { data } = await sendQuery(usersPage, { first: 30, filter: { accounts: ['trueconf'] } })
    const ids = data!.users!.nodes.map(({ id }) => id)
    const many = await listCalls(async () => {
      const result = await sendQuery(nodesById, { ids: [...ids, ...ids] })
      expect(result.data!.nodes.map((node) => node!.id)).toEqual([...ids, ...ids])
    })
    expect(many).toHaveLength(1)
    const two = await listCalls(() => sendQuery(nodesById, { ids: [ids[0]!, ids[1]!, ids[0]!] }))
    expect(two).toHaveLength(2)
  })

  test('nodes returns null for a deleted object, and every type by its ID', async () => {
    const users = (await sendQuery(usersPage, { first: 1 })).data!.users!.nodes
    const { conferences } = (await sendQuery(conferencesPage, { first: 1, filter: { accounts: ['trueconf'] } })).data!
    const { accounts } = (await sendQuery(accountsNow, {})).data!
    const gone = Buffer.from('User:trueconf:nobody').toString('base64url')
    const elsewhere = Buffer.from('User:nowhere:helen').toString('base64url')
    const ids = [users[0]!.id, gone, conferences!.nodes[0]!.id, accounts[1]!.id, elsewhere]
    const { data, errors } = await sendQuery(nodesById, { ids })
    expect(errors).toEqual([])
    expect(data!.nodes.map((node) => node && [node.__typename, node.id])).toEqual([
      ['User', ids[0]],
      null,
      ['Conference', ids[2]],
      ['Account', ids[3]],
      null,
    ])
  })
})

describe('filters and people', () => {
  test('sameAs returns users of other accounts with the same email address, ignoring case, and never by name', async () => {
    const { email } = createPerson(1250)
    const central = (sandboxes.running['imeetcentral'] as IMeetCentralSandbox).data
    for (const user of central.users.values()) if (user.email === email) user.email = email.toUpperCase()
    const found = await sendQuery(usersPage, { filter: { email } })
    expect(found.data!.users!.nodes.map(({ account }) => account.key)).toEqual(keys)
    for (const { id, account } of found.data!.users!.nodes) {
      const { data } = await sendQuery(userById, { id })
      expect(data!.user!.sameAs.map((other) => other.account.key)).toEqual(keys.filter((key) => key !== account.key))
      expect(data!.user!.sameAs.every((other) => other.email!.toLowerCase() === email)).toBe(true)
    }
  })

  test('rejects an unknown account and names the available ones, without a vendor call', async () => {
    const calls = await listCalls(async () => {
      const { errors } = await sendQuery(usersPage, { filter: { accounts: ['zoom', 'webex'] } })
      expect(errors[0]!.extensions.code).toBe('BAD_USER_INPUT')
      expect(errors[0]!.message).toContain(keys.join(', '))
    })
    expect(calls).toEqual([])
  })

  test('reports a list that the vendor does not support in its source', async () => {
    const { data } = await sendQuery(usersPage, {
      first: 1,
      filter: { accounts: ['imeetcentral'], status: ['PENDING'] },
    })
    expect(data!.users).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false }, sources: [{ status: 'OK' }] })
  })
})

describe('health', () => {
  test('counts the calls that the vendor received', async () => {
    await server.restart()
    sendQuery = createClient(server.graphqlUrl)
    const calls = await listCalls(() => sendQuery(usersPage, { first: 100, filter: { accounts: ['trueconf'] } }))
    const { data } = await sendQuery(accountsNow, {})
    for (const { key, health } of data!.accounts) {
      const own = calls.filter((call) => call.startsWith(`${key} `)).length
      expect([key, health.calls, health.state]).toEqual([key, own, own === 0 ? 'UNUSED' : 'OK'])
      if (own > 0) expect(Date.parse(health.tokenExpiresAt!)).toBeGreaterThan(Date.now())
    }
  })

  test('reports an outage and its end', async () => {
    const trueconf = sandboxes.running['trueconf']!
    const heal = trueconf.fault({ match: { path: /^\/api/ }, kind: 'status', status: 503 })
    await sendQuery(usersPage, { first: 5, filter: { accounts: ['trueconf'] } })
    const state = async () =>
      (await sendQuery(accountsNow, {})).data!.accounts.find(({ key }) => key === 'trueconf')!.health
    expect(await state()).toMatchObject({ state: 'UNAVAILABLE', lastProblem: { code: 'VENDOR_UNAVAILABLE' } })
    heal()
    await sendQuery(usersPage, { first: 5, filter: { accounts: ['trueconf'] } })
    expect((await state()).state).toBe('OK')
  })

  test('redacts input of a caller that a vendor repeats in its error', async () => {
    const trueconf = sandboxes.running['trueconf']!
    const secret = 'Board meeting of 3 May'
    const error = {
      code: 403,
      message: secret,
      errors: [{ reason: `not ${secret}`, message: secret, location: 'topic' }],
    }
    trueconf.fault({
      match: { method: 'POST', path: /conferences$/ },
      kind: 'status',
      status: 403,
      body: JSON.stringify({ error }),
      times: 1,
    })
    const execute = async (query: string, variables: object = {}) => {
      const response = await fetch(server.graphqlUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      })
      return ((await response.json()) as { data: any }).data
    }
    const problem = '{ code message vendorStatus vendorCode vendorMessage path account { key } }'
    const { createConference: created } = await execute(
      `mutation ($input: CreateConferenceInput!) { createConference(input: $input) { problems ${problem} } }`,
      { input: { account: 'trueconf', title: secret, owner: { vendorId: 'helen' } } },
    )
    expect(created.problems).toMatchObject([{ code: 'VENDOR_FORBIDDEN', vendorMessage: secret }])
    const { accounts } = await execute(`{ accounts { key health { lastProblem ${problem} } } }`)
    const { lastProblem } = accounts.find(({ key }: { key: string }) => key === 'trueconf').health
    expect(lastProblem).toEqual({
      code: 'VENDOR_FORBIDDEN',
      message: created.problems[0].message,
      vendorStatus: 403,
      vendorCode: null,
      vendorMessage: null,
      path: null,
      account: { key: 'trueconf' },
    })
  })

  test('reports the end of a rate limit', async () => {
    const trueconf = sandboxes.running['trueconf']!
    const until = new Date(Date.now() + 10 * 3_600_000)
    until.setUTCMilliseconds(0)
    trueconf.fault({
      match: { path: /^\/api/ },
      kind: 'status',
      status: 429,
      times: 1,
      headers: { 'retry-after': until.toUTCString() },
    })
    const { data } = await sendQuery(usersPage, { first: 100, filter: { accounts: ['trueconf', 'imeetcentral'] } })
    expect(data!.users!.sources[0]).toMatchObject({ status: 'RATE_LIMITED', problem: { code: 'VENDOR_RATE_LIMITED' } })
    expect(Date.parse(data!.users!.sources[0]!.problem!.retryAt!)).toBe(+until)
    const { accounts } = (await sendQuery(accountsNow, {})).data!
    const { health } = accounts.find(({ key }) => key === 'trueconf')!
    expect(health.state).toBe('RATE_LIMITED')
    expect(Date.parse(health.rateLimitedUntil!)).toBe(+until)
  })
})
