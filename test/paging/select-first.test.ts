import { describe, expect, test } from 'vitest'
import { selectFirst } from '../../src/paging/select-first.ts'

describe('selectFirst', () => {
  test('returns the first items of the sorted list', async () => {
    const items = Array.from({ length: 2_500 }, (_, index) => (index * 7_919) % 1_000)
    const compare = (left: number, right: number) => left - right
    for (const count of [1, 20, 100, 3_000]) {
      expect(await selectFirst(items, count, compare)).toEqual(items.toSorted(compare).slice(0, count))
    }
    expect(await selectFirst([], 20, compare)).toEqual([])
  })
})
