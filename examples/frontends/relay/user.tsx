import { graphql, useRefetchableFragment } from 'react-relay'
import { UserRow } from '../shared/user-row.tsx'
import type { userRefetchQuery } from './__generated__/userRefetchQuery.graphql.ts'
import type { user_row$key } from './__generated__/user_row.graphql.ts'

export function User({ user }: { user: user_row$key }) {
  const [row, refetch] = useRefetchableFragment<userRefetchQuery, user_row$key>(
    // Zoom reports phone numbers only for single users, so the list is empty until Relay refetches the user with `node`.
    graphql`
      fragment user_row on User @refetchable(queryName: "userRefetchQuery") {
        displayName
        email
        phoneNumbers
        account {
          label
        }
      }
    `,
    user,
  )
  return <UserRow user={row} refresh={() => refetch({}, { fetchPolicy: 'store-and-network' })} />
}
