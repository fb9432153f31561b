import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Connection, PageArguments } from '../../src/paging/relay.ts'
import { loadSortedConnection } from '../../src/paging/sorted-connection.ts'
import { SortedListStore } from '../../src/paging/sorted-list-store.ts'
import { newCall } from '../support/account.ts'
import { runs } from '../support/property.ts'
import { codec, listIds, TestAccount } from './test-account.ts'
import type { Item } from './vendor-list.ts'

describe('loadSortedConnection', () => {
  const sortedPage = (
    parts: readonly TestAccount[],
    args: PageArguments,
    { maxItems = 100, scanCalls = 30, listStore = new SortedListStore() } = {},
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
      getSortKey: ({ id }) => (id.endsWith('7') ? null : Number(id.slice(1)) % 5),
      getId: ({ id }) => id,
      isDescending: true,
      estimateBytes: () => 100,
      maxItems,
      maxCalls: 100,
      listStore,
    })

  test('returns every item once, in both directions, while accounts fail and recover', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 10 }),
        fc.boolean(),
        fc.array(fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), { maxLength: 5 }),
        // The lists are read over many pages, over one page, or again for each page.
        fc.constantFrom('many', 'one', 'again'),
        async (lengths, count, isForward, outages, reads) => {
          const maxSize = reads === 'many' ? 5 : 50
          const parts = lengths.map((length, index) => new TestAccount('abc'[index]!, length, { maxSize }))
          const listStore = new SortedListStore()
          const got: string[] = []
          let cursor: string | null = null
          for (let round = 0; round < 200; round++) {
            for (const [index, part] of parts.entries()) part.outage = outages[round]?.[index] ?? false
            const connection: Connection<Item> | null = await sortedPage(
              parts,
              isForward ? { first: count, after: cursor } : { last: count, before: cursor },
              { scanCalls: reads === 'many' ? 1 : 30, ...(reads === 'again' ? {} : { listStore }) },
            ).catch(() => null)
            if (!connection) continue
            got.push(...listIds(connection))
            if (!(isForward ? connection.pageInfo.hasNextPage : connection.pageInfo.hasPreviousPage)) break
            cursor = isForward ? connection.pageInfo.endCursor : connection.pageInfo.startCursor
          }
          expect(got.sort()).toEqual(parts.flatMap(({ items }) => items.map(({ id }) => id)).sort())
        },
      ),
      runs(200, 10_000),
    )
  })

  test('reaches the end of the list although an account fails permanently', async () => {
    const [v, w] = [new TestAccount('v', 5), new TestAccount('w', 5)]
    v.outage = 'permanent'
    const first = await sortedPage([v, w], { first: 20 })
    expect(first.pageInfo.hasNextPage).toBe(true)
    const second = await sortedPage([v, w], { first: 20, after: first.pageInfo.endCursor })
    expect(second.pageInfo.hasNextPage).toBe(false)
    expect(second.sources[0]).toMatchObject({ status: 'FAILED', problem: { code: 'VENDOR_AUTH_FAILED' } })
  })

  test('reads an account once for all pages, and again after it was opened again', async () => {
    const listStore = new SortedListStore()
    const [v, reopened] = [new TestAccount('v', 30), new TestAccount('v', 30)]
    const first = await sortedPage([v], { first: 10 }, { listStore })
    const second = await sortedPage([v], { first: 10, after: first.pageInfo.endCursor }, { listStore })
    expect(v.vendor.calls).toBe(1)
    const third = await sortedPage([reopened], { first: 10, after: second.pageInfo.endCursor }, { listStore })
    expect([v.vendor.calls, reopened.vendor.calls]).toEqual([1, 1])
    expect(new Set([first, second, third].flatMap(listIds)).size).toBe(30)
    for (const { account } of third.edges) expect(account).toBe(reopened.account)
  })

  test('fails if a list is too long and names the limit in the error', async () => {
    await expect(sortedPage([new TestAccount('v', 30)], { first: 5 }, { maxItems: 20 })).rejects.toMatchObject({
      code: 'OPERATION_TOO_EXPENSIVE',
      message: expect.stringContaining('at most 20 objects'),
    })
  })
})
