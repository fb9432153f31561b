import { useQuery } from '@apollo/client/react'
import { useState } from 'react'
import { place, size } from '../shared/address.ts'
import { UsersDocument } from '../shared/gql/graphql.ts'
import type { UsersQueryVariables } from '../shared/gql/graphql.ts'
import { UserList } from '../shared/user-list.tsx'
import { User } from './user.tsx'

export function Users() {
  const [failure, setFailure] = useState<Error>()
  const { data, error, loading, fetchMore } = useQuery(UsersDocument, { variables: { first: size, after: place } })
  const { edges, pageInfo, sources } = data?.users ?? { edges: [], pageInfo: null, sources: [] }

  const load = (variables: UsersQueryVariables) => {
    setFailure(undefined)
    fetchMore({ variables }).catch(setFailure)
  }
  const later = () => load({ first: size, after: pageInfo?.endCursor })
  const earlier = () => load({ first: undefined, after: undefined, last: size, before: pageInfo?.startCursor })
  return (
    <UserList
      sources={sources}
      end={edges.at(-1)?.cursor}
      busy={loading}
      failure={(error ?? failure)?.message}
      earlier={pageInfo?.hasPreviousPage ? earlier : null}
      later={pageInfo?.hasNextPage ? later : null}
    >
      {edges.map(({ node }) => (
        <User key={node.id} user={node} />
      ))}
    </UserList>
  )
}
