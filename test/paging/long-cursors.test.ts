import { expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import { loadConnection } from '../../src/paging/connection.ts'
import { createCursorCodec, maxCursorLength, tagLength } from '../../src/paging/cursor.ts'
import { loadSortedConnection } from '../../src/paging/sorted-connection.ts'
import type { Connection } from '../../src/paging/relay.ts'
import { SortedListStore } from '../../src/paging/sorted-list-store.ts'
import { createFixedSecrets } from '../../src/core/secrets.ts'
import type { Account } from '../../src/vendors/accounts.ts'
import type { FlatList } from '../../src/vendors/vendor-lists.ts'
import { newCall } from '../support/account.ts'
import { plainScheme, vendorList, type Item, type Scheme } from './vendor-list.ts'

const scheme: Scheme = { ...plainScheme, kind: 'keyset', maxSize: 10 }
const itemsOfAccount = 30
const padding = '~'.repeat(900)
const codec = createCursorCodec(createFixedSecrets('long cursors'))

/** Creates accounts whose lists have long page tokens and fail after their second page while `isDown` is true. */
function createAccounts(count: number) {
  const state = { isDown: true }
  const sources = Array.from({ length: count }, (_, account) => {
    const items = Array.from({ length: itemsOfAccount }, (_, index) => ({ id: `${account}-${index + 100}` }))
    const { list } = vendorList(scheme, () => items)
    const listing: FlatList<Item> = {
      ...list,
      loadPage: async (request, call) => {
        const link = 'link' in request ? request.link : null
        const page = await list.loadPage(
          link === null ? request : { ...request, link: link.slice(padding.length) },
          call,
        )
        const failing = state.isDown && page.items.some((item) => (item as Item).id.endsWith('120'))
        if (failing) throw new Problem('VENDOR_UNAVAILABLE', 'It is down.', { retryable: true })
        return { ...page, next: page.next === null ? null : padding + page.next }
      },
    }
    return {
      account: { key: `account-${account}`, knownListLengths: new Map() } as unknown as Account,
      listing,
      isExact: true,
    }
  })
  const take = (after: string | null, first = 100): Promise<Connection<Item>> =>
    loadConnection<Item>({
      list: 'long',
      sources,
      args: { first, after },
      matches: () => true,
      isSelective: false,
      call: newCall(),
      codec,
      scanCalls: 30,
      pageSize: 20,
    })
  return { state, take }
}

/** Reads pages until every account has failed. Returns the last page and the IDs of all pages. */
async function readUntilAllFail(accounts: ReturnType<typeof createAccounts>, count: number) {
  const ids: string[] = []
  let page = await accounts.take(null)
  for (;;) {
    ids.push(...page.edges.map(({ node }) => node.id))
    if (ids.length >= count * 20) return { page, ids }
    page = await accounts.take(page.pageInfo.endCursor)
  }
}

test('returns cursors of an accepted length after 60 accounts with long page tokens have failed', async () => {
  const accounts = createAccounts(60)
  const { page, ids } = await readUntilAllFail(accounts, 60)
  expect(ids).toHaveLength(60 * 20)
  accounts.state.isDown = false
  for (const { cursor } of page.edges) await accounts.take(cursor, 1)
  let after = page.pageInfo.endCursor
  while (after !== null) {
    const { edges, pageInfo } = await accounts.take(after)
    ids.push(...edges.map(({ node }) => node.id))
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null
  }
  expect(ids).toHaveLength(60 * itemsOfAccount)
  expect(new Set(ids).size).toBe(60 * itemsOfAccount)
})

test('fails with OPERATION_TOO_EXPENSIVE if a position is too long for a cursor', () => {
  const { listHash, sign } = codec.getSigner('long')
  const longest = sign(listHash + 'a'.repeat(maxCursorLength - tagLength - listHash.length))
  expect(codec.open('long', longest, 'after')).toMatch(/^a+$/)
  expect(() => sign(listHash + 'a'.repeat(maxCursorLength - tagLength))).toThrow(
    expect.objectContaining({ code: 'OPERATION_TOO_EXPENSIVE' }),
  )
})

test('returns cursors of an accepted length if objects are sorted by long texts', async () => {
  const items = ['a', 'b', 'c'].map((name) => ({ id: `${name.repeat(20_000)}` }))
  const { list } = vendorList({ ...scheme, kind: 'whole' }, () => items)
  const account = { key: 'one', knownListLengths: new Map() } as unknown as Account
  const ids: string[] = []
  let after: string | null = null
  do {
    const page: Connection<Item> = await loadSortedConnection<Item>({
      list: 'ordered',
      sources: [{ account, listing: list, isExact: true }],
      args: { first: 1, after },
      matches: () => true,
      isSelective: false,
      call: newCall(),
      codec,
      scanCalls: 30,
      pageSize: 20,
      getSortKey: ({ id }) => id,
      getId: ({ id }) => id.slice(0, 1),
      isDescending: true,
      estimateBytes: () => 100,
      maxItems: 100,
      maxCalls: 100,
      listStore: new SortedListStore(),
    })
    ids.push(...page.edges.map(({ node }) => node.id.slice(0, 1)))
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
  } while (after !== null)
  expect(ids).toEqual(['c', 'b', 'a'])
})
