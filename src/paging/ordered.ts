import { Problem } from '../errors.ts'
import { ReadsSpent } from '../upstream/call.ts'
import type { Account } from '../vendors/accounts.ts'
import {
  assertAnswered,
  isGivenUp,
  namesAccount,
  pageSizeOf,
  ShownEdge,
  statusOfFailure,
  type Connection,
  type ConnectionOptions,
} from './relay.ts'
import { selectFirst } from './select-first.ts'
import type { Slice } from './slice.ts'
import { walk } from './walk.ts'

/** What an object is ordered by; null comes last whatever the direction. */
export type SortKey = string | number | null

export interface OrderedOptions<T> extends ConnectionOptions<T> {
  key(item: T): SortKey
  id(item: T): string
  descending: boolean
  /** Objects of one account, and vendor calls, that may be read for it. */
  mostItems: number
}

/** A place in the order: the key, and the object's account and id to tell equal keys apart. */
type Position = [key: SortKey, account: string, id: string]
/** Where each account's objects are cut; null: before the first (or, backwards, behind the last). */
interface OrderedCursor {
  at: Position
  cuts: Record<string, Position | null>
}

interface Entry<T> {
  node: T
  account: Account
  position: Position
}

const collator = new Intl.Collator('und', { numeric: true })

/** One page in an order of our own: every account's whole list is read, sorted and cut. */
export async function connectOrdered<T>(options: OrderedOptions<T>): Promise<Connection<T>> {
  const { args, codec, list } = options
  const { forward, count } = pageSizeOf(args, options.pageSize)
  const compare = comparison(options.descending)
  const cursors = { after: args.after, before: args.before }
  const after = cursors.after == null ? null : codec.decode<OrderedCursor>(list, cursors.after, 'after')
  const before = cursors.before == null ? null : codec.decode<OrderedCursor>(list, cursors.before, 'before')
  const from = forward ? after : before
  const until = forward ? before : after
  const step = forward ? 1 : -1

  const slices = await Promise.all(options.sources.map((source) => readAll(source.account, source.listing, options)))
  const isContinued = from !== null
  assertAnswered(
    slices.filter((slice) => slice !== null),
    { sources: slices.length, isContinued },
  )
  const entries = slices.flatMap((slice) => (slice?.failure ? [] : (slice?.entries ?? [])))
  const ahead = entries.filter(({ account, position }) => {
    const cut = from && (account.key in from.cuts ? from.cuts[account.key] : from.at)
    if (cut && compare(position, cut) * step <= 0) return false
    return !until || compare(position, until.at) * step < 0
  })
  const page = await selectFirst(ahead, count, (a, b) => compare(a.position, b.position) * step)
  const failed = new Set(slices.flatMap((slice) => (slice?.failure ? slice.account : [])))
  const goesOn =
    ahead.length > page.length ||
    slices.some((slice) => slice?.failure != null && !isGivenUp(slice.failure, isContinued))

  const cutsAt = (edge: Position): OrderedCursor['cuts'] => {
    const cuts: OrderedCursor['cuts'] = {}
    for (const { account } of options.sources) {
      const cut = from ? (account.key in from.cuts ? from.cuts[account.key]! : from.at) : null
      if (failed.has(account) || (cut && compare(cut, edge) * step > 0)) cuts[account.key] = cut
    }
    return cuts
  }
  const shown = page.map(
    ({ node, account, position }) =>
      new ShownEdge(node, account, () =>
        codec.encode(list, { at: position, cuts: cutsAt(position) } satisfies OrderedCursor),
      ),
  )
  if (!forward) shown.reverse()
  const counts = new Map<Account, number>()
  for (const { account } of shown) counts.set(account, (counts.get(account) ?? 0) + 1)
  return {
    edges: shown,
    pageInfo: {
      hasNextPage: forward ? goesOn : args.before != null,
      hasPreviousPage: forward ? args.after != null : goesOn,
      startCursor: shown[0]?.cursor ?? args.after ?? args.before ?? null,
      endCursor: shown.at(-1)?.cursor ?? args.after ?? args.before ?? null,
    },
    sources: options.sources.map(({ account }, index) => {
      const slice = slices[index]
      const base = { account, nodes: counts.get(account) ?? 0 }
      if (!slice) return { ...base, status: 'UNSUPPORTED', problem: null, totalCount: () => null }
      const { failure, problem } = slice
      if (failure) return { ...base, status: statusOfFailure(failure), problem: failure, totalCount: () => null }
      return { ...base, status: problem ? 'PARTIAL' : 'OK', problem, totalCount: () => slice.entries.length }
    }),
    totalCount: async () => (failed.size > 0 || slices.includes(null) ? null : entries.length),
  }
}

/** Reads an account's list to its end; a list that is too long fails. */
async function readAll<T>(
  account: Account,
  listing: ConnectionOptions<T>['sources'][number]['listing'],
  options: OrderedOptions<T>,
) {
  if (!listing) return null
  const { call, keep, onOuter, mostItems, scanCalls } = options
  const slice = namesAccount(
    await walk(listing, 'start', {
      call,
      scan: { left: scanCalls * 3 },
      forward: true,
      count: mostItems,
      keep,
      sparse: true,
      ...(onOuter ? { onOuter: (item) => onOuter(account, item) } : {}),
    }),
    account,
  )
  const failure = slice.failure ?? (slice.more ? createTooLongProblem(account, slice, options) : null)
  const entries = slice.edges.map(({ node }): Entry<T> => ({
    node,
    account,
    position: [options.key(node), account.key, options.id(node)],
  }))
  return { account, entries, failure, problem: slice.problem }
}

function createTooLongProblem<T>(
  account: Account,
  { stopped }: Slice<T>,
  { call, mostItems, scanCalls }: OrderedOptions<T>,
): Problem {
  if (stopped && call.readsLeft <= 0) return new ReadsSpent()
  const problem = new Problem(
    'OPERATION_TOO_EXPENSIVE',
    `"orderBy" reads the whole list: at most ${mostItems} objects and ${scanCalls * 3} vendor calls an account. Narrow it with "filter", or leave "orderBy" out.`,
    { path: ['orderBy'] },
  )
  problem.account = account.key
  return problem
}

function comparison(descending: boolean): (a: Position, b: Position) => number {
  const sign = descending ? -1 : 1
  return ([a, accountA, idA], [b, accountB, idB]) => {
    if (a === null || b === null) {
      if (a !== b) return a === null ? 1 : -1
    } else {
      const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
      if (order !== 0) return order * sign
    }
    if (accountA !== accountB) return accountA < accountB ? -1 : 1
    return idA === idB ? 0 : idA < idB ? -1 : 1
  }
}
