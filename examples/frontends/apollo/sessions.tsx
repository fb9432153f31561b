import { useQuery } from '@apollo/client/react'
import { useState } from 'react'
import { SessionsDocument } from '../shared/gql/graphql.ts'
import { AttendanceTable } from './attendance.tsx'

const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** Lists the sessions of a conference, the newest first, and shows who attended the one that the user selects. */
export function Sessions({ conference }: { conference: { id: string; title: string } }) {
  const [selected, setSelected] = useState<string | null>(null)
  const { data, error, loading, fetchMore } = useQuery(SessionsDocument, { variables: { conferenceId: conference.id } })
  const { edges, pageInfo } = data?.conference?.sessions ?? { edges: [], pageInfo: null }
  return (
    <div role="group" aria-label="Sessions" aria-busy={loading}>
      <h3>Sessions of {conference.title}</h3>
      {error && <p role="alert">{error.message}</p>}
      {!loading && !error && edges.length === 0 && <p>This conference has no sessions.</p>}
      <ul>
        {edges.map(({ node: { id, startedAt, durationSeconds, participantCount } }) => (
          <li key={id}>
            {startedAt && <time dateTime={startedAt}>{format.format(new Date(startedAt))}</time>}
            {durationSeconds != null && <span>{Math.round(durationSeconds / 60)} min</span>}
            {participantCount != null && (
              <span>{participantCount === 1 ? '1 person' : `${participantCount} people`}</span>
            )}
            <button aria-pressed={selected === id} onClick={() => setSelected(id)}>
              Attendance
            </button>
            {selected === id && <AttendanceTable sessionId={id} />}
          </li>
        ))}
      </ul>
      {pageInfo?.hasNextPage && (
        <button disabled={loading} onClick={() => void fetchMore({ variables: { after: pageInfo.endCursor } })}>
          Earlier sessions
        </button>
      )}
    </div>
  )
}
