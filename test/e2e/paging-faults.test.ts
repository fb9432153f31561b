import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { start as startZoom, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { createClient, type GraphqlResult, type SendQuery } from '../support/client.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'
import { conferencesPage, participantsPage, usersPage } from './documents.ts'
import type { ConferencesPageQuery } from './gql/graphql.ts'
import {
  centralAccount,
  serveLinkedPage,
  serveNumberedPage,
  startScriptedVendor,
  trueconfAccount,
  type ScriptedVendor,
} from './scripted-vendor.ts'
import { listUsers } from './list-users.ts'

let made: { trueconf: ScriptedVendor; central: ScriptedVendor }
let zoom: ZoomSandbox
/** How far the vendor's clock is ahead. */
let ahead = 0
let server: OpenServer
let sendQuery: SendQuery

beforeAll(async () => {
  made = { trueconf: await startScriptedVendor(), central: await startScriptedVendor() }
  zoom = await startZoom({ now: () => Date.now() + ahead, seed: { active: 30, registrants: 45 } })
  const accounts = {
    zoom: zoom.account,
    trueconf: trueconfAccount(made.trueconf),
    central: centralAccount(made.central),
  }
  server = await openServer({ accounts })
  sendQuery = createClient(server.graphqlUrl)
})
afterAll(async () => {
  await server.close()
  made.trueconf.close()
  made.central.close()
  await zoom.close()
})
beforeEach(() => {
  made.trueconf.requests = []
  made.central.requests = []
})

const names = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `user${from + index}`)
const idsOf = (nodes: readonly { vendorId: string }[]) => nodes.map(({ vendorId }) => vendorId)

const vendors = [
  { key: 'trueconf', page: serveNumberedPage },
  { key: 'central', page: serveLinkedPage },
] as const
const cases = vendors.flatMap((vendor) => (['first', 'last'] as const).map((direction) => ({ ...vendor, direction })))

describe.each(cases)('$key, $direction', ({ key, page, direction }) => {
  const filter = { accounts: [key] }

  test('returns an item that is on two pages once, in order', async () => {
    const ids = names(77)
    made[key].respond = (url) => page(ids, url, { overlap: 1 })
    const { nodes, errors } = await listUsers(sendQuery, direction, { size: 10, filter })
    expect(errors).toEqual([])
    expect(idsOf(nodes)).toEqual(ids)
  })

  test('returns the remaining items once, to the end, if items are deleted during paging', async () => {
    let ids = names(90)
    made[key].respond = (url) => page(ids, url)
    const { nodes, errors } = await listUsers(sendQuery, direction, {
      size: 10,
      filter,
      between: () => {
        ids = ids.filter((_, index) => index % 11 !== 3)
      },
    })
    expect(errors).toEqual([])
    expect(new Set(idsOf(nodes)).size).toBe(nodes.length)
    expect(ids.filter((id) => !idsOf(nodes).includes(id))).toEqual([])
  })

  test('returns every item once if items are added at the front during paging', async () => {
    let ids = names(60)
    let added = 0
    made[key].respond = (url) => page(ids, url)
    const { nodes, errors } = await listUsers(sendQuery, direction, {
      size: 9,
      filter,
      between: () => {
        if (added < 40) ids = [...names(4, 1000 + (added += 4)), ...ids]
      },
    })
    expect(errors).toEqual([])
    expect(new Set(idsOf(nodes)).size).toBe(nodes.length)
    expect(names(60).filter((id) => !idsOf(nodes).includes(id))).toEqual([])
  })

  test.each([7, 25, 300])(
    'returns every item if the vendor ignores the page size and sends %i items per page',
    async (size) => {
      const ids = names(140)
      made[key].respond = (url) => page(ids, url, { size })
      const { nodes, pages, errors } = await listUsers(sendQuery, direction, { size: 20, filter })
      expect(errors).toEqual([])
      expect(idsOf(nodes)).toEqual(ids)
      const full = Array.from({ length: 7 }, () => 20)
      expect(pages.map((page) => page.nodes.length)).toEqual(full)
    },
  )

  test('fails with PAGING_LOOP if a page links to a page that was already read', async () => {
    const ids = names(30)
    made[key].respond = (url) => {
      const result = page(ids, url, { size: 10 })
      if ('next_page_id' in result) return { ...result, users: result.users.slice(0, 1), next_page_id: 1 }
      const [first, second] = ['offset=10', 'offset=20'].map((query) => `${made.central.url}/v1/users?${query}`)
      const to = url.search.includes('offset=10') ? second : first
      return { items: result.items.slice(0, 1), links: { next: to, prev: to } }
    }
    const { data, errors } = await sendQuery(usersPage, { [direction]: 100, filter })
    const problem = data?.users?.sources[0]?.problem ?? errors[0]?.extensions
    expect(problem?.code).toBe('PAGING_LOOP')
    expect(made[key].requests.length).toBeLessThanOrEqual(3)
  })
})

describe('links of iMeet Central', () => {
  test.each([
    ['to another origin', (url: string) => `${url}/v1/users?offset=25`],
    ['to another path', () => `${made.central.url}/admin?offset=25`],
    ['with a user name', () => `${made.central.url.replace('//', '//root@')}/v1/users?offset=25`],
  ])('rejects %s without a call to their host', async (_, link) => {
    let connects = 0
    const stranger = createServer((_request, response) => response.end('{}')).on('connection', () => connects++)
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
    const next = link(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}`)
    made.central.respond = (url) => ({ ...serveLinkedPage(names(60), url), links: { next } })
    const { errors } = await sendQuery(usersPage, { first: 50, filter: { accounts: ['central'] } })
    expect(errors).toMatchObject([{ path: ['users'], extensions: { code: 'PAGING_UNSAFE_LINK', account: 'central' } }])
    expect(errors[0]!.message).not.toContain('127.0.0.1')
    expect(made.central.requests).toHaveLength(1)
    expect(connects).toBe(0)
    stranger.close()
  })
})

describe('envelopes', () => {
  const conferences = (url: URL, cnt: unknown, most = Infinity) => {
    const [page, requestedSize] = [Number(url.searchParams.get('page_id')), Number(url.searchParams.get('page_size'))]
    const size = Math.min(requestedSize, most)
    const items = names(45).slice((page - 1) * size, page * size)
    const reported = cnt === 'of the page' ? { cnt: items.length } : cnt === undefined ? {} : { cnt }
    return { conferences: items.map((id) => ({ id, topic: id })), ...reported }
  }
  const filter = { accounts: ['trueconf'] }

  async function listConferenceIds(first = 10): Promise<{ ids: string[]; totals: unknown[] }> {
    const [ids, totals]: [string[], unknown[]] = [[], []]
    for (let after: string | null | undefined = null; ;) {
      const { data, errors }: GraphqlResult<ConferencesPageQuery> = await sendQuery(conferencesPage, {
        first,
        after,
        filter,
      })
      expect(errors).toEqual([])
      const page: ConferencesPageQuery['conferences'] & {} = data!.conferences!
      ids.push(...idsOf(page.nodes))
      totals.push(page.totalCount)
      if (!page.pageInfo.hasNextPage) return { ids, totals }
      after = page.pageInfo.endCursor
    }
  }

  test.each([undefined, null, 0, 7, 38, 900, -1])(
    'returns every item for a total of %j with small pages',
    async (cnt) => {
      made.trueconf.respond = (url) => conferences(url, cnt, 9)
      for (const first of [3, 33]) expect((await listConferenceIds(first)).ids).toEqual(names(45))
    },
  )

  test('continues after the reported total if a server has small pages', async () => {
    // With 18 items on the second page of 47, the vendor seems to have listed 65.
    const all = names(65)
    made.trueconf.respond = (url) => {
      const page = Number(url.searchParams.get('page_id'))
      return { conferences: all.slice((page - 1) * 18, page * 18).map((id) => ({ id, topic: id })), cnt: 65 }
    }
    expect((await listConferenceIds(20)).ids).toEqual(all)
  })

  test.each([-1, 1.5, 2 ** 31, 8.64e15])('reports no total for a total of %j', async (cnt) => {
    made.trueconf.respond = (url) => ({ ...conferences(url, cnt), cnt })
    const { totals } = await listConferenceIds(10)
    expect(totals[0]).toBeNull()
  })

  test('returns every item once if the vendor ignores page numbers and does not report the end', async () => {
    const all = names(30).map((id) => ({ id, topic: id }))
    made.trueconf.respond = (url) => (url.pathname.endsWith('/users') ? { users: all } : { conferences: all })
    expect((await listConferenceIds()).ids).toEqual(names(30))
    const { nodes, errors } = await listUsers(sendQuery, 'last', { size: 7, filter })
    expect([idsOf(nodes), errors]).toEqual([names(30), []])
  })

  test.each([undefined, 'many', 0, 7, 900, 'of the page'])('returns every item for a total of %j', async (cnt) => {
    made.trueconf.respond = (url) => conferences(url, cnt)
    const { ids, totals } = await listConferenceIds()
    expect(ids).toEqual(names(45))
    if (cnt === undefined || cnt === 'many') expect(new Set(totals.slice(0, -1))).toEqual(new Set([null]))
  })

  const envelopes: [key: 'trueconf' | 'central', respond: () => unknown][] = [
    ['trueconf', () => ({ cnt: 5 })],
    ['trueconf', () => []],
    ['central', () => '"x"'],
    ['central', () => ({ rows: [] })],
  ]
  test.each(envelopes)(
    'reports VENDOR_BAD_RESPONSE for %s without the key of the items, after one call',
    async (key, result) => {
      made[key].respond = result
      const { errors } = await sendQuery(usersPage, { filter: { accounts: [key] } })
      expect(errors).toMatchObject([{ extensions: { code: 'VENDOR_BAD_RESPONSE', account: key } }])
      expect(made[key].requests.length).toBeLessThanOrEqual(2)
    },
  )

  test('accepts an empty list of iMeet Central without items and links', async () => {
    made.central.respond = () => ({})
    const { data, errors } = await sendQuery(usersPage, { filter: { accounts: ['central'] } })
    expect(errors).toEqual([])
    expect(data!.users).toMatchObject({ nodes: [], pageInfo: { hasNextPage: false } })
  })
})

test('accepts a cursor 16 minutes later, when the page token of Zoom has expired', async () => {
  const meeting = [...zoom.data.meetings.values()].find(({ registrants }) => registrants.length > 40)!
  const id = Buffer.from(`Conference:zoom:${meeting.id}`).toString('base64url')
  const whole = await sendQuery(participantsPage, { id, first: 100 })
  const all = whole.data!.conference!.participants!.nodes.map((node) => node.id)
  expect(all.length).toBeGreaterThan(30)
  const first = await sendQuery(participantsPage, { id, first: 12 })
  ahead += 16 * 60_000
  const { endCursor } = first.data!.conference!.participants!.pageInfo
  const before = zoom.ledger.length
  const second = await sendQuery(participantsPage, { id, first: 12, after: endCursor! })
  expect(second.errors).toEqual([])
  expect(second.data!.conference!.participants!.nodes.map((node) => node.id)).toEqual(all.slice(12, 24))
  expect(zoom.ledger.length - before).toBeLessThanOrEqual(30)
})
