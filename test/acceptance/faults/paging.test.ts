import { expect, test } from 'vitest'
import * as faults from '../../support/faults.ts'
import { closeAfterAll, countRow, runWithFixture } from './run.ts'
import { reading } from './vendor.ts'
import type { Server, Fixture } from './fixture.ts'

/** A list of Zoom, which supports page tokens and page numbers. Lists of the other vendors are tested in test/e2e. */
interface ZoomList {
  ids: string[]
  /** Page size that the vendor uses regardless of the request. Default: the requested size. */
  size?: number
  /** Number of items that a page shares with the previous page. */
  overlap?: number
  total?: unknown
}

const createIds = (count: number, start = 0): string[] =>
  Array.from({ length: count }, (_, index) => `user${start + index}`)

/** Responds to `GET /users` with pages of the list. Page tokens contain an offset. */
const serveList =
  (list: ZoomList): faults.Kind =>
  (exchange) => {
    const { searchParams } = new URL(exchange.request.path, 'http://vendor')
    const isActive = searchParams.get('status') === 'active'
    const size = list.size ?? Number(searchParams.get('page_size'))
    const step = size - (list.overlap ?? 0)
    const token = searchParams.get('next_page_token')
    const start = token === null ? (Number(searchParams.get('page_number') ?? 1) - 1) * step : Number(token.slice(1))
    const ids = isActive ? list.ids : []
    const hasMore = start + size < ids.length
    const users = ids.slice(start, start + size).map((id) => ({ id, email: `${id}@example.org`, type: 1 }))
    const total_records = 'total' in list ? list.total : ids.length
    const page_count = Math.ceil(ids.length / step)
    const next_page_token = hasMore ? `t${start + step}` : ''
    faults.reply({ body: { page_count, page_size: size, total_records, next_page_token, users } })(exchange)
  }

const query = `query ($first: Int, $after: String, $last: Int, $before: String) {
  users(first: $first, after: $after, last: $last, before: $before, filter: { accounts: ["v"] }) {
    nodes { vendorId }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    sources { status problem { code } }
  }
}`

type Direction = 'first' | 'last'

async function readList(server: Server, direction: Direction, size: number, afterPage = () => {}): Promise<string[][]> {
  const pages: string[][] = []
  for (let cursor: string | null = null; ;) {
    const position = direction === 'first' ? { first: size, after: cursor } : { last: size, before: cursor }
    const { data, errors } = await server.send(query, position)
    expect(errors).toBeUndefined()
    const { nodes, pageInfo } = data!['users']
    pages.push(nodes.map(({ vendorId }: { vendorId: string }) => vendorId))
    expect(pages.length).toBeLessThan(100)
    afterPage()
    if (!(direction === 'first' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) break
    cursor = direction === 'first' ? pageInfo.endCursor : pageInfo.startCursor
  }
  return direction === 'first' ? pages : pages.toReversed()
}

const testRow = (name: string, run: (fixture: Fixture, direction: Direction) => Promise<void>): void => {
  for (const direction of ['first', 'last'] as const)
    test.concurrent(`${name}, with "${direction}"`, () =>
      countRow(() => runWithFixture({ slug: 'zoom' }, (fixture) => run(fixture, direction))))
}

testRow('[P01] returns an item that is on two pages once, in order', async ({ v, first }, direction) => {
  const ids = createIds(77)
  v.injectFault({ match: reading, kind: serveList({ ids, overlap: 1 }) })
  expect((await readList(first, direction, 10)).flat()).toEqual(ids)
})

testRow(
  '[P02] returns the remaining items once, to the end, while items are deleted',
  async ({ v, first }, direction) => {
    const list = { ids: createIds(90) }
    v.injectFault({ match: reading, kind: serveList(list) })
    const pages = await readList(first, direction, 10, () => {
      list.ids = list.ids.filter((_, index) => index % 11 !== 3)
    })
    expect(new Set(pages.flat()).size).toBe(pages.flat().length)
    expect(list.ids.filter((id) => !pages.flat().includes(id))).toEqual([])
  },
)

testRow('[P03] returns every item once while items are added at the front', async ({ v, first }, direction) => {
  const list = { ids: createIds(60) }
  let added = 0
  v.injectFault({ match: reading, kind: serveList(list) })
  const pages = await readList(first, direction, 9, () => {
    if (added < 40) list.ids = [...createIds(4, 1_000 + (added += 4)), ...list.ids]
  })
  expect(new Set(pages.flat()).size).toBe(pages.flat().length)
  expect(createIds(60).filter((id) => !pages.flat().includes(id))).toEqual([])
})

for (const size of [7, 25, 300]) {
  testRow(`[P04] returns every item if the vendor always sends pages of ${size}`, async ({ v, first }, direction) => {
    v.injectFault({ match: reading, kind: serveList({ ids: createIds(140), size }) })
    const pages = await readList(first, direction, 20)
    expect(pages.flat()).toEqual(createIds(140))
    // The lists after that of the active users can have items. An additional page, which is empty, finds this out.
    expect(pages.map((page) => page.length).filter(Boolean)).toEqual(Array(7).fill(20))
    expect(pages.length).toBeLessThanOrEqual(8)
  })
}

testRow('[P08] fails with PAGING_LOOP if a page token repeats', async ({ v, first }, direction) => {
  const users = [{ id: 'user0', type: 1 }]
  v.injectFault({ match: /status=active/, kind: faults.reply({ body: { next_page_token: 'again', users } }) })
  const { data, errors } = await first.send(query, { [direction]: 100 })
  const problem = data?.['users']?.sources[0].problem ?? errors![0]!.extensions
  expect(problem.code).toBe('PAGING_LOOP')
  expect(v.calls().filter(({ path }) => path.includes('active')).length).toBeLessThanOrEqual(4)
})

for (const total of [null, 0, 'many', 7, 900]) {
  testRow(`[P10] returns every item for a total of ${total}`, async ({ v, first }, direction) => {
    v.injectFault({ match: reading, kind: serveList({ ids: createIds(45), total }) })
    expect((await readList(first, direction, 10)).flat()).toEqual(createIds(45))
  })
}

testRow('[P11] fails with VENDOR_BAD_RESPONSE if the key of the items is missing', async ({ v, first }, direction) => {
  v.injectFault({ match: reading, kind: faults.reply({ body: { total_records: 5 } }) })
  const { errors } = await first.send(query, { [direction]: 10 })
  expect(errors![0]!.extensions).toMatchObject({ code: 'VENDOR_BAD_RESPONSE', account: 'v' })
  expect(v.calls()).toHaveLength(1)
})

closeAfterAll('paging')
