import type { GraphqlResult, SendQuery } from '../support/client.ts'
import { usersPage } from './documents.ts'
import type { UserFilter, UserOrder, UsersPageQuery } from './gql/graphql.ts'

type Page = UsersPageQuery['users'] & {}

export interface ListedUsers {
  /** In the order of the list, whatever the direction. */
  nodes: Page['nodes']
  pages: Page[]
  /** Error that ended the iteration early. */
  errors: GraphqlResult<unknown>['errors']
}

interface ListOptions {
  size?: number
  filter?: UserFilter
  orderBy?: UserOrder
  /** Cursor at which the iteration begins. Default: the start of the list, or its end if the direction is backward. */
  from?: string | null
  /** Called after every page with the number of pages so far. */
  between?: (pages: number) => void | Promise<void>
}

/** Pages through `users` to the end, or to an error. */
export async function listUsers(
  sendQuery: SendQuery,
  direction: 'first' | 'last',
  options: ListOptions = {},
): Promise<ListedUsers> {
  const { size = 100, between, filter, orderBy, from = null } = options
  const pages: Page[] = []
  let errors: ListedUsers['errors'] = []
  for (let cursor = from; ;) {
    const place = direction === 'first' ? { first: size, after: cursor } : { last: size, before: cursor }
    const response: GraphqlResult<UsersPageQuery> = await sendQuery(usersPage, { ...place, filter, orderBy })
    const page = response.data?.users
    errors = response.errors
    if (!page) break
    pages.push(page)
    await between?.(pages.length)
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo
    if (!(direction === 'first' ? hasNextPage : hasPreviousPage)) break
    cursor = (direction === 'first' ? endCursor : startCursor) ?? null
  }
  const inOrder = direction === 'first' ? pages : pages.toReversed()
  return { nodes: inOrder.flatMap(({ nodes }) => nodes), pages, errors }
}

/** Counts the nodes of each account. */
export function countByAccount(nodes: ListedUsers['nodes']): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { account } of nodes) counts[account.key] = (counts[account.key] ?? 0) + 1
  return counts
}
