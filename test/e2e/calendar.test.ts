import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { start as startCentral, type IMeetCentralSandbox } from '../../src/sandboxes/imeetcentral/index.ts'
import { start as startTrueConf, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { start as startZoom, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { openServer } from '../support/open-server.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'

const day = 86_400_000
const users = 420
const window = (from: number, before: number) => ({
  startsFrom: new Date(Date.now() + from * day).toISOString(),
  startsBefore: new Date(Date.now() + before * day).toISOString(),
})

let zoom: ZoomSandbox
let trueconf: TrueConfSandbox
let central: IMeetCentralSandbox
let server: ServerProcess

beforeAll(async () => {
  zoom = await startZoom({ seed: { active: users } })
  trueconf = await startTrueConf({ users: 120, conferences: 300 })
  central = await startCentral({ seed: { users: 30, workspaces: 40 } })
  server = await startProcess({
    accounts: { zoom: zoom.account, trueconf: trueconf.account, central: central.account },
  })
})
afterAll(async () => {
  await server.stop('SIGKILL')
  await Promise.all([zoom.close(), trueconf.close(), central.close()])
})

interface Page {
  nodes: {
    id: string
    title: string
    occurrences: { startsAt: string; cancelled: boolean }[]
    owner: { displayName: string } | null
  }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string }
  sources: { account: { key: string }; status: string; nodes: number; totalCount: number | null }[]
  totalCount: number | null
}
interface ReceivedResponse {
  data: { conferences: Page | null }
  errors?: { message: string; path: string[]; extensions: { code: string; account?: string } }[]
}

const calendar = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: ConferenceFilter, $from: DateTime, $to: DateTime, $orderBy: ConferenceOrder) {
  conferences(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
    nodes { id title occurrences(first: 15, startsFrom: $from, startsBefore: $to) { startsAt cancelled } owner { displayName } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    sources { account { key } status nodes totalCount }
    totalCount
  }
}`
const orderBy = { field: 'STARTS_AT', direction: 'ASC' }

async function fetchPage(
  args: Record<string, unknown>,
  { graphqlUrl: url = server.graphqlUrl } = {},
): Promise<ReceivedResponse> {
  const headers = { 'content-type': 'application/json' }
  const { startsFrom: from, startsBefore: to } = args['filter'] as ReturnType<typeof window>
  const variables = { ...args, from, to }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query: calendar, variables }) })
  return (await response.json()) as ReceivedResponse
}

interface ListedPages {
  pages: Page[]
  /** Calls that each page made at Zoom, token requests aside. */
  calls: string[][]
}

/** Pages to the end, in either direction. */
async function listAll(variables: object, forward = true): Promise<ListedPages> {
  const pages: Page[] = []
  const calls: string[][] = []
  for (let cursor: string | null = null; pages.length < 200;) {
    const from = zoom.ledger.length
    const place = forward ? { first: 100, after: cursor } : { last: 100, before: cursor }
    const { data, errors } = await fetchPage({ ...place, ...variables })
    expect(errors).toBeUndefined()
    const page = data.conferences!
    pages.push(page)
    calls.push(
      zoom.ledger.slice(from).flatMap(({ path, query }) => (path.startsWith('/v2/') ? `${path}?${query}` : [])),
    )
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo
    if (!(forward ? hasNextPage : hasPreviousPage)) return { pages, calls }
    cursor = forward ? endCursor : startCursor
  }
  throw new Error('The list does not end.')
}

const startOf = ({ occurrences }: Page['nodes'][number]): string =>
  occurrences.find(({ cancelled }) => !cancelled)!.startsAt
const idsOf = (pages: readonly Page[]): string[] => pages.flatMap(({ nodes }) => nodes.map(({ id }) => id))
const hostsOf = (calls: readonly string[][]): string[] =>
  calls.flat().flatMap((call) => /^\/v2\/users\/([^/?]+)\/meetings/.exec(call)?.[1] ?? [])

describe('conferences of a time range, ordered by start', () => {
  test.each([
    ['with past days', window(-3, 10)],
    ['to come', window(1, 8)],
  ])('returns every conference %s once, in order, and lists each host once', async (_, filter) => {
    const { pages, calls } = await listAll({ filter, orderBy })
    const nodes = pages.flatMap((page) => page.nodes)
    const starts = nodes.map(startOf)
    expect(starts).toEqual(starts.toSorted())

    const hosts = hostsOf(calls)
    expect(hosts).toHaveLength(users)
    expect(new Set(hosts).size).toBe(users)
    for (const ofPage of calls) expect(ofPage.length).toBeLessThanOrEqual(120)

    const unordered = await listAll({ filter })
    expect(idsOf(pages).toSorted()).toEqual(idsOf(unordered.pages).toSorted())
    expect(new Set(idsOf(pages)).size).toBe(nodes.length)
    expect(nodes.length).toBeGreaterThan(100)

    const cursors = pages.map(({ pageInfo }) => pageInfo.endCursor)
    expect(new Set(cursors).size).toBe(pages.length)
    const { sources, totalCount } = pages.at(-1)!
    expect(sources.map(({ status }) => status)).toEqual(['OK', 'OK', 'OK'])
    expect(totalCount).toBe(nodes.length)
    for (const [index, source] of sources.entries()) {
      const nodeCount = pages.reduce((sum, page) => sum + page.sources[index]!.nodes, 0)
      expect(nodeCount).toBe(source.totalCount)
    }
    expect(sources[0]!.totalCount).toBeGreaterThan(0)
    expect(sources[1]!.totalCount).toBeGreaterThan(0)
  })

  test('returns the same order when it is paged backward', async () => {
    const filter = window(1, 8)
    const forwards = await listAll({ filter, orderBy })
    const backwards = await listAll({ filter, orderBy }, false)
    expect(idsOf(backwards.pages.toReversed())).toEqual(idsOf(forwards.pages))
    const hosts = hostsOf(backwards.calls)
    expect(new Set(hosts).size).toBe(hosts.length)
  })

  test('reads each host once if two requests continue one list at the same time', async () => {
    const filter = window(1, 8)
    const from = zoom.ledger.length
    const first = (await fetchPage({ first: 100, filter, orderBy })).data.conferences!
    const { endCursor: after } = first.pageInfo
    const responses = await Promise.all([1, 2].map(() => fetchPage({ first: 100, after, filter, orderBy })))
    for (const { errors } of responses) expect(errors).toBeUndefined()
    const hosts = hostsOf([zoom.ledger.slice(from).map(({ path }) => path)])
    expect(hosts.length).toBeGreaterThan(200)
    expect(new Set(hosts).size).toBe(hosts.length)
  })

  test('continues after a restart of the server, which reads the list again', async () => {
    const filter = window(1, 8)
    const { pages } = await listAll({ filter, orderBy })
    const half = pages.find(({ nodes }) => nodes.length > 0)
    await server.restart()
    const rest = await continueList(half!.pageInfo.endCursor, { filter, orderBy })
    expect([...idsOf([half!]), ...idsOf(rest)]).toEqual(idsOf(pages))
  })

  test('returns the other accounts while one fails, and its conferences after it recovers', async () => {
    const filter = window(1, 8)
    const expected = idsOf((await listAll({ filter, orderBy })).pages)
    const clear = zoom.fault({ match: { path: /\/meetings/ }, kind: 'status', status: 500 })
    const first = (await fetchPage({ first: 100, filter, orderBy })).data.conferences!
    clear()
    expect(first.sources.map(({ status }) => status)).toEqual(['FAILED', 'OK', 'OK'])
    expect(first.nodes.length).toBeGreaterThan(0)
    const rest = await continueList(first.pageInfo.endCursor, { filter, orderBy })
    for (const { nodes } of rest) expect(nodes.map(startOf)).toEqual(nodes.map(startOf).toSorted())
    expect(idsOf([first, ...rest]).toSorted()).toEqual(expected.toSorted())
  })
})

/** Pages from a cursor to the end. */
async function continueList(cursor: string, variables: object): Promise<Page[]> {
  const pages: Page[] = []
  for (let after = cursor; pages.length < 200; after = pages.at(-1)!.pageInfo.endCursor) {
    const { data, errors } = await fetchPage({ first: 100, after, ...variables })
    expect(errors).toBeUndefined()
    pages.push(data.conferences!)
    if (!data.conferences!.pageInfo.hasNextPage) return pages
  }
  throw new Error('The list does not end.')
}

describe('conferences of a time range, account by account', () => {
  const filter = { ...window(1, 4), accounts: ['zoom'] }

  test('spends three scan limits before it returns an empty page', async () => {
    const { pages, calls } = await listAll({ filter })
    const hosts = hostsOf(calls)
    // A cursor is found again by the page of its host.
    expect(hosts.length).toBeLessThanOrEqual(users + pages.length)
    expect(new Set(hosts).size).toBe(users)
    for (const [index, { nodes, pageInfo }] of pages.entries()) {
      expect(calls[index]!.length).toBeLessThanOrEqual(90)
      if (nodes.length === 0 && pageInfo.hasNextPage) expect(calls[index]!.length).toBeGreaterThan(80)
    }
    expect(new Set(idsOf(pages)).size).toBe(idsOf(pages).length)
    expect(idsOf(pages).length).toBeGreaterThan(20)
  })

  const empty = { ...window(4_000, 4_001), accounts: ['zoom'] }

  test('ends a page if its additional calls fail, and the next page continues there', async () => {
    let from = zoom.ledger.length
    const readHosts = () => hostsOf([zoom.ledger.slice(from).map(({ path }) => path)])
    await fetchPage({ filter: empty })
    const host = readHosts()[50]!
    const clear = zoom.fault({ match: { path: new RegExp(`/users/${host}/meetings`) }, kind: 'status', status: 500 })
    const { data, errors } = await fetchPage({ filter: empty })
    clear()
    expect(errors).toBeUndefined()
    expect(data.conferences!.sources).toMatchObject([{ status: 'PARTIAL', nodes: 0 }])
    from = zoom.ledger.length
    await fetchPage({ filter: empty, after: data.conferences!.pageInfo.endCursor })
    expect(readHosts()[0]).toBe(host)
  })

  test('leaves a scan limit of calls to the rest of the operation', async () => {
    // Zoom has a list of its own of running meetings, so that the two share no calls.
    const running = { ...window(170, 170.001), accounts: ['zoom'], state: ['RUNNING'] }
    const query = `query ($empty: ConferenceFilter, $running: ConferenceFilter) {
      a: conferences(filter: $empty) { nodes { id } sources { status } }
      b: conferences(filter: $running) { nodes { id } sources { status } }
    }`
    const from = zoom.ledger.length
    const response = await fetch(server.graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { empty, running } }),
    })
    const partial = { nodes: [], sources: [{ status: 'PARTIAL' }] }
    expect(await response.json()).toEqual({ data: { a: partial, b: partial } })
    const calls = zoom.ledger.slice(from).filter(({ path }) => path.startsWith('/v2/'))
    expect(calls.length).toBeGreaterThan(70)
    expect(calls.length).toBeLessThan(100)
  })
})

describe('list that cannot be ordered', () => {
  test('is rejected at once if an account has more hosts than "orderByCalls"', async () => {
    const limited = await openServer({
      accounts: { trueconf: trueconf.account, zoom: zoom.account },
      limits: { orderByCalls: 300 },
    })
    const from = zoom.ledger.length
    const { data, errors } = await fetchPage({ filter: window(1, 8), orderBy }, limited)
    await limited.close()
    expect(data.conferences).toBeNull()
    expect(errors).toMatchObject([
      { path: ['conferences'], extensions: { code: 'OPERATION_TOO_EXPENSIVE', account: 'zoom' } },
    ])
    expect(errors![0]!.message).toContain('300 vendor calls')
    expect(hostsOf([zoom.ledger.slice(from).map(({ path }) => path)])).toEqual([])
  })
})

describe('host with more series than the calls of an operation', () => {
  const filter = window(-3, 10)

  beforeAll(() => {
    const series = [...zoom.data.meetings.values()].find(({ type }) => type === 8)!
    for (let index = 0; index < 150; index++) {
      const id = 80_000_000_000 + index
      zoom.data.meetings.set(id, { ...series, id, uuid: `series-${index}`, topic: `Series ${index}` })
    }
  })

  test.each([
    ['in order', { filter, orderBy }],
    ['account after account', { filter }],
  ])('is read over several pages, %s', async (_, variables) => {
    const { pages } = await listAll(variables)
    const titles = pages
      .flatMap(({ nodes }) => nodes.map(({ title }) => title))
      .filter((title) => /^Series \d/.test(title))
    expect(titles).toHaveLength(150)
    expect(new Set(titles).size).toBe(150)
    expect(pages.at(-1)!.sources.map(({ status }) => status)).toEqual(['OK', 'OK', 'OK'])
  })
})
