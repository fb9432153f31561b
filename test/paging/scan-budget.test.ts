import { expect, test } from 'vitest'
import { loadConnection } from '../../src/paging/connection.ts'
import type { Connection } from '../../src/paging/relay.ts'
import { createCursorCodec } from '../../src/paging/cursor.ts'
import type { Account } from '../../src/vendors/accounts.ts'
import { createFixedSecrets } from '../../src/core/secrets.ts'
import { newCall } from '../support/account.ts'
import { plainScheme, vendorList, type Item, type Scheme } from './vendor-list.ts'

const items: Item[] = Array.from({ length: 140 }, (_, index) => ({ id: String(index).padStart(3, '0') }))
const threes: Scheme = { ...plainScheme, fixedSize: 3, maxSize: 200 }
const codec = createCursorCodec(createFixedSecrets('scan'))
const account = { key: 'a', knownListLengths: new Map() } as unknown as Account

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

test('requests the correct page of a vendor whose pages are smaller than requested, without a new scan', async () => {
  const vendor = vendorList(threes, () => items)
  const received: string[] = []
  for (let after: string | null = null; ;) {
    const before = vendor.calls
    const { edges, pageInfo } = await page(vendor, after, 30)
    received.push(...edges.map(({ node }) => node.id))
    expect(vendor.calls - before).toBeLessThanOrEqual(9)
    if (!pageInfo.hasNextPage) break
    after = pageInfo.endCursor
  }
  expect(received).toEqual(items.map(({ id }) => id))
})

test('fails with CURSOR_EXPIRED instead of returning empty pages if a position is not found within the scan limit', async () => {
  const vendor = vendorList({ ...threes, kind: 'keyset', tokensExpire: true }, () => items)
  const readAll = async () => {
    for (let after: string | null = null; ;) {
      const { edges, pageInfo } = await page(vendor, after, 12)
      expect(edges.length).toBeGreaterThan(0)
      vendor.expireTokens()
      after = pageInfo.endCursor
    }
  }
  await expect(readAll()).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' })
})
