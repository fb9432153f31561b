import type { ByteBudget } from '../core/byte-budget.ts'
import { Problem } from '../core/errors.ts'
import type { ReadSlots } from './read-slots.ts'

/** Caller of the work that no request waits for. Names of configured callers contain no colon but that of `jwt:`. */
export const backgroundCaller = 'parley:background'

/** Counts the attempts of vendor calls for a caller that has a limit. */
export interface VendorCallBudget {
  /** Counts one. @throws TOO_MANY_REQUESTS if none is left. */
  take(): void
  /** Counts one, even if none is left. */
  charge(): void
}

/** The time of the operation that a call belongs to. */
export interface CallTime {
  /** Milliseconds since the epoch; retries and token requests included. Moves while an upload makes progress. */
  readonly deadline: number
}

export interface CallOptions {
  /** Name of the caller that the vendor calls are made for; callers share an account's capacity equally. */
  caller: string
  signal: AbortSignal
  time: CallTime
  /** Limits what is buffered for the caller. Default: no limit. */
  budget?: ByteBudget | undefined
  /** ID of the request, for logs and traces. */
  requestId?: string | undefined
  /** What the caller can still spend. Default: no limit. */
  vendorCalls?: VendorCallBudget | undefined
  /** Limit of vendor reads; retries and token requests are not counted. Default: no limit. */
  maxReads?: number
}

/** What one operation can spend on vendors, and what it has done: one object, from the request to the socket. */
export class CallContext {
  readonly caller: string
  readonly signal: AbortSignal
  readonly time: CallTime
  readonly budget: ByteBudget | undefined
  readonly requestId: string | undefined
  readonly vendorCalls: VendorCallBudget | undefined
  /** Reads of this operation by account and URL, so that a page is not fetched twice. */
  readonly readCache = new Map<string, Promise<unknown>>()
  /** Its reads that are in flight or wait, by account and rate limit. */
  readonly slots = new Map<string, ReadSlots>()
  /** Reads that this operation can still send. */
  readsLeft: number
  /** Writes that were begun, and those that the vendor has answered with success; see `Client.send`. */
  writesStarted = 0
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

  /** Returns a call for the same caller and time that has done nothing yet. By default it has no limit of reads. */
  fork(changes: Partial<CallOptions> = {}): CallContext {
    const { caller, signal, time, budget, requestId, vendorCalls } = this
    return new CallContext({ caller, signal, time, budget, requestId, vendorCalls, ...changes })
  }

  /** Lets every later read be sent, also one whose result is known. */
  forgetReads(): void {
    this.readCache.clear()
  }
}

/** Thrown instead of a read when the operation has none left. */
export class ReadLimitProblem extends Problem {
  constructor() {
    super(
      'OPERATION_TOO_EXPENSIVE',
      'The operation reached "operationCalls", the limit of vendor calls per operation. Request fewer IDs, smaller pages, or fewer nested lists.',
    )
  }
}
