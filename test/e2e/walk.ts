import type { Answer, Ask } from '../support/client.ts'
import { usersPage } from './documents.ts'
import type { UserFilter, UserOrder, UsersPageQuery } from './gql/graphql.ts'

type Page = UsersPageQuery['users'] & {}

export interface Walked {
  /** In the list's order, whatever the direction. */
  nodes: Page['nodes']
  pages: Page[]
  /** What ended it before its time. */
  errors: Answer<unknown>['errors']
}

interface WalkOptions {
  size?: number
  filter?: UserFilter
  orderBy?: UserOrder
  /** Where to begin; default the end of the list that the direction begins at. */
  from?: string | null
  /** Called behind every page, with how many there were. */
  between?: (pages: number) => void | Promise<void>
}

/** Pages through `users` until there is no more, or an error. */
export async function walkUsers(ask: Ask, direction: 'first' | 'last', options: WalkOptions = {}): Promise<Walked> {
  const { size = 100, between, filter, orderBy, from = null } = options
  const pages: Page[] = []
  let errors: Walked['errors'] = []
  for (let cursor = from; ;) {
    const place = direction === 'first' ? { first: size, after: cursor } : { last: size, before: cursor }
    const answer: Answer<UsersPageQuery> = await ask(usersPage, { ...place, filter, orderBy })
    const page = answer.data?.users
    errors = answer.errors
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

/** How many of the nodes each account gave. */
export function perAccount(nodes: Walked['nodes']): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { account } of nodes) counts[account.key] = (counts[account.key] ?? 0) + 1
  return counts
}
