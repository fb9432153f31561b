import { useApolloClient } from '@apollo/client/react'
import { UserDocument } from '../shared/gql/graphql.ts'
import type { UserRowFragment } from '../shared/gql/graphql.ts'
import { UserRow } from '../shared/user-row.tsx'

export function User({ user }: { user: UserRowFragment }) {
  const client = useApolloClient()
  // The row is drawn from the cache, which files the answer under the same id.
  const refresh = () => client.query({ query: UserDocument, variables: { id: user.id }, fetchPolicy: 'network-only' })
  return <UserRow user={user} refresh={refresh} />
}
