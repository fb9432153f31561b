import { useState } from 'react'
import { useQuery } from 'urql'
import { place, size } from '../shared/address.ts'
import { UsersDocument } from '../shared/gql/graphql.ts'
import type { UsersQueryVariables } from '../shared/gql/graphql.ts'
import { UserList } from '../shared/user-list.tsx'
import { User } from './user.tsx'

export function Users() {
  const [variables, setVariables] = useState<UsersQueryVariables>({ first: size, after: place })
  const [{ data, error, fetching }, again] = useQuery({ query: UsersDocument, variables })
  // A page that failed leaves no list: what was there stays.
  const [shown, setShown] = useState(data?.users)
  if (data?.users && data.users !== shown) setShown(data.users)
  const { edges, pageInfo, sources } = shown ?? { edges: [], pageInfo: null, sources: [] }
  const [start, end] = [edges[0]?.cursor, edges.at(-1)?.cursor]
  // What lies before a list that starts behind a cursor, relayPagination learns from the first page before it.
  const hasEarlier = pageInfo?.startCursor ? pageInfo.hasPreviousPage : place !== null
  const load = (page: UsersQueryVariables) => (error ? again({ requestPolicy: 'network-only' }) : setVariables(page))
  return (
    <UserList
      sources={sources}
      end={end}
      busy={fetching}
      failure={error?.message}
      earlier={hasEarlier ? () => load({ last: size, before: start }) : null}
      later={pageInfo?.hasNextPage ? () => load({ first: size, after: pageInfo.endCursor }) : null}
    >
      {edges.map(({ node }) => (
        <User key={node.id} user={node} />
      ))}
    </UserList>
  )
}
