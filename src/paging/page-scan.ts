import type { CallContext } from '../upstream/call-context.ts'
import type { ScanBudget } from './scan-budget.ts'

/** Multiple of the scan limit that an account's part of a page can spend while the page is empty. */
const emptyPageMultiple = 3
/** Part of the scan limit that is added at once. */
const stepShare = 0.25
/** Part of the operation's remaining time in which calls can be added. */
const extensionShare = 0.5

/**
 * The scan limit of an account's part of a page. While the page is empty, it grows. As many calls as one page of a list can
 * spend are left to the rest of the operation.
 */
export class PageScan implements ScanBudget {
  left: number
  readonly #call: CallContext
  readonly #scanCalls: number
  readonly #isNext: () => boolean
  readonly #endsAt: number
  #added = 0

  /** @param isNext Whether all accounts before this one are read, without a node. */
  constructor(scanCalls: number, call: CallContext, isNext: () => boolean) {
    this.left = scanCalls
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
    if (step <= 0 || this.#call.readsLeft - this.left - step < this.#scanCalls) return
    if (Date.now() >= this.#endsAt || !this.#isNext()) return
    this.#added += step
    this.left += step
  }
}
