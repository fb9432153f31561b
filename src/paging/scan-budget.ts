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

/** Multiple of the scan limit that a page can spend on an account while the page is empty. */
const emptyPageMultiple = 3
/** Share of the scan limit that one extension adds. */
const stepShare = 0.25
/** Share of the operation's remaining time in which the budget can be extended. */
const extensionShare = 0.5

/**
 * Budget of an account's part of a page. Begins with the scan limit and can be extended while the page is empty. The
 * extensions leave enough calls for one more page to the rest of the operation.
 */
export class PageScanBudget implements ScanBudget {
  remaining: number
  readonly #call: CallContext
  readonly #scanCalls: number
  readonly #isNext: () => boolean
  readonly #endsAt: number
  #added = 0

  /** @param isNext Returns whether all accounts before this one were scanned and contributed no node. */
  constructor(scanCalls: number, call: CallContext, isNext: () => boolean) {
    this.remaining = scanCalls
    this.#scanCalls = scanCalls
    this.#call = call
    this.#isNext = isNext
    const now = Date.now()
    this.#endsAt = now + (call.time.deadline - now) * extensionShare
  }

  get isExtended(): boolean {
    return this.#added > 0
  }

  extend(): void {
    const remaining = this.#scanCalls * (emptyPageMultiple - 1) - this.#added
    const step = Math.min(Math.ceil(this.#scanCalls * stepShare), remaining)
    if (step <= 0 || this.#call.readsLeft - this.remaining - step < this.#scanCalls) return
    if (Date.now() >= this.#endsAt || !this.#isNext()) return
    this.#added += step
    this.remaining += step
  }
}

/** Budget that can end before its calls are spent. */
export class TimedScanBudget implements ScanBudget {
  readonly #isOver: () => boolean
  readonly #calls: number
  #unspent: number

  /** @param isOver Returns whether no more calls may be made. */
  constructor(calls: number, isOver: () => boolean) {
    this.#calls = calls
    this.#unspent = calls
    this.#isOver = isOver
  }

  get remaining(): number {
    return this.#isOver() ? 0 : this.#unspent
  }

  set remaining(calls: number) {
    this.#unspent = calls
  }

  /** Number of calls made. */
  get spent(): number {
    return this.#calls - this.#unspent
  }
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
    'The position of this cursor could not be found again. Start again from the first page.',
  )

/** Creates the error for a list that had to be read to its end, if the scan limit was reached before. */
export function createScanLimitProblem({ readsLeft }: CallContext): Problem {
  if (readsLeft <= 0) return new ReadLimitProblem()
  return new Problem(
    'OPERATION_TOO_EXPENSIVE',
    'The scan limit was reached before the end of the list. The operator can raise "limits.scanCalls".',
  )
}
