import { afterEach, expect, test, vi } from 'vitest'
import { Pacer } from '../../src/core/pacer.ts'
import { toLoadedPage } from '../../src/paging/loaded-page.ts'
import { findItem } from '../../src/vendors/kit/iterate-pages.ts'
import type { FlatList } from '../../src/vendors/vendor-lists.ts'
import { newCall } from '../support/account.ts'

afterEach(() => vi.restoreAllMocks())

/** Advances the clock by a millisecond each time that it is read. */
function slowDown(): void {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now++)
}

/** Returns the number of turns of the event loop while `work` runs. */
async function countTurns(work: () => Promise<unknown>): Promise<number> {
  let turns = 0
  let isRunning = true
  const count = (): void => {
    turns++
    if (isRunning) setImmediate(count)
  }
  setImmediate(count)
  await work()
  isRunning = false
  return turns
}

const items = Array.from({ length: 1_000 }, (_, id) => ({ id: String(id) }))
const idOf = (item: unknown) => (item as { id: string }).id
const page = { items, next: null }

test('is due after 10 ms, and again 10 ms after each pause', async () => {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  const pacer = new Pacer()
  now = 9
  expect(pacer.isDue).toBe(false)
  now = 10
  expect(pacer.isDue).toBe(true)
  await pacer.pause()
  expect(pacer.isDue).toBe(false)
})

test('lets other work run while the IDs of a long page are read', async () => {
  slowDown()
  const turns = await countTurns(() => toLoadedPage(page, { number: 0, size: 20 }, null, idOf))
  expect(turns).toBeGreaterThan(50)
})

test('lets other work run while an object is searched in a long page', async () => {
  slowDown()
  const list: FlatList<unknown> = { maxSize: 20, loadPage: async () => page, getId: idOf, parseItem: (item) => item }
  const turns = await countTurns(() => findItem(list, () => false, newCall()))
  expect(turns).toBeGreaterThan(50)
})
