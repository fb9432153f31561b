import type { Call } from '../upstream/call.ts'
import type { List, Listing } from '../vendors/vendor.ts'
import { isPartitionList } from './outer.ts'
import { PageReader } from './pages.ts'

/** How many items a list has, where its vendor says so; null where it does not. `known`: what a walk has learnt. */
export async function computeTotal(
  listing: Listing<unknown>,
  call: Call,
  known: ReadonlyMap<string, number>,
): Promise<number | null> {
  const lists: [string, List<unknown>][] = []
  if (!('outer' in listing)) lists.push(['', listing])
  else if (isPartitionList(listing.outer)) for (const word of listing.outer) lists.push([word, listing.inner(word)])
  else return null
  if (!lists.every(([, list]) => list.counted)) return null
  const totals = await Promise.all(
    lists.map(([word, list]) => known.get(word) ?? new PageReader(list, call, { left: 1 }).getTotal()),
  )
  return totals.reduce<number | null>((sum, total) => (sum === null || total === null ? null : sum + total), 0)
}
