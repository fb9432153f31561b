import type { Problem } from '../core/errors.ts'

/** Where a response that an operation uses comes from. */
export interface ResponseSource {
  /** When the vendor returned the response, in milliseconds since the epoch. */
  asOf: number
  /** Operations that have received the response from the vendor. Null if it is not from the cache. */
  operations: readonly number[] | null
  /** Why the vendor could not be read, if an expired response is used instead. Otherwise null. */
  staleProblem: Problem | null
}

/** Age of the vendor responses that a part of an operation's result is based on. */
export class ReadAge {
  /** When the vendor returned the oldest response, in milliseconds since the epoch. Null if no response was used. */
  asOf: number | null = null
  /** Why the vendor could not be read, if an expired response was used instead. Null if none was used. */
  staleProblem: Problem | null = null
  readonly #parent: ReadAge | null
  #hasUncached = false
  /** Operations that have received all cached responses. Null if none was used. */
  #operations: readonly number[] | null = null

  /** @param parent Age of the part that this part belongs to. */
  constructor(parent: ReadAge | null = null) {
    this.#parent = parent
  }

  /** Whether a cached response was used. */
  get hasCached(): boolean {
    return this.#operations !== null
  }

  /** Whether the responses are what one operation has read, so that nothing can have moved from one to another meanwhile. */
  get isConsistent(): boolean {
    return this.#operations === null || (!this.#hasUncached && this.#operations.length > 0)
  }

  /** Adds a response that was used. */
  add(source: ResponseSource): void {
    const { asOf, operations, staleProblem } = source
    if (this.asOf === null || asOf < this.asOf) this.asOf = asOf
    this.staleProblem ??= staleProblem
    if (operations === null) this.#hasUncached = true
    else this.#operations = this.#operations?.filter((operation) => operations.includes(operation)) ?? operations
    this.#parent?.add(source)
  }
}

/** A read of one operation. Several parts of the operation's result can be based on its response. */
export class OperationRead {
  /** Value that was read from the response. */
  result!: Promise<unknown>
  readonly #ages: ReadAge[]
  #source: ResponseSource | null = null

  /** @param age Age of the part of the result that the read was started for. */
  constructor(age: ReadAge) {
    this.#ages = [age]
  }

  /** Adds the response to the age of one more part of the result, as soon as it has arrived. */
  addTo(age: ReadAge): void {
    if (this.#source) age.add(this.#source)
    else if (!this.#ages.includes(age)) this.#ages.push(age)
  }

  /** Records the arrival of the response. */
  complete(source: ResponseSource): void {
    this.#source = source
    for (const age of this.#ages) age.add(source)
  }
}
