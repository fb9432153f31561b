import type { ScanBudget } from './scan-budget.ts'

/** A scan limit that can end before its calls are spent. */
export class TimedScan implements ScanBudget {
  readonly #isOver: () => boolean
  readonly #calls: number
  #unspent: number

  constructor(calls: number, isOver: () => boolean) {
    this.#calls = calls
    this.#unspent = calls
    this.#isOver = isOver
  }

  get left(): number {
    return this.#isOver() ? 0 : this.#unspent
  }

  set left(calls: number) {
    this.#unspent = calls
  }

  get spent(): number {
    return this.#calls - this.#unspent
  }
}
