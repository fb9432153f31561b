import type { Account } from '../vendors/accounts.ts'
import {
  assertAnswered,
  isGivenUp,
  validatePageSize,
  LazyEdge,
  statusOfFailure,
  createUnsupportedListProblem,
  type Connection,
  type AccountList,
} from './relay.ts'
import { selectFirst } from './select-first.ts'
import { createComparator, type SortEntry, type SortPosition } from './sort-order.ts'
import type { SortedList, SortOptions } from './sorted-list.ts'
import type { SortedListStore } from './sorted-list-store.ts'

export interface OrderedOptions<T> extends SortOptions<T> {
  descending: boolean
  lists: SortedListStore
}

/** Where each account's objects are cut; null: before the first (or, backwards, behind the last). */
interface OrderedCursor {
  at: SortPosition | null
  cuts: Record<string, SortPosition | null>
  /** Of the list that was read for it. */
  id: string
  /** Vendor calls of an empty page's list: two pages in a row never end with the same cursor. */
  calls?: number
}

/** One page in an order of our own. Until every account is read, pages are empty and say that the list goes on. */
export async function loadSortedConnection<T>(options: OrderedOptions<T>): Promise<Connection<T>> {
  const { args, codec, list, call, lists } = options
  const { forward, count } = validatePageSize(args, options.pageSize)
  const compare = createComparator(options.descending)
  const after = args.after == null ? null : codec.decode<OrderedCursor>(list, args.after, 'after')
  const before = args.before == null ? null : codec.decode<OrderedCursor>(list, args.before, 'before')
  const from = forward ? after : before
  const until = forward ? before : after
  const step = forward ? 1 : -1

  const sorted = lists.open<T>(call.caller, list, (from ?? until)?.id ?? null)
  const hasRead = await sorted.read(options)
  const listed = options.sources.filter(({ listing }) => listing)
  const parts = listed.map(({ account }) => sorted.getPart(account))
  const isContinued = from !== null
  assertAnswered(parts, { sources: options.sources.length, isContinued })
  const isReading = parts.some(({ failure, cut }) => !failure && cut !== 'end')

  const findCut = (account: string): SortPosition | null =>
    from && (account in from.cuts ? from.cuts[account]! : from.at)
  const ahead = isReading
    ? []
    : listEntries(parts).filter(({ account, position }) => {
        const cut = findCut(account.key)
        if (cut && compare(position, cut) * step <= 0) return false
        return !until?.at || compare(position, until.at) * step < 0
      })
  const page = await selectFirst(ahead, count, (a, b) => compare(a.position, b.position) * step)
  const goesOn =
    isReading || ahead.length > page.length || parts.some(({ failure }) => failure && !isGivenUp(failure, isContinued))
  if (hasRead && (goesOn || isContinued) && !lists.save(list, sorted, call) && isReading)
    throw call.budget!.createProblem(call.caller)

  const getBoundariesAt = (edge: SortPosition): OrderedCursor['cuts'] => {
    const cuts: OrderedCursor['cuts'] = {}
    for (const { account } of listed) {
      const cut = findCut(account.key)
      const hasFailed = sorted.getPart(account).failure !== null
      if (hasFailed || (cut && compare(cut, edge) * step > 0)) cuts[account.key] = cut
    }
    return cuts
  }
  const encode = (cursor: Omit<OrderedCursor, 'id'>): string =>
    codec.encode(list, { ...cursor, id: sorted.id } satisfies OrderedCursor)
  const shown = page.map(({ node, account, outer, position }) => {
    if (outer !== null) options.onParentItem?.(account, outer)
    return new LazyEdge(node, account, () => encode({ at: position, cuts: getBoundariesAt(position) }))
  })
  if (!forward) shown.reverse()
  const gap = (): string | null =>
    goesOn
      ? encode({
          at: from?.at ?? null,
          cuts: from?.cuts ?? {},
          calls: parts.reduce((sum, part) => sum + part.calls, 0),
        })
      : (args.after ?? args.before ?? null)
  return {
    edges: shown,
    pageInfo: {
      hasNextPage: forward ? goesOn : args.before != null,
      hasPreviousPage: forward ? args.after != null : goesOn,
      startCursor: shown[0]?.cursor ?? gap(),
      endCursor: shown.at(-1)?.cursor ?? gap(),
    },
    sources: options.sources.map((source) => toSource(source, sorted, shown)),
    getTotalCount: async () => {
      const isKnown =
        listed.length === options.sources.length && parts.every(({ failure, cut }) => !failure && cut === 'end')
      return isKnown ? listEntries(parts).length : null
    },
  }
}

const listEntries = <T>(parts: readonly ReturnType<SortedList<T>['getPart']>[]): SortEntry<T>[] =>
  parts.flatMap(({ failure, entriesById }) => (failure ? [] : [...entriesById.values()]))

function toSource<T>(
  { account, listing }: AccountList<T>,
  sorted: SortedList<T>,
  shown: readonly { account: Account }[],
): Connection<T>['sources'][number] {
  if (!listing)
    return {
      account,
      nodes: 0,
      status: 'UNSUPPORTED',
      problem: createUnsupportedListProblem(account),
      totalCount: () => null,
    }
  const { failure, problem, cut, entriesById } = sorted.getPart(account)
  const isComplete = !failure && cut === 'end'
  return {
    account,
    nodes: shown.filter((edge) => edge.account.key === account.key).length,
    status: failure ? statusOfFailure(failure) : problem || !isComplete ? 'PARTIAL' : 'OK',
    problem: failure ?? problem,
    totalCount: () => (isComplete ? entriesById.size : null),
  }
}
