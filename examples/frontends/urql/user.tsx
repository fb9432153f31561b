import { useClient } from 'urql'
import { UserDocument } from '../shared/gql/graphql.ts'
import type { UserRowFragment } from '../shared/gql/graphql.ts'
import { UserRow } from '../shared/user-row.tsx'

export function User({ user }: { user: UserRowFragment }) {
  const client = useClient()
  // The row is drawn from the cache, which files the answer under the same id.
  const refresh = () => client.query(UserDocument, { id: user.id }, { requestPolicy: 'network-only' }).toPromise()
  return <UserRow user={user} refresh={refresh} />
}
