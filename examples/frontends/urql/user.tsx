import { useClient } from 'urql'
import { UserDocument } from '../shared/gql/graphql.ts'
import type { UserRowFragment } from '../shared/gql/graphql.ts'
import { UserRow } from '../shared/user-row.tsx'

export function User({ user }: { user: UserRowFragment }) {
  const client = useClient()
  // The row shows the object in the cache, which the response updates, because it has the same ID.
  const refresh = () => client.query(UserDocument, { id: user.id }, { requestPolicy: 'network-only' }).toPromise()
  return <UserRow user={user} refresh={refresh} />
}
