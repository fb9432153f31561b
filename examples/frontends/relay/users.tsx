import { useState } from 'react'
import { graphql, useLazyLoadQuery, usePaginationFragment } from 'react-relay'
import { pageSize, startCursor } from '../shared/settings.ts'
import { UserList } from '../shared/user-list.tsx'
import type { usersPageQuery } from './__generated__/usersPageQuery.graphql.ts'
import type { usersQuery } from './__generated__/usersQuery.graphql.ts'
import type { users_list$key } from './__generated__/users_list.graphql.ts'
import { User } from './user.tsx'

export function Users() {
  const query = useLazyLoadQuery<usersQuery>(
    graphql`
      query usersQuery($first: Int, $after: String) {
        ...users_list @arguments(first: $first, after: $after)
      }
    `,
    { first: pageSize, after: startCursor },
  )
  const [failure, setFailure] = useState<Error | null>(null)
  const list = usePaginationFragment<usersPageQuery, users_list$key>(
    graphql`
      fragment users_list on Query
      @refetchable(queryName: "usersPageQuery")
      @argumentDefinitions(
        first: { type: "Int" }
        after: { type: "String" }
        last: { type: "Int" }
        before: { type: "String" }
      ) {
        users(first: $first, after: $after, last: $last, before: $before) @connection(key: "users_list_users") {
          edges {
            cursor
            node {
              id
              ...user_row
            }
          }
          sources {
            account {
              key
              label
            }
            problem {
              message
              retryable
            }
          }
        }
      }
    `,
    query,
  )
  const { edges = [], sources = [] } = list.data.users ?? {}
  return (
    <UserList
      sources={sources}
      endCursor={edges.at(-1)?.cursor}
      isBusy={list.isLoadingNext || list.isLoadingPrevious}
      failure={failure?.message}
      loadEarlier={list.hasPrevious ? () => list.loadPrevious(pageSize, { onComplete: setFailure }) : null}
      loadLater={list.hasNext ? () => list.loadNext(pageSize, { onComplete: setFailure }) : null}
    >
      {edges.map(({ node }) => (
        <User key={node.id} user={node} />
      ))}
    </UserList>
  )
}
