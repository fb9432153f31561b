import { useQuery } from '@apollo/client/react'
import { useState } from 'react'
import { pageSize, startCursor } from '../shared/settings.ts'
import { UsersDocument } from '../shared/gql/graphql.ts'
import type { UsersQueryVariables } from '../shared/gql/graphql.ts'
import { UserList } from '../shared/user-list.tsx'
import { User } from './user.tsx'

export function Users() {
  const [failure, setFailure] = useState<Error>()
  const { data, error, loading, fetchMore } = useQuery(UsersDocument, {
    variables: { first: pageSize, after: startCursor },
  })
  const { edges, pageInfo, sources } = data?.users ?? { edges: [], pageInfo: null, sources: [] }

  const load = (variables: UsersQueryVariables) => {
    setFailure(undefined)
    fetchMore({ variables }).catch(setFailure)
  }
  const loadLater = () => load({ first: pageSize, after: pageInfo?.endCursor })
  const loadEarlier = () => load({ first: undefined, after: undefined, last: pageSize, before: pageInfo?.startCursor })
  return (
    <UserList
      sources={sources}
      endCursor={edges.at(-1)?.cursor}
      isBusy={loading}
      failure={(error ?? failure)?.message}
      loadEarlier={pageInfo?.hasPreviousPage ? loadEarlier : null}
      loadLater={pageInfo?.hasNextPage ? loadLater : null}
    >
      {edges.map(({ node }) => (
        <User key={node.id} user={node} />
      ))}
    </UserList>
  )
}
