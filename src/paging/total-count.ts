import type { CallContext } from '../upstream/call-context.ts'
import type { FlatList, VendorList } from '../vendors/vendor.ts'
import { isPartitionList } from './nested-list.ts'
import { PageReader } from './page-reader.ts'

/**
 * Returns the number of items in a list. Null if the vendor does not report it.
 *
 * @param knownTotals Totals that a scan has received, by partition. The key of a flat list is empty.
 */
export async function computeTotal(
  listing: VendorList<unknown>,
  call: CallContext,
  knownTotals: ReadonlyMap<string, number>,
): Promise<number | null> {
  const lists: [string, FlatList<unknown>][] = []
  if (!('parent' in listing)) lists.push(['', listing])
  else if (isPartitionList(listing.parent))
    for (const partition of listing.parent) lists.push([partition, listing.getChildList(partition)])
  else return null
  if (!lists.every(([, list]) => list.reportsTotal)) return null
  const totals = await Promise.all(
    lists.map(
      ([partition, list]) => knownTotals.get(partition) ?? new PageReader(list, call, { remaining: 1 }).getTotal(),
    ),
  )
  return totals.reduce<number | null>((sum, total) => (sum === null || total === null ? null : sum + total), 0)
}
