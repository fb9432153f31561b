import { getHeapStatistics } from 'node:v8'
import { Problem } from './errors.ts'

const MiB = 1024 ** 2

/** A caller's part of the free bytes. With `n` callers that take all they can, each gets `1 / (n + 1)` of the budget. */
const defaultShare = 1

/** The same for bytes that can be given up at any time: one caller gets at most a quarter of the budget for them. */
export const optionalShare = 1 / 3

/** A sixth of the heap limit (96 MiB for `--max-old-space-size=384`), at least 32 MiB and at most 256 MiB. */
export const defaultBufferBytes = Math.round(
  Math.min(256 * MiB, Math.max(32 * MiB, getHeapStatistics().heap_size_limit / 6)),
)

/**
 * The memory that all requests together may use for buffered bytes. A caller can hold as much as is left free, so that
 * there is always room for another caller, however many bytes the first one holds.
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

  /** Opens a reservation without bytes. `share`: the part of the free bytes that the caller may hold. */
  reserve(caller: string, share = defaultShare): Reservation {
    return new Reservation(this, caller, share)
  }

  /** Changes what a caller holds. Returns false, and changes nothing, if it does not fit. For reservations. */
  change(caller: string, bytes: number, share: number): boolean {
    const callerBytes = (this.#bytesByCaller.get(caller) ?? 0) + bytes
    const usedBytes = this.#usedBytes + bytes
    if (bytes > 0 && callerBytes > share * (this.#limitBytes - usedBytes)) return false
    this.#usedBytes = usedBytes
    if (callerBytes > 0) this.#bytesByCaller.set(caller, callerBytes)
    else this.#bytesByCaller.delete(caller)
    return true
  }

  /** Returns the error for bytes that do not fit: the caller's if it holds about as much as it can, else the server's. */
  createProblem(caller: string): Problem {
    const callers = this.#bytesByCaller
    const equalShare = this.#limitBytes / (callers.size + 1)
    return (callers.get(caller) ?? 0) > equalShare / 2
      ? new Problem(
          'TOO_MANY_REQUESTS',
          'Your requests and unread responses fill your share of memory. Send less at once.',
        )
      : new Problem('OVERLOADED', 'The server has no memory left for this request. Retry later.')
  }
}

/** Bytes of one request or stream. */
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

  /** Sets how many bytes are held. Returns false, and changes nothing, if they do not fit or it was released. */
  resize(bytes: number): boolean {
    if (this.#isReleased || !this.#budget.change(this.#caller, bytes - this.#bytes, this.#share)) return false
    this.#bytes = bytes
    return true
  }

  /** Sets how many bytes are held. @throws TOO_MANY_REQUESTS or OVERLOADED if they do not fit. */
  hold(bytes: number): void {
    if (!this.resize(bytes)) throw this.#budget.createProblem(this.#caller)
  }

  /** Gives all bytes back. Can be called more than once. */
  release(): void {
    this.resize(0)
    this.#isReleased = true
  }
}
