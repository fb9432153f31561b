import { hash } from 'node:crypto'
import type { ObjectRef } from '@pothos/core'
import type { Context } from './context.ts'
import type { Connection } from '../paging/relay.ts'
import { loadConnection } from '../paging/connection.ts'
import type { PageArguments, AccountList } from '../paging/relay.ts'
import { loadSortedConnection } from '../paging/sorted-connection.ts'
import type { SortKey } from '../paging/sort-order.ts'
import { serverLimitTable } from '../core/limits.ts'
import { measureJson } from '../core/json-size.ts'
import { takeTurn } from '../core/turn.ts'
import { withAccount, type WithAccount } from './with-account.ts'
import type { Account } from '../vendors/accounts.ts'
import type { VendorList } from '../vendors/vendor-lists.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { ProblemRef, toProblemField } from './problem.ts'

const PageInfo = builder.objectRef<Connection<object>['pageInfo']>('PageInfo').implement({
  description:
    'Position of a page in its list. A page can have fewer items than requested although more follow: see `sources`.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', {
      nullable: false,
      description: 'Whether more items follow. Continue with `after: endCursor` until `hasNextPage` is false.',
    }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
      nullable: false,
      description: 'Whether items precede this page. To page backward, use `last` with `before: startCursor`.',
    }),
    startCursor: t.exposeString('startCursor', {
      description:
        'Cursor of the start of the page, for `before`. Null only if the page is empty and no items are left.',
    }),
    endCursor: t.exposeString('endCursor', {
      description: 'Cursor of the end of the page, for `after`. Null only if the page is empty and no items are left.',
    }),
  }),
})

const SourceStatus = builder.enumType('SourceStatus', {
  description: 'Whether an account contributed everything that a page needed from it.',
  values: {
    OK: { description: 'The account contributed everything that this page needed from it.' },
    PARTIAL: {
      description:
        'The account contributed only a part: the scan limit was reached, or items were omitted (see `problem`).',
    },
    FAILED: {
      description: 'The account failed; see `problem`. The next page resumes the account from the same position.',
    },
    RATE_LIMITED: {
      description:
        "The vendor's rate limit, or your limit of vendor calls, was reached. Retry after `problem.retryAt`, if it is set.",
    },
    STALE: {
      description:
        'The vendor could not be read (see `problem`). The account contributed data from an earlier response: see `asOf`.',
    },
    UNSUPPORTED: { description: 'The vendor does not support this list.' },
    NOT_REACHED: { description: 'The page ended before it reached this account. A later page includes this account.' },
  } as const,
})

const ConnectionSource = builder.objectRef<Connection<object>['sources'][number]>('ConnectionSource').implement({
  description:
    'What one account contributed to a page. A page has one source for every account that the filter selects, in configuration order, so that missing data is always visible.',
  fields: (t) => ({
    account: t.field({
      type: AccountRef,
      nullable: false,
      description: 'Account that this source describes.',
      resolve: (source) => source.account,
    }),
    status: t.field({
      type: SourceStatus,
      nullable: false,
      description: 'Whether the account contributed everything that this page needed from it.',
      resolve: (source) => source.status,
    }),
    asOf: t.field({
      type: 'DateTime',
      description:
        "When the vendor returned the oldest response that this account's part is based on. Null if no response was used. To read the vendor again, send the request header `Cache-Control: no-cache`.",
      resolve: ({ asOf }) => (asOf === null ? null : new Date(asOf)),
    }),
    nodes: t.exposeInt('nodes', {
      nullable: false,
      description: 'Number of nodes on this page that come from this account.',
    }),
    totalCount: t.int({
      description:
        'Number of objects that this account has in the whole list. Makes no vendor call. Null if no response that the page needed reports the number, as with most filters. With `orderBy`, Parley counts the objects. The `totalCount` of the connection is the sum if it is known for every account.',
      resolve: async (source) => {
        // Lets the `totalCount` of the connection begin first, wherever it is selected: its calls learn the totals, too.
        await Promise.resolve()
        return toInt(await source.totalCount())
      },
    }),
    problem: t.field({
      type: ProblemRef,
      description:
        'Error that caused data to be missing. Null if there was no error; reaching the scan limit is not an error.',
      resolve: (source) => toProblemField(source.problem),
    }),
  }),
})

/** Returns a vendor's total, or null if GraphQL's `Int` cannot represent it. */
function toInt(total: number | null): number | null {
  return total !== null && Number.isInteger(total) && total >= 0 && total < 2 ** 31 ? total : null
}

type ConnectionEdge<T> = Connection<WithAccount<T>>['edges'][number]

/**
 * Defines the types `<name>Connection` and `<name>Edge` of a node type.
 *
 * @param description Description of the connection.
 */
export function defineConnection<T extends object>(
  name: string,
  node: ObjectRef<never, WithAccount<T>> | ObjectRef<any, any>,
  description: string,
) {
  const edge = builder.objectRef<ConnectionEdge<T>>(`${name}Edge`).implement({
    description: `${name.startsWith('A') ? 'An' : 'A'} ${name.toLowerCase()} on a page, with its cursor.`,
    fields: (t) => ({
      node: t.field({
        type: node,
        nullable: false,
        description: `${name} of this edge.`,
        resolve: ((edge: ConnectionEdge<T>) => edge.node) as never,
      }),
      cursor: t.field({
        type: 'String',
        nullable: false,
        description:
          'Opaque cursor of this edge. Valid as `after` or `before` in the same field with the same filter, sort order, and accounts.',
        resolve: (edge) => edge.cursor,
      }),
    }),
  })
  return builder.objectRef<Connection<WithAccount<T>>>(`${name}Connection`).implement({
    description,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        nullable: { list: false, items: false },
        description: 'Items of the page, each with its cursor.',
        resolve: (page) => page.edges,
      }),
      nodes: t.field({
        type: [node],
        nullable: { list: false, items: false },
        description: 'Items of the page.',
        resolve: ((page: Connection<WithAccount<T>>) => page.edges.map((edge) => edge.node)) as never,
      }),
      pageInfo: t.field({
        type: PageInfo,
        nullable: false,
        description: 'Position of the page in its list.',
        resolve: (page) => page.pageInfo,
      }),
      totalCount: t.int({
        description:
          'Number of items in the whole list. Null if the total of any account is not known. `sources` reports the total of each account.',
        resolve: async (page) => toInt(await page.getTotalCount()),
      }),
      sources: t.field({
        type: [ConnectionSource],
        nullable: { list: false, items: false },
        description: 'Sources of the page, one for each selected account. Each source shows whether data is missing.',
        resolve: (page) => page.sources,
      }),
    }),
  })
}

const { default: defaultFirst, max: maxFirst } = serverLimitTable.pageSize

export const pageArguments = builder.args((t) => ({
  first: t.int({
    description: `Number of items to return from the start of the list or after \`after\`: 1 to ${maxFirst}. Default: ${defaultFirst}. Cannot be combined with \`last\`.`,
  }),
  after: t.string({
    description: 'Returns items after this cursor: the `endCursor` of a page or the `cursor` of an edge.',
  }),
  last: t.int({
    description: `Number of items to return from the end of the list or before \`before\`: 1 to ${maxFirst}. Cannot be combined with \`first\`.`,
  }),
  before: t.string({
    description: 'Returns items before this cursor: the `startCursor` of a page or the `cursor` of an edge.',
  }),
}))

export interface ResolveListOptions<T> {
  /** Identifies the list: the field and its parent object. Cursors are valid for this list only. */
  field: string
  accounts: readonly Account[]
  /** Keys of the accounts in the caller's filter. If null, undefined, or empty, all accounts. */
  accountKeys?: readonly string[] | null | undefined
  getList(account: Account): VendorList<T> | null | undefined
  args: PageArguments
  /** Filter of the caller. A member `accounts` is ignored. */
  filter: object | null | undefined
  matches(item: T): boolean
  /** Whether no object can match, whatever the lists contain. */
  isEmpty?: boolean
  /** Called with each item of a parent list that was read, such as the host of a meeting. */
  onParentItem?: (account: Account, item: unknown) => void
  /** Sort order. If null or undefined, items are listed account by account, in the order of the vendors. */
  order?: { by: string; isDescending: boolean; getSortKey(item: T): SortKey; getId(item: T): string } | null | undefined
}

/** Bytes of memory that an object takes for each byte of the vendor's JSON: the raw object and the parsed one. */
const bytesPerJsonByte = 3

const estimateBytes = (item: object): number =>
  bytesPerJsonByte * measureJson((item as { raw?: unknown }).raw, Number.MAX_SAFE_INTEGER)

const hashByAccounts = new WeakMap<ReadonlySet<string>, string>()

/** Returns a digest of account keys. A caller's keys can be many and are the same in each request, so the digest is cached. */
function hashAccounts(accounts: ReadonlySet<string>): string {
  let digest = hashByAccounts.get(accounts)
  if (digest === undefined) {
    digest = hash('sha256', JSON.stringify([...accounts].toSorted()), 'base64url')
    hashByAccounts.set(accounts, digest)
  }
  return digest
}

/** Loads one page of the list of several accounts. Each node refers to its account. */
export async function resolveList<T extends object>(
  options: ResolveListOptions<T>,
  context: Context,
): Promise<Connection<WithAccount<T>>> {
  const { accounts, order, filter, args } = options
  const conditions = Object.entries(filter ?? {}).filter(([key, value]) => key !== 'accounts' && value != null)
  const sources = accounts.map((account): AccountList<T> => {
    const listing = options.getList(account) ?? null
    return { account, listing, isExact: !options.isEmpty && (conditions.length === 0 || listing?.isExact === true) }
  })
  const common = {
    list: JSON.stringify([
      options.field,
      // The keys of the filter, not the selected accounts: a cursor stays valid if an account is added or removed.
      options.accountKeys?.length ? options.accountKeys.toSorted() : null,
      context.caller.accounts && hashAccounts(context.caller.accounts),
      conditions,
      order && [order.by, order.isDescending],
    ]),
    sources,
    args,
    matches: options.matches,
    isSelective: conditions.some(([key]) => key === 'email' || key === 'search'),
    ...(options.onParentItem ? { onParentItem: options.onParentItem } : {}),
    onFailedTotal: ({ key }: Account, error: unknown) => context.notes.addFailedSource(key, error),
    call: context.call,
    codec: context.codec,
    scanCalls: context.limits.scanCalls,
    pageSize: context.limits.pageSize,
  }
  const page = order
    ? await loadSortedConnection({
        ...common,
        getSortKey: order.getSortKey,
        getId: order.getId,
        isDescending: order.isDescending,
        estimateBytes,
        maxItems: context.limits.orderByItems,
        maxCalls: context.limits.orderByCalls,
        listStore: context.sortedLists,
      })
    : await loadConnection(common)
  context.notes.addSources(page.sources)
  for (const edge of page.edges) withAccount(edge.account, edge.node)
  await takeTurn(context.call.caller)
  return page as Connection<WithAccount<T>>
}
