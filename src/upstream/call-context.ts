import type { ByteBudget } from '../core/byte-budget.ts'
import { Problem } from '../core/errors.ts'
import type { ReadSlots } from './read-slots.ts'

/** Caller name of background work. Names of configured callers contain no colon, except after `jwt`. */
export const backgroundCaller = 'parley:background'

/** Counts the vendor calls, including retries, of a caller that has a limit. */
export interface VendorCallBudget {
  /** Counts one call. @throws `TOO_MANY_REQUESTS` if none is left. */
  take(): void
  /** Counts one call, even if none is left. */
  charge(): void
}

/** Deadline of the operation that a call belongs to. */
export interface CallTime {
  /** In milliseconds since the epoch. Covers retries and token requests. Moves while an upload makes progress. */
  readonly deadline: number
}

export interface CallOptions {
  /** Name of the caller that the vendor calls are made for. Callers share an account's capacity equally. */
  caller: string
  signal: AbortSignal
  time: CallTime
  /** Limits the memory that is used for the caller. Default: no limit. */
  budget?: ByteBudget | undefined
  /** ID of the request, for logs and traces. */
  requestId?: string | undefined
  /** Limits the caller's vendor calls. Default: no limit. */
  vendorCalls?: VendorCallBudget | undefined
  /** Maximum number of reads. Retries and token requests do not count. Default: no limit. */
  maxReads?: number
}

/** Budget and state of one operation's vendor calls. The same object is used from the GraphQL request to the socket. */
export class CallContext {
  readonly caller: string
  readonly signal: AbortSignal
  readonly time: CallTime
  readonly budget: ByteBudget | undefined
  readonly requestId: string | undefined
  readonly vendorCalls: VendorCallBudget | undefined
  /** Results of this operation's reads, by account and URL, so that a page is not fetched twice. */
  readonly readCache = new Map<string, Promise<unknown>>()
  /** Slots for this operation's reads, by account and rate limit. */
  readonly slots = new Map<string, ReadSlots>()
  /** Number of reads that this operation can still send. */
  readsLeft: number
  /** Number of writes with an effect that `VendorClient.write` has started. */
  writesStarted = 0
  /** Number of writes with an effect that the vendor has confirmed with a success. */
  writesSucceeded = 0

  constructor({ caller, signal, time, budget, requestId, vendorCalls, maxReads = Infinity }: CallOptions) {
    this.caller = caller
    this.signal = signal
    this.time = time
    this.budget = budget
    this.requestId = requestId
    this.vendorCalls = vendorCalls
    this.readsLeft = maxReads
  }

  /** Creates an unused call context with the same caller and deadline. By default, it has no limit of reads. */
  fork(changes: Partial<CallOptions> = {}): CallContext {
    const { caller, signal, time, budget, requestId, vendorCalls } = this
    return new CallContext({ caller, signal, time, budget, requestId, vendorCalls, ...changes })
  }

  /** Clears the read cache, so that every later read is sent. */
  forgetReads(): void {
    this.readCache.clear()
  }
}

/** Thrown instead of sending a read if the operation has no reads left. */
export class ReadLimitProblem extends Problem {
  constructor() {
    super(
      'OPERATION_TOO_EXPENSIVE',
      'The operation reached "operationCalls", the limit of vendor calls per operation. Request fewer IDs, smaller pages, or fewer nested lists.',
    )
  }
}
