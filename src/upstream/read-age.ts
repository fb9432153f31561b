import type { Problem } from '../core/errors.ts'

/** Age of the vendor responses that a part of an operation's result is based on. */
export class ReadAge {
  /** When the vendor returned the oldest response, in milliseconds since the epoch. Null if no response was used. */
  asOf: number | null = null
  /** Why the vendor could not be read, if an expired response was used instead. Null if none was used. */
  staleProblem: Problem | null = null

  /** Adds a response that was used. */
  add(asOf: number, staleProblem: Problem | null): void {
    if (this.asOf === null || asOf < this.asOf) this.asOf = asOf
    this.staleProblem ??= staleProblem
  }
}

/** A read of one operation. Several parts of the operation's result can be based on its response. */
export class OperationRead {
  /** Value that was read from the response. */
  result!: Promise<unknown>
  readonly #ages: ReadAge[]
  #asOf: number | null = null
  #staleProblem: Problem | null = null

  /** @param age Age of the part of the result that the read was started for. */
  constructor(age: ReadAge) {
    this.#ages = [age]
  }

  /** Adds the response to the age of one more part of the result, as soon as it has arrived. */
  addTo(age: ReadAge): void {
    if (this.#asOf !== null) age.add(this.#asOf, this.#staleProblem)
    else if (!this.#ages.includes(age)) this.#ages.push(age)
  }

  /** Records the arrival of the response. */
  complete(asOf: number, staleProblem: Problem | null = null): void {
    this.#asOf = asOf
    this.#staleProblem = staleProblem
    for (const age of this.#ages) age.add(asOf, staleProblem)
  }
}
