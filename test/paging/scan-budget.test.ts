import { expect, test } from 'vitest'
import { loadConnection } from '../../src/paging/connection.ts'
import type { Connection } from '../../src/paging/relay.ts'
import { createCursorCodec } from '../../src/paging/cursor.ts'
import type { Account } from '../../src/vendors/accounts.ts'
import { createFixedSecrets } from '../../src/core/secrets.ts'
import { newCall } from '../support/account.ts'
import { vendorList, type Item, type Scheme } from './vendor-list.ts'

const items: Item[] = Array.from({ length: 140 }, (_, index) => ({ id: String(index).padStart(3, '0') }))
const threes: Scheme = {
  kind: 'numbered',
  counted: false,
  fixedSize: 3,
  previous: false,
  hasLast: false,
  linksDie: false,
  guesses: null,
  maxSize: 200,
}
const codec = createCursorCodec(createFixedSecrets('scan'))
const account = { key: 'a', lengths: new Map() } as unknown as Account

function page(
  vendor: ReturnType<typeof vendorList>,
  after: string | null,
  scanCalls: number,
): Promise<Connection<Item>> {
  return loadConnection<Item>({
    list: 'scan',
    sources: [{ account, listing: vendor.list, isExact: true }],
    args: { first: 20, after },
    matches: () => true,
    isSelective: false,
    call: newCall(),
    codec,
    scanCalls,
    pageSize: 20,
  })
}

test('a vendor that makes smaller pages than asked is asked for the right one, and not walked anew', async () => {
  const vendor = vendorList(threes, () => items)
  const seen: string[] = []
  for (let after: string | null = null; ;) {
    const before = vendor.calls
    const { edges, pageInfo } = await page(vendor, after, 30)
    seen.push(...edges.map(({ node }) => node.id))
    expect(vendor.calls - before).toBeLessThanOrEqual(9)
    if (!pageInfo.hasNextPage) break
    after = pageInfo.endCursor
  }
  expect(seen).toEqual(items.map(({ id }) => id))
})

test('a place that takes the whole scan limit to find is CURSOR_EXPIRED, not one empty page after another', async () => {
  const vendor = vendorList({ ...threes, kind: 'keyset', linksDie: true }, () => items)
  const walk = async () => {
    for (let after: string | null = null; ;) {
      const { edges, pageInfo } = await page(vendor, after, 12)
      expect(edges.length).toBeGreaterThan(0)
      vendor.forgetLinks()
      after = pageInfo.endCursor
    }
  }
  await expect(walk()).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' })
})
