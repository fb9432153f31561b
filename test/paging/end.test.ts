import { expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { scanList } from '../../src/paging/scan.ts'
import type { NestedList } from '../../src/vendors/vendor.ts'
import { newCall } from '../support/account.ts'
import { vendorList, type Item, type Scheme } from './vendor-list.ts'

const scheme: Scheme = {
  kind: 'numbered',
  counted: false,
  guesses: null,
  fixedSize: null,
  previous: false,
  hasLast: false,
  linksDie: false,
  maxSize: 50,
}

/** Lists of these lengths, one after another as Zoom's statuses are; `broken`: the ones that fail. */
function lists(lengths: readonly number[], broken: readonly number[] = []) {
  const vendors = lengths.map((length, list) => {
    const items: Item[] = Array.from({ length }, (_, index) => ({ id: `${list}-${index}` }))
    return vendorList(scheme, () => items)
  })
  const chain: NestedList<Item> = {
    parent: lengths.map((_, index) => String(index)),
    getChildList: (word) => {
      const { list } = vendors[Number(word)]!
      if (!broken.includes(Number(word))) return list
      return { ...list, loadPage: () => Promise.reject(new Problem('VENDOR_UNAVAILABLE', 'It is down.')) }
    },
  }
  const take = (count: number, { scanCalls = 30, forward = true, sparse = false } = {}) =>
    scanList(chain, forward ? 'start' : 'end', {
      call: newCall(),
      scan: { left: scanCalls },
      forward,
      count,
      matches: () => true,
      expectFewMatches: sparse,
    })
  return { take, calls: () => vendors.reduce((sum, { calls }) => sum + calls, 0) }
}

test.each([true, false])(
  'a page that takes the last item says so, whatever empty lists lie behind it (%s)',
  async (forward) => {
    const { take } = lists(forward ? [5, 0, 0] : [0, 0, 5])
    expect(await take(5, { forward })).toMatchObject({ more: false, stopped: false, failure: null })
  },
)

test('a full page at the end of one list sees that another has something, for one call', async () => {
  const { take, calls } = lists([5, 0, 3])
  const slice = await take(5)
  expect(slice.edges).toHaveLength(5)
  expect(slice).toMatchObject({ more: true, stopped: false })
  expect(calls()).toBe(3)
})

test('what goes wrong behind a full page is left to the next one', async () => {
  for (const slice of [await lists([5, 3], [1]).take(5), await lists([5, 3]).take(5, { scanCalls: 1 })]) {
    expect(slice.edges).toHaveLength(5)
    expect(slice).toMatchObject({ more: true, stopped: false, failure: null, problem: null })
  }
})

test('what is rare is not searched for behind a full page', async () => {
  const { take, calls } = lists([5, 0, 0])
  expect(await take(5, { sparse: true })).toMatchObject({ more: true })
  expect(calls()).toBe(1)
})
