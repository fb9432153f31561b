import type { Sandbox } from '../../../src/sandboxes/kit.ts'
import type { CallContext } from '../../../src/upstream/call-context.ts'
import type { UpstreamLimits } from '../../../src/upstream/limits.ts'
import { openAccount, type Account } from '../../../src/vendors/accounts.ts'
import type { AnyVendor } from '../../../src/vendors/definition.ts'
import { loadConnection } from '../../../src/paging/connection.ts'
import type { Connection, PageArguments } from '../../../src/paging/relay.ts'
import { createCursorCodec } from '../../../src/paging/cursor.ts'
import type { FlatList, VendorList, VendorPage } from '../../../src/vendors/vendor-lists.ts'
import { createFixedSecrets } from '../../../src/core/secrets.ts'
import { newCall } from '../../support/account.ts'
import { startSandboxOf, type VendorSandbox } from '../../support/sandbox.ts'
import { toFixtureOptions } from './fixtures.ts'

/** A sandbox of a vendor with the seed of the suite, and an account of it. */
export interface Opened {
  sandbox: VendorSandbox
  account: Account
  close(): Promise<void>
}

/** Starts the sandbox of a vendor, and opens an account of it. */
export async function open(definition: AnyVendor): Promise<Opened> {
  const sandbox = await startSandboxOf(definition, toFixtureOptions(definition).seed)
  const account = openOver(definition, sandbox)
  const close = async () => {
    await account.upstream.close()
    await sandbox.close()
  }
  return { sandbox, account, close }
}

/** Opens an account of a sandbox. `through` is the origin of a proxy between them. */
export function openOver(definition: AnyVendor, sandbox: VendorSandbox, through: string = sandbox.url): Account {
  const { vendor: _, ...settings } = JSON.parse(
    JSON.stringify(sandbox.account).replaceAll(sandbox.url, through),
  ) as Record<string, unknown>
  // Every failure must come from the vendor, none from the circuit breaker.
  const limits: Partial<UpstreamLimits> = { attempts: 1, breakerCalls: 1_000_000 }
  return openAccount({ key: definition.slug, definition, config: definition.config.parse(settings) }, { limits })
}

/** Returns all items of a list, read by links in pages of the maximum size. The tests compare other reads with it. */
export async function readAll<T>(listing: VendorList<T>, call: CallContext = newCall()): Promise<T[]> {
  if (!('parent' in listing)) return readList(listing, call)
  const outer: unknown[] = Array.isArray(listing.parent)
    ? [...(listing.parent as string[])]
    : await readRaw(listing.parent as FlatList<unknown>, call)
  const all: T[] = []
  for (const item of outer) {
    // The list of a user who must not host is rejected, and is skipped here.
    all.push(...(await readList(listing.getChildList(item), call).catch(() => [])))
  }
  return all
}

async function readList<T>(list: FlatList<T>, call: CallContext): Promise<T[]> {
  const items = await readRaw(list, call)
  const complete = await Promise.all(items.map((item) => list.complete?.(item)?.(call) ?? item))
  return complete.flatMap((item) => list.parseItem(item) ?? [])
}

async function readRaw(list: FlatList<unknown>, call: CallContext): Promise<unknown[]> {
  const items: unknown[] = []
  for (let link: string | null = null; ;) {
    const page: VendorPage = await list.loadPage({ size: list.maxSize, link }, call)
    items.push(...page.items)
    if (page.next === null) return items
    link = page.next
  }
}

const codec = createCursorCodec(createFixedSecrets('contract'))

/** Loads one page of a list of an account, as the schema does. */
export function pageOf<T>(
  account: Account,
  listing: VendorList<T>,
  args: PageArguments,
  keep?: (item: T) => boolean,
): Promise<Connection<T>> {
  return loadConnection<T>({
    list: 'contract',
    sources: [{ account, listing, isExact: keep === undefined }],
    args,
    matches: keep ?? (() => true),
    isSelective: false,
    call: newCall(),
    codec,
    scanCalls: 400,
    pageSize: 20,
  })
}

/** Pages through a list. Returns the IDs in the order of the list, in either direction. */
export async function listAllItems<T extends { vendorId: string }>(
  account: Account,
  listing: VendorList<T>,
  size: number,
  direction: 'first' | 'last',
  keep?: (item: T) => boolean,
): Promise<string[]> {
  const pages: string[][] = []
  for (let cursor: string | null = null; ;) {
    const from: PageArguments = direction === 'first' ? { after: cursor } : { before: cursor }
    const { edges, pageInfo } = await pageOf(account, listing, { [direction]: size, ...from }, keep)
    if (edges.length > size) throw new Error(`${edges.length} nodes instead of ${size}`)
    pages.push(edges.map(({ node }) => node.vendorId))
    const more = direction === 'first' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage
    if (!more) break
    cursor = direction === 'first' ? pageInfo.endCursor : pageInfo.startCursor
  }
  return (direction === 'first' ? pages : pages.toReversed()).flat()
}

/** Returns the requests that the vendor received, without token requests. */
export const listRequests = ({ ledger }: Sandbox, from = 0) =>
  ledger.slice(from).filter(({ path }) => !path.endsWith('/token'))
