import type { SandboxOptions } from '../../../src/sandboxes/kit.ts'
import { openAccount, type OpenAccount } from '../../support/account.ts'
import { trueconf } from '../../../src/vendors/trueconf/index.ts'
import { start, type TrueConfSandboxOptions, type TrueConfSandbox } from '../../../src/sandboxes/trueconf/index.ts'
import type { CallContext } from '../../../src/upstream/call-context.ts'
import type { NewConference } from '../../../src/vendors/vendor-inputs.ts'
import type { FlatList, VendorList, VendorPage } from '../../../src/vendors/vendor-lists.ts'
import type { Vendor } from '../../../src/vendors/vendor.ts'
import { newConference as createInput } from '../new-conference.ts'

export interface Opened extends Omit<OpenAccount, 'vendor'> {
  sandbox: TrueConfSandbox
  /** All operations of the vendor. */
  vendor: Required<Vendor>
  /** Returns the requests since the last call, such as `GET /users?page_id=0`, without token requests. */
  takeRequests(): string[]
}

/** Starts a sandbox and opens an account of it. `config` replaces settings of the account. */
export async function open(
  options: SandboxOptions & TrueConfSandboxOptions = {},
  config: object = {},
): Promise<Opened> {
  const sandbox = await start({ users: 30, conferences: 35, running: 2, ...options })
  const account = openAccount(trueconf, { ...sandbox.account, ...config })
  let readCount = 0
  return {
    ...account,
    sandbox,
    vendor: account.vendor as Required<Vendor>,
    takeRequests() {
      const newRequests = sandbox.ledger.slice(readCount).filter(({ path }) => path.startsWith('/api/'))
      readCount = sandbox.ledger.length
      return newRequests.map(
        ({ method, path, query }) => `${method} ${path.slice('/api/v3.8'.length)}${query && `?${query}`}`,
      )
    },
    async close() {
      await account.close()
      await sandbox.close()
    },
  }
}

export function asList<T>(listing: VendorList<T>): FlatList<T> {
  if ('parent' in listing) throw new Error('The list is nested.')
  return listing
}

/** Returns all parsed items of a list, which it reads by links. */
export async function readAll<T>(listing: VendorList<T>, call: CallContext, size = 200): Promise<(T | null)[]> {
  const list = asList(listing)
  const items: (T | null)[] = []
  for (let link: string | null = null; ;) {
    const page: VendorPage = await list.loadPage({ size, link }, call)
    items.push(...page.items.map((item) => list.parseItem(item)))
    if (page.next === null) return items
    link = page.next
  }
}

export const helen = { vendorId: 'helen', email: null }

/** Returns the input of a conference that Helen owns. */
export const newConference = (changes: Partial<NewConference> = {}): NewConference =>
  createInput({ title: 'Planning', owner: helen, clientAssignedId: 'k3y0fthisoperation12', ...changes })
