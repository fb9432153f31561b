import type { CallContext } from '../upstream/call-context.ts'
import type { Position } from './position.ts'
import type { ScanBudget } from './scan-budget.ts'

export interface ScanOptions<T> {
  call: CallContext
  scan: ScanBudget
  forward: boolean
  /** Items wanted. */
  count: number
  matches(item: T): boolean
  /** Few items are kept: the largest pages are the fewest calls. */
  expectFewMatches?: boolean
  /** All of a chain's fixed lists will be needed: their first pages are requested at the same time. */
  isSelective?: boolean
  /** The walk ends at the item of this place. */
  until?: Position
  /** Told each item of a chain's outer list that the walk came by. */
  onParentItem?: (item: unknown) => void
  /** Receives the number of lists in a chain, if the vendor reports it. Can throw a Problem, which ends the walk. */
  onListCount?: (count: number) => void
  /** Receives the total of each list that reports one. Can throw a Problem, which ends the walk. */
  onTotal?: (total: number) => void
  /** How many of a chain's lists are requested ahead of the walk. Default: 3. */
  readAhead?: number
}
