import type { CallContext } from '../upstream/call-context.ts'
import type { Position } from './position.ts'
import type { ScanBudget } from './scan-budget.ts'

export interface ScanOptions<T> {
  call: CallContext
  budget: ScanBudget
  isForward: boolean
  /** Number of wanted items. */
  count: number
  /** Whether an item is wanted. */
  matches(item: T): boolean
  /** Whether few items are expected to match. The scan then requests the largest pages. */
  expectFewMatches?: boolean
  /** Whether all partitions of a nested list are needed. Their first pages are then requested at the same time. */
  isSelective?: boolean
  /** Position at which the scan ends. */
  until?: Position
  /** Called for each parent item of a nested list that the scan passes. */
  onParentItem?: (item: unknown) => void
  /** Called with the number of child lists, if the vendor reports it. Can throw a Problem, which ends the scan. */
  onListCount?: (count: number) => void
  /** Called with the total of each list that reports one. Can throw a Problem, which ends the scan. */
  onTotal?: (total: number) => void
  /** Whether the calls that complete single items count toward the budget. Default: false. */
  countsLookups?: boolean
  /** Number of child lists that are requested ahead of the scan. Default: 3. */
  readAhead?: number
}
