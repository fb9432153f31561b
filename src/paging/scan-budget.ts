import { Problem } from '../core/errors.ts'
import { ReadsSpent, type CallContext } from '../upstream/call-context.ts'

/** Calls that one request may spend on walking lists. */
export interface ScanBudget {
  left: number
  /** Adds calls, if it can. Called while few are left and nothing was found. */
  extend?(): void
  readonly isExtended?: boolean
}

/** Thrown where the scan limit is met: the walk stops where it is, and the next request goes on. */
export class ScanLimitReached extends Error {}

/** Thrown if the scan limit is reached before the end of a list whose last items are wanted. */
export class EndTooFar extends ScanLimitReached {
  toProblem(): Problem {
    return new Problem(
      'OPERATION_TOO_EXPENSIVE',
      'The end of this list cannot be reached within the scan limit. Request pages from its start with "first".',
    )
  }
}

export const createCursorExpiredProblem = (): Problem =>
  new Problem(
    'CURSOR_EXPIRED',
    'The place of the cursor was not found within the scan limit. Start the list again, without the cursor.',
  )

/** Of a list that had to be read to its end, and was not. */
export function createScanLimitProblem({ readsLeft }: CallContext): Problem {
  if (readsLeft <= 0) return new ReadsSpent()
  return new Problem(
    'OPERATION_TOO_EXPENSIVE',
    'The scan limit was reached before the end of the list. The operator can raise "limits.scanCalls".',
  )
}
