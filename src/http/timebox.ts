import { Problem } from '../errors.ts'

/** The time of one operation: its signal aborts at the deadline, or earlier, with the Problem that says why. */
export class Timebox {
  /** Milliseconds since the epoch; infinite for an upload. */
  readonly deadline: number
  readonly #controller = new AbortController()
  readonly #overdue = Promise.withResolvers<never>()
  readonly #grace: number
  #timer: NodeJS.Timeout | undefined

  constructor(time: number, grace: number) {
    this.deadline = Date.now() + time
    this.#grace = grace
    this.#overdue.promise.catch(() => {})
    if (!Number.isFinite(time)) return
    const text = `The operation took longer than ${time / 1000} s.`
    this.#timer = setTimeout(() => this.abort(new Problem('DEADLINE_EXCEEDED', text)), time)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Rejects some grace after the abort, for an operation that does not heed its signal. */
  get overdue(): Promise<never> {
    return this.#overdue.promise
  }

  abort(problem: Problem): void {
    if (this.signal.aborted) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#overdue.reject(problem), this.#grace)
    this.#controller.abort(problem)
  }

  end(): void {
    clearTimeout(this.#timer)
  }
}
