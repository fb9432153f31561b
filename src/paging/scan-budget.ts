import { Problem } from '../core/errors.ts'
import { ReadLimitProblem, type CallContext } from '../upstream/call-context.ts'

/** Number of vendor calls that one scan can make. */
export interface ScanBudget {
  remaining: number
  /** Adds calls if possible. Called while few calls remain and no item was found. */
  extend?(): void
  /** Whether calls were added. */
  readonly isExtended?: boolean
}

/** Thrown if the scan limit is reached. The next request continues from the same position. */
export class ScanLimitReached extends Error {}

/** Thrown if the scan limit is reached before the end of a list whose last items are requested. */
export class EndNotReached extends ScanLimitReached {
  toProblem(): Problem {
    return new Problem(
      'OPERATION_TOO_EXPENSIVE',
      'The end of this list cannot be reached within the scan limit. Use "first" to request pages from its start.',
    )
  }
}

export const createCursorExpiredProblem = (): Problem =>
  new Problem(
    'CURSOR_EXPIRED',
    'The position of this cursor could not be found within the scan limit. Start again from the first page.',
  )

/** Creates the error for a list that had to be read to its end, if the scan limit was reached before. */
export function createScanLimitProblem({ readsLeft }: CallContext): Problem {
  if (readsLeft <= 0) return new ReadLimitProblem()
  return new Problem(
    'OPERATION_TOO_EXPENSIVE',
    'The scan limit was reached before the end of the list. The operator can raise "limits.scanCalls".',
  )
}
