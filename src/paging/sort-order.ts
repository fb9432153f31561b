import type { Account } from '../vendors/accounts.ts'

/** Value that objects are sorted by. Null is last in both directions. */
export type SortKey = string | number | null

/** Position in a sort order: the sort key, and the object's account and ID, which decide between equal keys. */
export type SortPosition = [key: SortKey, account: string, id: string]

export interface SortEntry<T> {
  node: T
  /** Item of the parent list, such as the host of a meeting, if the object was in a nested list. */
  parentItem: unknown
  account: Account
  position: SortPosition
}

/** Created for the first sorted list, because it takes milliseconds and megabytes. */
let collator: Intl.Collator | null = null

/** Maximum length of a sort key, in characters. Cursors contain the sort key. */
const maxKeyLength = 1_000

/** @param id ID of the object. */
export function createSortPosition(key: SortKey, account: string, id: string): SortPosition {
  return [typeof key === 'string' ? key.slice(0, maxKeyLength) : key, account, id]
}

/** Creates a comparator for `toSorted`. Only the sort key is reversed if `isDescending` is true. */
export function createComparator(isDescending: boolean): (left: SortPosition, right: SortPosition) => number {
  const sign = isDescending ? -1 : 1
  const { compare } = (collator ??= new Intl.Collator('und', { numeric: true }))
  return ([a, accountA, idA], [b, accountB, idB]) => {
    if (a === null || b === null) {
      if (a !== b) return a === null ? 1 : -1
    } else {
      const order = typeof a === 'number' && typeof b === 'number' ? a - b : compare(String(a), String(b))
      if (order !== 0) return order * sign
    }
    if (accountA !== accountB) return accountA < accountB ? -1 : 1
    return idA === idB ? 0 : idA < idB ? -1 : 1
  }
}
