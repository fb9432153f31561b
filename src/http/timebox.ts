import { Problem } from '../errors.ts'

/** The time of one operation: its signal aborts at the deadline, or earlier, with the Problem that says why. */
export class Timebox {
  #deadline = Infinity
  readonly #controller = new AbortController()
  readonly #overdue = Promise.withResolvers<never>()
  readonly #grace: number
  #timer: NodeJS.Timeout | undefined
  #ended = false

  /** `grace`: how long after its abort an operation may take to say so itself. */
  constructor(grace: number) {
    this.#grace = grace
    this.#overdue.promise.catch(() => {})
  }

  /** From now on the operation has so many ms, unless its time has begun before. */
  start(time: number): void {
    if (this.#ended || this.signal.aborted || this.#timer) return
    this.#deadline = Date.now() + time
    const text = `The operation took longer than ${time / 1000} s.`
    this.#timer = setTimeout(() => this.abort(new Problem('DEADLINE_EXCEEDED', text)), time)
  }

  /** Milliseconds since the epoch; infinite before the start. */
  get deadline(): number {
    return this.#deadline
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
    this.#ended = true
    clearTimeout(this.#timer)
  }
}
