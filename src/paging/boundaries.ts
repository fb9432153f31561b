import { Problem } from '../core/errors.ts'
import type { Cursor, CursorEdge } from './cursor.ts'
import { markAccount } from './cursor-text.ts'
import type { Boundary } from './position.ts'

/** Where each account's list is cut for the pages from a cursor on. `accounts`: their keys, in configuration order. */
export function getCuts(cursor: Cursor | null, accounts: readonly string[], forward: boolean): Boundary[] {
  if (!cursor) return accounts.map(() => (forward ? 'start' : 'end'))
  const { edge, cuts, resume } = cursor
  const at = edge ? findPosition(accounts, edge) : -1
  const own = { ...cuts, ...(resume?.forward === forward ? resume.cuts : {}) }
  const hasOwn = Object.keys(own).length > 0
  return accounts.map((key, index) => {
    const cut = hasOwn ? own[markAccount(key)] : undefined
    if (cut) return cut
    if (edge && index === at) return forward ? { after: edge.place } : { before: edge.place }
    return index < at ? 'end' : 'start'
  })
}

/** Index of a cursor's account in the list. If the account was removed, the position lies between those around it. */
export function findPosition(accounts: readonly string[], { account, index }: CursorEdge): number {
  const isOwn = (key: string | undefined): boolean => key !== undefined && markAccount(key) === account
  if (isOwn(accounts[index])) return index
  const known = accounts.findIndex(isOwn)
  return known >= 0 ? known : index - 0.5
}

/** @throws BAD_USER_INPUT if the page would begin behind its end. */
export function assertOrder(after: Cursor, before: Cursor, accounts: readonly string[]): void {
  if (!after.edge || !before.edge) return
  const [a, b] = [findPosition(accounts, after.edge), findPosition(accounts, before.edge)]
  const [x, y] = [after.edge.place.offset, before.edge.place.offset]
  if (a > b || (a === b && x !== null && y !== null && x >= y))
    throw new Problem('BAD_USER_INPUT', '"after" lies behind "before"; the two are the wrong way round.', {
      path: ['after'],
    })
}
