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
  /** Milliseconds since the epoch; retries and token fetches included. Moves while an upload makes progress. */
  readonly deadline: number
}

/** What one operation may spend on vendors: handed down from the request to the socket. */
export interface Call {
  /** Name of the caller that the vendor calls are made for; callers share an account's capacity equally. */
  caller: string
  /** Bounds what is buffered for the caller; undefined: nothing does. */
  budget?: ByteBudget | undefined
  /** Of the request that it works for, for logs and traces. */
  requestId?: string | undefined
  signal: AbortSignal
  readonly time: CallTime
  /** Reads of this operation by account and URL: a page in hand is not fetched again. */
  reads: Map<string, Promise<unknown>>
  /** Its reads that are in flight or wait, by account and rate limit. */
  readonly slots: Map<string, ReadSlots>
  /** Reads that this operation can still send; retries and token requests are not counted. */
  readsLeft: number
  /** What the caller can still spend, if that is limited. */
  vendorCalls?: VendorCallBudget | undefined
  /** Writes of this operation that were begun, and those that the vendor has answered with success; see `Client.send`. */
  begun: number
  written: number
}

/** A call that has done nothing yet. `maxReads`: limit of vendor reads; a mutation's own work has none. */
export function createCall(
  given: Pick<Call, 'caller' | 'budget' | 'vendorCalls' | 'requestId' | 'signal' | 'time'>,
  maxReads = Infinity,
): Call {
  return {
    ...given,
    reads: new Map(),
    slots: new Map(),
    readsLeft: maxReads,
    begun: 0,
    written: 0,
  }
}

/** Thrown instead of a read when the operation has none left. */
export class ReadsSpent extends Problem {
  constructor() {
    super(
      'OPERATION_TOO_EXPENSIVE',
      'The operation reached "operationCalls", the limit of vendor calls per operation. Request fewer IDs, smaller pages, or fewer nested lists.',
    )
  }
}
