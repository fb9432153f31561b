import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ByteBudget } from '../../src/core/byte-budget.ts'
import type { Account } from '../../src/vendors/accounts.ts'
import { SortedListStore } from '../../src/paging/sorted-list-store.ts'

const minute = 60_000

describe('SortedListStore', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** Saves a list of this size. */
  function save(store: SortedListStore, caller: string, bytes: number, budget?: ByteBudget) {
    const list = store.open<object>(caller, 'users', null)
    list.bytes = bytes
    return { list, isSaved: store.save('users', list, { caller, budget }) }
  }

  test('returns a saved list only to its caller', () => {
    const store = new SortedListStore()
    const { list } = save(store, 'ada', 100)
    expect(store.open('ada', 'users', list.id)).toBe(list)
    expect(store.open('bob', 'users', list.id)).not.toBe(list)
    expect(store.open('ada', 'conferences', list.id)).not.toBe(list)
  })

  test('returns an empty list with the same ID if the list is not stored', () => {
    const list = new SortedListStore().open('ada', 'users', 'gone')
    expect(list.id).toBe('gone')
    expect(list.getPart({ key: 'zoom' } as Account).boundary).toBe('start')
  })

  test('drops a list 5 minutes after it was saved, even if it is used, and releases its memory', () => {
    const store = new SortedListStore()
    const budget = new ByteBudget(1_000_000)
    const { list } = save(store, 'ada', 100, budget)
    vi.advanceTimersByTime(4 * minute)
    expect(store.open('ada', 'users', list.id)).toBe(list)
    expect(budget.usedBytes).toBeGreaterThan(0)
    vi.advanceTimersByTime(minute)
    expect(store.open('ada', 'users', list.id)).not.toBe(list)
    expect(budget.usedBytes).toBe(0)
  })

  test("drops the caller's least recently used lists and keeps those of other callers", () => {
    const store = new SortedListStore()
    const budget = new ByteBudget(1_000_000)
    const other = save(store, 'bob', 10_000, budget)
    const lists = Array.from({ length: 3 }, () => save(store, 'ada', 70_000, budget).list)
    store.open('ada', 'users', lists[0]!.id)
    expect(save(store, 'ada', 70_000, budget).isSaved).toBe(true)
    const isKept = (caller: string, list: { id: string }) => store.open(caller, 'users', list.id) === list
    expect(lists.map((list) => isKept('ada', list))).toEqual([true, false, true])
    expect(isKept('bob', other.list)).toBe(true)
  })

  test('does not save a list that is larger than the share of its caller', () => {
    const budget = new ByteBudget(1_000_000)
    expect(save(new SortedListStore(), 'ada', 900_000, budget).isSaved).toBe(false)
    expect(budget.usedBytes).toBe(0)
  })
})
