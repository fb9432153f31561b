import type { CallContext } from '../upstream/call-context.ts'
import type { ScanBudget } from './scan-budget.ts'

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
