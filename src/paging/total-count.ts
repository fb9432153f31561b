import type { CallContext } from '../upstream/call-context.ts'
import type { FlatList, VendorList } from '../vendors/vendor-lists.ts'
import { isPartitionList } from './nested-list.ts'
import { PageReader } from './page-reader.ts'

/** Lists the flat lists of a list whose totals together are its total, by partition. Null if one of them has no total. */
function listCountedLists(listing: VendorList<unknown>): [partition: string, list: FlatList<unknown>][] | null {
  const lists: [string, FlatList<unknown>][] = []
  if (!('parent' in listing)) lists.push(['', listing])
  else if (isPartitionList(listing.parent))
    for (const partition of listing.parent) lists.push([partition, listing.getChildList(partition)])
  else return null
  return lists.every(([, list]) => list.reportsTotal) ? lists : null
}

const sum = (totals: readonly (number | null)[]): number | null =>
  totals.reduce((total, part) => (total === null || part === null ? null : total + part), 0)

/**
 * Returns the number of items in a list, without a vendor call. Null if it is not known.
 *
 * @param knownTotals Totals that a scan has received, by partition. The key of a flat list is empty.
 */
export function getKnownTotal(listing: VendorList<unknown>, knownTotals: ReadonlyMap<string, number>): number | null {
  const lists = listCountedLists(listing)
  return lists && sum(lists.map(([partition]) => knownTotals.get(partition) ?? null))
}

/** Returns the number of items in a list. Calls the vendor for what is not known. Null if the vendor does not report it. */
export async function computeTotal(
  listing: VendorList<unknown>,
  call: CallContext,
  knownTotals: ReadonlyMap<string, number>,
): Promise<number | null> {
  const lists = listCountedLists(listing)
  if (!lists) return null
  const totals = lists.map(
    ([partition, list]) => knownTotals.get(partition) ?? new PageReader(list, call, { remaining: 1 }).getTotal(),
  )
  return sum(await Promise.all(totals))
}
