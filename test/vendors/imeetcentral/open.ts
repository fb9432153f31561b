import { onTestFinished } from 'vitest'
import { imeetcentral } from '../../../src/vendors/imeetcentral/index.ts'
import { type IMeetCentralSandboxOptions, start } from '../../../src/sandboxes/imeetcentral/index.ts'
import type { PageToken, FlatList, VendorList } from '../../../src/vendors/vendor-lists.ts'
import type { Conference, User } from '../../../src/vendors/vendor-objects.ts'
import type { Vendor } from '../../../src/vendors/vendor.ts'
import type { CallContext } from '../../../src/upstream/call-context.ts'
import { openAccount } from '../../support/account.ts'

/** Starts a sandbox and opens an account of it. Both are closed after the test. */
export async function open(options: IMeetCentralSandboxOptions = {}, settings: object = {}) {
  const sandbox = await start(options)
  const account = openAccount(imeetcentral, { ...sandbox.account, ...settings })
  onTestFinished(async () => {
    await account.close()
    await sandbox.close()
  })
  const calls = () =>
    sandbox.ledger.filter(({ path }) => path !== '/oauth2/token').map(({ method, path }) => `${method} ${path}`)
  return { sandbox, ...account, vendor: account.vendor as Required<Vendor>, calls }
}

export const asList = <T>(listing: VendorList<T>): FlatList<T> => listing as FlatList<T>

/** Returns every page from `link` on, in the requested direction. */
export async function listAll<T extends User | Conference>(
  list: FlatList<T>,
  call: CallContext,
  direction: 'next' | 'previous' = 'next',
  from: PageToken | null = null,
) {
  const pages: T[][] = []
  for (let link: PageToken | null | undefined = from, first = true; first || link; first = false) {
    const page = await list.loadPage({ size: 25, link: link ?? null }, call)
    pages.push(page.items.flatMap((item) => list.parseItem(item) ?? []))
    link = page[direction]
  }
  return pages
}
