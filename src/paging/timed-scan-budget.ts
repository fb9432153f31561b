import type { ScanBudget } from './scan-budget.ts'

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
