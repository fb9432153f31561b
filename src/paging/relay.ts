import { Problem } from '../core/errors.ts'
import { ReadLimitProblem, type CallContext } from '../upstream/call-context.ts'
import type { ReadAge } from '../upstream/read-age.ts'
import type { Account } from '../vendors/accounts.ts'
import type { VendorList } from '../vendors/vendor-lists.ts'
import type { CursorCodec } from './cursor.ts'
import type { ListSlice } from './slice.ts'

export type SourceStatus = 'OK' | 'PARTIAL' | 'FAILED' | 'RATE_LIMITED' | 'STALE' | 'UNSUPPORTED' | 'NOT_REACHED'

export function toSourceStatus({ code }: Problem): SourceStatus {
  return code === 'VENDOR_RATE_LIMITED' || code === 'TOO_MANY_REQUESTS' ? 'RATE_LIMITED' : 'FAILED'
}

/** One account's list, which is a part of a connection. */
export interface AccountList<T> {
  account: Account
  /** Null if the vendor does not support the list. */
  listing: VendorList<T> | null
  /** Whether every object of the vendor's list matches the filter, so that Parley filters nothing and the vendor's total is correct. */
  isExact: boolean
}

export interface PageArguments {
  first?: number | null | undefined
  after?: string | null | undefined
  last?: number | null | undefined
  before?: string | null | undefined
}

export interface LoadConnectionOptions<T> {
  /** ID of the list that its cursors are bound to: the field, its parent object, filter, sort order, and accounts. */
  list: string
  sources: readonly AccountList<T>[]
  args: PageArguments
  /** Whether an item matches the whole filter. Vendors apply only some filters, so every item is tested. */
  matches(item: T): boolean
  /** Whether the filter matches so few items that no account is expected to fill a page. All accounts are then scanned at the same time. */
  isSelective: boolean
  /** Called for every item of a parent list that was loaded, such as the host of a meeting. */
  onParentItem?: (account: Account, item: unknown) => void
  /** Called for an account whose total could not be read. The total of the connection is then null. */
  onFailedTotal?: (account: Account, error: unknown) => void
  call: CallContext
  codec: CursorCodec
  /** Scan limit: the number of vendor calls that a page may make for each account. */
  scanCalls: number
  /** Default page size. */
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
    /** When the vendor returned the oldest response that was used, in milliseconds since the epoch. Null if none was used. */
    asOf: number | null
    /** Number of objects in the account's whole list. Null if it is not known. Makes no vendor call, unlike `getTotalCount`. */
    totalCount(): number | null | Promise<number | null>
  }[]
  getTotalCount(): Promise<number | null>
}

/**
 * Returns the direction and the size of the requested page.
 *
 * @param defaultSize Page size if neither `first` nor `last` is set.
 * @throws BAD_USER_INPUT if both are set, or if the size is not a whole number from 1 to 100.
 */
export function validatePageSize(
  { first, last }: PageArguments,
  defaultSize: number,
): { isForward: boolean; count: number } {
  if (first != null && last != null)
    throw new Problem(
      'BAD_USER_INPUT',
      '"first" and "last" cannot be combined. Use one of them, with a value from 1 to 100.',
      {
        path: ['last'],
      },
    )
  const name = last == null ? 'first' : 'last'
  const count = first ?? last ?? defaultSize
  if (!Number.isInteger(count) || count < 1 || count > 100)
    throw new Problem('BAD_USER_INPUT', `"${name}" must be 1 to 100.`, { path: [name] })
  return { isForward: last == null, count }
}

/**
 * Whether a failed account is no longer expected to contribute items. It counts as having more items for one more page, so
 * that a cursor can resume it after the cause was removed.
 *
 * @param isContinued Whether the page continues from a cursor.
 */
export function isAbandoned(failure: Problem | null | undefined, isContinued: boolean): boolean {
  // The next operation has its own limit on vendor calls.
  return isContinued && failure != null && !failure.retryable && !(failure instanceof ReadLimitProblem)
}

/**
 * @throws The first failure, if every scanned account has failed. Does not throw if the connection has several accounts and
 * all failures are permanent and were reported on an earlier page: the list then ends with an empty page.
 */
export function throwIfAllFailed(
  scanned: readonly { failure: Problem | null }[],
  { sources, isContinued }: { sources: number; isContinued: boolean },
): void {
  const failure = scanned[0]?.failure
  const isEnd = sources > 1 && scanned.every((slice) => isAbandoned(slice.failure, isContinued))
  if (failure && !isEnd && scanned.every((slice) => slice.failure)) throw failure
}

/** Adds the account to the problems of a slice, because the code that reads a list does not know the account. Returns the slice. */
export function setProblemAccount<T>(slice: ListSlice<T>, { key }: Account): ListSlice<T> {
  for (const problem of [slice.failure, slice.partialProblem]) if (problem) problem.account ??= key
  return slice
}

/** Returns why the account could not be read, if an earlier response was used instead. Null if none was used. */
export function findStaleProblem({ staleProblem }: ReadAge, { key }: Account): Problem | null {
  if (staleProblem) staleProblem.account ??= key
  return staleProblem
}

export function createUnsupportedListProblem(account: Account): Problem {
  const problem = new Problem('UNSUPPORTED_BY_VENDOR', `${account.label} does not support this list.`)
  problem.account = account.key
  return problem
}
