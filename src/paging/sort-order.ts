import type { Account } from '../vendors/accounts.ts'

/** Value that objects are ordered by. Null is last in both directions. */
export type SortKey = string | number | null

/** Place in an order: the key, and the object's account and ID to tell equal keys apart. */
export type SortPosition = [key: SortKey, account: string, id: string]

export interface SortEntry<T> {
  node: T
  /** Item of the outer list (a meeting's host), if the object was in a list of lists. */
  outer: unknown
  account: Account
  position: SortPosition
}

/** Created for the first list that is ordered: it takes milliseconds and megabytes. */
let collator: Intl.Collator | null = null

/** Characters of a text that objects are ordered by. A cursor contains them. */
const maxKeyLength = 1_000

export function createPosition(key: SortKey, account: string, id: string): SortPosition {
  return [typeof key === 'string' ? key.slice(0, maxKeyLength) : key, account, id]
}

export function createComparator(isDescending: boolean): (one: SortPosition, other: SortPosition) => number {
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
