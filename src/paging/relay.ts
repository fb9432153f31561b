import { Problem } from '../core/errors.ts'
import { ReadsSpent, type CallContext } from '../upstream/call-context.ts'
import type { Account } from '../vendors/accounts.ts'
import type { VendorList } from '../vendors/vendor.ts'
import type { CursorCodec } from './cursor.ts'
import type { ListSlice } from './slice.ts'

export type SourceStatus = 'OK' | 'PARTIAL' | 'FAILED' | 'RATE_LIMITED' | 'UNSUPPORTED' | 'NOT_REACHED'

export function statusOfFailure({ code }: Problem): SourceStatus {
  return code === 'VENDOR_RATE_LIMITED' || code === 'TOO_MANY_REQUESTS' ? 'RATE_LIMITED' : 'FAILED'
}

/** One account's list, as a part of the connection's one list. */
export interface AccountList<T> {
  account: Account
  /** Null: its vendor has no such list. */
  listing: VendorList<T> | null
  /** The listing has exactly the objects of the page's list: nothing is filtered here, and the vendor's total is right. */
  isExact: boolean
}

export interface PageArguments {
  first?: number | null | undefined
  after?: string | null | undefined
  last?: number | null | undefined
  before?: string | null | undefined
}

export interface LoadConnectionOptions<T> {
  /** Everything that its cursors belong to, as one string. */
  list: string
  sources: readonly AccountList<T>[]
  args: PageArguments
  /** The whole filter; what the vendors narrow is only a help. */
  matches(item: T): boolean
  /** The filter keeps so few items that no account is expected to fill a page: all are asked at the same time. */
  isSelective: boolean
  /** Told of every item of an outer list that was in hand (a meeting's host). */
  onParentItem?: (account: Account, item: unknown) => void
  /** Is called for an account whose total could not be read; the total of the connection is then null. */
  onFailedTotal?: (account: Account, error: unknown) => void
  call: CallContext
  codec: CursorCodec
  /** Vendor calls that the walk may spend, and the default page size. */
  scanCalls: number
  pageSize: number
}

export interface Connection<T> {
  edges: { node: T; account: Account; cursor: string }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
  sources: {
    account: Account
    status: SourceStatus
    nodes: number
    problem: Problem | null
    /** Number of objects in the account's whole list; null if its vendor does not report it. */
    totalCount(): number | null | Promise<number | null>
  }[]
  getTotalCount(): Promise<number | null>
}

/** Checks `first` and `last`. Throws BAD_USER_INPUT. */
export function validatePageSize(
  { first, last }: PageArguments,
  standard: number,
): { forward: boolean; count: number } {
  if (first != null && last != null)
    throw new Problem('BAD_USER_INPUT', 'Give either "first" or "last", not both; each 1 to 100.', { path: ['last'] })
  const name = last == null ? 'first' : 'last'
  const count = first ?? last ?? standard
  if (!Number.isInteger(count) || count < 1 || count > 100)
    throw new Problem('BAD_USER_INPUT', `"${name}" must be 1 to 100.`, { path: [name] })
  return { forward: last == null, count }
}

/**
 * Whether a failed account no longer counts as more to come. It stays in the list for one more page, so that a cursor takes
 * it up if the cause was removed. After that, asking again is of no use.
 *
 * @param isContinued Whether the page continues from a cursor.
 */
export function isGivenUp(failure: Problem | null | undefined, isContinued: boolean): boolean {
  // The operation's limit on vendor calls says nothing of the account: the next operation has its own.
  return isContinued && failure != null && !failure.retryable && !(failure instanceof ReadsSpent)
}

/**
 * Checks that an account has answered. The last page of several accounts' list can consist of a lasting failure alone.
 *
 * @throws The first failure, if every account that was asked has failed.
 */
export function assertAnswered(
  asked: readonly { failure: Problem | null }[],
  { sources, isContinued }: { sources: number; isContinued: boolean },
): void {
  const failure = asked[0]?.failure
  const isEnd = sources > 1 && asked.every((one) => isGivenUp(one.failure, isContinued))
  if (failure && !isEnd && asked.every((one) => one.failure)) throw failure
}

/** What went wrong in reading a list knows nothing of whose list it was. */
export function setProblemAccount<T>(slice: ListSlice<T>, { key }: Account): ListSlice<T> {
  for (const problem of [slice.failure, slice.problem]) if (problem) problem.account ??= key
  return slice
}

/** An edge whose cursor is made when it is asked for: most queries never do. */
export class LazyEdge<T> {
  readonly node: T
  readonly account: Account
  readonly #make: () => string
  constructor(node: T, account: Account, make: () => string) {
    this.node = node
    this.account = account
    this.#make = make
  }
  get cursor(): string {
    return this.#make()
  }
}

export function createUnsupportedListProblem(account: Account): Problem {
  const problem = new Problem('UNSUPPORTED_BY_VENDOR', `${account.label} has no such list.`)
  problem.account = account.key
  return problem
}
