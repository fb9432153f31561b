import { randomInt } from 'node:crypto'
import type { ByteBudget } from '../core/byte-budget.ts'
import { Problem } from '../core/errors.ts'
import { ReadAge, type OperationRead } from './read-age.ts'
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
  /**
   * Maximum age of a response that a read can use, in milliseconds, and of a call in flight that it can join. `Infinity`: the
   * cache decides. 0: every read calls the vendor, or joins a call that began later than this context. Null, the default: reads
   * use no response that another operation requested. Mutations, reconciliation, and checks require this.
   */
  maxAgeMs?: number | null
}

/** Number of the last operation. Begins at random, so that the numbers of two processes differ. */
let operations = randomInt(2 ** 47)

/** Counts that all contexts of one operation share. */
interface CallCounts {
  id: number
  readsLeft: number
  writesStarted: number
  writesSucceeded: number
  cachedAsOf: number | null
  staleAccounts: Set<string> | null
  /** Read cache of the contexts that `refresh` creates. Null if there is none. */
  refreshedReads: Map<string, OperationRead> | null
}

/** Budget and state of one operation's vendor calls. Goes from the GraphQL request to the socket. */
export class CallContext {
  readonly caller: string
  readonly signal: AbortSignal
  readonly time: CallTime
  readonly budget: ByteBudget | undefined
  readonly requestId: string | undefined
  readonly vendorCalls: VendorCallBudget | undefined
  readonly maxAgeMs: number | null
  /** When the context was created, in milliseconds by `performance.now`. */
  createdAt: number
  /** Age of the responses that reads with this context have used. */
  readonly age: ReadAge
  /** This operation's reads, by account and URL, so that a page is not fetched twice. */
  readCache: Map<string, OperationRead>
  /** Slots for this operation's reads, by account and rate limit. */
  readonly slots: Map<string, ReadSlots>
  readonly #counts: CallCounts

  /** @param operation Context of the same operation, with which this one shares all state except `age`. */
  constructor(
    { caller, signal, time, budget, requestId, vendorCalls, maxReads = Infinity, maxAgeMs = null }: CallOptions,
    operation?: CallContext,
    age = new ReadAge(),
  ) {
    this.caller = caller
    this.signal = signal
    this.time = time
    this.budget = budget
    this.requestId = requestId
    this.vendorCalls = vendorCalls
    this.maxAgeMs = maxAgeMs
    this.age = age
    this.createdAt = operation?.createdAt ?? performance.now()
    this.readCache = operation?.readCache ?? new Map()
    this.slots = operation?.slots ?? new Map()
    this.#counts = operation
      ? operation.#counts
      : {
          id: ++operations,
          readsLeft: maxReads,
          writesStarted: 0,
          writesSucceeded: 0,
          cachedAsOf: null,
          staleAccounts: null,
          refreshedReads: null,
        }
  }

  /** Number of the operation, unique among processes. */
  get operationId(): number {
    return this.#counts.id
  }
  /** Number of reads that this operation can still make. */
  get readsLeft(): number {
    return this.#counts.readsLeft
  }
  set readsLeft(reads: number) {
    this.#counts.readsLeft = reads
  }
  /** Number of writes with an effect that `VendorClient.write` has started. */
  get writesStarted(): number {
    return this.#counts.writesStarted
  }
  set writesStarted(writes: number) {
    this.#counts.writesStarted = writes
  }
  /** Number of writes with an effect that the vendor has confirmed with a success. */
  get writesSucceeded(): number {
    return this.#counts.writesSucceeded
  }
  set writesSucceeded(writes: number) {
    this.#counts.writesSucceeded = writes
  }
  /**
   * When the vendor returned the oldest cached response that the operation has used, in milliseconds since the epoch. Null if
   * it has used none.
   */
  get cachedAsOf(): number | null {
    return this.#counts.cachedAsOf
  }
  /** Keys of the accounts that could not be read and whose expired responses the operation has used instead. */
  get staleAccounts(): ReadonlySet<string> {
    return this.#counts.staleAccounts ?? noAccounts
  }

  /** Creates an unused call context with the same caller and deadline. By default, it has no limit of reads. */
  fork(changes: Partial<CallOptions> = {}): CallContext {
    const { caller, signal, time, budget, requestId, vendorCalls } = this
    return new CallContext({ caller, signal, time, budget, requestId, vendorCalls, ...changes })
  }

  /** Creates a context of the same operation with an `age` of its own, for a part of what this context is used for. */
  trackAge(): CallContext {
    return new CallContext(this, this, new ReadAge(this.age))
  }

  /**
   * Returns a context of the same operation and with the same `age`, whose reads call the vendor again. Returns this context if
   * it has used no cached response.
   */
  refresh(): CallContext {
    if (!this.age.hasCached) return this
    const context = new CallContext({ ...this, maxAgeMs: 0 }, this, this.age)
    context.createdAt = performance.now()
    context.readCache = this.#counts.refreshedReads ??= new Map()
    return context
  }

  /** Records that the operation has used a cached response. @param staleAccount Key of the account, if it has expired. */
  recordCached(asOf: number, staleAccount: string | null): void {
    const counts = this.#counts
    counts.cachedAsOf = Math.min(asOf, counts.cachedAsOf ?? Infinity)
    if (staleAccount !== null) (counts.staleAccounts ??= new Set()).add(staleAccount)
  }

  /** Clears the read cache, so that every later read is sent. */
  forgetReads(): void {
    this.readCache.clear()
  }
}

/** What sending a request requires of its context. */
export interface SendContext extends Pick<
  CallContext,
  'caller' | 'signal' | 'time' | 'budget' | 'requestId' | 'vendorCalls' | 'slots'
> {
  /** Called when the request has a slot of its operation and enters the account's queue. */
  onQueue?(): void
  /** Called when the request begins or ends to wait for an access token. */
  onTokenWait?(isWaiting: boolean): void
  /** Called before each attempt. */
  onSend?(): void
  /** Called if the request fails because of a limit of the caller. Not called for `TOO_MANY_REQUESTS` and `OVERLOADED`. */
  onCallerLimit?(): void
}

const noAccounts: ReadonlySet<string> = new Set()

/** Thrown instead of sending a read if the operation has no reads left. */
export class ReadLimitProblem extends Problem {
  constructor() {
    super(
      'OPERATION_TOO_EXPENSIVE',
      'The operation reached "operationCalls", the limit of vendor calls per operation. Request fewer IDs, smaller pages, or fewer nested lists.',
    )
  }
}
