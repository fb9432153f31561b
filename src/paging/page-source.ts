import type { Problem } from '../core/errors.ts'
import type { Account } from '../vendors/accounts.ts'
import type { AccountSlice } from './connection-builder.ts'
import {
  statusOfFailure,
  createUnsupportedListProblem,
  type LoadConnectionOptions,
  type SourceStatus,
} from './relay.ts'
import { computeTotal } from './total-count.ts'

/** What one account gave to a page. */
export class PageSource<T> {
  readonly account: Account
  readonly status: SourceStatus
  readonly nodes: number
  readonly problem: Problem | null
  readonly #part: AccountSlice<T>
  readonly #options: LoadConnectionOptions<T>

  constructor(part: AccountSlice<T>, options: LoadConnectionOptions<T>) {
    const { account, slice, edges } = part
    this.account = account
    this.status = getStatus(part)
    this.nodes = edges.length
    this.problem = part.listing ? (slice?.failure ?? slice?.problem ?? null) : createUnsupportedListProblem(account)
    this.#part = part
    this.#options = options
  }

  get isListed(): boolean {
    return this.#part.listing !== null
  }

  /** Null if the vendor does not report it, or filters less than is asked for. */
  readonly totalCount = async (): Promise<number | null> => {
    const { account, listing, slice, isExact } = this.#part
    if (!listing || !isExact) return null
    const { call, onFailedTotal } = this.#options
    return computeTotal(listing, call, slice?.totals ?? new Map()).catch((error: unknown) => {
      onFailedTotal?.(account, error)
      return null
    })
  }
}

function getStatus<T>({ slice, edges, listing, isQueued }: AccountSlice<T>): SourceStatus {
  if (!listing) return 'UNSUPPORTED'
  if (!slice) return isQueued ? 'NOT_REACHED' : 'OK'
  if (slice.failure) return statusOfFailure(slice.failure)
  return slice.problem || (slice.stopped && edges.length === slice.edges.length) ? 'PARTIAL' : 'OK'
}
