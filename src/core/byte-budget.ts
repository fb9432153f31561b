import { getHeapStatistics } from 'node:v8'
import { Problem } from './errors.ts'

const MiB = 1024 ** 2

/**
 * Maximum ratio of a caller's bytes to the free bytes. If `n` callers use all they can, each has `1 / (n + 1)` of the
 * budget.
 */
const defaultShare = 1

/** The ratio for bytes that can be released at any time. With it, one caller can have at most a quarter of the budget. */
export const optionalShare = 1 / 3

/** Default budget: a sixth of the heap limit (96 MiB for `--max-old-space-size=384`), from 32 MiB to 256 MiB. */
export const defaultBufferBytes = Math.round(
  Math.min(256 * MiB, Math.max(32 * MiB, getHeapStatistics().heap_size_limit / 6)),
)

/**
 * Memory that all requests together can use for buffered bytes. A caller can reserve at most as many bytes as remain free,
 * so that one caller can never use the whole budget.
 */
export class ByteBudget {
  readonly #limitBytes: number
  readonly #bytesByCaller = new Map<string, number>()
  #usedBytes = 0

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes
  }

  get usedBytes(): number {
    return this.#usedBytes
  }

  /**
   * Creates an empty reservation. It must be released.
   *
   * @param caller Name of the caller. Empty for bytes that belong to no caller.
   * @param share Maximum ratio of the caller's bytes to the bytes that remain free.
   */
  reserve(caller: string, share = defaultShare): Reservation {
    return new Reservation(this, caller, share)
  }

  /**
   * Adds `bytes`, which can be negative, to the bytes of a caller. Returns false and changes nothing if they do not
   * fit. Called only by reservations.
   */
  change(caller: string, bytes: number, share: number): boolean {
    const callerBytes = (this.#bytesByCaller.get(caller) ?? 0) + bytes
    const usedBytes = this.#usedBytes + bytes
    if (bytes > 0 && callerBytes > share * (this.#limitBytes - usedBytes)) return false
    this.#usedBytes = usedBytes
    if (callerBytes > 0) this.#bytesByCaller.set(caller, callerBytes)
    else this.#bytesByCaller.delete(caller)
    return true
  }

  /** Returns `TOO_MANY_REQUESTS` if the caller has more than half of an equal share, otherwise `OVERLOADED`. */
  createProblem(caller: string): Problem {
    const callers = this.#bytesByCaller
    const equalShare = this.#limitBytes / (callers.size + 1)
    return (callers.get(caller) ?? 0) > equalShare / 2
      ? new Problem(
          'TOO_MANY_REQUESTS',
          'Your requests and unread responses use your whole share of memory. Send fewer requests at a time.',
        )
      : new Problem('OVERLOADED', 'The server has no memory left for this request. Retry later.')
  }
}

/** The bytes that one request or stream has reserved. */
export class Reservation {
  readonly #budget: ByteBudget
  readonly #caller: string
  readonly #share: number
  #bytes = 0
  #isReleased = false

  constructor(budget: ByteBudget, caller: string, share: number) {
    this.#budget = budget
    this.#caller = caller
    this.#share = share
  }

  /**
   * Sets the number of reserved bytes. Returns false and changes nothing if they do not fit, or if the reservation was
   * released.
   */
  resize(bytes: number): boolean {
    if (this.#isReleased || !this.#budget.change(this.#caller, bytes - this.#bytes, this.#share)) return false
    this.#bytes = bytes
    return true
  }

  /**
   * Sets the number of reserved bytes.
   *
   * @throws `TOO_MANY_REQUESTS` or `OVERLOADED` if they do not fit, or if the reservation was released.
   */
  hold(bytes: number): void {
    if (!this.resize(bytes)) throw this.#budget.createProblem(this.#caller)
  }

  /** Releases all bytes. Can be called more than once. */
  release(): void {
    this.resize(0)
    this.#isReleased = true
  }
}
