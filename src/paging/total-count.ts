import type { CallContext } from '../upstream/call-context.ts'
import type { FlatList, VendorList } from '../vendors/vendor.ts'
import { isPartitionList } from './nested-list.ts'
import { PageReader } from './page-reader.ts'

/** How many items a list has, where its vendor says so; null where it does not. `known`: what a walk has learnt. */
export async function computeTotal(
  listing: VendorList<unknown>,
  call: CallContext,
  known: ReadonlyMap<string, number>,
): Promise<number | null> {
  const lists: [string, FlatList<unknown>][] = []
  if (!('parent' in listing)) lists.push(['', listing])
  else if (isPartitionList(listing.parent))
    for (const word of listing.parent) lists.push([word, listing.getChildList(word)])
  else return null
  if (!lists.every(([, list]) => list.reportsTotal)) return null
  const totals = await Promise.all(
    lists.map(([word, list]) => known.get(word) ?? new PageReader(list, call, { left: 1 }).getTotal()),
  )
  return totals.reduce<number | null>((sum, total) => (sum === null || total === null ? null : sum + total), 0)
}
