import type { Account } from '../vendors/accounts.ts'
import type { SliceItem } from './slice-item.ts'
import { PageCursors } from './page-cursors.ts'
import { PageSource } from './page-source.ts'
import { ConnectionBuilder, type AccountSlice } from './connection-builder.ts'
import { validatePageSize, type Connection, type LoadConnectionOptions } from './relay.ts'

/**
 * One page of the one list that several accounts' lists make, account after account. Only as many accounts are asked
 * as the page needs; a failed one is left standing where it was. Throws where every account asked has failed.
 */
export async function loadConnection<T>(options: LoadConnectionOptions<T>): Promise<Connection<T>> {
  const { forward, count } = validatePageSize(options.args, options.pageSize)
  const parts = new ConnectionBuilder(options, forward)
  await parts.loadSlices(count)
  return createPage(options, parts)
}

function createPage<T>(options: LoadConnectionOptions<T>, parts: ConnectionBuilder<T>): Connection<T> {
  const last = parts.queue.findLast(({ edges }) => edges.length > 0)?.edges.at(-1)
  const cursors = new PageCursors(options, parts, last)
  const edges: PageEdge<T>[] = []
  for (const part of parts.queue) for (const edge of part.edges) edges.push(new PageEdge(part, edge, cursors))
  if (!parts.forward) edges.reverse()
  const sources = parts.all.map((part) => new PageSource(part, options))
  return {
    edges,
    pageInfo: new PageInfo(options, parts, edges, cursors),
    sources,
    getTotalCount: () => sumTotals(sources),
  }
}

// Classes, because object literals with getters are costly to create and outlive minor collections.

/** An edge whose cursor is created when it is selected: most queries never do. */
class PageEdge<T> {
  readonly node: T
  readonly account: Account
  readonly #part: AccountSlice<T>
  readonly #edge: SliceItem<T>
  readonly #cursors: PageCursors<T>

  constructor(part: AccountSlice<T>, edge: SliceItem<T>, cursors: PageCursors<T>) {
    this.node = edge.node
    this.account = part.account
    this.#part = part
    this.#edge = edge
    this.#cursors = cursors
  }

  get cursor(): string {
    return this.#cursors.create(this.#part, this.#edge)
  }
}

class PageInfo<T> {
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  readonly #edges: readonly PageEdge<T>[]
  readonly #cursors: PageCursors<T>
  readonly #goesOn: boolean

  constructor(
    { args }: LoadConnectionOptions<T>,
    parts: ConnectionBuilder<T>,
    edges: readonly PageEdge<T>[],
    cursors: PageCursors<T>,
  ) {
    this.#goesOn = parts.goOn
    this.hasNextPage = parts.forward ? this.#goesOn : args.before != null
    this.hasPreviousPage = parts.forward ? args.after != null : this.#goesOn
    this.#edges = edges
    this.#cursors = cursors
  }

  get startCursor(): string | null {
    return this.#edges[0]?.cursor ?? this.#createGap()
  }

  get endCursor(): string | null {
    return this.#edges.at(-1)?.cursor ?? this.#createGap()
  }

  #createGap(): string | null {
    return this.#goesOn ? this.#cursors.createGap() : null
  }
}

/** Null if the total of an account is not known, or if no account has such a list. */
async function sumTotals(sources: readonly PageSource<unknown>[]): Promise<number | null> {
  const listed = sources.filter(({ isListed }) => isListed)
  const totals = await Promise.all(listed.map((source) => source.totalCount()))
  if (totals.length === 0) return null
  return totals.reduce((sum, total) => (sum === null || total === null ? null : sum + total), 0)
}
