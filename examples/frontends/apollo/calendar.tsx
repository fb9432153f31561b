import { useQuery } from '@apollo/client/react'
import { useState } from 'react'
import { calendarPageSize, calendarWindow } from '../shared/settings.ts'
import { CalendarList } from '../shared/calendar.tsx'
import { CalendarDocument } from '../shared/gql/graphql.ts'

const variables = { first: calendarPageSize, filter: calendarWindow }

export function Calendar() {
  const [failure, setFailure] = useState<Error>()
  const { data, error, loading, fetchMore } = useQuery(CalendarDocument, { variables })
  const { edges, pageInfo, sources } = data?.conferences ?? { edges: [], pageInfo: null, sources: [] }

  const loadLater = () => {
    setFailure(undefined)
    fetchMore({ variables: { ...variables, after: pageInfo?.endCursor } }).catch(setFailure)
  }
  return (
    <CalendarList
      sources={sources}
      conferences={edges.map(({ node }) => node)}
      isBusy={loading}
      failure={(error ?? failure)?.message}
      loadLater={pageInfo?.hasNextPage ? loadLater : null}
    />
  )
}
