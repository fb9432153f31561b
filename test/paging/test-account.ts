import { Problem } from '../../src/core/errors.ts'
import { createFixedSecrets } from '../../src/core/secrets.ts'
import { createCursorCodec } from '../../src/paging/cursor.ts'
import type { Connection } from '../../src/paging/relay.ts'
import type { Account } from '../../src/vendors/accounts.ts'
import type { FlatList } from '../../src/vendors/vendor-lists.ts'
import { plainScheme, vendorList, type Item, type Scheme } from './vendor-list.ts'

export const codec = createCursorCodec(createFixedSecrets('a secret of at least thirty-two characters'))

/** An account of a simulated vendor that fails while `outage` is set. */
export class TestAccount {
  readonly account: Account
  readonly items: Item[]
  readonly vendor: ReturnType<typeof vendorList>
  readonly listing: FlatList<Item>
  readonly isExact = true
  /** Fails with VENDOR_UNAVAILABLE if true, or with an error that is never retryable. */
  outage: boolean | 'permanent' = false
  constructor(key: string, length: number, scheme: Partial<Scheme> = {}) {
    this.account = { key, label: key, knownListLengths: new Map() } as unknown as Account
    this.items = Array.from({ length }, (_, index) => ({ id: `${key}${String(index).padStart(4, '0')}` }))
    this.vendor = vendorList({ ...plainScheme, reportsTotal: true, ...scheme }, () => this.items)
    const { list } = this.vendor
    this.listing = {
      ...list,
      loadPage: async (request, call) => {
        if (this.outage === 'permanent') throw new Problem('VENDOR_AUTH_FAILED', 'The credentials are rejected.')
        if (this.outage) throw new Problem('VENDOR_UNAVAILABLE', 'It is down.')
        return list.loadPage(request, call)
      },
    }
  }
}

export const listIds = (connection: Connection<Item>): string[] => connection.edges.map(({ node }) => node.id)
