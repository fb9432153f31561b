import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scanList } from '../../src/paging/scan.ts'
import { runs } from '../support/property.ts'
import { cacheList, newCachedCall } from './cached-list.ts'
import {
  change,
  type Change,
  ChangingList,
  deleting,
  losingReturned,
  movingScheme,
  ones,
  scanAll,
} from './changing-list.ts'
import { vendorList, type Scheme } from './vendor-list.ts'

/** Pages of 4 items, without anything that shows that they have moved. */
const fours: Scheme = { ...ones, kind: 'offset links', fixedSize: 4, maxSize: 4 }

interface CachedScan {
  count: number
  isForward: boolean
  /** See `expire` of `cacheList`. */
  expired: number
  changes: Change[]
}

const openFixture = (scheme: Scheme, length: number) => {
  const fixture = new ChangingList(length)
  const vendor = vendorList(scheme, () => fixture.items)
  const cache = cacheList(vendor.list)
  const cachedVendor = { ...vendor, list: cache.list, calls: 0 }
  const scan = (count: number, isForward = true, changes: Parameters<typeof scanAll>[4] = []) =>
    scanAll(fixture, scheme, isForward, count, changes, undefined, cachedVendor, newCachedCall)
  return { fixture, vendor, cache, scan }
}

describe('cached pages of different ages', () => {
  test('lose and repeat no remaining item while the list shrinks and grows', async () => {
    await fc.assert(
      fc.asyncProperty(
        movingScheme,
        fc.integer({ min: 0, max: 60 }),
        fc.array(
          fc.record({
            count: fc.integer({ min: 1, max: 20 }),
            isForward: fc.boolean(),
            expired: fc.integer({ min: 0, max: 999 }),
            changes: fc.array(change, { maxLength: 6 }),
          }),
          { minLength: 2, maxLength: 5 },
        ),
        async (scheme, length, scans) => {
          const { fixture, cache, scan } = openFixture(scheme, length)
          for (const { count, isForward, expired, changes } of scans) {
            const before = new Set(fixture.lasting)
            const got = await scan(count, isForward, changes)
            cache.expire(expired)
            const lasting = [...before].filter((id) => fixture.lasting.has(id))
            // What was cached when the scan began can lack items that were created before it.
            expect(got.filter((id) => lasting.includes(id)).sort()).toEqual(lasting.sort())
            expect(new Set(got).size).toBe(got.length)
          }
        },
      ),
      {
        ...runs(200, 10_000),
        examples: [
          [
            fours,
            12,
            [
              { count: 4, isForward: true, expired: 999, changes: [] },
              { count: 4, isForward: true, expired: 0, changes: [deleting(0), deleting(0)] },
            ],
          ],
          ...losingReturned.map(([scheme, length, isForward, changes]): [Scheme, number, CachedScan[]] => [
            scheme,
            length,
            [
              { count: 1, isForward, expired: 0, changes },
              { count: 1, isForward, expired: 0, changes: [] },
            ],
          ]),
        ],
      },
    )
  })

  test('are not used together if the list was shortened between them', async () => {
    const { fixture, cache } = openFixture(fours, 8)
    const read = () =>
      scanList(cache.list, 'start', {
        call: newCachedCall(),
        budget: { remaining: 50 },
        isForward: true,
        count: 8,
        matches: () => true,
      })
    await cache.list.loadPage({ link: null, size: 4 }, newCachedCall())
    fixture.apply(deleting(0))
    const { items } = await read()
    expect(items.map(({ node }) => node.id).filter((id) => fixture.lasting.has(id))).toEqual([...fixture.lasting])
  })

  test('need no vendor call if one operation has read all of them', async () => {
    const { cache, scan } = openFixture(fours, 40)
    const first = await scan(10)
    const { reads } = cache
    expect(await scan(10)).toEqual(first)
    expect(cache.reads).toBe(reads)
  })

  test('are read again from the vendor if a page token has expired', async () => {
    const { fixture, vendor, cache } = openFixture({ ...fours, tokensExpire: true }, 12)
    await cache.list.loadPage({ link: null, size: 4 }, newCachedCall())
    vendor.expireTokens()
    const options = { budget: { remaining: 50 }, isForward: true, count: 12, matches: () => true }
    const { items, failure } = await scanList(cache.list, 'start', { ...options, call: newCachedCall() })
    expect(failure).toBeNull()
    expect(items.map(({ node }) => node.id)).toEqual(fixture.items.map(({ id }) => id))
  })
})
