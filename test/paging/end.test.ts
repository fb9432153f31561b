import { expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { scanList } from '../../src/paging/scan.ts'
import type { NestedList } from '../../src/vendors/vendor-lists.ts'
import { newCall } from '../support/account.ts'
import { plainScheme, vendorList, type Item } from './vendor-list.ts'

/** Creates a nested list of partitions with these lengths. The partitions in `broken` fail. */
function lists(lengths: readonly number[], broken: readonly number[] = []) {
  const vendors = lengths.map((length, list) => {
    const items: Item[] = Array.from({ length }, (_, index) => ({ id: `${list}-${index}` }))
    return vendorList(plainScheme, () => items)
  })
  const nestedList: NestedList<Item> = {
    parent: lengths.map((_, index) => String(index)),
    getChildList: (partition) => {
      const { list } = vendors[Number(partition)]!
      if (!broken.includes(Number(partition))) return list
      return { ...list, loadPage: () => Promise.reject(new Problem('VENDOR_UNAVAILABLE', 'It is down.')) }
    },
  }
  const take = (count: number, { scanCalls = 30, isForward = true, expectFewMatches = false } = {}) =>
    scanList(nestedList, isForward ? 'start' : 'end', {
      call: newCall(),
      budget: { remaining: scanCalls },
      isForward,
      count,
      matches: () => true,
      expectFewMatches,
    })
  return { take, calls: () => vendors.reduce((sum, { calls }) => sum + calls, 0) }
}

test.each([true, false])(
  'reports the end of the list with the last item, even if empty lists follow (forward: %s)',
  async (isForward) => {
    const { take } = lists(isForward ? [5, 0, 0] : [0, 0, 5])
    expect(await take(5, { isForward })).toMatchObject({ hasMore: false, hitScanLimit: false, failure: null })
  },
)

test('finds out with one call for each list whether the lists after a full page have items', async () => {
  const { take, calls } = lists([5, 0, 3])
  const slice = await take(5)
  expect(slice.items).toHaveLength(5)
  expect(slice).toMatchObject({ hasMore: true, hitScanLimit: false })
  expect(calls()).toBe(3)
})

test('does not fail a full page if a list after it fails or the scan limit is reached', async () => {
  for (const slice of [await lists([5, 3], [1]).take(5), await lists([5, 3]).take(5, { scanCalls: 1 })]) {
    expect(slice.items).toHaveLength(5)
    expect(slice).toMatchObject({ hasMore: true, hitScanLimit: false, failure: null, partialProblem: null })
  }
})

test('does not scan the lists after a full page if few items match', async () => {
  const { take, calls } = lists([5, 0, 0])
  expect(await take(5, { expectFewMatches: true })).toMatchObject({ hasMore: true })
  expect(calls()).toBe(1)
})
