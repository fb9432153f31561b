import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { loadConnection } from '../../src/paging/connection.ts'
import type { Connection, PageArguments, AccountList } from '../../src/paging/relay.ts'
import type { FlatList, PageRequest } from '../../src/vendors/vendor-lists.ts'
import { newCall } from '../support/account.ts'
import { runs } from '../support/property.ts'
import { codec, listIds, TestAccount } from './test-account.ts'
import type { Item } from './vendor-list.ts'

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

describe('loadConnection', () => {
  test('returns every item once, in both directions, while accounts fail and recover', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 30 }),
        fc.boolean(),
        fc.array(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), { maxLength: 6 }),
        async (lengths, count, isForward, outages) => {
          const parts = lengths.map((length, index) => new TestAccount('abcd'[index]!, length))
          const got: string[] = []
          let cursor: string | null = null
          for (let round = 0; round < 300; round++) {
            for (const [index, part] of parts.entries()) part.outage = outages[round]?.[index] ?? false
            const args: PageArguments = isForward ? { first: count, after: cursor } : { last: count, before: cursor }
            const connection: Connection<Item> | null = await page(parts, args).catch((error: unknown) => {
              expect(error).toBeInstanceOf(Problem)
              return null
            })
            if (!connection) continue
            got.push(...(isForward ? listIds(connection) : listIds(connection).reverse()))
            const { hasNextPage, hasPreviousPage, endCursor, startCursor }: Connection<Item>['pageInfo'] =
              connection.pageInfo
            for (const source of connection.sources)
              if (source.status === 'FAILED') expect(source.problem?.code).toBe('VENDOR_UNAVAILABLE')
            if (!(isForward ? hasNextPage : hasPreviousPage)) break
            cursor = isForward ? endCursor : startCursor
            expect(cursor).not.toBeNull()
          }
          expect(got.sort()).toEqual(parts.flatMap(({ items }) => items.map(({ id }) => id)).sort())
        },
      ),
      runs(200, 10_000),
    )
  })

  test('keeps one order if pages are requested forward and backward from any edge', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 3 }),
        fc.array(fc.record({ isForward: fc.boolean(), count: fc.integer({ min: 1, max: 9 }), pick: fc.nat() }), {
          maxLength: 12,
        }),
        async (lengths, steps) => {
          const parts = lengths.map(
            (length, index) =>
              new TestAccount('abc'[index]!, length, index === 1 ? { kind: 'keyset', previous: true } : {}),
          )
          const truth = parts.flatMap(({ items }) => items.map(({ id }) => id))
          let at: { id: string; cursor: string } | null = null
          for (const { isForward, count, pick } of steps) {
            const args: PageArguments = isForward
              ? { first: count, after: at?.cursor }
              : { last: count, before: at?.cursor }
            const connection = await page(parts, args)
            const index = at ? truth.indexOf(at.id) : isForward ? -1 : truth.length
            const expected = isForward
              ? truth.slice(index + 1, index + 1 + count)
              : truth.slice(Math.max(0, index - count), index)
            expect(listIds(connection)).toEqual(expected)
            const edge = connection.edges[pick % Math.max(1, connection.edges.length)]
            at = edge ? { id: edge.node.id, cursor: edge.cursor } : at
          }
        },
      ),
      runs(200, 10_000),
    )
  })

  test('reports a failed account and resumes it first on the next page', async () => {
    const [v, w] = [new TestAccount('v', 5), new TestAccount('w', 5)]
    v.outage = true
    const first = await page([v, w], { first: 20 })
    expect(listIds(first)).toEqual(w.items.map(({ id }) => id))
    expect(first.sources.map(({ status, nodes }) => [status, nodes])).toEqual([
      ['FAILED', 0],
      ['OK', 5],
    ])
    expect(first.pageInfo.hasNextPage).toBe(true)
    expect(first.pageInfo.endCursor).toBe(first.edges.at(-1)?.cursor)
    v.outage = false
    const second = await page([v, w], { first: 20, after: first.pageInfo.endCursor })
    expect(listIds(second)).toEqual(v.items.map(({ id }) => id))
    expect(second.pageInfo.hasNextPage).toBe(false)
  })

  test.each([true, false])(
    'reaches the end of the list although an account fails permanently (forward: %s)',
    async (isForward) => {
      const parts = [new TestAccount('u', 25), new TestAccount('v', 5), new TestAccount('w', 25)]
      parts[1]!.outage = 'permanent'
      const got: string[] = []
      let cursor: string | null = null
      for (let round = 1; ; round++) {
        expect(round).toBeLessThanOrEqual(6)
        const args: PageArguments = isForward ? { first: 20, after: cursor } : { last: 20, before: cursor }
        const { edges, pageInfo, sources }: Connection<Item> = await page(parts, args)
        got.push(...edges.map(({ node }) => node.id))
        if (sources[1]!.status !== 'NOT_REACHED') expect(sources[1]!.problem?.code).toBe('VENDOR_AUTH_FAILED')
        if (!(isForward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) break
        cursor = isForward ? pageInfo.endCursor : pageInfo.startCursor
      }
      expect(got.sort()).toEqual([...parts[0]!.items, ...parts[2]!.items].map(({ id }) => id))
    },
  )

  test('resumes an account on the next page if its permanent failure was fixed', async () => {
    const [v, w] = [new TestAccount('v', 5), new TestAccount('w', 5)]
    v.outage = 'permanent'
    const first = await page([v, w], { first: 20 })
    expect(first.pageInfo.hasNextPage).toBe(true)
    v.outage = false
    const second = await page([v, w], { first: 20, after: first.pageInfo.endCursor })
    expect(listIds(second)).toEqual(v.items.map(({ id }) => id))
  })

  test('throws the permanent failure of the only account on every page', async () => {
    const v = new TestAccount('v', 30)
    const { pageInfo } = await page([v], { first: 20 })
    v.outage = 'permanent'
    const next = page([v], { first: 20, after: pageInfo.endCursor })
    await expect(next).rejects.toMatchObject({ code: 'VENDOR_AUTH_FAILED' })
  })

  test('scans no more accounts than the page needs and reports which were not reached', async () => {
    const [v, w] = [new TestAccount('v', 30), new TestAccount('w', 5)]
    const connection = await page([v, w], { first: 20 })
    expect(connection.sources.map(({ status }) => status)).toEqual(['OK', 'NOT_REACHED'])
    expect([v.vendor.calls, w.vendor.calls]).toEqual([1, 0])
    expect(await connection.getTotalCount()).toBe(35)
    expect(await Promise.all(connection.sources.map(({ totalCount }) => totalCount()))).toEqual([30, 5])
  })

  test('reports the totals of the accounts that the page has read, without a vendor call', async () => {
    const [v, w] = [new TestAccount('v', 30), new TestAccount('w', 5)]
    const { sources } = await page([v, w], { first: 20 })
    expect(await Promise.all(sources.map(({ totalCount }) => totalCount()))).toEqual([30, null])
    expect([v.vendor.calls, w.vendor.calls]).toEqual([1, 0])
  })

  test('reports the known totals of the accounts, and their sum if all are known', async () => {
    const [v, w, x] = [
      new TestAccount('v', 30),
      new TestAccount('w', 5, { reportsTotal: false }),
      new TestAccount('x', 3),
    ]
    const filtered: AccountList<Item> = { account: x.account, listing: x.listing, isExact: false }
    const connection = await page([v, w, filtered], { first: 20 })
    expect(await Promise.all(connection.sources.map(({ totalCount }) => totalCount()))).toEqual([30, null, null])
    expect(await connection.getTotalCount()).toBeNull()
  })

  test('scans accounts at the same time if the first one is known to have too few items', async () => {
    const [v, w] = [new TestAccount('v', 5), new TestAccount('w', 5)]
    await page([v, w], { first: 20 })
    const started: string[] = []
    for (const part of [v, w]) {
      const { loadPage: load } = part.listing
      part.listing.loadPage = (request, call) => {
        started.push(part.account.key)
        return part === v
          ? new Promise((resolve) => setImmediate(() => resolve(load(request, call))))
          : load(request, call)
      }
    }
    const pending = page([v, w], { first: 20 })
    expect(started).toEqual(['v', 'w'])
    expect(listIds(await pending)).toHaveLength(10)
  })

  test.each([100, 20])('requests the second page of %d items without items of the first', async (first) => {
    const v = new TestAccount('v', 150, { maxSize: 300, reportsTotal: false })
    const requests: PageRequest[] = []
    const { loadPage: load } = v.listing
    v.listing.loadPage = (request, call) => {
      requests.push(request)
      return load(request, call)
    }
    const { pageInfo } = await page([v], { first })
    const second = await page([v], { first, after: pageInfo.endCursor })
    expect(listIds(second)).toEqual(v.items.slice(first, 2 * first).map(({ id }) => id))
    expect(requests.slice(1)).toEqual([{ number: 1, size: first }])
    // The position is restored after the list has changed.
    v.items.splice(3, 1)
    const moved = await page([v], { first, after: pageInfo.endCursor })
    expect(listIds(moved)).toEqual(listIds(second))
  })

  describe('with accounts whose lengths are known', () => {
    const keyset = { kind: 'keyset', reportsTotal: false, maxSize: 25, fixedSize: 25 } as const
    const read = async (parts: TestAccount[], isForward: boolean) =>
      listIds(await page(parts, isForward ? { first: 100 } : { last: 100 }))

    test('requests from each account what the accounts before it leave', async () => {
      const parts = [new TestAccount('u', 34), new TestAccount('v', 33), new TestAccount('w', 60, keyset)]
      await read(parts, true)
      const before = parts.map(({ vendor }) => vendor.calls)
      expect(await read(parts, true)).toHaveLength(100)
      expect(parts.map(({ vendor }, index) => vendor.calls - before[index]!)).toEqual([1, 1, 2])
    })

    test.each([true, false])(
      'returns a full page if one of them has become shorter (forward: %s)',
      async (isForward) => {
        const parts = [new TestAccount('u', 34), new TestAccount('v', 33), new TestAccount('w', 90, keyset)]
        if (!isForward) parts.reverse()
        await read(parts, isForward)
        for (const { account, items } of parts) if (account.key !== 'w') items.splice(5)
        const expected = parts.flatMap(({ items }) => items.map(({ id }) => id))
        const ids = await read(parts, isForward)
        expect(ids).toEqual(expected)
        expect(new Set(ids).size).toBe(100)
      },
    )
  })

  test.each([
    { isSelective: true, started: ['a', 'b', 'c-one', 'c-two'] },
    { isSelective: false, started: ['a'] },
  ])(
    'scans all accounts and partitions at the same time only if the filter is selective (isSelective: $isSelective)',
    async ({ isSelective, started }) => {
      const requested: string[] = []
      const release = Promise.withResolvers<void>()
      const createDelayed = (key: string, length: number): AccountList<Item> => {
        const part = new TestAccount(key, length)
        const { loadPage: load } = part.listing
        part.listing.loadPage = async (request, call) => {
          requested.push(key)
          await release.promise
          return load(request, call)
        }
        return part
      }
      const lists = new Map(['c-one', 'c-two'].map((key) => [key, createDelayed(key, 1).listing as FlatList<Item>]))
      const nested: AccountList<Item> = {
        account: new TestAccount('c', 0).account,
        listing: { parent: [...lists.keys()], getChildList: (partition) => lists.get(String(partition))! },
        isExact: true,
      }
      const pending = page([createDelayed('a', 2), createDelayed('b', 2), nested], { first: 20 }, { isSelective })
      await vi.waitFor(() => expect(requested.length).toBeGreaterThanOrEqual(started.length))
      expect(requested.toSorted()).toEqual(started)
      release.resolve()
      expect(listIds(await pending)).toEqual(['a0000', 'a0001', 'b0000', 'b0001', 'c-one0000', 'c-two0000'])
    },
  )

  describe('continues from a cursor although', () => {
    const readNext = async (before: TestAccount[], after: TestAccount[], isForward: boolean) => {
      const args = isForward ? { first: 4 } : { last: 4 }
      const connection = await page(before, args)
      const { startCursor, endCursor } = connection.pageInfo
      const rest = await page(after, isForward ? { first: 20, after: endCursor } : { last: 20, before: startCursor })
      return [listIds(connection), listIds(rest)]
    }
    const [u, v, w] = [new TestAccount('u', 1), new TestAccount('v', 6), new TestAccount('w', 1)]

    test.each([
      ['an account was added after it', [v], [v, w], true, ['v0004', 'v0005', 'w0000']],
      ['an account was added before it', [v, w], [u, v, w], true, ['v0004', 'v0005', 'w0000']],
      ['an account was added before it', [v], [u, v], false, ['u0000', 'v0000', 'v0001']],
      ['its account was removed', [v, w], [w], true, ['w0000']],
      ['its account was removed', [u, v, w], [u, w], true, ['w0000']],
      ['its account was removed', [u, v], [u], false, ['u0000']],
      ['another account was removed', [u, v, w], [v, w], true, ['v0003', 'v0004', 'v0005', 'w0000']],
    ])('%s', async (_case, before, after, isForward, expected) => {
      const [, rest] = await readNext(before, after, isForward)
      expect(rest).toEqual(expected)
    })
  })

  test('throws if every scanned account has failed', async () => {
    const [v, w] = [new TestAccount('v', 5), new TestAccount('w', 5)]
    v.outage = w.outage = true
    await expect(page([v, w], { first: 20 })).rejects.toMatchObject({ code: 'VENDOR_UNAVAILABLE' })
  })

  test('returns the items between two cursors and rejects cursors in the wrong order', async () => {
    const [v, w] = [new TestAccount('v', 5), new TestAccount('w', 5)]
    const all = await page([v, w], { first: 20 })
    const [after, before] = [all.edges[2]!.cursor, all.edges[7]!.cursor]
    expect(listIds(await page([v, w], { first: 20, after, before }))).toEqual(['v0003', 'v0004', 'w0000', 'w0001'])
    expect(listIds(await page([v, w], { last: 2, after, before }))).toEqual(['w0000', 'w0001'])
    await expect(page([v, w], { first: 20, after: before, before: after })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    })
  })

  test.each([
    { isForward: true, scheme: { kind: 'offset links' } as const, pages: 3 },
    { isForward: false, scheme: { reportsTotal: false }, pages: 1 },
  ])(
    'returns every remaining item after all returned items were deleted and another was added (forward: $isForward)',
    async ({ isForward, scheme, pages }) => {
      const v = new TestAccount('v', 6, { fixedSize: 1, ...scheme })
      let cursor: string | null = null
      const next = (count: number) =>
        page([v], isForward ? { first: count, after: cursor } : { last: count, before: cursor })
      for (let index = 0; index < pages; index++) {
        const { pageInfo } = await next(1)
        cursor = isForward ? pageInfo.endCursor : pageInfo.startCursor
      }
      v.items.splice(isForward ? 0 : -pages, pages)
      v.items[isForward ? 'push' : 'unshift']({ id: 'added' })
      expect(listIds(await next(10))).toEqual(v.items.map(({ id }) => id))
    },
  )

  test('fails with CURSOR_EXPIRED if all known items around a position without an offset were deleted', async () => {
    const v = new TestAccount('v', 30, { kind: 'keyset', fixedSize: 1 })
    let after: string | null = null
    for (let index = 0; index < 14; index++) after = (await page([v], { first: 1, after })).pageInfo.endCursor
    v.items.splice(1, 13)
    await expect(page([v], { first: 1, after })).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' })
  })

  test.each([
    [{ first: 0 }, /"first" must be 1 to 100/],
    [{ first: 101 }, /"first" must be 1 to 100/],
    [{ last: -1 }, /"last" must be 1 to 100/],
    [{ first: 1, last: 1 }, /cannot be combined/],
  ])('rejects %j', async (args, message) => {
    const v = new TestAccount('v', 5)
    await expect(page([v], args)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringMatching(message),
    })
    expect(v.vendor.calls).toBe(0)
  })
})
