import type { Problem } from '../core/errors.ts'
import type { Account } from '../vendors/accounts.ts'
import type { AccountSlice } from './connection-builder.ts'
import {
  toSourceStatus,
  createUnsupportedListProblem,
  findStaleProblem,
  type LoadConnectionOptions,
  type SourceStatus,
} from './relay.ts'
import { computeTotal, getKnownTotal } from './total-count.ts'

/** One account's part of a page, as reported in `sources`. */
export class PageSource<T> {
  readonly account: Account
  readonly status: SourceStatus
  readonly nodes: number
  readonly problem: Problem | null
  readonly asOf: number | null
  readonly #part: AccountSlice<T>
  readonly #options: LoadConnectionOptions<T>
  #total: Promise<number | null> | undefined

  constructor(part: AccountSlice<T>, options: LoadConnectionOptions<T>) {
    const { account, slice, items, call } = part
    this.account = account
    const staleProblem = call && findStaleProblem(call.age, account)
    this.status = getStatus(part, staleProblem !== null)
    this.nodes = items.length
    this.problem = part.listing
      ? (slice?.failure ?? staleProblem ?? slice?.partialProblem ?? null)
      : createUnsupportedListProblem(account)
    this.asOf = call?.age.asOf ?? null
    this.#part = part
    this.#options = options
  }

  /** Whether the vendor supports the list. */
  get isListed(): boolean {
    return this.#part.listing !== null
  }

  /**
   * Returns the number of items in the account's list, without a vendor call. Null if neither the page nor `computeTotal` has
   * received it, or if the vendor does not apply the whole filter.
   */
  readonly totalCount = (): number | null | Promise<number | null> => {
    if (this.#total) return this.#total
    const { listing, slice, isExact } = this.#part
    return listing && this.status !== 'UNSUPPORTED' && slice && isExact ? getKnownTotal(listing, slice.totals) : null
  }

  /** Returns the same as `totalCount`, but calls the vendor for what is not known. */
  computeTotal(): Promise<number | null> {
    return (this.#total ??= this.#readTotal())
  }

  async #readTotal(): Promise<number | null> {
    const { account, listing, slice, isExact } = this.#part
    if (!listing || !isExact || this.status === 'UNSUPPORTED') return null
    const { call, onFailedTotal } = this.#options
    return computeTotal(listing, call, slice?.totals ?? new Map()).catch((error: unknown) => {
      onFailedTotal?.(account, error)
      return null
    })
  }
}

function getStatus<T>({ slice, items, listing, isQueued }: AccountSlice<T>, isStale: boolean): SourceStatus {
  if (!listing) return 'UNSUPPORTED'
  if (!slice) return isQueued ? 'NOT_REACHED' : 'OK'
  if (slice.failure) return toSourceStatus(slice.failure)
  if (isStale) return 'STALE'
  if (slice.partialProblem?.code === 'UNSUPPORTED_BY_VENDOR') return 'UNSUPPORTED'
  return slice.partialProblem || (slice.hitScanLimit && items.length === slice.items.length) ? 'PARTIAL' : 'OK'
}
