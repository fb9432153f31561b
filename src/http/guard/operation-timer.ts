import { Problem } from '../../core/errors.ts'
import type { PackedItem } from '../../core/packed-set.ts'

export interface OperationTimerOptions {
  /** Time until the deadline. */
  timeoutMs: number
  /** Time after the abort in which the operation can still end with its own result. */
  graceMs: number
}

/** Aborts an operation at its deadline. The reason of the signal is a `Problem`. */
export class OperationTimer implements PackedItem {
  packedIndex = 0
  #deadline = Infinity
  /** The deadline on the monotonic clock. */
  #endsAt = Infinity
  /** Created on access, because most operations end without a vendor call. */
  #controller: AbortController | null = null
  #reason: Problem | null = null
  readonly #options: OperationTimerOptions
  #timer: NodeJS.Timeout | undefined
  #isExtended = false
  #hasEnded = false
  /** Rejects the promise of `settle`. */
  #rejectWork: ((problem: Problem) => void) | null = null
  /** Reason of the abort, after the grace period. */
  #overdue: Problem | null = null

  constructor(options: OperationTimerOptions) {
    this.#options = options
  }

  /** Starts the time, unless it was started before. */
  start(): void {
    if (this.#hasEnded || this.#reason || this.#timer) return
    this.#setDeadline()
    this.#watch()
  }

  /** Restarts the time, because an upload makes progress. Has no effect before the start and after the end or abort. */
  extend(): void {
    if (!this.#timer || this.#reason) return
    this.#isExtended = true
    this.#setDeadline()
  }

  /** In milliseconds since the epoch. Infinite before the start. */
  get deadline(): number {
    return this.#deadline
  }

  get signal(): AbortSignal {
    if (this.#controller) return this.#controller.signal
    this.#controller = new AbortController()
    if (this.#reason) this.#controller.abort(this.#reason)
    return this.#controller.signal
  }

  /**
   * Settles like `work`. Rejects with the reason of the abort if `work` has not settled by the end of the grace period.
   */
  settle<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#overdue) return reject(this.#overdue)
      this.#rejectWork = reject
      work.then(resolve, reject)
    })
  }

  /** Aborts the signal, unless it was aborted before. */
  abort(problem: Problem): void {
    if (this.#reason) return
    this.#reason = problem
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#overdue = problem
      this.#rejectWork?.(problem)
    }, this.#options.graceMs)
    this.#controller?.abort(problem)
  }

  /** Ends the timer, because the operation has ended. */
  stop(): void {
    this.#hasEnded = true
    clearTimeout(this.#timer)
    // Refers to the result, which would stay in memory if the timer does.
    this.#rejectWork = null
  }

  #setDeadline(): void {
    const { timeoutMs: timeMs } = this.#options
    this.#deadline = Date.now() + timeMs
    this.#endsAt = performance.now() + timeMs
  }

  /** Sets a new timer only when the old one expires, however often the deadline is extended. */
  #watch(): void {
    const leftMs = Math.ceil(this.#endsAt - performance.now())
    if (leftMs > 0) this.#timer = setTimeout(() => this.#watch(), leftMs)
    else this.abort(new Problem('DEADLINE_EXCEEDED', this.#describe()))
  }

  #describe(): string {
    const time = `${this.#options.timeoutMs / 1000} s`
    return this.#isExtended
      ? `The operation took longer than ${time} after the last bytes of its upload.`
      : `The operation took longer than ${time}.`
  }
}
