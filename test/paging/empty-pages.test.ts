import { describe, expect, test } from 'vitest'
import { scanList } from '../../src/paging/scan.ts'
import { iterateItems } from '../../src/vendors/kit/iterate-pages.ts'
import type { FlatList } from '../../src/vendors/vendor.ts'
import { createPageSchema } from '../../src/vendors/zoom/lists.ts'
import { newCall } from '../support/account.ts'

/** A list by links whose pages have these many items. */
function listOf(sizes: readonly number[]) {
  const asked: (string | null)[] = []
  const list: FlatList<string> = {
    maxSize: 50,
    loadPage: async (request) => {
      const link = 'link' in request ? request.link : null
      asked.push(link)
      const index = Number(link ?? 0)
      const items = Array.from({ length: sizes[index]! }, (_, item) => `${index}-${item}`)
      return { items, next: index + 1 < sizes.length ? String(index + 1) : null }
    },
    getId: String,
    parseItem: String,
  }
  return { list, asked }
}

const take = (list: FlatList<string>, forward = true) =>
  scanList(list, forward ? 'start' : 'end', {
    call: newCall(),
    scan: { left: 30 },
    forward,
    count: 10,
    matches: () => true,
  })

async function readAll(list: FlatList<string>): Promise<string[]> {
  const ids: string[] = []
  for await (const id of iterateItems(list, newCall())) ids.push(id)
  return ids
}

describe('an empty page with a link to the next', () => {
  test.each([true, false])('does not end the list (forward: %s)', async (forward) => {
    const { list } = listOf([1, 0, 0, 0, 0, 0, 2, 0, 1])
    const { edges, failure, more } = await take(list, forward)
    const ids = edges.map(({ node }) => node)
    expect(forward ? ids : ids.toReversed()).toEqual(['0-0', '6-0', '6-1', '8-0'])
    expect([failure, more]).toEqual([null, false])
  })

  test('is a PAGING_LOOP if it is the sixth in a row', async () => {
    const { list, asked } = listOf([1, 0, 0, 0, 0, 0, 0, 2])
    const { edges, failure } = await take(list)
    expect(edges.map(({ node }) => node)).toEqual(['0-0'])
    expect(failure).toMatchObject({ code: 'PAGING_LOOP' })
    expect(asked).toHaveLength(7)
  })

  test('is followed by look-ups, too', async () => {
    expect(await readAll(listOf([0, 1, 0, 1]).list)).toEqual(['1-0', '3-0'])
    await expect(readAll(listOf([0, 0, 0, 0, 0, 0, 1]).list)).rejects.toMatchObject({ code: 'PAGING_LOOP' })
  })

  test('is read from a response of Zoom', () => {
    const page = createPageSchema('users')({ users: [], next_page_token: 'abc', page_size: 300, total_records: 2 })
    expect(page).toMatchObject({ items: [], next: 'next_page_token=abc' })
    expect(createPageSchema('users')({ users: [], next_page_token: '' })).toMatchObject({ next: null })
  })
})
