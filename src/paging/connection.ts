import type { Problem } from '../core/errors.ts'
import type { Account } from '../vendors/accounts.ts'
import { PageCursors } from './page-cursors.ts'
import type { SliceItem } from './slice.ts'
import { ConnectionBuilder, type AccountSlice } from './connection-builder.ts'
import {
  createUnsupportedListProblem,
  findStaleProblem,
  toSourceStatus,
  validatePageSize,
  type Connection,
  type LoadConnectionOptions,
  type SourceStatus,
} from './relay.ts'
import { computeTotal, getKnownTotal } from './total-count.ts'

/**
 * Loads one page of a connection: the lists of several accounts, one after another. Scans only as many accounts as the page
 * needs. Cursors of the page resume a failed account from the boundary at which this page began.
 *
 * @throws The first failure, if every scanned account has failed.
 * @throws BAD_USER_INPUT, INVALID_CURSOR, or CURSOR_FOREIGN if an argument is not valid.
 */
export async function loadConnection<T>(options: LoadConnectionOptions<T>): Promise<Connection<T>> {
  const { isForward, count } = validatePageSize(options.args, options.pageSize)
  const builder = new ConnectionBuilder(options, isForward)
  await builder.loadSlices(count)
  return createPage(options, builder)
}

function createPage<T>(options: LoadConnectionOptions<T>, builder: ConnectionBuilder<T>): Connection<T> {
  const lastItem = builder.queue.findLast(({ items }) => items.length > 0)?.items.at(-1)
  const cursors = new PageCursors(options, builder, lastItem)
  const edges: PageEdge<T>[] = []
  for (const part of builder.queue) for (const item of part.items) edges.push(new PageEdge(part, item, cursors))
  if (!builder.isForward) edges.reverse()
  const sources = builder.accountSlices.map((part) => new PageSource(part, options))
  return {
    edges,
    pageInfo: new PageInfo(options, builder, edges, cursors),
    sources,
    getTotalCount: () => sumTotals(sources),
  }
}

// Classes, because object literals with getters are costly to create and outlive minor collections.

/** An edge that creates its cursor when a query reads it, because most queries do not. */
class PageEdge<T> {
  readonly node: T
  readonly account: Account
  readonly #part: AccountSlice<T>
  readonly #item: SliceItem<T>
  readonly #cursors: PageCursors<T>

  constructor(part: AccountSlice<T>, item: SliceItem<T>, cursors: PageCursors<T>) {
    this.node = item.node
    this.account = part.account
    this.#part = part
    this.#item = item
    this.#cursors = cursors
  }

  get cursor(): string {
    return this.#cursors.create(this.#part, this.#item)
  }
}

class PageInfo<T> {
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  readonly #edges: readonly PageEdge<T>[]
  readonly #cursors: PageCursors<T>
  readonly #hasMore: boolean

  constructor(
    { args }: LoadConnectionOptions<T>,
    builder: ConnectionBuilder<T>,
    edges: readonly PageEdge<T>[],
    cursors: PageCursors<T>,
  ) {
    this.#hasMore = builder.hasMore
    this.hasNextPage = builder.isForward ? this.#hasMore : args.before != null
    this.hasPreviousPage = builder.isForward ? args.after != null : this.#hasMore
    this.#edges = edges
    this.#cursors = cursors
  }

  get startCursor(): string | null {
    return this.#edges[0]?.cursor ?? this.#createEmptyPageCursor()
  }

  get endCursor(): string | null {
    return this.#edges.at(-1)?.cursor ?? this.#createEmptyPageCursor()
  }

  #createEmptyPageCursor(): string | null {
    return this.#hasMore ? this.#cursors.createForEmptyPage() : null
  }
}

/** One account's part of a page, as reported in `sources`. */
class PageSource<T> {
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

/** Returns the sum of the accounts' totals. Null if the total of an account is not known, or if no account has such a list. */
async function sumTotals(sources: readonly PageSource<unknown>[]): Promise<number | null> {
  const listed = sources.filter(({ isListed }) => isListed)
  const totals = await Promise.all(listed.map((source) => source.computeTotal()))
  if (totals.length === 0) return null
  return totals.reduce((sum, total) => (sum === null || total === null ? null : sum + total), 0)
}
