import type { Code } from '../core/error-codes.ts'
import { Problem } from '../core/errors.ts'
import type { PackedItem } from '../core/packed-set.ts'
import type { CallContext, SendContext } from './call-context.ts'
import { createTokenTimeoutProblem } from './token-provider.ts'
import type { ReceivedResponse } from './vendor-client.ts'

/** Codes of failures that are caused by the limits of the caller who started the call. */
const callerLimitCodes: ReadonlySet<Code> = new Set<Code>(['TOO_MANY_REQUESTS', 'OVERLOADED'])

/** A read that waits for a shared call. */
interface Reader {
  signal: AbortSignal
  onAbort(): void
  resolve(response: ReceivedResponse): void
  reject(reason: unknown): void
}

/**
 * A vendor call that several reads wait for. Is sent with the limits of the caller who started it, and canceled when no reader
 * waits anymore. Refers neither to the context of the operation that started it nor, when it has ended, to its readers, so that
 * they are not kept in memory with it: see `PackedSet`.
 */
export class SharedCall implements SendContext, PackedItem {
  packedIndex = 0
  readonly path: string
  readonly caller: SendContext['caller']
  readonly budget: SendContext['budget']
  readonly requestId: SendContext['requestId']
  readonly vendorCalls: SendContext['vendorCalls']
  readonly slots: SendContext['slots']
  /** Number of the operation that started the call. */
  readonly operationId: number
  /** See `getTopic`. Null if it is not known what the response describes. */
  readonly topic: string | null
  /** Whether the data can have changed since the call was started, so that the response must not be cached. */
  isOutdated = false
  /** Whether a reader has accepted the response and tried to cache it. */
  isStored = false
  /** Latest deadline of the readers, in milliseconds since the epoch. */
  deadline: number
  /** When the request was sent first, in milliseconds by `performance.now`. Null if it waits to be sent. */
  sentAt: number | null = null
  /** Equal calls of other callers or operations that wait to be sent, including this one. Null if there is no other. */
  rivals: Set<SharedCall> | null = null
  /** Called before each attempt. */
  onSend!: () => void
  readonly #controller = new AbortController()
  readonly #readers: Reader[] = []
  #isQueued = false
  #isWaitingForToken = false
  #isCallerLimited = false
  #isSuperseded = false

  constructor(path: string, topic: string | null, starter: CallContext) {
    const { caller, budget, requestId, vendorCalls, slots, time, operationId } = starter
    this.path = path
    this.topic = topic
    this.operationId = operationId
    this.caller = caller
    this.budget = budget
    this.requestId = requestId
    this.vendorCalls = vendorCalls
    this.slots = slots
    this.deadline = time.deadline
  }

  get time(): SendContext['time'] {
    return this
  }
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  onQueue(): void {
    this.#isQueued = true
  }
  onTokenWait(isWaiting: boolean): void {
    this.#isWaitingForToken = isWaiting
  }
  onCallerLimit(): void {
    this.#isCallerLimited = true
  }

  /**
   * Whether a read can wait for this call. A call that waits to be sent serves only its own caller, and only its own operation
   * while it waits for a slot of that operation: another caller or operation might be able to send it earlier.
   */
  canServe({ caller, slots, createdAt, maxAgeMs }: CallContext): boolean {
    if (this.signal.aborted) return false
    if (this.sentAt !== null) return this.sentAt >= createdAt - maxAgeMs!
    return slots === this.slots || (this.#isQueued && caller === this.caller)
  }

  /**
   * Waits for the response. Must not be called after `complete` or `fail`.
   *
   * @throws The reason of the reader's signal, if it aborts during the wait. `VENDOR_TIMEOUT` if the call waits for a token.
   */
  wait({ signal, time }: CallContext): Promise<ReceivedResponse> {
    if (time.deadline > this.deadline) this.deadline = time.deadline
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        // The error of the canceled call tells what it waited for.
        if (this.#readers.length === 1) return this.#controller.abort(signal.reason)
        this.#readers.splice(this.#readers.indexOf(reader), 1)
        reject(this.#isWaitingForToken ? createTokenTimeoutProblem(signal.reason) : signal.reason)
      }
      const reader: Reader = { signal, onAbort, resolve, reject }
      signal.addEventListener('abort', onAbort)
      this.#readers.push(reader)
    })
  }

  /** Passes the response to the readers. */
  complete(response: ReceivedResponse): void {
    for (const reader of this.#removeReaders()) reader.resolve(response)
  }

  /** Passes the error of the call to the readers. */
  fail(error: unknown): void {
    for (const reader of this.#removeReaders()) reader.reject(error)
  }

  #removeReaders(): Reader[] {
    const readers = this.#readers.splice(0)
    for (const { signal, onAbort } of readers) signal.removeEventListener('abort', onAbort)
    return readers
  }

  /** Cancels the call because an equal one was sent. */
  supersede(): void {
    this.#isSuperseded = true
    this.#controller.abort()
  }

  /** Whether a read of `caller` must be repeated, because the failure of this call does not concern it. */
  isFailureOfOthers(error: unknown, caller: string): boolean {
    if (this.#isSuperseded) return true
    if (caller === this.caller) return false
    return this.#isCallerLimited || (error instanceof Problem && callerLimitCodes.has(error.code))
  }
}
