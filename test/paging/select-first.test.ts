import { describe, expect, test } from 'vitest'
import { selectFirst } from '../../src/paging/select-first.ts'
import { takeTurn } from '../../src/paging/turn.ts'

describe('selectFirst', () => {
  test('returns what a sort would begin with', async () => {
    const items = Array.from({ length: 2_500 }, (_, index) => (index * 7_919) % 1_000)
    const compare = (one: number, other: number) => one - other
    for (const count of [1, 20, 100, 3_000]) {
      expect(await selectFirst(items, count, compare)).toEqual(items.toSorted(compare).slice(0, count))
    }
    expect(await selectFirst([], 20, compare)).toEqual([])
  })
})

describe('takeTurn', () => {
  test('lets one piece of work proceed at once, and each other one in a turn of its own', async () => {
    await new Promise(setImmediate)
    expect(takeTurn()).toBeUndefined()
    let turns = 0
    let isCounting = true
    const count = () => {
      turns += 1
      if (isCounting) setImmediate(count)
    }
    setImmediate(count)
    const seen: number[] = []
    await Promise.all(
      [1, 2, 3].map(async () => {
        await takeTurn()
        seen.push(turns)
      }),
    )
    isCounting = false
    expect(new Set(seen).size).toBe(3)
  })
})
