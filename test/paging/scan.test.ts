import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import type { Boundary } from '../../src/paging/position.ts'
import type { ListSlice } from '../../src/paging/slice.ts'
import { scanList } from '../../src/paging/scan.ts'
import type { NestedList, FlatList } from '../../src/vendors/vendor-lists.ts'
import { newCall } from '../support/account.ts'
import { runs } from '../support/property.ts'
import { plainScheme, vendorList, type Item, type Scheme } from './vendor-list.ts'
import {
  change,
  continueFrom,
  type Change,
  deleting,
  key,
  losingReturned,
  movingScheme,
  ones,
  repeatingList,
  repeatingScheme,
  rows,
  anyScheme,
  scanAll,
  ChangingList,
} from './changing-list.ts'

/** A list whose last page does not show that the vendor's pages have 8 items. */
const lastPageOfEight: [Scheme, Item[], number, boolean] = [
  { ...ones, fixedSize: 8, maxSize: 20 },
  rows(21, ...Array(34).keys(), 0, 34, 35),
  1,
  true,
]

describe('scanList, page by page', () => {
  test('returns every item once and in order, in both directions, if the list does not change', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyScheme,
        fc.integer({ min: 0, max: 80 }),
        fc.integer({ min: 1, max: 30 }),
        fc.boolean(),
        async (made, length, count, isForward) => {
          const fixture = new ChangingList(length)
          const got = await scanAll(fixture, made, isForward, count, [])
          expect(isForward ? got : got.reverse()).toEqual(fixture.items.map((item) => item.id))
        },
      ),
      runs(250, 10_000),
    )
  })

  test('returns each remaining item exactly once while other items are inserted and deleted', async () => {
    await fc.assert(
      fc.asyncProperty(
        movingScheme,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        fc.array(change, { maxLength: 12 }),
        async (made, length, count, isForward, changes) => {
          const fixture = new ChangingList(length)
          const got = await scanAll(fixture, made, isForward, count, changes)
          const lasting = got.filter((id) => fixture.lasting.has(id))
          expect(lasting.sort()).toEqual([...fixture.lasting].sort())
          expect(new Set(got).size).toBe(got.length)
        },
      ),
      {
        ...runs(250, 10_000),
        examples: [
          [ones, 4, 1, true, [deleting(0), deleting(), deleting(0, 0)]],
          ...losingReturned.map(([scheme, length, ...rest]): [Scheme, number, number, boolean, Change[]] => [
            scheme,
            length,
            1,
            ...rest,
          ]),
          [
            { ...ones, pastEnd: 'empty' },
            4,
            1,
            false,
            [
              { insert: [0], remove: [0] },
              { insert: [1], remove: [600, 750] },
            ],
          ],
        ],
      },
    )
  })

  test.each([
    { what: 'every ID exactly once from a list that repeats IDs', longest: 12, isExact: true },
    { what: 'every ID from a long list that repeats IDs far apart', longest: 60, isExact: false },
  ])('returns $what, in both directions', async ({ longest, isExact }) => {
    await fc.assert(
      fc.asyncProperty(
        repeatingScheme,
        repeatingList(longest),
        fc.integer({ min: 1, max: 8 }),
        fc.boolean(),
        async (made, items, count, isForward) => {
          // If a page can only be found from the start of the list, a backward scan cannot always distinguish repeated rows.
          fc.pre(isForward || made.kind === 'whole' || (made.kind === 'numbered' && made.fixedSize === null))
          const fixture = new ChangingList(0)
          fixture.items = items
          const got = await scanAll(fixture, made, isForward, count, [])
          const distinct = [...new Set(fixture.items.map(({ id }) => id))]
          if (!isExact) expect([...new Set(got)].sort()).toEqual(distinct.sort())
          else if (isForward) expect(got).toEqual(distinct)
          else expect(got.sort()).toEqual(distinct.sort())
        },
      ),
      {
        ...runs(150, 10_000),
        examples: [
          [ones, rows(0, 1, 0), 1, true],
          [ones, rows(0, 1, 0), 1, false],
          ...(isExact ? [] : [lastPageOfEight]),
        ],
      },
    )
  })

  test('returns the whole list with one scan before and one scan after any item', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyScheme,
        fc.integer({ min: 1, max: 50 }),
        fc.nat(),
        fc.integer({ min: 1, max: 60 }),
        async (made, length, pick, count) => {
          const fixture = new ChangingList(length)
          const vendor = vendorList(made, () => fixture.items)
          const options = { call: newCall(), budget: { remaining: 500 }, matches: () => true }
          const page = await scanList<Item>(vendor.list, 'start', { ...options, isForward: true, count })
          const item = page.items[pick % page.items.length]!
          const after = await scanList<Item>(
            vendor.list,
            { after: item.getPosition() },
            { ...options, isForward: true, count: 100 },
          )
          const before = await scanList<Item>(
            vendor.list,
            { before: item.getPosition() },
            { ...options, isForward: false, count: 100 },
          )
          const ids = [...before.items.reverse(), item, ...after.items].map(({ node }) => node.id)
          expect(ids).toEqual(fixture.items.map((item) => item.id))
        },
      ),
      runs(250, 10_000),
    )
  })
})

describe('scanList of a nested list', () => {
  const scheme: Scheme = { ...plainScheme, kind: 'offset links', maxSize: 100 }
  const createNestedList = (lists: Item[][], made: Scheme): NestedList<Item> => {
    const hosts = lists.map((_, index) => ({ id: `h${key(index)}` }))
    return {
      parent: vendorList(made, () => hosts).list,
      getChildList: (host) => vendorList(made, () => lists[hosts.indexOf(host as Item)]!).list,
    }
  }
  test('returns the items of all child lists in order, in both directions, with a low scan limit', async () => {
    await fc.assert(
      fc.asyncProperty(
        movingScheme,
        fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 10 }),
        fc.boolean(),
        async (made, sizes, count, isForward) => {
          const lists = sizes.map((size, host) =>
            Array.from({ length: size }, (_, index) => ({ id: key(host * 1000 + index) })),
          )
          const got: string[] = []
          let boundary: Boundary = isForward ? 'start' : 'end'
          for (let round = 0; ; round++) {
            const budget = { remaining: 40 }
            const slice: ListSlice<Item> = await scanList(createNestedList(lists, made), boundary, {
              call: newCall(),
              budget,
              isForward,
              count,
              matches: () => true,
            })
            if (slice.failure) throw slice.failure
            got.push(...slice.items.map((edge) => edge.node.id))
            boundary = continueFrom(slice, isForward, boundary)
            if (!slice.hasMore) break
            expect(round).toBeLessThan(200)
          }
          expect(isForward ? got : got.reverse()).toEqual(lists.flat().map((item) => item.id))
        },
      ),
      {
        ...runs(250, 10_000),
        // The later lists leave too few calls of the scan limit to reach the end of a child list.
        examples: [[{ ...ones, reportsTotal: true, pastEnd: 'empty' }, [0, 7, 1, 2, 4, 0, 1, 0], 9, false]],
      },
    )
  })

  test.each([true, false])(
    'fails if a partition is forbidden, but skips a forbidden child list (forward: %s)',
    async (isForward) => {
      const forbidden = new Problem('VENDOR_FORBIDDEN', 'A scope is missing.')
      const { list } = vendorList(scheme, () => [{ id: 'a' }])
      const forbiddenList: FlatList<Item> = { ...list, loadPage: () => Promise.reject(forbidden) }
      const getChildList = (partition: unknown): FlatList<Item> => (partition === 'active' ? list : forbiddenList)
      const options = { call: newCall(), budget: { remaining: 30 }, isForward, count: 5, matches: () => true }
      const boundary: Boundary = isForward ? 'start' : 'end'
      const slice = await scanList(
        { parent: isForward ? ['active', 'pending'] : ['pending', 'active'], getChildList },
        boundary,
        options,
      )
      expect(slice).toMatchObject({
        failure: forbidden,
        partialProblem: null,
        hasMore: true,
        items: [{ node: { id: 'a' } }],
      })
      const hosts = await scanList(
        { parent: vendorList(scheme, () => [{ id: 'h' }]).list, getChildList: () => forbiddenList },
        boundary,
        options,
      )
      expect(hosts).toMatchObject({ failure: null, partialProblem: forbidden, hasMore: false, items: [] })
    },
  )
})

describe('number of vendor calls', () => {
  const numbered: Scheme = { ...plainScheme, reportsTotal: true, maxSize: 300 }
  test('makes one call for each numbered page, forward and backward', async () => {
    const fixture = new ChangingList(1_300)
    for (const isForward of [true, false]) {
      const vendor = vendorList(numbered, () => fixture.items)
      let boundary: Boundary = isForward ? 'start' : 'end'
      let pages = 0
      for (let hasMore = true; hasMore; pages++) {
        const slice: ListSlice<Item> = await scanList<Item>(vendor.list, boundary, {
          call: newCall(),
          budget: { remaining: 30 },
          isForward,
          count: 100,
          matches: () => true,
        })
        hasMore = slice.hasMore
        boundary = continueFrom(slice, isForward, boundary)
      }
      expect(pages).toBe(13)
      // A backward scan requests the total first.
      expect(vendor.calls).toBe(isForward ? 13 : 14)
    }
  })

  test('finds the end of a list without a total in few calls', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 100_000 }),
        fc.constantFrom(null, 25, 200),
        fc.constantFrom('empty', 'rejected'),
        async (length, fixedSize, pastEnd) => {
          const items = Array.from({ length }, (_, index) => ({ id: key(index) }))
          const vendor = vendorList({ ...numbered, reportsTotal: false, maxSize: 200, fixedSize }, () => items)
          const { list } = vendor
          const page: typeof list.loadPage = async (request, call) => {
            const vendorPage = await list.loadPage(request, call)
            if (vendorPage.items.length > 0 || pastEnd !== 'rejected') return vendorPage
            throw new Problem('VENDOR_REJECTED', 'There is no such page.')
          }
          const options = {
            call: newCall(),
            budget: { remaining: 40 },
            isForward: false,
            count: 100,
            matches: () => true,
          }
          const slice = await scanList<Item>({ ...list, loadPage: page }, 'end', options)
          expect(slice.failure).toBeNull()
          expect(slice.items.map(({ node }) => node.id)).toEqual(
            items
              .slice(-100)
              .reverse()
              .map(({ id }) => id),
          )
          const pages = Math.ceil(length / (fixedSize ?? 200))
          expect(vendor.calls).toBeLessThanOrEqual(pages <= 5 ? 10 : 10 + 2 * Math.log2(pages))
          const before = vendor.calls
          const next = await scanList<Item>({ ...list, loadPage: page }, continueFrom(slice, false, 'end'), {
            ...options,
            budget: { remaining: 40 },
          })
          expect(next.items.map(({ node }) => node.id)).toEqual(
            items
              .slice(-200, -100)
              .reverse()
              .map(({ id }) => id),
          )
          expect(vendor.calls - before).toBeLessThanOrEqual(8)
        },
      ),
      runs(30, 2_000),
    )
  })
})
