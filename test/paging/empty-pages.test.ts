import { describe, expect, test } from 'vitest'
import { scanList } from '../../src/paging/scan.ts'
import { iterateItems } from '../../src/vendors/kit/iterate-pages.ts'
import type { FlatList } from '../../src/vendors/vendor-lists.ts'
import { createPageSchema } from '../../src/vendors/zoom/lists.ts'
import { newCall } from '../support/account.ts'

/** Creates a list with page tokens. `sizes` are the numbers of items of its pages. */
function createList(sizes: readonly number[]) {
  const requested: (string | null)[] = []
  const list: FlatList<string> = {
    maxSize: 50,
    loadPage: async (request) => {
      const link = 'link' in request ? request.link : null
      requested.push(link)
      const index = Number(link ?? 0)
      const items = Array.from({ length: sizes[index]! }, (_, item) => `${index}-${item}`)
      return { items, next: index + 1 < sizes.length ? String(index + 1) : null }
    },
    getId: String,
    parseItem: String,
  }
  return { list, requested }
}

const take = (list: FlatList<string>, isForward = true) =>
  scanList(list, isForward ? 'start' : 'end', {
    call: newCall(),
    budget: { remaining: 30 },
    isForward,
    count: 10,
    matches: () => true,
  })

async function readAll(list: FlatList<string>): Promise<string[]> {
  const ids: string[] = []
  for await (const id of iterateItems(list, newCall())) ids.push(id)
  return ids
}

describe('scanList with an empty page that has a next page', () => {
  test.each([true, false])('continues after it (forward: %s)', async (isForward) => {
    const { list } = createList([1, 0, 0, 0, 0, 0, 2, 0, 1])
    const { items, failure, hasMore } = await take(list, isForward)
    const ids = items.map(({ node }) => node)
    expect(isForward ? ids : ids.toReversed()).toEqual(['0-0', '6-0', '6-1', '8-0'])
    expect([failure, hasMore]).toEqual([null, false])
  })

  test('fails with PAGING_LOOP at the sixth empty page in a row', async () => {
    const { list, requested } = createList([1, 0, 0, 0, 0, 0, 0, 2])
    const { items, failure } = await take(list)
    expect(items.map(({ node }) => node)).toEqual(['0-0'])
    expect(failure).toMatchObject({ code: 'PAGING_LOOP' })
    expect(requested).toHaveLength(7)
  })

  test('continues after it in iterateItems', async () => {
    expect(await readAll(createList([0, 1, 0, 1]).list)).toEqual(['1-0', '3-0'])
    await expect(readAll(createList([0, 0, 0, 0, 0, 0, 1]).list)).rejects.toMatchObject({ code: 'PAGING_LOOP' })
  })

  test('reads it from a response of Zoom', () => {
    const page = createPageSchema('users')({ users: [], next_page_token: 'abc', page_size: 300, total_records: 2 })
    expect(page).toMatchObject({ items: [], next: 'next_page_token=abc' })
    expect(createPageSchema('users')({ users: [], next_page_token: '' })).toMatchObject({ next: null })
  })
})
