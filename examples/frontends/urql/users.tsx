import { useState } from 'react'
import { useQuery } from 'urql'
import { pageSize, startCursor } from '../shared/settings.ts'
import { UsersDocument } from '../shared/gql/graphql.ts'
import type { UsersQueryVariables } from '../shared/gql/graphql.ts'
import { UserList } from '../shared/user-list.tsx'
import { User } from './user.tsx'

export function Users() {
  const [variables, setVariables] = useState<UsersQueryVariables>({ first: pageSize, after: startCursor })
  const [{ data, error, fetching }, again] = useQuery({ query: UsersDocument, variables })
  // If a page fails, `data` has no list. The page then keeps the rows that it has.
  const [shown, setShown] = useState(data?.users)
  if (data?.users && data.users !== shown) setShown(data.users)
  const { edges, pageInfo, sources } = shown ?? { edges: [], pageInfo: null, sources: [] }
  const firstCursor = edges[0]?.cursor
  // If the list starts after a cursor, relayPagination does not know whether there are earlier rows until it loads some.
  const hasEarlier = pageInfo?.startCursor ? pageInfo.hasPreviousPage : startCursor !== null
  const load = (page: UsersQueryVariables) => (error ? again({ requestPolicy: 'network-only' }) : setVariables(page))
  return (
    <UserList
      sources={sources}
      endCursor={edges.at(-1)?.cursor}
      isBusy={fetching}
      failure={error?.message}
      loadEarlier={hasEarlier ? () => load({ last: pageSize, before: firstCursor }) : null}
      loadLater={pageInfo?.hasNextPage ? () => load({ first: pageSize, after: pageInfo.endCursor }) : null}
    >
      {edges.map(({ node }) => (
        <User key={node.id} user={node} />
      ))}
    </UserList>
  )
}
