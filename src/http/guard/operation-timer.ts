import { Problem } from '../../core/errors.ts'

export interface TimeboxOptions {
  /** Time of the operation, in milliseconds. */
  timeMs: number
  /** How long after its abort an operation can take to end. */
  graceMs: number
}

/** The time of one operation. The signal aborts at the deadline, or earlier, with the Problem that is the reason. */
export class OperationTimer {
  #deadline = Infinity
  /** The deadline on the monotonic clock. */
  #endsAt = Infinity
  readonly #controller = new AbortController()
  readonly #options: TimeboxOptions
  #timer: NodeJS.Timeout | undefined
  #isExtended = false
  #ended = false
  /** Rejects the work that is waited for. */
  #giveUp: ((problem: Problem) => void) | null = null
  /** The reason of the abort, once the grace has passed, too. */
  #overdue: Problem | null = null

  constructor(options: TimeboxOptions) {
    this.#options = options
  }

  /** The time begins now, unless it has begun before. */
  start(): void {
    if (this.#ended || this.signal.aborted || this.#timer) return
    this.#setDeadline()
    this.#watch()
  }

  /** An upload makes progress: the operation has its whole time again. */
  extend(): void {
    if (!this.#timer || this.signal.aborted) return
    this.#isExtended = true
    this.#setDeadline()
  }

  /** Milliseconds since the epoch; infinite before the start. */
  get deadline(): number {
    return this.#deadline
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Settles like `work`, or rejects some time after the abort, for an operation that ignores its signal. */
  settle<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#overdue) return reject(this.#overdue)
      this.#giveUp = reject
      work.then(resolve, reject)
    })
  }

  abort(problem: Problem): void {
    if (this.signal.aborted) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#overdue = problem
      this.#giveUp?.(problem)
    }, this.#options.graceMs)
    this.#controller.abort(problem)
  }

  stop(): void {
    this.#ended = true
    clearTimeout(this.#timer)
  }

  #setDeadline(): void {
    const { timeMs } = this.#options
    this.#deadline = Date.now() + timeMs
    this.#endsAt = performance.now() + timeMs
  }

  /** One timer, however often the deadline moves. */
  #watch(): void {
    const leftMs = Math.ceil(this.#endsAt - performance.now())
    if (leftMs > 0) this.#timer = setTimeout(() => this.#watch(), leftMs)
    else this.abort(new Problem('DEADLINE_EXCEEDED', this.#describe()))
  }

  #describe(): string {
    const time = `${this.#options.timeMs / 1000} s`
    return this.#isExtended
      ? `The operation took longer than ${time} after the last bytes of its upload.`
      : `The operation took longer than ${time}.`
  }
}
