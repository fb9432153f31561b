import { useQuery } from '@apollo/client/react'
import { AttendanceDocument } from '../shared/gql/graphql.ts'
import type { AttendanceIdentity } from '../shared/gql/graphql.ts'
import { SourcesBanner } from '../shared/sources-banner.tsx'

const timeFormat = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })

const identities: Record<AttendanceIdentity, string> = {
  USER: 'user of the account',
  EMAIL: 'email address',
  REGISTRATION: 'registration',
  NONE: 'not recognized',
}

/** Shows who attended a session, one row for each person. If the vendor is still preparing its report, the user can try again. */
export function AttendanceTable({ sessionId }: { sessionId: string }) {
  const { data, error, loading, fetchMore, refetch } = useQuery(AttendanceDocument, {
    variables: { sessionId },
    // A report that is not ready now can be ready when the user looks again.
    fetchPolicy: 'cache-and-network',
  })
  const attendance = data?.node && 'attendance' in data.node ? data.node.attendance : null
  if (error)
    return (
      <p role="alert">
        {error.message} <button onClick={() => void refetch()}>Read again</button>
      </p>
    )
  if (!attendance) return <p role="status">{loading ? 'Reading the report …' : 'The session does not exist.'}</p>
  const { edges, totalCount, pageInfo, sources } = attendance
  return (
    <>
      <SourcesBanner sources={sources} />
      <table>
        <caption>{totalCount ?? edges.length} people</caption>
        <thead>
          <tr>
            <th>Name</th>
            <th>Recognized by</th>
            <th>Joined</th>
            <th>Left</th>
            <th>Joins</th>
            <th>Present</th>
          </tr>
        </thead>
        <tbody>
          {edges.map(({ cursor, node }) => (
            <tr key={cursor}>
              <td title={node.email ?? undefined}>{node.displayName ?? node.email ?? 'unknown'}</td>
              <td>{identities[node.identifiedBy]}</td>
              <td>{formatTime(node.firstJoinedAt)}</td>
              <td>{formatTime(node.lastLeftAt)}</td>
              <td>{node.joins.length}</td>
              <td>{node.seconds == null ? '–' : `${Math.round(node.seconds / 60)} min`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {pageInfo.hasNextPage && (
        <button disabled={loading} onClick={() => void fetchMore({ variables: { after: pageInfo.endCursor } })}>
          More people
        </button>
      )}
    </>
  )
}

const formatTime = (time: string | null | undefined): string => (time ? timeFormat.format(new Date(time)) : '–')
