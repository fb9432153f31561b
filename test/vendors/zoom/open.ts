import { onTestFinished } from 'vitest'
import type { CallContext } from '../../../src/upstream/call-context.ts'
import type { Upload } from '../../../src/vendors/vendor-inputs.ts'
import type { NestedList, FlatList, VendorList } from '../../../src/vendors/vendor-lists.ts'
import type { Vendor } from '../../../src/vendors/vendor.ts'
import { zoom } from '../../../src/vendors/zoom/index.ts'
import { start, type ZoomSandboxOptions } from '../../../src/sandboxes/zoom/index.ts'
import { Readable } from 'node:stream'
import { openAccount } from '../../support/account.ts'

export const minute = 60_000
export const day = 1440 * minute

/** Starts a sandbox and opens an account of it. Both are closed after the test. */
export async function open(options: ZoomSandboxOptions = {}, settings: object = {}) {
  const sandbox = await start({ seed: { active: 60, inactive: 3, pending: 2 }, ...options })
  const account = openAccount(zoom, { ...sandbox.account, ...settings }, { limits: { backoffBase: 1 } })
  onTestFinished(async () => {
    await account.close()
    await sandbox.close()
  })
  const calls = () =>
    sandbox.ledger
      .filter(({ path }) => path !== '/oauth/token')
      .map(({ method, path }) => `${method} ${path.replace('/v2', '')}`)
  const meetings = [...sandbox.data.meetings.values()]
  const [owner] = sandbox.data.users
  return { sandbox, ...account, vendor: account.vendor as Required<Vendor>, calls, meetings, owner: owner! }
}

export const asList = <T>(listing: VendorList<T>): FlatList<T> => listing as FlatList<T>
export const asNestedList = <T>(listing: VendorList<T>): NestedList<T> => listing as NestedList<T>

/** Returns all parsed items of a list, which it reads by links. */
export async function readAll<T>(list: FlatList<T>, call: CallContext, size = list.maxSize): Promise<T[]> {
  const items: T[] = []
  let link: string | null = null
  do {
    const page = await list.loadPage({ size, link }, call)
    items.push(...page.items.flatMap((item) => list.parseItem(item) ?? []))
    link = page.next
  } while (link !== null)
  return items
}

/** Returns a full minute this number of days from now. */
export const inDays = (days: number): Date => new Date(Math.floor((Date.now() + days * day) / minute) * minute)

export const once = (days = 3) =>
  ({ kind: 'once', startsAt: inDays(days), durationMinutes: 45, timeZone: 'Europe/Berlin' }) as const

export const upload = (bytes: Buffer, file: Partial<Upload> = {}): Upload => ({
  name: 'plan.pdf',
  contentType: 'application/pdf',
  size: bytes.length,
  bytes: Readable.from([bytes]),
  ...file,
})
