import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import type { Boundary } from '../../src/paging/position.ts'
import type { ListSlice } from '../../src/paging/slice.ts'
import { scanList } from '../../src/paging/scan.ts'
import type { NestedList, FlatList } from '../../src/vendors/vendor.ts'
import { newCall } from '../support/account.ts'
import { runs } from '../support/property.ts'
import { vendorList, type Item, type Scheme } from './vendor-list.ts'
import {
  change,
  continueFrom,
  deleting,
  key,
  movingScheme,
  ones,
  repeatingList,
  repeatingScheme,
  rows,
  scheme,
  walkAll,
  World,
} from './world.ts'

/** The last page does not show that the vendor's pages have 8 items. */
const lastPageOfEight: [Scheme, Item[], number, boolean] = [
  { ...ones, fixedSize: 8, maxSize: 20 },
  rows(21, ...Array(34).keys(), 0, 34, 35),
  1,
  true,
]

describe('a list walked page by page', () => {
  test('gives every item once, in order, in both directions, when nothing changes', async () => {
    await fc.assert(
      fc.asyncProperty(
        scheme,
        fc.integer({ min: 0, max: 80 }),
        fc.integer({ min: 1, max: 30 }),
        fc.boolean(),
        async (made, length, count, forward) => {
          const world = new World(length)
          const got = await walkAll(world, made, forward, count, [])
          expect(forward ? got : got.reverse()).toEqual(world.items.map((item) => item.id))
        },
      ),
      runs(1_000, 10_000),
    )
  })

  test('gives what was there throughout exactly once while items come and go', async () => {
    await fc.assert(
      fc.asyncProperty(
        movingScheme,
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        fc.array(change, { maxLength: 12 }),
        async (made, length, count, forward, changes) => {
          const world = new World(length)
          const got = await walkAll(world, made, forward, count, changes)
          const lasting = got.filter((id) => world.lasting.has(id))
          expect(lasting.sort()).toEqual([...world.lasting].sort())
          expect(new Set(got).size).toBe(got.length)
        },
      ),
      {
        ...runs(1_000, 10_000),
        examples: [
          [ones, 4, 1, true, [deleting(0), deleting(), deleting(0, 0)]],
          [
            { ...ones, guesses: 'empty' },
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
  ])('gives $what, in both directions', async ({ longest, isExact }) => {
    await fc.assert(
      fc.asyncProperty(
        repeatingScheme,
        repeatingList(longest),
        fc.integer({ min: 1, max: 8 }),
        fc.boolean(),
        async (made, items, count, forward) => {
          // Backwards, a repeated row is not always told apart if its page can only be found from the start of the list.
          fc.pre(forward || made.kind === 'whole' || (made.kind === 'numbered' && made.fixedSize === null))
          const world = new World(0)
          world.items = items
          const got = await walkAll(world, made, forward, count, [])
          const distinct = [...new Set(world.items.map(({ id }) => id))]
          if (!isExact) expect([...new Set(got)].sort()).toEqual(distinct.sort())
          else if (forward) expect(got).toEqual(distinct)
          else expect(got.sort()).toEqual(distinct.sort())
        },
      ),
      {
        ...runs(500, 10_000),
        examples: [
          [ones, rows(0, 1, 0), 1, true],
          [ones, rows(0, 1, 0), 1, false],
          ...(isExact ? [] : [lastPageOfEight]),
        ],
      },
    )
  })

  test('a cut divides the list: what lies before it and what lies behind it is the whole, from any item', async () => {
    await fc.assert(
      fc.asyncProperty(
        scheme,
        fc.integer({ min: 1, max: 50 }),
        fc.nat(),
        fc.integer({ min: 1, max: 60 }),
        async (made, length, pick, count) => {
          const world = new World(length)
          const vendor = vendorList(made, () => world.items)
          const options = { call: newCall(), scan: { left: 500 }, matches: () => true }
          const page = await scanList<Item>(vendor.list, 'start', { ...options, forward: true, count })
          const edge = page.edges[pick % page.edges.length]!
          const behind = await scanList<Item>(
            vendor.list,
            { after: edge.getPosition() },
            { ...options, forward: true, count: 100 },
          )
          const before = await scanList<Item>(
            vendor.list,
            { before: edge.getPosition() },
            { ...options, forward: false, count: 100 },
          )
          const ids = [...before.edges.reverse(), edge, ...behind.edges].map(({ node }) => node.id)
          expect(ids).toEqual(world.items.map((item) => item.id))
        },
      ),
      runs(1_000, 10_000),
    )
  })
})

describe('lists of lists', () => {
  const anyScheme: Scheme = {
    kind: 'offset links',
    counted: false,
    fixedSize: null,
    previous: false,
    hasLast: false,
    linksDie: false,
    guesses: null,
    maxSize: 100,
  }
  const chainOf = (lists: Item[][], made: Scheme): NestedList<Item> => {
    const hosts = lists.map((_, index) => ({ id: `h${key(index)}` }))
    return {
      parent: vendorList(made, () => hosts).list,
      getChildList: (host) => vendorList(made, () => lists[hosts.indexOf(host as Item)]!).list,
    }
  }
  test('are one list in both directions, under a scan limit that cuts pages short', async () => {
    await fc.assert(
      fc.asyncProperty(
        movingScheme,
        fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 10 }),
        fc.boolean(),
        async (made, sizes, count, forward) => {
          const lists = sizes.map((size, host) =>
            Array.from({ length: size }, (_, index) => ({ id: key(host * 1000 + index) })),
          )
          const got: string[] = []
          let cut: Boundary = forward ? 'start' : 'end'
          for (let round = 0; ; round++) {
            const scan = { left: 40 }
            const slice: ListSlice<Item> = await scanList(chainOf(lists, made), cut, {
              call: newCall(),
              scan,
              forward,
              count,
              matches: () => true,
            })
            if (slice.failure) throw slice.failure
            got.push(...slice.edges.map((edge) => edge.node.id))
            cut = continueFrom(slice, forward, cut)
            if (!slice.more) break
            expect(round).toBeLessThan(200)
          }
          expect(forward ? got : got.reverse()).toEqual(lists.flat().map((item) => item.id))
        },
      ),
      {
        ...runs(1_000, 10_000),
        // The end of an inner list is out of reach for what the lists behind it have left of the scan limit.
        examples: [[{ ...ones, counted: true, guesses: 'empty' }, [0, 7, 1, 2, 4, 0, 1, 0], 9, false]],
      },
    )
  })

  test.each([true, false])(
    'of fixed words: what one of them may not give is a failure (forward: %s)',
    async (forward) => {
      const forbidden = new Problem('VENDOR_FORBIDDEN', 'A scope is missing.')
      const { list } = vendorList(anyScheme, () => [{ id: 'a' }])
      const closed: FlatList<Item> = { ...list, loadPage: () => Promise.reject(forbidden) }
      const inner = (word: unknown): FlatList<Item> => (word === 'active' ? list : closed)
      const options = { call: newCall(), scan: { left: 30 }, forward, count: 5, matches: () => true }
      const cut: Boundary = forward ? 'start' : 'end'
      const slice = await scanList(
        { parent: forward ? ['active', 'pending'] : ['pending', 'active'], getChildList: inner },
        cut,
        options,
      )
      expect(slice).toMatchObject({ failure: forbidden, problem: null, more: true, edges: [{ node: { id: 'a' } }] })
      const hosts = await scanList(
        { parent: vendorList(anyScheme, () => [{ id: 'h' }]).list, getChildList: () => closed },
        cut,
        options,
      )
      expect(hosts).toMatchObject({ failure: null, problem: forbidden, more: false, edges: [] })
    },
  )
})

describe('what a page costs', () => {
  const numbered: Scheme = {
    kind: 'numbered',
    counted: true,
    fixedSize: null,
    previous: false,
    hasLast: false,
    linksDie: false,
    guesses: null,
    maxSize: 300,
  }
  test('one call a page by number, forwards and backwards', async () => {
    const world = new World(1_300)
    for (const forward of [true, false]) {
      const vendor = vendorList(numbered, () => world.items)
      let cut: Boundary = forward ? 'start' : 'end'
      let pages = 0
      for (let more = true; more; pages++) {
        const slice: ListSlice<Item> = await scanList<Item>(vendor.list, cut, {
          call: newCall(),
          scan: { left: 30 },
          forward,
          count: 100,
          matches: () => true,
        })
        more = slice.more
        cut = continueFrom(slice, forward, cut)
      }
      expect(pages).toBe(13)
      // Backwards the first page asks for the total beforehand.
      expect(vendor.calls).toBe(forward ? 13 : 14)
    }
  })

  test('finds the end of a list without a total in few calls', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 100_000 }),
        fc.constantFrom(null, 25, 200),
        fc.constantFrom('empty', 'refused'),
        async (length, fixedSize, pastEnd) => {
          const items = Array.from({ length }, (_, index) => ({ id: key(index) }))
          const vendor = vendorList({ ...numbered, counted: false, maxSize: 200, fixedSize }, () => items)
          const { list } = vendor
          const page: typeof list.loadPage = async (request, call) => {
            const given = await list.loadPage(request, call)
            if (given.items.length > 0 || pastEnd !== 'refused') return given
            throw new Problem('VENDOR_REJECTED', 'There is no such page.')
          }
          const options = { call: newCall(), scan: { left: 40 }, forward: false, count: 100, matches: () => true }
          const slice = await scanList<Item>({ ...list, loadPage: page }, 'end', options)
          expect(slice.failure).toBeNull()
          expect(slice.edges.map(({ node }) => node.id)).toEqual(
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
            scan: { left: 40 },
          })
          expect(next.edges.map(({ node }) => node.id)).toEqual(
            items
              .slice(-200, -100)
              .reverse()
              .map(({ id }) => id),
          )
          expect(vendor.calls - before).toBeLessThanOrEqual(8)
        },
      ),
      runs(100, 2_000),
    )
  })
})
