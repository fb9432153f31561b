import { expect, test } from 'vitest'
import * as faults from '../../support/faults.ts'
import { closeAfterAll, counted, runWithFixture } from './run.ts'
import { reading } from './vendor.ts'
import type { Server, Fixture } from './fixture.ts'

/** Zoom's lists, which know tokens and page numbers; those of the other two are tested where their paging is. */
interface Book {
  ids: string[]
  /** The page's size, whatever is asked. */
  size?: number
  /** Items that a page has in common with the one before. */
  overlap?: number
  total?: unknown
}

const names = (count: number, from = 0): string[] => Array.from({ length: count }, (_, n) => `user${from + n}`)

/** Answers `GET /users` from the book: tokens hold an offset. */
const from =
  (book: Book): faults.Kind =>
  (exchange) => {
    const { searchParams } = new URL(exchange.request.path, 'http://vendor')
    const active = searchParams.get('status') === 'active'
    const size = book.size ?? Number(searchParams.get('page_size'))
    const step = size - (book.overlap ?? 0)
    const token = searchParams.get('next_page_token')
    const start = token === null ? (Number(searchParams.get('page_number') ?? 1) - 1) * step : Number(token.slice(1))
    const ids = active ? book.ids : []
    const more = start + size < ids.length
    const users = ids.slice(start, start + size).map((id) => ({ id, email: `${id}@example.org`, type: 1 }))
    const total_records = 'total' in book ? book.total : ids.length
    const page_count = Math.ceil(ids.length / step)
    const next_page_token = more ? `t${start + step}` : ''
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

async function walk(server: Server, direction: Direction, size: number, between = () => {}): Promise<string[][]> {
  const pages: string[][] = []
  for (let cursor: string | null = null; ;) {
    const place = direction === 'first' ? { first: size, after: cursor } : { last: size, before: cursor }
    const { data, errors } = await server.ask(query, place)
    expect(errors).toBeUndefined()
    const { nodes, pageInfo } = data!['users']
    pages.push(nodes.map(({ vendorId }: { vendorId: string }) => vendorId))
    expect(pages.length).toBeLessThan(100)
    between()
    if (!(direction === 'first' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) break
    cursor = direction === 'first' ? pageInfo.endCursor : pageInfo.startCursor
  }
  return direction === 'first' ? pages : pages.toReversed()
}

const row = (id: string, hold: (fixture: Fixture, direction: Direction) => Promise<void>): void => {
  for (const direction of ['first', 'last'] as const)
    test.concurrent(`${id}, ${direction}`, () =>
      counted(() => runWithFixture({ slug: 'zoom' }, (fixture) => hold(fixture, direction))))
}

row('P01 an item on two pages comes once, in order', async ({ v, first }, direction) => {
  const ids = names(77)
  v.spoil({ match: reading, kind: from({ ids, overlap: 1 }) })
  expect((await walk(first, direction, 10)).flat()).toEqual(ids)
})

row('P02 items vanish: the others come once, and the end is reached', async ({ v, first }, direction) => {
  const book = { ids: names(90) }
  v.spoil({ match: reading, kind: from(book) })
  const got = await walk(first, direction, 10, () => {
    book.ids = book.ids.filter((_, index) => index % 11 !== 3)
  })
  expect(new Set(got.flat()).size).toBe(got.flat().length)
  expect(book.ids.filter((id) => !got.flat().includes(id))).toEqual([])
})

row('P03 items come in at the front: none comes twice, none is left out', async ({ v, first }, direction) => {
  const book = { ids: names(60) }
  let added = 0
  v.spoil({ match: reading, kind: from(book) })
  const got = await walk(first, direction, 9, () => {
    if (added < 40) book.ids = [...names(4, 1_000 + (added += 4)), ...book.ids]
  })
  expect(new Set(got.flat()).size).toBe(got.flat().length)
  expect(names(60).filter((id) => !got.flat().includes(id))).toEqual([])
})

for (const size of [7, 25, 300]) {
  row(`P04 pages of ${size} whatever is asked`, async ({ v, first }, direction) => {
    v.spoil({ match: reading, kind: from({ ids: names(140), size }) })
    const got = await walk(first, direction, 20)
    expect(got.flat()).toEqual(names(140))
    // Behind the last of the active there may be others: a page that turns out empty is the honest way to find out.
    expect(got.map((page) => page.length).filter(Boolean)).toEqual(Array(7).fill(20))
    expect(got.length).toBeLessThanOrEqual(8)
  })
}

row('P08 a token that repeats is a PAGING_LOOP', async ({ v, first }, direction) => {
  const users = [{ id: 'user0', type: 1 }]
  v.spoil({ match: /status=active/, kind: faults.reply({ body: { next_page_token: 'again', users } }) })
  const { data, errors } = await first.ask(query, { [direction]: 100 })
  const problem = data?.['users']?.sources[0].problem ?? errors![0]!.extensions
  expect(problem.code).toBe('PAGING_LOOP')
  expect(v.calls().filter(({ path }) => path.includes('active')).length).toBeLessThanOrEqual(4)
})

for (const total of [null, 0, 'many', 7, 900]) {
  row(`P10 a total of ${total} decides nothing`, async ({ v, first }, direction) => {
    v.spoil({ match: reading, kind: from({ ids: names(45), total }) })
    expect((await walk(first, direction, 10)).flat()).toEqual(names(45))
  })
}

row('P11 without the items’ key it is VENDOR_BAD_RESPONSE', async ({ v, first }, direction) => {
  v.spoil({ match: reading, kind: faults.reply({ body: { total_records: 5 } }) })
  const { errors } = await first.ask(query, { [direction]: 10 })
  expect(errors![0]!.extensions).toMatchObject({ code: 'VENDOR_BAD_RESPONSE', account: 'v' })
  expect(v.calls()).toHaveLength(1)
})

closeAfterAll('paging')
