import { Problem } from '../core/errors.ts'
import type { Cursor, CursorEdge } from './cursor.ts'
import { hashAccountKey } from './cursor-text.ts'
import type { Boundary } from './position.ts'

/**
 * Returns the boundary in each account's list at which a page begins that continues from a cursor.
 *
 * @param cursor If null, the page begins at the start of every list, or at the end if it is read backward.
 * @param accounts Account keys, in configuration order.
 */
export function getBoundaries(cursor: Cursor | null, accounts: readonly string[], isForward: boolean): Boundary[] {
  if (!cursor) return accounts.map(() => (isForward ? 'start' : 'end'))
  const { edge, boundaries, resume } = cursor
  const edgeIndex = edge ? findAccountIndex(accounts, edge) : -1
  const explicit = { ...boundaries, ...(resume?.isForward === isForward ? resume.boundaries : {}) }
  const hasExplicit = Object.keys(explicit).length > 0
  return accounts.map((key, index) => {
    const boundary = hasExplicit ? explicit[hashAccountKey(key)] : undefined
    if (boundary) return boundary
    if (edge && index === edgeIndex) return isForward ? { after: edge.position } : { before: edge.position }
    return index < edgeIndex ? 'end' : 'start'
  })
}

/**
 * Returns the index of a cursor's account in `accounts`. If the account was removed from the configuration, returns a
 * number between the indexes of the accounts that were around it.
 */
export function findAccountIndex(accounts: readonly string[], { account, index }: CursorEdge): number {
  const isEdgeAccount = (key: string | undefined): boolean => key !== undefined && hashAccountKey(key) === account
  if (isEdgeAccount(accounts[index])) return index
  const currentIndex = accounts.findIndex(isEdgeAccount)
  return currentIndex >= 0 ? currentIndex : index - 0.5
}

/** @throws BAD_USER_INPUT if `after` does not come before `before` in the list. */
export function assertOrder(after: Cursor, before: Cursor, accounts: readonly string[]): void {
  if (!after.edge || !before.edge) return
  const [afterIndex, beforeIndex] = [findAccountIndex(accounts, after.edge), findAccountIndex(accounts, before.edge)]
  const [start, end] = [after.edge.position.offset, before.edge.position.offset]
  if (afterIndex > beforeIndex || (afterIndex === beforeIndex && start !== null && end !== null && start >= end))
    throw new Problem('BAD_USER_INPUT', '"after" must come before "before" in the list. Swap the two cursors.', {
      path: ['after'],
    })
}
