import { useApolloClient } from '@apollo/client/react'
import { UserDocument } from '../shared/gql/graphql.ts'
import type { UserRowFragment } from '../shared/gql/graphql.ts'
import { UserRow } from '../shared/user-row.tsx'

export function User({ user }: { user: UserRowFragment }) {
  const client = useApolloClient()
  // The row shows the object in the cache, which the response updates, because it has the same ID.
  const refresh = () => client.query({ query: UserDocument, variables: { id: user.id }, fetchPolicy: 'network-only' })
  return <UserRow user={user} refresh={refresh} />
}
