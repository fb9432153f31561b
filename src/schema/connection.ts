import { hash } from 'node:crypto'
import type { ObjectRef } from '@pothos/core'
import type { Context } from './context.ts'
import type { Connection } from '../paging/relay.ts'
import { loadConnection } from '../paging/connection.ts'
import type { PageArguments, AccountList } from '../paging/relay.ts'
import { loadSortedConnection } from '../paging/sorted-connection.ts'
import type { SortKey } from '../paging/sort-order.ts'
import { measureJson } from '../core/json-size.ts'
import { takeTurn } from '../core/turn.ts'
import { withAccount, type WithAccount } from './with-account.ts'
import type { Account } from '../vendors/accounts.ts'
import type { VendorList } from '../vendors/vendor.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { ProblemRef, shown } from './problem.ts'

const PageInfo = builder.objectRef<Connection<object>['pageInfo']>('PageInfo').implement({
  description: 'Where a page stands in its list. A page may be short while there is a next one: see `sources`.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', {
      nullable: false,
      description: 'Whether to go on with `after`. Only where it is false the list is at its end.',
    }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
      nullable: false,
      description: 'Whether to go on backwards with `before`.',
    }),
    startCursor: t.exposeString('startCursor', { description: 'What `before` takes for the page before.' }),
    endCursor: t.exposeString('endCursor', { description: 'What `after` takes for the page behind.' }),
  }),
})

const SourceStatus = builder.enumType('SourceStatus', {
  description: 'How far an account has answered for a page.',
  values: {
    OK: { description: 'It gave all that this page needed of it.' },
    PARTIAL: {
      description:
        'It has more for this place in the list: the scan limit was met, or an object could not be read (problem says which).',
    },
    FAILED: {
      description:
        'It could not be asked, or did not answer rightly: problem says why. The next page takes it up where it stood.',
    },
    RATE_LIMITED: { description: 'Its vendor asks for patience until `problem.retryAt`.' },
    UNSUPPORTED: { description: 'Its vendor has no such list.' },
    NOT_REACHED: { description: 'The page was full before its turn.' },
  } as const,
})

const ConnectionSource = builder.objectRef<Connection<object>['sources'][number]>('ConnectionSource').implement({
  description:
    'What one account gave to this page, so that nothing goes missing in silence. One for every account that the filter selects, in order.',
  fields: (t) => ({
    account: t.field({
      type: AccountRef,
      nullable: false,
      description: 'Whose part this is.',
      resolve: (source) => source.account,
    }),
    status: t.field({
      type: SourceStatus,
      nullable: false,
      description: 'How far it has answered.',
      resolve: (source) => source.status,
    }),
    nodes: t.exposeInt('nodes', { nullable: false, description: "How many of the page's nodes are its." }),
    totalCount: t.int({
      description:
        'Number of objects in the whole list of this account. Null if the vendor does not report it. Can cost a vendor call.',
      resolve: async (source) => toInt(await source.totalCount()),
    }),
    problem: t.field({
      type: ProblemRef,
      description: 'Why it gave less than its part; null where it did not.',
      resolve: (source) => shown(source.problem),
    }),
  }),
})

/** A vendor can report any number. What GraphQL's `Int` cannot hold is as good as no report. */
function toInt(total: number | null): number | null {
  return total !== null && Number.isInteger(total) && total >= 0 && total < 2 ** 31 ? total : null
}

type ConnectionEdge<T> = Connection<WithAccount<T>>['edges'][number]

/** Makes `<name>Connection` and `<name>Edge` of a node type. */
export function defineConnection<T extends object>(
  name: string,
  node: ObjectRef<never, WithAccount<T>> | ObjectRef<any, any>,
) {
  const edge = builder.objectRef<ConnectionEdge<T>>(`${name}Edge`).implement({
    description: `One ${name} of a page, with its place in the list.`,
    fields: (t) => ({
      node: t.field({
        type: node,
        nullable: false,
        description: `The ${name} itself.`,
        resolve: ((edge: ConnectionEdge<T>) => edge.node) as never,
      }),
      cursor: t.field({
        type: 'String',
        nullable: false,
        description: 'Opaque; belongs to this list with these filters. `after` and `before` take it.',
        resolve: (edge) => edge.cursor,
      }),
    }),
  })
  return builder.objectRef<Connection<WithAccount<T>>>(`${name}Connection`).implement({
    description: `One page of ${name}s of one or more accounts, account after account in configuration order, or in the order of \`orderBy\`.`,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        nullable: { list: false, items: false },
        description: 'The page, each node with its cursor.',
        resolve: (page) => page.edges,
      }),
      nodes: t.field({
        type: [node],
        nullable: { list: false, items: false },
        description: 'The nodes of `edges`.',
        resolve: ((page: Connection<WithAccount<T>>) => page.edges.map((edge) => edge.node)) as never,
      }),
      pageInfo: t.field({
        type: PageInfo,
        nullable: false,
        description: 'Whether and where the list goes on.',
        resolve: (page) => page.pageInfo,
      }),
      totalCount: t.int({
        description:
          'Number of objects in the whole list. Null if the vendor of any account does not report it: `sources` has the total of each account.',
        resolve: async (page) => toInt(await page.getTotalCount()),
      }),
      sources: t.field({
        type: [ConnectionSource],
        nullable: { list: false, items: false },
        description: 'What each account gave to this page, and what is missing. Look here, not at the number of nodes.',
        resolve: (page) => page.sources,
      }),
    }),
  })
}

export const pageArguments = builder.args((t) => ({
  first: t.int({ description: 'How many, 1 to 100, from the start or behind `after`; 20 where neither is given.' }),
  after: t.string({
    description:
      'The page begins behind this cursor of the list: the `endCursor` of a page, or the `cursor` of an edge.',
  }),
  last: t.int({ description: 'How many, 1 to 100, from the end or before `before`.' }),
  before: t.string({
    description:
      'The page ends before this cursor of the list: the `startCursor` of a page, or the `cursor` of an edge.',
  }),
}))

export interface ResolveListOptions<T> {
  /** The field and what it hangs on: cursors belong to it. */
  field: string
  accounts: readonly Account[]
  /** The accounts that the caller's filter names; null, empty, or absent: all. */
  accountKeys?: readonly string[] | null | undefined
  getList(account: Account): VendorList<T> | null | undefined
  args: PageArguments
  /** As the caller gave it, less `accounts`. */
  filter: object | null | undefined
  matches(item: T): boolean
  /** Nothing can match, whatever the vendors' lists have. */
  isEmpty?: boolean
  onOuter?: (account: Account, item: unknown) => void
  order?: { by: string; descending: boolean; key(item: T): SortKey; id(item: T): string } | null | undefined
}

/** Memory that an object takes for each byte of the vendor's JSON: as it came, and as it was read. */
const bytesPerJsonByte = 3

const estimateBytes = (item: object): number =>
  bytesPerJsonByte * measureJson((item as { raw?: unknown }).raw, Number.MAX_SAFE_INTEGER)

const hashByAccounts = new WeakMap<ReadonlySet<string>, string>()

/** A digest of the accounts that a caller can use: their list can be long, and stays the same for many requests. */
function hashAccounts(accounts: ReadonlySet<string>): string {
  let digest = hashByAccounts.get(accounts)
  if (digest === undefined) {
    digest = hash('sha256', JSON.stringify([...accounts].toSorted()), 'base64url')
    hashByAccounts.set(accounts, digest)
  }
  return digest
}

/** One page of a list over accounts, its objects owned and ready to be given out. */
export async function resolveList<T extends object>(
  options: ResolveListOptions<T>,
  context: Context,
): Promise<Connection<WithAccount<T>>> {
  const { accounts, order, filter, args } = options
  const set = Object.entries(filter ?? {}).filter(([key, value]) => key !== 'accounts' && value != null)
  const sources = accounts.map((account): AccountList<T> => {
    const listing = options.getList(account) ?? null
    return { account, listing, isExact: !options.isEmpty && (set.length === 0 || listing?.isExact === true) }
  })
  const common = {
    list: JSON.stringify([
      options.field,
      // Not the accounts themselves: a cursor stays valid if one is added or removed.
      options.accountKeys?.length ? options.accountKeys.toSorted() : null,
      context.caller.accounts && hashAccounts(context.caller.accounts),
      set,
      order && [order.by, order.descending],
    ]),
    sources,
    args,
    matches: options.matches,
    isSelective: set.some(([key]) => key === 'email' || key === 'search'),
    ...(options.onOuter ? { onOuter: options.onOuter } : {}),
    onFailedTotal: ({ key }: Account, error: unknown) => context.notes.addFailedSource(key, error),
    call: context.call,
    codec: context.codec,
    scanCalls: context.limits.scanCalls,
    pageSize: context.limits.pageSize,
  }
  const page = order
    ? await loadSortedConnection({
        ...common,
        key: order.key,
        id: order.id,
        descending: order.descending,
        measure: estimateBytes,
        maxItems: context.limits.orderByItems,
        maxCalls: context.limits.orderByCalls,
        lists: context.sortedLists,
      })
    : await loadConnection(common)
  context.notes.addSources(page.sources)
  for (const edge of page.edges) withAccount(edge.account, edge.node)
  await takeTurn(context.call.caller)
  return page as Connection<WithAccount<T>>
}
