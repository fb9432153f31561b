import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { loadConnection } from '../../src/paging/connection.ts'
import type { Connection, PageArguments, AccountList } from '../../src/paging/relay.ts'
import { createCursorCodec } from '../../src/paging/cursor.ts'
import { loadSortedConnection } from '../../src/paging/sorted-connection.ts'
import { SortedListStore } from '../../src/paging/sorted-list-store.ts'
import type { Account } from '../../src/vendors/accounts.ts'
import { createFixedSecrets } from '../../src/core/secrets.ts'
import type { FlatList, PageRequest } from '../../src/vendors/vendor.ts'
import { newCall } from '../support/account.ts'
import { runs } from '../support/property.ts'
import { vendorList, type Item, type Scheme } from './vendor-list.ts'

const codec = createCursorCodec(createFixedSecrets('a secret of at least thirty-two characters'))

const standard: Scheme = {
  kind: 'numbered',
  counted: true,
  fixedSize: null,
  previous: false,
  hasLast: false,
  linksDie: false,
  guesses: null,
  maxSize: 50,
}

/** An account over a made-up vendor that fails while `down`. */
class Part {
  readonly account: Account
  readonly items: Item[]
  readonly vendor: ReturnType<typeof vendorList>
  readonly listing: FlatList<Item>
  readonly isExact = true
  /** Fails with VENDOR_UNAVAILABLE, or with a problem that will not go away. */
  down: boolean | 'for good' = false
  constructor(key: string, length: number, scheme: Partial<Scheme> = {}) {
    this.account = { key, label: key, lengths: new Map() } as unknown as Account
    this.items = Array.from({ length }, (_, index) => ({ id: `${key}${String(index).padStart(4, '0')}` }))
    this.vendor = vendorList({ ...standard, ...scheme }, () => this.items)
    const { list } = this.vendor
    this.listing = {
      ...list,
      loadPage: async (request, call) => {
        if (this.down === 'for good') throw new Problem('VENDOR_AUTH_FAILED', 'The credentials are rejected.')
        if (this.down) throw new Problem('VENDOR_UNAVAILABLE', 'It is down.')
        return list.loadPage(request, call)
      },
    }
  }
}

function page(
  parts: readonly AccountList<Item>[],
  args: PageArguments,
  { isSelective = false } = {},
): Promise<Connection<Item>> {
  return loadConnection<Item>({
    list: 'users',
    sources: parts.map(({ account, listing, isExact }) => ({ account, listing, isExact })),
    args,
    matches: () => true,
    isSelective,
    call: newCall(),
    codec,
    scanCalls: 30,
    pageSize: 20,
  })
}

const idsOf = (connection: Connection<Item>): string[] => connection.edges.map(({ node }) => node.id)

describe('one list over several accounts', () => {
  test('gives every item once in both directions, whatever fails and comes back on the way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 30 }),
        fc.boolean(),
        fc.array(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), { maxLength: 6 }),
        async (lengths, count, forward, outages) => {
          const parts = lengths.map((length, index) => new Part('abcd'[index]!, length))
          const got: string[] = []
          let cursor: string | null = null
          for (let round = 0; round < 300; round++) {
            for (const [index, part] of parts.entries()) part.down = outages[round]?.[index] ?? false
            const args: PageArguments = forward ? { first: count, after: cursor } : { last: count, before: cursor }
            const given: Connection<Item> | null = await page(parts, args).catch((error: unknown) => {
              expect(error).toBeInstanceOf(Problem)
              return null
            })
            if (!given) continue
            got.push(...(forward ? idsOf(given) : idsOf(given).reverse()))
            const { hasNextPage, hasPreviousPage, endCursor, startCursor }: Connection<Item>['pageInfo'] =
              given.pageInfo
            for (const source of given.sources)
              if (source.status === 'FAILED') expect(source.problem?.code).toBe('VENDOR_UNAVAILABLE')
            if (!(forward ? hasNextPage : hasPreviousPage)) break
            cursor = forward ? endCursor : startCursor
            expect(cursor).not.toBeNull()
          }
          expect(got.sort()).toEqual(parts.flatMap(({ items }) => items.map(({ id }) => id)).sort())
        },
      ),
      runs(500, 10_000),
    )
  })

  test('mixed steps forwards and backwards from any edge stay in the one order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 3 }),
        fc.array(fc.record({ forward: fc.boolean(), count: fc.integer({ min: 1, max: 9 }), pick: fc.nat() }), {
          maxLength: 12,
        }),
        async (lengths, steps) => {
          const parts = lengths.map(
            (length, index) => new Part('abc'[index]!, length, index === 1 ? { kind: 'keyset', previous: true } : {}),
          )
          const truth = parts.flatMap(({ items }) => items.map(({ id }) => id))
          let at: { id: string; cursor: string } | null = null
          for (const { forward, count, pick } of steps) {
            const args: PageArguments = forward
              ? { first: count, after: at?.cursor }
              : { last: count, before: at?.cursor }
            const given = await page(parts, args)
            const index = at ? truth.indexOf(at.id) : forward ? -1 : truth.length
            const expected = forward
              ? truth.slice(index + 1, index + 1 + count)
              : truth.slice(Math.max(0, index - count), index)
            expect(idsOf(given)).toEqual(expected)
            const edge = given.edges[pick % Math.max(1, given.edges.length)]
            at = edge ? { id: edge.node.id, cursor: edge.cursor } : at
          }
        },
      ),
      runs(500, 10_000),
    )
  })

  test('a failed account is said, and taken up first by the next page', async () => {
    const [v, w] = [new Part('v', 5), new Part('w', 5)]
    v.down = true
    const first = await page([v, w], { first: 20 })
    expect(idsOf(first)).toEqual(w.items.map(({ id }) => id))
    expect(first.sources.map(({ status, nodes }) => [status, nodes])).toEqual([
      ['FAILED', 0],
      ['OK', 5],
    ])
    expect(first.pageInfo.hasNextPage).toBe(true)
    expect(first.pageInfo.endCursor).toBe(first.edges.at(-1)?.cursor)
    v.down = false
    const second = await page([v, w], { first: 20, after: first.pageInfo.endCursor })
    expect(idsOf(second)).toEqual(v.items.map(({ id }) => id))
    expect(second.pageInfo.hasNextPage).toBe(false)
  })

  test.each([true, false])('ends although an account fails for good (forward: %s)', async (forward) => {
    const parts = [new Part('u', 25), new Part('v', 5), new Part('w', 25)]
    parts[1]!.down = 'for good'
    const got: string[] = []
    let cursor: string | null = null
    for (let round = 1; ; round++) {
      expect(round).toBeLessThanOrEqual(6)
      const args: PageArguments = forward ? { first: 20, after: cursor } : { last: 20, before: cursor }
      const { edges, pageInfo, sources }: Connection<Item> = await page(parts, args)
      got.push(...edges.map(({ node }) => node.id))
      if (sources[1]!.status !== 'NOT_REACHED') expect(sources[1]!.problem?.code).toBe('VENDOR_AUTH_FAILED')
      if (!(forward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) break
      cursor = forward ? pageInfo.endCursor : pageInfo.startCursor
    }
    expect(got.sort()).toEqual([...parts[0]!.items, ...parts[2]!.items].map(({ id }) => id))
  })

  test('takes an account up on the next page if its lasting failure was removed', async () => {
    const [v, w] = [new Part('v', 5), new Part('w', 5)]
    v.down = 'for good'
    const first = await page([v, w], { first: 20 })
    expect(first.pageInfo.hasNextPage).toBe(true)
    v.down = false
    const second = await page([v, w], { first: 20, after: first.pageInfo.endCursor })
    expect(idsOf(second)).toEqual(v.items.map(({ id }) => id))
  })

  test('throws the lasting failure of the only account on every page', async () => {
    const v = new Part('v', 30)
    const { pageInfo } = await page([v], { first: 20 })
    v.down = 'for good'
    const next = page([v], { first: 20, after: pageInfo.endCursor })
    await expect(next).rejects.toMatchObject({ code: 'VENDOR_AUTH_FAILED' })
  })

  test('asks no more accounts than the page needs, and says which were not reached', async () => {
    const [v, w] = [new Part('v', 30), new Part('w', 5)]
    const given = await page([v, w], { first: 20 })
    expect(given.sources.map(({ status }) => status)).toEqual(['OK', 'NOT_REACHED'])
    expect([v.vendor.calls, w.vendor.calls]).toEqual([1, 0])
    expect(await given.getTotalCount()).toBe(35)
    expect(await Promise.all(given.sources.map(({ totalCount }) => totalCount()))).toEqual([30, 5])
  })

  test('reports the total of each account that is known, and their sum if all are', async () => {
    const [v, w, x] = [new Part('v', 30), new Part('w', 5, { counted: false }), new Part('x', 3)]
    const filtered: AccountList<Item> = { account: x.account, listing: x.listing, isExact: false }
    const given = await page([v, w, filtered], { first: 20 })
    expect(await Promise.all(given.sources.map(({ totalCount }) => totalCount()))).toEqual([30, null, null])
    expect(await given.getTotalCount()).toBeNull()
  })

  test('asks accounts together once it knows that one of them is not enough', async () => {
    const [v, w] = [new Part('v', 5), new Part('w', 5)]
    await page([v, w], { first: 20 })
    const started: string[] = []
    for (const part of [v, w]) {
      const { loadPage: ask } = part.listing
      part.listing.loadPage = (request, call) => {
        started.push(part.account.key)
        return part === v
          ? new Promise((resolve) => setImmediate(() => resolve(ask(request, call))))
          : ask(request, call)
      }
    }
    const pending = page([v, w], { first: 20 })
    expect(started).toEqual(['v', 'w'])
    expect(idsOf(await pending)).toHaveLength(10)
  })

  test.each([100, 20])('asks for the second page of %d items without any of the first', async (first) => {
    const v = new Part('v', 150, { maxSize: 300, counted: false })
    const requests: PageRequest[] = []
    const { loadPage: ask } = v.listing
    v.listing.loadPage = (request, call) => {
      requests.push(request)
      return ask(request, call)
    }
    const { pageInfo } = await page([v], { first })
    const second = await page([v], { first, after: pageInfo.endCursor })
    expect(idsOf(second)).toEqual(v.items.slice(first, 2 * first).map(({ id }) => id))
    expect(requests.slice(1)).toEqual([{ number: 1, size: first }])
    // A list that has moved is read from where it was.
    v.items.splice(3, 1)
    const moved = await page([v], { first, after: pageInfo.endCursor })
    expect(idsOf(moved)).toEqual(idsOf(second))
  })

  describe('with accounts whose lengths it knows', () => {
    const keyset = { kind: 'keyset', counted: false, maxSize: 25, fixedSize: 25 } as const
    const read = async (parts: Part[], forward: boolean) =>
      idsOf(await page(parts, forward ? { first: 100 } : { last: 100 }))

    test('asks each account for what the accounts before it leave', async () => {
      const parts = [new Part('u', 34), new Part('v', 33), new Part('w', 60, keyset)]
      await read(parts, true)
      const before = parts.map(({ vendor }) => vendor.calls)
      expect(await read(parts, true)).toHaveLength(100)
      expect(parts.map(({ vendor }, index) => vendor.calls - before[index]!)).toEqual([1, 1, 2])
    })

    test.each([true, false])('gives a full page if one of them has become shorter, forwards: %s', async (forward) => {
      const parts = [new Part('u', 34), new Part('v', 33), new Part('w', 90, keyset)]
      if (!forward) parts.reverse()
      await read(parts, forward)
      for (const { account, items } of parts) if (account.key !== 'w') items.splice(5)
      const expected = parts.flatMap(({ items }) => items.map(({ id }) => id))
      const given = await read(parts, forward)
      expect(given).toEqual(expected)
      expect(new Set(given).size).toBe(100)
    })
  })

  test.each([
    { isSelective: true, started: ['a', 'b', 'c-one', 'c-two'] },
    { isSelective: false, started: ['a'] },
  ])(
    'asks all accounts and lists at once if the filter is selective: $isSelective',
    async ({ isSelective, started }) => {
      const asked: string[] = []
      const release = Promise.withResolvers<void>()
      const holdBack = (key: string, length: number): AccountList<Item> => {
        const part = new Part(key, length)
        const { loadPage: ask } = part.listing
        part.listing.loadPage = async (request, call) => {
          asked.push(key)
          await release.promise
          return ask(request, call)
        }
        return part
      }
      const lists = new Map(['c-one', 'c-two'].map((key) => [key, holdBack(key, 1).listing as FlatList<Item>]))
      const chain: AccountList<Item> = {
        account: new Part('c', 0).account,
        listing: { parent: [...lists.keys()], getChildList: (word) => lists.get(String(word))! },
        isExact: true,
      }
      const pending = page([holdBack('a', 2), holdBack('b', 2), chain], { first: 20 }, { isSelective })
      await vi.waitFor(() => expect(asked.length).toBeGreaterThanOrEqual(started.length))
      expect(asked.toSorted()).toEqual(started)
      release.resolve()
      expect(idsOf(await pending)).toEqual(['a0000', 'a0001', 'b0000', 'b0001', 'c-one0000', 'c-two0000'])
    },
  )

  describe('continues from a cursor although', () => {
    const walkOn = async (before: Part[], after: Part[], forward: boolean) => {
      const args = forward ? { first: 4 } : { last: 4 }
      const given = await page(before, args)
      const { startCursor, endCursor } = given.pageInfo
      const rest = await page(after, forward ? { first: 20, after: endCursor } : { last: 20, before: startCursor })
      return [idsOf(given), idsOf(rest)]
    }
    const [u, v, w] = [new Part('u', 1), new Part('v', 6), new Part('w', 1)]

    test.each([
      ['an account was added behind it', [v], [v, w], true, ['v0004', 'v0005', 'w0000']],
      ['an account was added before it', [v, w], [u, v, w], true, ['v0004', 'v0005', 'w0000']],
      ['an account was added before it', [v], [u, v], false, ['u0000', 'v0000', 'v0001']],
      ['its account was removed', [v, w], [w], true, ['w0000']],
      ['its account was removed', [u, v, w], [u, w], true, ['w0000']],
      ['its account was removed', [u, v], [u], false, ['u0000']],
      ['another account was removed', [u, v, w], [v, w], true, ['v0003', 'v0004', 'v0005', 'w0000']],
    ])('%s', async (_what, before, after, forward, expected) => {
      const [, rest] = await walkOn(before, after, forward)
      expect(rest).toEqual(expected)
    })
  })

  test('throws where every account asked has failed', async () => {
    const [v, w] = [new Part('v', 5), new Part('w', 5)]
    v.down = w.down = true
    await expect(page([v, w], { first: 20 })).rejects.toMatchObject({ code: 'VENDOR_UNAVAILABLE' })
  })

  test('takes a page between two cursors, and refuses them the wrong way round', async () => {
    const [v, w] = [new Part('v', 5), new Part('w', 5)]
    const all = await page([v, w], { first: 20 })
    const [after, before] = [all.edges[2]!.cursor, all.edges[7]!.cursor]
    expect(idsOf(await page([v, w], { first: 20, after, before }))).toEqual(['v0003', 'v0004', 'w0000', 'w0001'])
    expect(idsOf(await page([v, w], { last: 2, after, before }))).toEqual(['w0000', 'w0001'])
    await expect(page([v, w], { first: 20, after: before, before: after })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    })
  })

  test.each([
    [{ first: 0 }, /"first" must be 1 to 100/],
    [{ first: 101 }, /"first" must be 1 to 100/],
    [{ last: -1 }, /"last" must be 1 to 100/],
    [{ first: 1, last: 1 }, /not both/],
  ])('%j is refused', async (args, message) => {
    const v = new Part('v', 5)
    await expect(page([v], args)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringMatching(message),
    })
    expect(v.vendor.calls).toBe(0)
  })
})

describe('an order of our own', () => {
  const ordered = (
    parts: readonly Part[],
    args: PageArguments,
    { maxItems = 100, scanCalls = 30, lists = new SortedListStore() } = {},
  ) =>
    loadSortedConnection<Item>({
      list: 'ordered',
      sources: parts.map(({ account, listing, isExact }) => ({ account, listing, isExact })),
      args,
      matches: () => true,
      isSelective: false,
      call: newCall(),
      codec,
      scanCalls,
      pageSize: 20,
      key: ({ id }) => (id.endsWith('7') ? null : Number(id.slice(1)) % 5),
      id: ({ id }) => id,
      descending: true,
      measure: () => 100,
      maxItems,
      maxCalls: 100,
      lists,
    })

  test('pages through every item once, in both directions, whatever fails and comes back on the way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 10 }),
        fc.boolean(),
        fc.array(fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), { maxLength: 5 }),
        // Several pages to read the lists, one, and one that reads them again for each page.
        fc.constantFrom('many', 'one', 'again'),
        async (lengths, count, forward, outages, reads) => {
          const maxSize = reads === 'many' ? 5 : 50
          const parts = lengths.map((length, index) => new Part('abc'[index]!, length, { maxSize }))
          const lists = new SortedListStore()
          const got: string[] = []
          let cursor: string | null = null
          for (let round = 0; round < 200; round++) {
            for (const [index, part] of parts.entries()) part.down = outages[round]?.[index] ?? false
            const given: Connection<Item> | null = await ordered(
              parts,
              forward ? { first: count, after: cursor } : { last: count, before: cursor },
              { scanCalls: reads === 'many' ? 1 : 30, ...(reads === 'again' ? {} : { lists }) },
            ).catch(() => null)
            if (!given) continue
            got.push(...idsOf(given))
            if (!(forward ? given.pageInfo.hasNextPage : given.pageInfo.hasPreviousPage)) break
            cursor = forward ? given.pageInfo.endCursor : given.pageInfo.startCursor
          }
          expect(got.sort()).toEqual(parts.flatMap(({ items }) => items.map(({ id }) => id)).sort())
        },
      ),
      runs(500, 10_000),
    )
  })

  test('ends although an account fails for good', async () => {
    const [v, w] = [new Part('v', 5), new Part('w', 5)]
    v.down = 'for good'
    const first = await ordered([v, w], { first: 20 })
    expect(first.pageInfo.hasNextPage).toBe(true)
    const second = await ordered([v, w], { first: 20, after: first.pageInfo.endCursor })
    expect(second.pageInfo.hasNextPage).toBe(false)
    expect(second.sources[0]).toMatchObject({ status: 'FAILED', problem: { code: 'VENDOR_AUTH_FAILED' } })
  })

  test('reads an account once for all pages, and again if it was opened again', async () => {
    const lists = new SortedListStore()
    const [v, reopened] = [new Part('v', 30), new Part('v', 30)]
    const first = await ordered([v], { first: 10 }, { lists })
    const second = await ordered([v], { first: 10, after: first.pageInfo.endCursor }, { lists })
    expect(v.vendor.calls).toBe(1)
    const third = await ordered([reopened], { first: 10, after: second.pageInfo.endCursor }, { lists })
    expect([v.vendor.calls, reopened.vendor.calls]).toEqual([1, 1])
    expect(new Set([first, second, third].flatMap(idsOf)).size).toBe(30)
    for (const { account } of third.edges) expect(account).toBe(reopened.account)
  })

  test('a list that is too long fails, and the error names the limit', async () => {
    await expect(ordered([new Part('v', 30)], { first: 5 }, { maxItems: 20 })).rejects.toMatchObject({
      code: 'OPERATION_TOO_EXPENSIVE',
      message: expect.stringContaining('at most 20 objects'),
    })
  })
})
