import type { Account } from '../vendors/accounts.ts'
import {
  throwIfAllFailed,
  isAbandoned,
  validatePageSize,
  toSourceStatus,
  createUnsupportedListProblem,
  findStaleProblem,
  type Connection,
  type AccountList,
} from './relay.ts'
import { selectFirst } from './select-first.ts'
import { createComparator, type SortEntry, type SortPosition } from './sort-order.ts'
import type { SortedList, SortOptions } from './sorted-list.ts'
import type { SortedListStore } from './sorted-list-store.ts'

export interface SortedConnectionOptions<T> extends SortOptions<T> {
  isDescending: boolean
  /** Keeps sorted lists between the pages. */
  listStore: SortedListStore
}

/** Boundary in each account's sorted objects. The property names are part of the cursor format. */
interface SortedCursor {
  /** Position of the edge. Null before the first object, or after the last one if the page is read backward. */
  at: SortPosition | null
  /** Boundaries of the accounts that are not at `at`, by account key. */
  cuts: Record<string, SortPosition | null>
  /** ID of the sorted list. */
  id: string
  /** Number of vendor calls spent until an empty page. Two consecutive empty pages never end with the same cursor. */
  calls?: number
}

/**
 * Loads one page of a connection that Parley sorts. Until the lists of all accounts are read to their end, pages are empty and
 * report that more items follow.
 *
 * @throws The first failure, if every account has failed.
 * @throws OPERATION_TOO_EXPENSIVE if a list is too long to be sorted.
 */
export async function loadSortedConnection<T>(options: SortedConnectionOptions<T>): Promise<Connection<T>> {
  const { args, codec, list, call, listStore } = options
  const { isForward, count } = validatePageSize(args, options.pageSize)
  const compare = createComparator(options.isDescending)
  const after = args.after == null ? null : codec.decode<SortedCursor>(list, args.after, 'after')
  const before = args.before == null ? null : codec.decode<SortedCursor>(list, args.before, 'before')
  const from = isForward ? after : before
  const until = isForward ? before : after
  const step = isForward ? 1 : -1

  const sorted = listStore.open<T>(call.caller, list, (from ?? until)?.id ?? null)
  const hasRead = await sorted.read(options)
  const listed = options.sources.filter(({ listing }) => listing)
  const parts = listed.map(({ account }) => sorted.getPart(account))
  const isContinued = from !== null
  throwIfAllFailed(parts, { sources: options.sources.length, isContinued })
  const isReading = parts.some(({ failure, boundary }) => !failure && boundary !== 'end')

  const findBoundary = (account: string): SortPosition | null =>
    from && (account in from.cuts ? from.cuts[account]! : from.at)
  const ahead = isReading
    ? []
    : listEntries(parts).filter(({ account, position }) => {
        const boundary = findBoundary(account.key)
        if (boundary && compare(position, boundary) * step <= 0) return false
        return !until?.at || compare(position, until.at) * step < 0
      })
  const page = await selectFirst(ahead, count, (a, b) => compare(a.position, b.position) * step)
  const hasMore =
    isReading ||
    ahead.length > page.length ||
    parts.some(({ failure }) => failure && !isAbandoned(failure, isContinued))
  if (hasRead && (hasMore || isContinued) && !listStore.save(list, sorted, call) && isReading)
    throw call.budget!.createProblem(call.caller)

  const getBoundariesAt = (edge: SortPosition): SortedCursor['cuts'] => {
    const boundaries: SortedCursor['cuts'] = {}
    for (const { account } of listed) {
      const boundary = findBoundary(account.key)
      const hasFailed = sorted.getPart(account).failure !== null
      if (hasFailed || (boundary && compare(boundary, edge) * step > 0)) boundaries[account.key] = boundary
    }
    return boundaries
  }
  const encode = (cursor: Omit<SortedCursor, 'id'>): string =>
    codec.encode(list, { ...cursor, id: sorted.id } satisfies SortedCursor)
  const edges = page.map(({ node, account, parentItem, position }) => {
    if (parentItem !== null) options.onParentItem?.(account, parentItem)
    return new LazyEdge(node, account, () => encode({ at: position, cuts: getBoundariesAt(position) }))
  })
  if (!isForward) edges.reverse()
  const createEmptyPageCursor = (): string | null =>
    hasMore
      ? encode({
          at: from?.at ?? null,
          cuts: from?.cuts ?? {},
          calls: parts.reduce((sum, part) => sum + part.calls, 0),
        })
      : (args.after ?? args.before ?? null)
  return {
    edges,
    pageInfo: {
      hasNextPage: isForward ? hasMore : args.before != null,
      hasPreviousPage: isForward ? args.after != null : hasMore,
      startCursor: edges[0]?.cursor ?? createEmptyPageCursor(),
      endCursor: edges.at(-1)?.cursor ?? createEmptyPageCursor(),
    },
    sources: options.sources.map((source) => toSource(source, sorted, edges)),
    getTotalCount: async () => {
      const isKnown =
        listed.length === options.sources.length &&
        parts.every(({ failure, boundary }) => !failure && boundary === 'end')
      return isKnown ? listEntries(parts).length : null
    },
  }
}

const listEntries = <T>(parts: readonly ReturnType<SortedList<T>['getPart']>[]): SortEntry<T>[] =>
  parts.flatMap(({ failure, entriesById }) => (failure ? [] : [...entriesById.values()]))

function toSource<T>(
  { account, listing }: AccountList<T>,
  sorted: SortedList<T>,
  edges: readonly { account: Account }[],
): Connection<T>['sources'][number] {
  if (!listing)
    return {
      account,
      nodes: 0,
      status: 'UNSUPPORTED',
      problem: createUnsupportedListProblem(account),
      asOf: null,
      totalCount: () => null,
    }
  const { failure, partialProblem, boundary, entriesById, age } = sorted.getPart(account)
  const isComplete = !failure && boundary === 'end'
  const staleProblem = findStaleProblem(age, account)
  return {
    account,
    nodes: edges.filter((edge) => edge.account.key === account.key).length,
    status: failure
      ? toSourceStatus(failure)
      : staleProblem
        ? 'STALE'
        : partialProblem || !isComplete
          ? 'PARTIAL'
          : 'OK',
    problem: failure ?? staleProblem ?? partialProblem,
    asOf: age.asOf,
    totalCount: () => (isComplete ? entriesById.size : null),
  }
}

/** An edge that creates its cursor when a query reads it, because most queries do not. */
class LazyEdge<T> {
  readonly node: T
  readonly account: Account
  readonly #createCursor: () => string
  constructor(node: T, account: Account, createCursor: () => string) {
    this.node = node
    this.account = account
    this.#createCursor = createCursor
  }
  get cursor(): string {
    return this.#createCursor()
  }
}
