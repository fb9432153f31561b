import type { Sandbox } from '../../../src/sandboxes/kit.ts'
import type { CallContext } from '../../../src/upstream/call-context.ts'
import type { UpstreamLimits } from '../../../src/upstream/limits.ts'
import { openAccount, type Account } from '../../../src/vendors/accounts.ts'
import type { AnyVendor } from '../../../src/vendors/definition.ts'
import { loadConnection } from '../../../src/paging/connection.ts'
import type { Connection, PageArguments } from '../../../src/paging/relay.ts'
import { createCursorCodec } from '../../../src/paging/cursor.ts'
import type { FlatList, VendorList, VendorPage } from '../../../src/vendors/vendor.ts'
import { createFixedSecrets } from '../../../src/core/secrets.ts'
import { newCall } from '../../support/account.ts'
import type { VendorSandbox } from '../../support/sandbox.ts'

/** An account of a sandbox. `through`: an origin that stands between the two. */
export function openOver(definition: AnyVendor, sandbox: VendorSandbox, through: string = sandbox.url): Account {
  const { vendor: _, ...settings } = JSON.parse(
    JSON.stringify(sandbox.account).replaceAll(sandbox.url, through),
  ) as Record<string, unknown>
  // Every failure shall be the vendor's own, none the breaker's.
  const limits: Partial<UpstreamLimits> = { attempts: 1, breakerCalls: 1_000_000 }
  return openAccount({ key: definition.slug, definition, config: definition.config.parse(settings) }, { limits })
}

/** Everything that a list has, by its own links and in its largest pages: what every other way has to agree with. */
export async function readAll<T>(listing: VendorList<T>, call: CallContext = newCall()): Promise<T[]> {
  if (!('parent' in listing)) return readList(listing, call)
  const outer: unknown[] = Array.isArray(listing.parent)
    ? [...(listing.parent as string[])]
    : await readRaw(listing.parent as FlatList<unknown>, call)
  const all: T[] = []
  for (const item of outer) {
    // What one host's list may refuse (no right to host) is passed over.
    all.push(...(await readList(listing.getChildList(item), call).catch(() => [])))
  }
  return all
}

async function readList<T>(list: FlatList<T>, call: CallContext): Promise<T[]> {
  const items = await readRaw(list, call)
  const complete = await Promise.all(items.map((item) => list.complete?.(item, call) ?? item))
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

/** One page of an account's list, as the schema makes it. */
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

/** Every page of a walk; ids in the list's order, whatever the direction. */
export async function walkAll<T extends { vendorId: string }>(
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
    if (edges.length > size) throw new Error(`${edges.length} nodes where ${size} were asked for`)
    pages.push(edges.map(({ node }) => node.vendorId))
    const more = direction === 'first' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage
    if (!more) break
    cursor = direction === 'first' ? pageInfo.endCursor : pageInfo.startCursor
  }
  return (direction === 'first' ? pages : pages.toReversed()).flat()
}

/** What the vendor was asked for, tokens left out. */
export const askedOf = ({ ledger }: Sandbox, from = 0) =>
  ledger.slice(from).filter(({ path }) => !path.endsWith('/token'))
